//! Ranges of exact numbers, with or without their ends.

use crate::quantity::Exact;

/// All numbers between two ends. An end that is missing is infinite; an open end is not part of the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: Option<Exact>,
    /// The upper end.
    pub high: Option<Exact>,
    /// Whether the lower end is not part of it.
    pub low_open: bool,
    /// Whether the upper end is not part of it.
    pub high_open: bool,
}

impl Range {
    /// All numbers.
    pub const ALL: Self = Self::ends(None, None);

    const fn ends(low: Option<Exact>, high: Option<Exact>) -> Self {
        Self {
            low,
            high,
            low_open: false,
            high_open: false,
        }
    }

    /// From one number to another, both included.
    #[must_use]
    pub const fn new(low: Exact, high: Exact) -> Self {
        Self::ends(Some(low), Some(high))
    }

    /// The same, where an end may be missing.
    #[must_use]
    pub const fn between(low: Option<Exact>, high: Option<Exact>) -> Self {
        Self::ends(low, high)
    }

    /// One number.
    #[must_use]
    pub fn point(value: Exact) -> Self {
        Self::new(value.clone(), value)
    }

    /// 0.
    #[must_use]
    pub fn zero() -> Self {
        Self::point(Exact::zero())
    }

    /// From 0 to 1.
    #[must_use]
    pub fn unit() -> Self {
        Self::new(Exact::zero(), Exact::one())
    }

    /// Every number from 0 on.
    #[must_use]
    pub fn rising() -> Self {
        Self::ends(Some(Exact::zero()), None)
    }

    /// Every number up to 0.
    #[must_use]
    pub fn falling() -> Self {
        Self::ends(None, Some(Exact::zero()))
    }

    /// The number, if it is one.
    #[must_use]
    pub fn only(&self) -> Option<&Exact> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// Whether it is 0 and nothing else.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.only().is_some_and(Exact::is_zero)
    }

    /// Whether nothing in it is below 0.
    #[must_use]
    pub fn is_never_negative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.is_negative())
    }

    /// Whether nothing in it is above 0.
    #[must_use]
    pub fn is_never_positive(&self) -> bool {
        self.high
            .as_ref()
            .is_some_and(|high| high.is_negative() || high.is_zero())
    }

    /// Whether a number is in it.
    #[must_use]
    pub fn has(&self, value: &Exact) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|low| value > low || (value == low && !self.low_open));
        let below = self
            .high
            .as_ref()
            .is_none_or(|high| value < high || (value == high && !self.high_open));
        above && below
    }

    /// Whether it has no number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => {
                low > high || (low == high && (self.low_open || self.high_open))
            }
            _ => false,
        }
    }

    /// How long it is; nothing if it is infinite.
    #[must_use]
    pub fn width(&self) -> Option<Exact> {
        Some(self.high.as_ref()?.subtract(self.low.as_ref()?))
    }

    /// The largest distance from 0; nothing if it is infinite.
    #[must_use]
    pub fn reach(&self) -> Option<Exact> {
        let (low, high) = (self.low.as_ref()?.abs(), self.high.as_ref()?.abs());
        Some(low.max(high))
    }

    /// The least range that has both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let (low, low_open) = outer(
            (&self.low, self.low_open),
            (&other.low, other.low_open),
            |a, b| a < b,
        );
        let (high, high_open) = outer(
            (&self.high, self.high_open),
            (&other.high, other.high_open),
            |a, b| a > b,
        );
        Self {
            low,
            high,
            low_open,
            high_open,
        }
    }

    /// What both have.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        let (low, low_open) = inner(
            (&self.low, self.low_open),
            (&other.low, other.low_open),
            |a, b| a > b,
        );
        let (high, high_open) = inner(
            (&self.high, self.high_open),
            (&other.high, other.high_open),
            |a, b| a < b,
        );
        Self {
            low,
            high,
            low_open,
            high_open,
        }
    }

    /// All sums.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        Self {
            low: both(&self.low, &other.low, Exact::add),
            high: both(&self.high, &other.high, Exact::add),
            low_open: self.low_open || other.low_open,
            high_open: self.high_open || other.high_open,
        }
    }

    /// All differences.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        self.add(&other.negate())
    }

    /// All numbers with their sign turned.
    #[must_use]
    pub fn negate(&self) -> Self {
        Self {
            low: self.high.as_ref().map(Exact::negate),
            high: self.low.as_ref().map(Exact::negate),
            low_open: self.high_open,
            high_open: self.low_open,
        }
    }

    /// All products with one number.
    #[must_use]
    pub fn scale(&self, by: &Exact) -> Self {
        if by.is_zero() {
            return Self::zero();
        }
        let turned = if by.is_negative() {
            self.negate()
        } else {
            self.clone()
        };
        let by = by.abs();
        Self {
            low: turned.low.as_ref().map(|low| low.multiply(&by)),
            high: turned.high.as_ref().map(|high| high.multiply(&by)),
            ..turned
        }
    }

    /// All products. A factor of 0 makes 0, however long the other range is.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        if let Some(by) = other.only() {
            return self.scale(by);
        }
        if let Some(by) = self.only() {
            return other.scale(by);
        }
        let mine = [Ext::low(self), Ext::high(self)];
        let others = [Ext::low(other), Ext::high(other)];
        let mut least: Option<Ext> = None;
        let mut most: Option<Ext> = None;
        for one in &mine {
            for two in &others {
                let product = one.times(two);
                if least.as_ref().is_none_or(|least| product < *least) {
                    least = Some(product.clone());
                }
                if most.as_ref().is_none_or(|most| product > *most) {
                    most = Some(product);
                }
            }
        }
        Self::ends(least.and_then(Ext::finite), most.and_then(Ext::finite))
    }

    /// One divided by each number but 0; nothing if there is no other. A range with 0 inside has all numbers.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        if self.is_zero() {
            return None;
        }
        let turned = |end: &Option<Exact>| match end {
            Some(end) => Exact::one().divide(end),
            None => Some(Exact::zero()),
        };
        Some(if self.is_never_negative() {
            // An end of 0 has no inverse, and leaves the other side infinite.
            Self::ends(turned(&self.high), turned(&self.low))
        } else if self.is_never_positive() {
            Self::ends(turned(&self.high), turned(&self.low))
        } else {
            Self::ALL
        })
    }

    /// What a function that never falls makes of it.
    #[must_use]
    pub fn map(&self, apply: impl Fn(&Exact) -> Exact) -> Self {
        Self::ends(
            self.low.as_ref().map(&apply),
            self.high.as_ref().map(&apply),
        )
    }

    /// Longer by so much on both sides.
    #[must_use]
    pub fn widened(&self, by: &Exact) -> Self {
        Self::ends(
            self.low.as_ref().map(|low| low.subtract(by)),
            self.high.as_ref().map(|high| high.add(by)),
        )
    }
}

type RangeEnd<'e> = (&'e Option<Exact>, bool);

fn outer(
    a: RangeEnd<'_>,
    b: RangeEnd<'_>,
    further: fn(&Exact, &Exact) -> bool,
) -> (Option<Exact>, bool) {
    match (a, b) {
        ((Some(one), one_open), (Some(two), two_open)) => {
            if one == two {
                (Some(one.clone()), one_open && two_open)
            } else if further(one, two) {
                (Some(one.clone()), one_open)
            } else {
                (Some(two.clone()), two_open)
            }
        }
        _ => (None, false),
    }
}

fn inner(
    a: RangeEnd<'_>,
    b: RangeEnd<'_>,
    nearer: fn(&Exact, &Exact) -> bool,
) -> (Option<Exact>, bool) {
    match (a, b) {
        ((Some(one), one_open), (Some(two), two_open)) => {
            if one == two {
                (Some(one.clone()), one_open || two_open)
            } else if nearer(one, two) {
                (Some(one.clone()), one_open)
            } else {
                (Some(two.clone()), two_open)
            }
        }
        ((Some(one), open), (None, _)) | ((None, _), (Some(one), open)) => {
            (Some(one.clone()), open)
        }
        ((None, _), (None, _)) => (None, false),
    }
}

fn both(a: &Option<Exact>, b: &Option<Exact>, join: fn(&Exact, &Exact) -> Exact) -> Option<Exact> {
    Some(join(a.as_ref()?, b.as_ref()?))
}

/// A number or an infinity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Ext {
    Least,
    Number(Exact),
    Most,
}

impl Ext {
    fn low(range: &Range) -> Self {
        range.low.clone().map_or(Self::Least, Self::Number)
    }

    fn high(range: &Range) -> Self {
        range.high.clone().map_or(Self::Most, Self::Number)
    }

    fn finite(self) -> Option<Exact> {
        match self {
            Self::Number(number) => Some(number),
            Self::Least | Self::Most => None,
        }
    }

    fn sign(&self) -> i8 {
        match self {
            Self::Least => -1,
            Self::Number(number) if number.is_zero() => 0,
            Self::Number(number) if number.is_negative() => -1,
            Self::Number(_) | Self::Most => 1,
        }
    }

    fn times(&self, other: &Self) -> Self {
        if let (Self::Number(one), Self::Number(two)) = (self, other) {
            return Self::Number(one.multiply(two));
        }
        match self.sign() * other.sign() {
            0 => Self::Number(Exact::zero()),
            1 => Self::Most,
            _ => Self::Least,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Range;
    use crate::quantity::Exact;

    fn range(low: i64, high: i64) -> Range {
        Range::new(Exact::from_integer(low), Exact::from_integer(high))
    }

    #[test]
    fn products_have_their_ends_at_corners() {
        assert_eq!(range(-2, 3).multiply(&range(-5, 7)), range(-15, 21));
        assert_eq!(range(0, 1).multiply(&Range::rising()), Range::rising());
        assert_eq!(Range::zero().multiply(&Range::ALL), Range::zero());
        assert_eq!(range(-1, 1).multiply(&Range::rising()), Range::ALL);
    }

    #[test]
    fn an_open_end_is_left_out() {
        let below = Range {
            high_open: true,
            ..range(0, 8)
        };
        assert!(!below.has(&Exact::from_integer(8)));
        assert!(below.within(&range(8, 9)).is_empty());
        assert_eq!(below.hull(&range(8, 9)), range(0, 9));
    }

    #[test]
    fn an_inverse_leaves_0_out() {
        assert_eq!(Range::zero().inverse(), None);
        assert_eq!(
            range(0, 4).inverse(),
            Some(Range::between(Exact::ratio(1, 4), None))
        );
        assert_eq!(
            range(-4, -2).inverse(),
            Some(Range::new(
                Exact::ratio(-1, 2).unwrap(),
                Exact::ratio(-1, 4).unwrap()
            ))
        );
    }
}
