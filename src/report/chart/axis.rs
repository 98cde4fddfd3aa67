//! From values to places in a picture.

use crate::quantity::Exact;

/// An axis: the values at its ends, and their places in the picture.
pub(in crate::report) struct Axis {
    pub(in crate::report) low: Exact,
    pub(in crate::report) high: Exact,
    pub(in crate::report) from: i64,
    pub(in crate::report) to: i64,
}

impl Axis {
    /// The place of a value in tenths. Values beyond the ends are placed at the ends.
    pub(in crate::report) fn tenths(&self, value: &Exact) -> i64 {
        let ends = Exact::from_integer((self.to - self.from) * 10);
        let part = value
            .subtract(&self.low)
            .divide(&self.high.subtract(&self.low));
        let part = part.unwrap_or_else(Exact::zero);
        let part = part.max(Exact::zero()).min(Exact::one());
        let along = part.multiply(&ends).floor().to_integer();
        self.from * 10 + along.unwrap_or(0)
    }

    /// The place of a value as it is written in SVG.
    pub(in crate::report) fn place(&self, value: &Exact) -> String {
        written(self.tenths(value))
    }
}

/// Tenths as they are written in SVG: `12.5`.
pub(super) fn written(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.abs();
    match tenths % 10 {
        0 => format!("{sign}{}", tenths / 10),
        rest => format!("{sign}{}.{rest}", tenths / 10),
    }
}

/// Round values from at or below `low` to at or above `high`, at most `most` of them and at least two.
pub(in crate::report) fn ticks(low: &Exact, high: &Exact, most: i64) -> Vec<Exact> {
    let width = high.subtract(low);
    if width.is_zero() || width.is_negative() {
        return vec![low.clone(), low.add(&Exact::one())];
    }
    let step = round_step(&width, most.max(2));
    let times = |value: &Exact| value.divide(&step).unwrap_or_else(Exact::zero);
    let first = times(low).floor();
    let count = times(high).ceiling().subtract(&first).to_integer();
    (0..=count.unwrap_or(1).clamp(1, most + 2))
        .map(|at| first.add(&Exact::from_integer(at)).multiply(&step))
        .collect()
}

/// The least step of 1, 2 or 5 times a power of ten of which at most `most` fit into a width.
fn round_step(width: &Exact, most: i64) -> Exact {
    let ten = Exact::from_integer(10);
    let goal = width
        .divide(&Exact::from_integer(most))
        .unwrap_or_else(Exact::one);
    let mut power = Exact::one();
    for _ in 0..60 {
        if power > goal {
            power = power.divide(&ten).unwrap_or(power);
        } else if power.multiply(&ten) <= goal {
            power = power.multiply(&ten);
        } else {
            break;
        }
    }
    let steps = [1, 2, 5, 10].map(|times| power.multiply(&Exact::from_integer(times)));
    let found = steps.iter().find(|step| **step >= goal);
    found.cloned().unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::{Axis, ticks, written};
    use crate::quantity::Exact;

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        let shown = |low: i64, high: i64| {
            let ticks = ticks(&Exact::from_integer(low), &Exact::from_integer(high), 5);
            let each = ticks.iter().map(ToString::to_string);
            each.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(0, 100), "0 20 40 60 80 100");
        assert_eq!(shown(241_300, 268_000), "240000 250000 260000 270000");
        assert_eq!(shown(5, 5), "5 6");
        assert_eq!(shown(-7, 3), "-8 -6 -4 -2 0 2 4");
    }

    #[test]
    fn places_are_within_the_ends() {
        let axis = Axis {
            low: Exact::zero(),
            high: Exact::from_integer(8),
            from: 100,
            to: 0,
        };
        let place = |value: i64| axis.place(&Exact::from_integer(value));
        assert_eq!(
            (place(0), place(1), place(9)),
            ("100".into(), "87.5".into(), "0".into())
        );
        assert_eq!(written(-5), "-0.5");
    }
}
