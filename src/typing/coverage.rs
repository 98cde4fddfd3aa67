//! Checks whether bands cover every value that can be observed, each in one band. If they do not, it gives an example
//! value.

use crate::program::BandEnd;
use crate::quantity::{Exact, Rounding};

/// The values that can be observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The least value; nothing if it has no lower end.
    pub least: Option<Exact>,
    /// The greatest value; nothing if it has no upper end.
    pub most: Option<Exact>,
    /// The step of the values; nothing if every value in between can occur.
    pub grid: Option<Exact>,
}

impl Domain {
    /// Every number.
    #[must_use]
    pub fn any() -> Self {
        Self {
            least: None,
            most: None,
            grid: None,
        }
    }

    /// The values that can be observed if the value can be replaced with `other`.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let wider =
            |a: Option<Exact>, b: &Option<Exact>, keep: fn(Exact, Exact) -> Exact| match (a, b) {
                (Some(a), Some(b)) => Some(keep(a, b.clone())),
                _ => None,
            };
        Self {
            least: wider(self.least, &other.least, Exact::min),
            most: wider(self.most, &other.most, Exact::max),
            grid: self.grid.filter(|grid| {
                let step = other.grid.as_ref();
                step.is_some_and(|step| step.is_multiple_of(grid))
            }),
        }
    }

    /// The values that can be observed if the value can be replaced with that single one.
    #[must_use]
    pub fn or_value(self, value: &Exact) -> Self {
        let on_grid = self
            .grid
            .as_ref()
            .is_some_and(|grid| value.is_multiple_of(grid));
        let one = Self {
            least: Some(value.clone()),
            most: Some(value.clone()),
            grid: self.grid.clone().filter(|_| on_grid),
        };
        self.or(&one)
    }

    /// The values that can be observed for an average.
    #[must_use]
    pub fn of_mean(self) -> Self {
        Self { grid: None, ..self }
    }

    /// The values that can be observed after rounding.
    #[must_use]
    pub fn rounded(self, rounding: &Rounding) -> Self {
        let rounded = |end: Option<Exact>| end.map(|end| rounding.apply(&end));
        Self {
            least: rounded(self.least),
            most: rounded(self.most),
            grid: Some(rounding.step.clone()),
        }
    }
}

/// An interval of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end, and whether it is included.
    pub low: BandEnd,
    /// The upper end, and whether it is included.
    pub high: BandEnd,
}

/// A flaw in a set of bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A value in no band, and the band before it; nothing if it is before the first band.
    Gap {
        /// The value.
        witness: Exact,
        /// The band below it.
        after: Option<usize>,
    },
    /// A value in two bands.
    Overlap {
        /// The value.
        witness: Exact,
        /// The two bands.
        bands: (usize, usize),
    },
}

impl Interval {
    /// Whether the value is in it.
    #[must_use]
    pub fn has(&self, value: &Exact) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|(low, included)| value > low || (*included && value == low));
        let below = self
            .high
            .as_ref()
            .is_none_or(|(high, included)| value < high || (*included && value == high));
        above && below
    }
}

/// Every gap and overlap of the intervals within what can be observed.
#[must_use]
pub fn flaws(intervals: &[Interval], domain: Option<&Domain>) -> Vec<Flaw> {
    let any = Domain::any();
    let domain = domain.unwrap_or(&any);
    if intervals.is_empty() {
        let everything = Interval {
            low: None,
            high: None,
        };
        let witness = witness(&everything, domain).into_iter();
        return witness
            .map(|witness| Flaw::Gap {
                witness,
                after: None,
            })
            .collect();
    }
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    order.sort_by(|&a, &b| match (intervals.get(a), intervals.get(b)) {
        (Some(a), Some(b)) => low_key(a).cmp(&low_key(b)),
        _ => std::cmp::Ordering::Equal,
    });
    let mut flaws = Vec::new();
    let mut covered: Option<(BandEnd, usize)> = None;
    for &at in &order {
        let Some(interval) = intervals.get(at) else {
            continue;
        };
        match &covered {
            None => {
                let before = Interval {
                    low: None,
                    high: opposite(&interval.low),
                };
                if interval.low.is_some()
                    && let Some(witness) = witness(&before, domain)
                {
                    flaws.push(Flaw::Gap {
                        witness,
                        after: None,
                    });
                }
            }
            Some((end, last)) => {
                let between = Interval {
                    low: opposite(end),
                    high: opposite(&interval.low),
                };
                let both = Interval {
                    low: interval.low.clone(),
                    high: nearer(end, &interval.high),
                };
                if end.is_some()
                    && interval.low.is_some()
                    && let Some(witness) = witness(&between, domain)
                {
                    flaws.push(Flaw::Gap {
                        witness,
                        after: Some(*last),
                    });
                } else if let Some(witness) = witness(&both, domain) {
                    flaws.push(Flaw::Overlap {
                        witness,
                        bands: (*last, at),
                    });
                }
            }
        }
        covered = match covered {
            Some((end, last))
                if nearer(&end, &interval.high) == interval.high && end != interval.high =>
            {
                Some((end, last))
            }
            _ => Some((interval.high.clone(), at)),
        };
    }
    if let Some((Some(end), last)) = &covered {
        let rest = Interval {
            low: opposite(&Some(end.clone())),
            high: None,
        };
        if let Some(witness) = witness(&rest, domain) {
            flaws.push(Flaw::Gap {
                witness,
                after: Some(*last),
            });
        }
    }
    flaws
}

fn low_key(interval: &Interval) -> (Option<Exact>, bool) {
    match &interval.low {
        None => (None, false),
        Some((at, included)) => (Some(at.clone()), !included),
    }
}

/// The end of the interval on the other side of `end`.
fn opposite(end: &BandEnd) -> BandEnd {
    end.as_ref().map(|(at, included)| (at.clone(), !included))
}

/// The lower of two upper ends.
fn nearer(a: &BandEnd, b: &BandEnd) -> BandEnd {
    match (a, b) {
        (None, other) | (other, None) => other.clone(),
        (Some(a), Some(b)) => Some(if (&a.0, a.1) <= (&b.0, b.1) {
            a.clone()
        } else {
            b.clone()
        }),
    }
}

/// A value in the interval that can be observed, as round as possible.
fn witness(interval: &Interval, domain: &Domain) -> Option<Exact> {
    let low = further(&interval.low, &domain.least);
    let high = nearer(
        &interval.high,
        &domain.most.as_ref().map(|most| (most.clone(), true)),
    );
    let within = Interval { low, high };
    if let Some(grid) = &domain.grid {
        return on_grid(&within, grid);
    }
    let candidates = [
        within.low.as_ref().map(|(at, _)| at.clone()),
        within.high.as_ref().map(|(at, _)| at.clone()),
        middle(&within),
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|value| within.has(value))
        .or_else(|| {
            let free = within.low.is_none() && within.high.is_none();
            free.then(Exact::zero)
        })
}

/// The higher of a lower end and the least value.
fn further(low: &BandEnd, least: &Option<Exact>) -> BandEnd {
    match (low, least) {
        (None, least) => least.clone().map(|least| (least, true)),
        (Some(low), None) => Some(low.clone()),
        (Some((at, included)), Some(least)) if at >= least => Some((at.clone(), *included)),
        (Some(_), Some(least)) => Some((least.clone(), true)),
    }
}

fn middle(interval: &Interval) -> Option<Exact> {
    let two = Exact::from_integer(2);
    match (&interval.low, &interval.high) {
        (Some((low, _)), Some((high, _))) => low.add(high).divide(&two),
        (Some((low, _)), None) => Some(low.add(&Exact::one())),
        (None, Some((high, _))) => Some(high.subtract(&Exact::one())),
        (None, None) => None,
    }
}

fn on_grid(interval: &Interval, grid: &Exact) -> Option<Exact> {
    let candidate = match (&interval.low, &interval.high) {
        (Some((low, _)), _) => {
            let steps = low.divide(grid)?.ceiling();
            let at = steps.multiply(grid);
            if interval.has(&at) { at } else { at.add(grid) }
        }
        (None, Some((high, _))) => {
            let steps = high.divide(grid)?.floor();
            let at = steps.multiply(grid);
            if interval.has(&at) {
                at
            } else {
                at.subtract(grid)
            }
        }
        (None, None) => Exact::zero(),
    };
    interval.has(&candidate).then_some(candidate)
}
