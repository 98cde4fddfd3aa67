//! What in an expression exists for each month, without words that name the months.

use crate::catalogue;
use crate::quantity::Type;
use crate::syntax::tree::{Builtin, Every, Expr, ExprKind, ItemKind, Path};
use crate::text::Span;
use crate::typing::{Context, OverTime, adds_up};

use super::{Looking, Settled};

/// Something that exists for each month.
pub(super) struct Open {
    pub(super) kind: Kind,
    /// Its place, or several.
    pub(super) places: Vec<Span>,
    /// Its name, if it has one.
    pub(super) name: Option<String>,
    /// The type of its value.
    pub(super) value: Type,
    /// The share that is taken of it, if it is written out.
    pub(super) rate: Option<Expr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It adds up over months.
    Amount,
    /// It does not.
    Other,
    /// Yes or no.
    Flag,
    /// A metric.
    Measure,
}

impl Open {
    pub(super) fn span(&self) -> Span {
        self.places.first().copied().unwrap_or(Span {
            file: crate::text::FileId(0),
            start: 0,
            end: 0,
        })
    }

    /// The same words in another place.
    pub(super) fn merge(&mut self, other: Self) {
        self.places.extend(other.places);
        self.rate = self.rate.take().or(other.rate);
    }
}

/// Finds everything in an expression that exists for each month, in an item that is settled over those months.
pub(super) fn collect(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    expr: &Expr,
    settled: Settled,
    found: &mut Vec<Open>,
) {
    match &expr.kind {
        ExprKind::Window(..)
        | ExprKind::Previous(..)
        | ExprKind::InARow(_)
        | ExprKind::OfMonths(..) => {}
        ExprKind::TotalOf(path) if path.is_points() && cx.has_points() => {
            total_points(cx, looking, expr.span, settled, found);
        }
        ExprKind::Builtin(Builtin::Points) => {
            total_points(cx, looking, expr.span, settled, found);
        }
        ExprKind::Builtin(
            Builtin::Month
            | Builtin::MonthOfTerm
            | Builtin::MonthOfYear
            | Builtin::DaysInMonth
            | Builtin::MonthsInTerm,
        ) => {}
        ExprKind::Builtin(_) => found.push(amount(expr.span, None, cx.money())),
        ExprKind::Name(path) => of_path(cx, looking, path, settled, found),
        ExprKind::TotalOf(path) => {
            let before = found.len();
            of_path(cx, looking, path, settled, found);
            for open in found.iter_mut().skip(before) {
                open.places = vec![expr.span];
                if open.kind == Kind::Measure {
                    open.kind = of_type(&open.value);
                }
            }
        }
        ExprKind::Of(rate, base) => {
            collect(cx, looking, rate, settled, found);
            let before = found.len();
            collect(cx, looking, base, settled, found);
            for open in found.iter_mut().skip(before) {
                if matches!(rate.kind, ExprKind::Percent(_)) && open.places == [base.span] {
                    open.rate = Some(rate.as_ref().clone());
                }
            }
        }
        _ => {
            for part in expr.parts() {
                collect(cx, looking, part, settled, found);
            }
        }
    }
}

/// A name, if it has a value for each month.
pub(super) fn of_path(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    path: &Path,
    settled: Settled,
    found: &mut Vec<Open>,
) {
    let Some(symbol) = cx.symbols.get(&path.name.text) else {
        return;
    };
    if symbol.kind == Type::Unknown {
        return;
    }
    let kind = match symbol.what {
        catalogue::ItemKind::Metric if symbol.over_time == OverTime::EachMonth => Kind::Measure,
        catalogue::ItemKind::Let if symbol.over_time == OverTime::EachMonth => {
            of_type(&symbol.kind)
        }
        catalogue::ItemKind::Metric | catalogue::ItemKind::Let => return,
        catalogue::ItemKind::Input => of_type(&symbol.kind),
        catalogue::ItemKind::Scorecard if looking.is_own(cx, &path.name.text) => return,
        catalogue::ItemKind::Scorecard => Kind::Other,
        catalogue::ItemKind::Charge | catalogue::ItemKind::Holdback => Kind::Amount,
        _ => {
            let own = looking.periods.get(path.name.text.as_str());
            if own.is_some_and(|own| Settled::Each(*own) == settled) {
                return;
            }
            Kind::Amount
        }
    };
    found.push(Open {
        kind,
        places: vec![path.span],
        name: Some(path.name.text.clone()),
        value: symbol.kind.clone(),
        rate: None,
    });
}

fn of_type(kind: &Type) -> Kind {
    if *kind == Type::Flag {
        Kind::Flag
    } else if adds_up(kind) {
        Kind::Amount
    } else {
        Kind::Other
    }
}

fn amount(span: Span, name: Option<String>, value: Type) -> Open {
    Open {
        kind: Kind::Amount,
        places: vec![span],
        name,
        value,
        rate: None,
    }
}

/// All points are of the period if all items that count them are settled with it.
fn total_points(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    span: Span,
    settled: Settled,
    found: &mut Vec<Open>,
) {
    let mut periods = looking.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Points(points) => Some(points.every),
        _ => None,
    });
    if periods.all(|every: Every| Settled::Each(every) == settled) {
        return;
    }
    let points = cx.totals.points.as_ref().map(|points| points.kind.clone());
    found.push(amount(span, None, points.unwrap_or(Type::Unknown)));
}
