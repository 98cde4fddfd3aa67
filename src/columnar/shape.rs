//! What a kernel is made for: how the data and what is kept of earlier months are scaled, and how large they are.

use crate::calendar::Month;
use crate::program::{Program, WindowMonths};

use super::form::Bounds;

/// What a kernel takes for granted.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// By slot of the program.
    pub(super) inputs: Vec<InputShape>,
    /// By series; nothing for one that columns do not keep.
    pub(super) series: Vec<Option<SeriesShape>>,
}

/// What is known of the cells of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InputShape {
    /// How many decimals the integers have.
    pub(super) places: u32,
    pub(super) bounds: Bounds,
    pub(super) may_be_missing: bool,
    /// Whether there is no cell at all.
    pub(super) never: bool,
}

/// What is known of the values of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SeriesShape {
    pub(super) scale: i128,
    /// Whether something divides the values that is not the same for all.
    pub(super) has_below: bool,
    pub(super) above: Bounds,
    pub(super) below: Bounds,
}

impl Shape {
    /// Whether a kernel for this one is right for data of the other one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let input = |(own, other): (&InputShape, &InputShape)| {
            own.places == other.places
                && own.never == other.never
                && own.bounds.contains(other.bounds)
                && (own.may_be_missing || !other.may_be_missing)
        };
        let series = |(own, other): (&Option<SeriesShape>, &Option<SeriesShape>)| match (own, other)
        {
            (Some(own), Some(other)) => {
                own.is_laid_out_as(other)
                    && own.above.contains(other.above)
                    && own.below.contains(other.below)
            }
            (None, None) => true,
            _ => false,
        };
        self.inputs.len() == other.inputs.len()
            && self.inputs.iter().zip(&other.inputs).all(input)
            && self.series.iter().zip(&other.series).all(series)
    }
}

impl SeriesShape {
    /// Whether values are kept in the same way.
    pub(super) fn is_laid_out_as(&self, other: &Self) -> bool {
        self.scale == other.scale && self.has_below == other.has_below
    }
}

/// Bounds with some room, so that the next rows have the same kernel.
pub(super) fn roomy(bounds: Bounds) -> Bounds {
    let up = |value: i128| {
        let bits = 128 - value.unsigned_abs().leading_zeros();
        let bits = (bits.div_ceil(4) * 4).clamp(8, 61);
        1_i128 << bits
    };
    Bounds::of(
        if bounds.least < 0 {
            -up(bounds.least)
        } else {
            0
        },
        if bounds.most > 0 { up(bounds.most) } else { 0 },
    )
}

/// How many months before this one a window can reach.
pub(super) fn longest_back(months: WindowMonths, program: &Program) -> usize {
    match months {
        WindowMonths::Last(count) => (count as usize).saturating_sub(1),
        WindowMonths::Previous(count) => count as usize,
        WindowMonths::ContractYear
        | WindowMonths::ContractYearBefore
        | WindowMonths::CalendarYear
        | WindowMonths::CalendarYearBefore => 11,
        WindowMonths::CalendarQuarter | WindowMonths::CalendarQuarterBefore => 2,
        WindowMonths::Term | WindowMonths::TermBefore => program.plan.term.map_or(0, |term| {
            let months = Month::of(term.last).since(Month::of(term.first));
            usize::try_from(months).unwrap_or(0)
        }),
    }
}
