//! The parts from which facts are built, as JSON. Numbers are texts, so that no reader rounds them.

use serde_json::{Map, Value as Json, json};

use crate::model::facts::{
    Band, Bands, Builtin, Comparison, Dated, Every, Excess, Facts, Fallback, Form, Head, ItemId,
    Link, Reach, Replacement, Rounded, Ruling, TierReach, Value,
};
use crate::quantity::{Exact, Figure, RoundingMode, Type};
use crate::report::wire::Place;
use crate::text::{Sources, Span};

/// The sources and facts that are needed to write a contract's facts.
#[derive(Clone, Copy)]
pub(super) struct Wire<'f> {
    pub(super) sources: &'f Sources,
    pub(super) facts: &'f Facts,
}

/// An object with these members, in order.
pub(super) fn object(head: Json, members: Json) -> Json {
    let mut all = Map::new();
    for part in [head, members] {
        if let Json::Object(part) = part {
            all.extend(part);
        }
    }
    Json::Object(all)
}

impl Wire<'_> {
    /// The contract's own words at a place, on one line.
    pub(super) fn quote(&self, span: Span) -> String {
        let words: Vec<&str> = self.sources.slice(span).split_whitespace().collect();
        words.join(" ")
    }

    /// The members that every clause has.
    pub(super) fn head(&self, head: &Head) -> Json {
        json!({
            "designation": head.designation,
            "name": head.name.as_ref().map(|name| &name.text),
            "title": head.title.as_ref().map(|title| &title.text),
            "clause": head.clause.as_ref().map(|clause| &clause.text),
            "from_library": !head.own,
            "place": Place::of(head.span, self.sources),
        })
    }

    /// The name of a clause.
    pub(super) fn name_of(&self, id: ItemId) -> Option<&str> {
        self.facts.head(id).map(Head::name)
    }

    /// An agreed value: its words, its figure if one is written, and what it reads.
    pub(super) fn value(&self, value: &Value) -> Json {
        let (kind, fixed, rate, of) = match &value.form {
            Form::Fixed(known) => ("fixed", Some(figure(known)), None, None),
            Form::Of { rate, base } => {
                let stated = match &rate.form {
                    Form::Fixed(known) => Some(figure(known)),
                    _ => None,
                };
                ("rate", None, stated, Some(self.quote(base.span)))
            }
            Form::Name(_) | Form::TotalOf(_) => ("name", None, None, None),
            Form::Sum(_) => ("sum", None, None, None),
            Form::Dated(..) => ("dated", None, None, None),
            Form::ByAgreement => ("by_agreement", None, None, None),
            Form::Formula => ("formula", None, None, None),
        };
        let mut reads: Vec<&str> = Vec::new();
        reads.extend(value.reads.iter().filter_map(|id| self.name_of(*id)));
        reads.extend(value.sums.iter().map(|sum| sum_key(*sum)));
        json!({
            "words": self.quote(value.span),
            "kind": kind,
            "fixed": fixed,
            "rate": rate,
            "of": of,
            "dated": self.dated(value),
            "reads": reads,
        })
    }

    /// The figures of a value that changes on stated days, the first without a day.
    fn dated(&self, value: &Value) -> Vec<Json> {
        let Form::Dated(first, later) = &value.form else {
            return Vec::new();
        };
        let one = |from: Option<String>, value: &Value| {
            json!({
                "from": from,
                "words": self.quote(value.span),
                "fixed": match &value.form {
                    Form::Fixed(known) => Some(figure(known)),
                    _ => None,
                },
            })
        };
        let later = later
            .iter()
            .map(|Dated { from, value }| one(Some(from.to_string()), value));
        std::iter::once(one(None, first)).chain(later).collect()
    }

    pub(super) fn maybe(&self, value: Option<&Value>) -> Json {
        value.map_or(Json::Null, |value| self.value(value))
    }

    pub(super) fn values<'v>(&self, values: impl IntoIterator<Item = &'v Value>) -> Vec<Json> {
        values.into_iter().map(|value| self.value(value)).collect()
    }

    /// The bands of a measure.
    pub(super) fn bands(&self, bands: &Bands) -> Vec<Json> {
        bands.all.iter().map(|band| self.band(band)).collect()
    }

    fn band(&self, band: &Band) -> Json {
        let end = |at: &Value, included: bool| {
            let end = json!({ "included": included });
            object(self.value(at), end)
        };
        let (from, to) = match &band.reach {
            Reach::Side(Comparison::Below, at) => (None, Some(end(at, false))),
            Reach::Side(Comparison::AtMost, at) => (None, Some(end(at, true))),
            Reach::Side(Comparison::Above, at) => (Some(end(at, false)), None),
            Reach::Side(Comparison::AtLeast, at) => (Some(end(at, true)), None),
            Reach::Side(Comparison::Is | Comparison::IsNot, at) | Reach::Exactly(at) => {
                (Some(end(at, true)), Some(end(at, true)))
            }
            Reach::Range {
                from,
                from_included,
                to,
                to_included,
            } => (Some(end(from, *from_included)), Some(end(to, *to_included))),
            Reach::Otherwise | Reach::NoValue => (None, None),
        };
        let ruling = band.ruling.map(|ruling| match ruling {
            Ruling::InPlace => "in_place_of_the_former",
            Ruling::OnTop => "on_top_of_the_former",
        });
        json!({
            "reach": self.reach(band),
            "from": from,
            "to": to,
            "value": self.value(&band.value),
            "ruling": ruling,
        })
    }

    /// The words of a band before its value.
    fn reach(&self, band: &Band) -> String {
        let words = self.quote(Span {
            end: band.value.span.start,
            ..band.span
        });
        words.trim_end_matches([':', ' ']).to_owned()
    }

    /// How far a tier, or a band of a shared gain, reaches.
    pub(super) fn tier_reach(&self, reach: &TierReach) -> Json {
        let (kind, units) = match reach {
            TierReach::More(more) => ("that_many_more", Some(more)),
            TierReach::UpTo(end) => ("up_to", Some(end)),
            TierReach::Beyond => ("beyond", None),
        };
        json!({ "reach": kind, "units": self.maybe(units) })
    }

    pub(super) fn fallback(&self, fallback: Option<&Fallback>) -> Json {
        let Some(fallback) = fallback else {
            return Json::Null;
        };
        let (with, value) = match &fallback.with {
            Replacement::NoValue => ("no_value", None),
            Replacement::NoInvoice => ("no_invoice", None),
            Replacement::LastKnown => ("last_known_value", None),
            Replacement::AverageOfLast(months) => ("average_of_last_months", Some(months)),
            Replacement::Value(value) => ("value", Some(value)),
        };
        json!({ "with": with, "value": self.maybe(value) })
    }

    pub(super) fn rounded(&self, rounded: Option<&Rounded>) -> Json {
        rounded.map_or(
            Json::Null,
            |rounded| json!({ "mode": mode_key(rounded.mode), "step": self.value(&rounded.step) }),
        )
    }

    pub(super) fn excess(&self, excess: Option<&Excess>) -> Json {
        match excess {
            None => Json::Null,
            Some(Excess::Lapses) => {
                json!({ "then": "lapses", "months": null, "paid_out_at_the_end": null })
            }
            Some(Excess::Carried { months, paid_out }) => json!({
                "then": "carried_forward",
                "months": self.maybe(months.as_ref()),
                "paid_out_at_the_end": paid_out,
            }),
        }
    }
}

/// A figure with its unit: `{"value": "80", "unit": "%"}`.
pub(super) fn figure(figure: &Figure) -> Json {
    let hundredfold = || figure.value.multiply(&Exact::from_integer(100)).to_string();
    let (value, unit) = match &figure.kind {
        Type::Percent => (hundredfold(), Some("%".to_owned())),
        Type::PercentagePoints => (hundredfold(), Some("percentage points".to_owned())),
        Type::Flag | Type::Month => (figure.number(), None),
        Type::Quantity(unit) => (figure.value.to_string(), Some(unit.to_string())),
        Type::Number | Type::Score | Type::Unknown => (figure.value.to_string(), None),
    };
    json!({ "value": value, "unit": unit })
}

/// An exact number of that type.
pub(super) fn number(value: Option<&Exact>, kind: &Type) -> Json {
    value.map_or(Json::Null, |value| {
        figure(&Figure::new(value.clone(), kind.clone()))
    })
}

/// A name, with its member if one is written.
pub(super) fn link(link: &Link) -> String {
    link.path()
}

/// Names.
pub(super) fn links(all: &[Link]) -> Vec<String> {
    all.iter().map(link).collect()
}

/// The unit of a value: `percent`, `calls`, `EUR per call`.
pub(super) fn unit_words(kind: &Type) -> Option<String> {
    match kind {
        Type::Unknown => None,
        Type::Flag => Some("yes or no".to_owned()),
        Type::Number => Some("number".to_owned()),
        Type::Percent => Some("percent".to_owned()),
        Type::PercentagePoints => Some("percentage points".to_owned()),
        Type::Score => Some("score".to_owned()),
        Type::Month => Some("month".to_owned()),
        Type::Quantity(unit) => Some(unit.to_string()),
    }
}

pub(super) fn every_key(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::ContractYear => "contract_year",
        Every::CalendarYear => "calendar_year",
    }
}

pub(super) fn mode_key(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::HalfUp => "half_up",
        RoundingMode::HalfEven => "half_even",
        RoundingMode::Up => "up",
        RoundingMode::Down => "down",
        RoundingMode::Floor => "floor",
        RoundingMode::Ceiling => "ceiling",
    }
}

pub(super) fn comparison_key(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "below",
        Comparison::AtMost => "at_most",
        Comparison::Above => "above",
        Comparison::AtLeast => "at_least",
        Comparison::Is => "is",
        Comparison::IsNot => "is_not",
    }
}

fn sum_key(sum: Builtin) -> &'static str {
    match sum {
        Builtin::Charges => "charges",
        Builtin::AdjustedCharges => "adjusted charges",
        Builtin::Adjustments => "adjustments",
        Builtin::Credits => "credits",
        Builtin::Bonuses => "bonuses",
        Builtin::Points => "total points",
        Builtin::Total => "total",
        Builtin::Month => "month",
        Builtin::MonthOfTerm => "month of term",
        Builtin::MonthOfYear => "month of year",
        Builtin::DaysInMonth => "days in month",
        Builtin::MonthsInTerm => "months in term",
    }
}
