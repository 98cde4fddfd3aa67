//! Bands in columns.

use crate::columnar::builder::{simple, times};
use crate::columnar::form::{Bounds, Form, Operand, State, Value, gcd, lcm, mark};
use crate::columnar::kernel::{Binary, Change, Instruction, Rung, Test};
use crate::program::{Band, BandEnd, Comparison};

use super::{Compiler, constant};

impl Compiler<'_> {
    /// The value of the first band that holds the subject.
    pub(super) fn bands(
        &mut self,
        subject: Value,
        bands: &[Band],
        no_value: Option<Value>,
    ) -> Option<Value> {
        if subject.state == State::Always(mark::NONE) {
            return Some(no_value.unwrap_or(Value::never(mark::FAULT)));
        }
        if let State::Always(never) = subject.state
            && never != 0
        {
            return Some(subject);
        }
        let reached = match self.ladder(subject.form, bands) {
            Some(ladder) => ladder,
            None => self.table(subject.form, bands)?,
        };
        let (change, absent) = match no_value {
            Some(_) => (
                Change::NoneToNumber,
                self.builder.test(subject.state, Test::None)?,
            ),
            None => (Change::NoneToFault, Operand::Fixed(0)),
        };
        let marks = self.builder.changed(subject.state, change);
        let state = self.builder.first(marks, reached.state);
        let reached = Value { state, ..reached };
        Some(match no_value {
            Some(value) => self.builder.choose(absent, value, reached),
            None => reached,
        })
    }

    /// Any bands: a choice for each, from the last to the first.
    fn table(&mut self, subject: Form, bands: &[Band]) -> Option<Value> {
        let mut reached = Value::never(mark::FAULT);
        for (at, band) in bands.iter().enumerate().rev() {
            let (low, high) = open_ends(bands, at);
            let above = match low {
                Some((end, included)) => {
                    let how = if *included {
                        Comparison::AtLeast
                    } else {
                        Comparison::Above
                    };
                    self.builder.compared(how, subject, constant(end)?)?
                }
                None => Operand::Fixed(1),
            };
            let below = match high {
                Some((end, included)) => {
                    let how = if *included {
                        Comparison::AtMost
                    } else {
                        Comparison::Below
                    };
                    self.builder.compared(how, subject, constant(end)?)?
                }
                None => Operand::Fixed(1),
            };
            let within = self.builder.connect(true, above, below)?;
            let value = self.value(band.value);
            reached = self.builder.choose(within, value, reached);
        }
        Some(reached)
    }

    /// Bands with fixed values whose last one is open: one pass over the column.
    fn ladder(&mut self, subject: Form, bands: &[Band]) -> Option<Value> {
        let Operand::Times(column, factor) = subject.above else {
            return None;
        };
        let (last, rest) = bands.split_last()?;
        let mut values = Vec::new();
        for band in bands {
            match self.value(band.value) {
                Value {
                    form:
                        Form {
                            above: Operand::Fixed(above),
                            scale,
                            below: None,
                        },
                    state: State::Always(0),
                } => values.push((above, scale)),
                _ => return None,
            }
        }
        if open_ends(bands, rest.len()) != (&None, &None) || (last.low.is_some() && rest.is_empty())
        {
            return None;
        }
        let mut scale = 1;
        for (_, own) in &values {
            scale = lcm(scale, *own)?;
        }
        let scaled = |(above, own): &(i128, i128)| above.checked_mul(scale / own);
        let values: Vec<i128> = values.iter().map(scaled).collect::<Option<_>>()?;
        let mut rungs = Vec::new();
        for (at, value) in (0..rest.len()).zip(&values) {
            let (how, turned, end) = match open_ends(bands, at) {
                (Some((end, true)), None) => (Binary::AtMost, true, end),
                (Some((end, false)), None) => (Binary::Below, true, end),
                (None, Some((end, true))) => (Binary::AtMost, false, end),
                (None, Some((end, false))) => (Binary::Below, false, end),
                _ => return None,
            };
            let (end, own) = end.to_ratio()?;
            // column × factor / (scale × below) against end / own
            let above = factor.checked_mul(own.into())?;
            let level = subject.scale.checked_mul(end.into())?;
            let common = gcd(above, level).max(1);
            let (mut above, mut level) = (above / common, level / common);
            if subject.below.is_none() && above > 0 {
                // Whole numbers are on the same side of the next whole number.
                let up = (how == Binary::Below) != turned;
                let rest = level.rem_euclid(above);
                level = level.div_euclid(above) + i128::from(up && rest != 0);
                above = 1;
            }
            let own = self.builder.bounds(Operand::Times(column, above))?;
            let other = match subject.below {
                Some(below) => self
                    .builder
                    .bounds(times(Operand::Times(below, 1), level)?)?,
                None => Bounds::of(level, level),
            };
            if !own.is_narrow() || !other.is_narrow() {
                return None;
            }
            rungs.push(Rung {
                how,
                turned,
                above: above.try_into().ok()?,
                level: level.try_into().ok()?,
                value: i64::try_from(*value).ok()?,
            });
        }
        let bounds = Bounds::of(*values.iter().min()?, *values.iter().max()?);
        let all_narrow = self.builder.bounds_of(column).is_narrow()
            && subject
                .below
                .is_none_or(|below| self.builder.bounds_of(below).is_narrow())
            && bounds.is_narrow();
        if !all_narrow {
            return None;
        }
        let into = self.builder.reg(bounds)?;
        self.builder.code.push(Instruction::Ladder {
            into,
            above: column,
            below: subject.below,
            rungs,
            last: i64::try_from(*values.last()?).ok()?,
        });
        Some(Value::known(simple(Operand::Times(into, 1), scale, None)))
    }
}

/// The ends of a band that the bands before it leave open: what ends where one of them began is not asked again.
fn open_ends(bands: &[Band], at: usize) -> (&BandEnd, &BandEnd) {
    const NOTHING: &BandEnd = &None;
    let Some(band) = bands.get(at) else {
        return (NOTHING, NOTHING);
    };
    let before = at.checked_sub(1).and_then(|before| bands.get(before));
    let met = |end: &BandEnd, other: &BandEnd| match (end, other) {
        (Some((end, included)), Some((other, other_included))) => {
            end == other && included != other_included
        }
        _ => false,
    };
    // A chain in one direction: all bands before have only the other end, each further on.
    let falling = bands
        .get(..at)
        .is_some_and(|all| chain(all, |band| (&band.low, &band.high)));
    let rising = bands
        .get(..at)
        .is_some_and(|all| chain(all, |band| (&band.high, &band.low)));
    let low = match before {
        Some(before) if rising && met(&band.low, &before.high) => NOTHING,
        _ => &band.low,
    };
    let high = match before {
        Some(before) if falling && met(&band.high, &before.low) => NOTHING,
        _ => &band.high,
    };
    (low, high)
}

/// Whether everything beyond the last band's inner end is in one of the bands: the first is open outwards, and each goes on
/// where the one before it ended.
fn chain<'b>(bands: &'b [Band], ends: impl Fn(&'b Band) -> (&'b BandEnd, &'b BandEnd)) -> bool {
    let mut inner: Option<&BandEnd> = None;
    for band in bands {
        let (own_inner, outer) = ends(band);
        let joins = match (inner, outer) {
            (None, None) => true,
            (Some(Some((end, included))), Some((other, other_included))) => {
                end == other && included != other_included
            }
            _ => false,
        };
        if !joins {
            return false;
        }
        inner = Some(own_inner);
    }
    inner.is_some()
}
