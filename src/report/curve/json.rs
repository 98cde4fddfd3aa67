//! Curves for programs, by the schema `docs/schema/curve.schema.json`.

use serde_json::{Value as Json, json};

use crate::quantity::{Currency, Exact, Figure};
use crate::report::amount::plain;
use crate::report::escape::json::pretty;
use crate::report::words::type_key;

use super::{Curve, Curves, Map, MarkerKind, MonthSource, Point, Varied, Way};

/// The curves as a document.
#[must_use]
pub fn render(curves: &Curves) -> String {
    let currency = curves.currency;
    let source = match &curves.source {
        MonthSource::Data(file) => json!({ "kind": "data", "name": file }),
        MonthSource::Scenario(name) => json!({ "kind": "scenario", "name": name }),
    };
    let each = curves.curves.iter().map(|curve| one(curve, currency));
    let without = curves.without.iter();
    let without = without.map(|without| json!({ "name": without.name, "why": without.why }));
    let document = json!({
        "schema_version": 1,
        "page": "curve",
        "contract": curves.contract,
        "title": curves.title,
        "file": curves.file,
        "currency": currency.to_string(),
        "month": curves.month.to_string(),
        "account": curves.account,
        "source": source,
        "total": curves.total.as_ref().map(|total| plain(total, currency)),
        "curves": each.collect::<Vec<Json>>(),
        "without": without.collect::<Vec<Json>>(),
        "map": curves.map.as_ref().map(|map| of_map(map, currency)),
    });
    pretty(&document)
}

fn one(curve: &Curve, currency: Currency) -> Json {
    let point = |point: &Point| of_point(point, currency);
    let pieces = curve.pieces.iter().map(|piece| {
        json!({
            "from": point(&piece.from),
            "to": point(&piece.to),
            "slope": piece.slope.as_ref().map(ToString::to_string),
            "level": piece.is_level(),
        })
    });
    let steps = curve.steps.iter().map(|step| {
        json!({
            "below": step.below.to_string(),
            "above": step.above.to_string(),
            "change": step.change.as_ref().map(|change| plain(change, currency)),
            "cliff": step.is_cliff,
            "no_invoice": step.no_invoice,
        })
    });
    let markers = curve.markers.iter().map(|marker| {
        let kind = match marker.kind {
            MarkerKind::Target => "target",
            MarkerKind::Critical => "critical",
            MarkerKind::Goal => "goal",
        };
        json!({
            "kind": kind,
            "of": marker.level,
            "value": marker.value.to_string(),
            "can_move": marker.moves,
        })
    });
    let past = curve.past.iter().map(|month| {
        json!({
            "month": month.month.to_string(),
            "value": month.value.as_ref().map(ToString::to_string),
            "invoiced": month.total.as_ref().map(|total| plain(total, currency)),
            "here": month.here.as_ref().map(point),
        })
    });
    let unit = Figure::new(Exact::from_integer(2), curve.kind.clone()).unit();
    json!({
        "name": curve.name,
        "title": curve.title,
        "clause": curve.clause,
        "type": type_key(&curve.kind),
        "unit": unit,
        "higher_is_better": curve.higher_is_better,
        "varied": of_varied(&curve.varied),
        "rounding": curve.rounding.to_string(),
        "now": curve.now.as_ref().map(point),
        "pieces": pieces.collect::<Vec<Json>>(),
        "steps": steps.collect::<Vec<Json>>(),
        "markers": markers.collect::<Vec<Json>>(),
        "past": past.collect::<Vec<Json>>(),
    })
}

fn of_point(point: &Point, currency: Currency) -> Json {
    json!({
        "value": point.value.to_string(),
        "set": point.set.to_string(),
        "total": plain(&point.total, currency),
    })
}

fn of_varied(varied: &Varied) -> Json {
    let (way, above, against, fixed) = match &varied.way {
        Way::Column(name) => ("column", vec![name.clone()], Vec::new(), Vec::new()),
        Way::Quotient {
            above,
            against,
            fixed,
        } => ("quotient", above.clone(), against.clone(), fixed.clone()),
        Way::Itself => ("itself", Vec::new(), Vec::new(), Vec::new()),
    };
    json!({
        "way": way,
        "columns": above,
        "against": against,
        "fixed": fixed,
        "from": varied.from.value.to_string(),
        "to": varied.to.value.to_string(),
        "step": varied.step.value.to_string(),
        "step_is_stated": varied.step_is_stated,
        "ends_are_stated": varied.ends_are_stated,
        "computed": varied.computed,
        "all": varied.all,
        "cut_short": varied.cut_short,
    })
}

fn of_map(map: &Map, currency: Currency) -> Json {
    let values = |all: &[Figure]| {
        let each = all.iter().map(|figure| figure.value.to_string());
        each.collect::<Vec<String>>()
    };
    let totals = map.totals.iter().map(|row| {
        let each = row
            .iter()
            .map(|total| total.as_ref().map(|total| plain(total, currency)));
        each.collect::<Vec<Option<String>>>()
    });
    json!({
        "across": map.across,
        "columns": values(&map.columns),
        "down": map.down,
        "rows": values(&map.rows),
        "totals": totals.collect::<Vec<_>>(),
        "now": map.now.map(|(row, column)| json!({ "row": row, "column": column })),
    })
}
