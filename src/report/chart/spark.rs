//! A line of a few months, small enough for a cell of a table.

use crate::quantity::Exact;
use crate::report::escape::markup::name;

use super::axis::Axis;

/// The size of the picture.
const WIDTH: i64 = 120;
const HEIGHT: i64 = 30;

/// The values of some months, the newest last, with the target as a line. A month without a value leaves a gap. Nothing if
/// no month has a value.
pub(in crate::report) fn spark(
    values: &[Option<Exact>],
    target: Option<&Exact>,
    description: &str,
) -> String {
    let known = || values.iter().flatten().chain(target);
    let (Some(low), Some(high)) = (known().min(), known().max()) else {
        return String::new();
    };
    let pad = if low == high {
        Exact::one()
    } else {
        Exact::zero()
    };
    let y = Axis {
        low: low.subtract(&pad),
        high: high.add(&pad),
        from: HEIGHT - 5,
        to: 5,
    };
    let last = i64::try_from(values.len()).unwrap_or(1) - 1;
    let x = Axis {
        low: Exact::zero(),
        high: Exact::from_integer(last.max(1)),
        from: 5,
        to: WIDTH - 6,
    };
    let mut path = String::new();
    let mut draws = false;
    let mut end = String::new();
    for (at, value) in (0..).zip(values) {
        let Some(value) = value else {
            draws = false;
            continue;
        };
        let place = (x.place(&Exact::from_integer(at)), y.place(value));
        let pen = if draws { 'L' } else { 'M' };
        path.push_str(&format!("{pen}{} {}", place.0, place.1));
        if !draws {
            path.push_str("h0.1");
        }
        draws = true;
        end = format!(
            "<circle class=\"now\" cx=\"{}\" cy=\"{}\" r=\"4\"/>",
            place.0, place.1
        );
    }
    let target = target.map_or_else(String::new, |target| {
        format!(
            "<path class=\"line-mark\" d=\"M0 {}H{WIDTH}\"/>",
            y.place(target)
        )
    });
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"{}\">\
         {target}<path class=\"curve\" d=\"{path}\"/>{end}</svg>",
        name(description)
    )
}
