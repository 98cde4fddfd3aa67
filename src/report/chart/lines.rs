//! A chart of straight pieces with steps between them, upright marks, and single points.

use crate::quantity::Exact;
use crate::report::escape::markup::name;

use super::axis::{Axis, written};

/// The chart.
pub(in crate::report) struct LineChart {
    /// Its size.
    pub(in crate::report) size: (i64, i64),
    /// Its title for those who cannot see it, and what it shows in one or two sentences.
    pub(in crate::report) title: String,
    pub(in crate::report) description: String,
    /// What the two axes show, with the unit.
    pub(in crate::report) across: String,
    pub(in crate::report) up: String,
    /// The values at the ticks of the axes, with their words; the first and the last are the ends.
    pub(in crate::report) x: Vec<(Exact, String)>,
    pub(in crate::report) y: Vec<(Exact, String)>,
    /// Straight pieces from point to point.
    pub(in crate::report) pieces: Vec<[(Exact, Exact); 2]>,
    pub(in crate::report) jumps: Vec<Jump>,
    pub(in crate::report) uprights: Vec<Upright>,
    pub(in crate::report) dots: Vec<Dot>,
}

/// A step between two pieces.
pub(in crate::report) struct Jump {
    pub(in crate::report) from: (Exact, Exact),
    pub(in crate::report) to: (Exact, Exact),
    /// Its amount.
    pub(in crate::report) label: String,
}

/// A mark over the whole height.
pub(in crate::report) struct Upright {
    pub(in crate::report) at: Exact,
    pub(in crate::report) label: String,
}

/// A single point.
pub(in crate::report) struct Dot {
    pub(in crate::report) at: (Exact, Exact),
    pub(in crate::report) kind: DotKind,
    /// What it is.
    pub(in crate::report) label: String,
}

/// What a point is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum DotKind {
    /// The month itself.
    Now,
    /// A month before.
    Past,
}

/// A rectangle with words in it, in whole units.
#[derive(Clone, Copy)]
struct Field {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

impl Field {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The height of a line of words, and the usual width of a letter.
const LINE: i64 = 15;
const LETTER: i64 = 7;

fn width_of(words: &str) -> i64 {
    i64::try_from(words.chars().count()).unwrap_or(0) * LETTER
}

impl LineChart {
    /// The chart as SVG.
    pub(in crate::report) fn render(&self) -> String {
        let (width, height) = self.size;
        let widest = self.y.iter().map(|(_, words)| width_of(words)).max();
        let left = widest.unwrap_or(0) + 10;
        let (top, bottom) = (20 + 2 * LINE, height - 2 * LINE - 12);
        let ends = |all: &[(Exact, String)]| {
            let first = all.first().map(|(value, _)| value.clone());
            let last = all.last().map(|(value, _)| value.clone());
            (
                first.unwrap_or_else(Exact::zero),
                last.unwrap_or_else(Exact::one),
            )
        };
        let ((x_low, x_high), (y_low, y_high)) = (ends(&self.x), ends(&self.y));
        let x = Axis {
            low: x_low,
            high: x_high,
            from: left,
            to: width - 14,
        };
        let y = Axis {
            low: y_low,
            high: y_high,
            from: bottom,
            to: top,
        };
        let mut taken: Vec<Field> = Vec::new();
        let uprights = self.uprights(&x, &y, &mut taken);
        let jumps = self.jumps(&x, &y, &mut taken);
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}. {}\">\n\
             {}{uprights}{}{jumps}{}\
             <text class=\"axis\" x=\"0\" y=\"13\">{}</text>\n\
             <text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n</svg>\n",
            name(&self.title),
            name(&self.description),
            self.scales(&x, &y),
            self.lines(&x, &y),
            self.points(&x, &y),
            name(&self.up),
            (x.from + x.to) / 2,
            height - 4,
            name(&self.across),
        )
    }

    fn scales(&self, x: &Axis, y: &Axis) -> String {
        let mut out = String::new();
        for (value, words) in &self.y {
            let at = y.place(value);
            let baseline = written(y.tenths(value) + 40);
            out.push_str(&format!(
                "<path class=\"grid\" d=\"M{} {at}H{}\"/>\n<text class=\"axis number\" x=\"{}\" y=\"{baseline}\" text-anchor=\"end\">{}</text>\n",
                x.from,
                x.to,
                x.from - 6,
                name(words)
            ));
        }
        let mut free = i64::MIN;
        let last = self.x.len().saturating_sub(1);
        for (at, (value, words)) in self.x.iter().enumerate() {
            let place = x.tenths(value) / 10;
            let half = width_of(words) / 2;
            let (anchor, start) = match at {
                _ if at == last && at > 0 => ("end", place - 2 * half),
                _ => ("middle", place - half),
            };
            out.push_str(&format!(
                "<path class=\"frame\" d=\"M{place} {}v5\"/>\n",
                y.from
            ));
            if start > free {
                out.push_str(&format!(
                    "<text class=\"axis\" x=\"{place}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>\n",
                    y.from + 19,
                    name(words)
                ));
                free = start + 2 * half + 6;
            }
        }
        out.push_str(&format!(
            "<path class=\"frame\" d=\"M{} {}H{}\"/>\n",
            x.from, y.from, x.to
        ));
        out
    }

    fn lines(&self, x: &Axis, y: &Axis) -> String {
        let place =
            |(value, amount): &(Exact, Exact)| format!("{} {}", x.place(value), y.place(amount));
        let each = self.pieces.iter().map(|[from, to]| {
            let (from, to) = (place(from), place(to));
            if from == to {
                // A line without length is drawn as a point by its round ends.
                return format!("M{from}h0.1");
            }
            format!("M{from}L{to}")
        });
        format!(
            "<path class=\"curve\" d=\"{}\"/>\n",
            each.collect::<String>()
        )
    }

    fn jumps(&self, x: &Axis, y: &Axis, taken: &mut Vec<Field>) -> String {
        let mut out = String::new();
        for jump in &self.jumps {
            let (from, to) = (y.tenths(&jump.from.1), y.tenths(&jump.to.1));
            out.push_str(&format!(
                "<path class=\"jump\" d=\"M{} {}L{} {}\"/>\n",
                x.place(&jump.from.0),
                written(from),
                x.place(&jump.to.0),
                written(to)
            ));
            let middle = (from + to) / 20;
            let at = x.tenths(&jump.to.0) / 10;
            let width = width_of(&jump.label);
            let sides = [("start", at + 6, at + 6), ("end", at - 6, at - 6 - width)];
            for (anchor, place, left) in sides {
                let field = Field {
                    left,
                    right: left + width,
                    top: middle - LINE / 2,
                    bottom: middle + LINE / 2,
                };
                let fits = field.left >= x.from && field.right <= x.to;
                if !fits || taken.iter().any(|other| other.meets(&field)) {
                    continue;
                }
                taken.push(field);
                out.push_str(&format!(
                    "<text class=\"jump-label\" x=\"{place}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>\n",
                    middle + 4,
                    name(&jump.label)
                ));
                break;
            }
        }
        out
    }

    fn uprights(&self, x: &Axis, y: &Axis, taken: &mut Vec<Field>) -> String {
        let mut out = String::new();
        for upright in &self.uprights {
            let at = x.tenths(&upright.at) / 10;
            out.push_str(&format!(
                "<path class=\"line-mark\" d=\"M{at} {}V{}\"/>\n",
                y.to - 6,
                y.from
            ));
            let width = width_of(&upright.label);
            let left = (at - width / 2).clamp(x.from, (x.to - width).max(x.from));
            let rows = [y.to - 12, y.to - 12 - LINE];
            for row in rows {
                let field = Field {
                    left,
                    right: left + width,
                    top: row - LINE + 3,
                    bottom: row + 3,
                };
                if taken.iter().any(|other| other.meets(&field)) {
                    continue;
                }
                taken.push(field);
                out.push_str(&format!(
                    "<text class=\"line-label\" x=\"{left}\" y=\"{row}\">{}</text>\n",
                    name(&upright.label)
                ));
                break;
            }
        }
        out
    }

    fn points(&self, x: &Axis, y: &Axis) -> String {
        let each = self.dots.iter().map(|dot| {
            let (across, up) = (x.place(&dot.at.0), y.place(&dot.at.1));
            let label = name(&dot.label);
            match dot.kind {
                DotKind::Past => format!(
                    "<circle class=\"past\" cx=\"{across}\" cy=\"{up}\" r=\"4\"><title>{label}</title></circle>\n"
                ),
                DotKind::Now => format!(
                    "<path class=\"now\" d=\"M{across} {up}m-7 0l7 -7l7 7l-7 7z\"><title>{label}</title></path>\n"
                ),
            }
        });
        each.collect()
    }
}
