//! Converts units in the contract's words to units as types.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::quantity::{BaseUnit, Currency, Type, Unit};
use crate::syntax::tree::{Name, UnitExpr};

use super::Context;

impl Context<'_> {
    /// The unit that the words name. If they name none, a finding and nothing.
    pub fn unit(&mut self, words: &UnitExpr) -> Option<Unit> {
        let above = self.base_unit(&words.above);
        let below: Vec<Option<BaseUnit>> = words
            .below
            .iter()
            .map(|name| self.base_unit(name))
            .collect();
        let mut unit = Unit::from(above?);
        for base in below {
            unit = unit.divide(&Unit::from(base?)).0;
        }
        Some(unit)
    }

    /// The type of a number with that unit.
    pub fn quantity_type(&mut self, words: &UnitExpr) -> Type {
        self.unit(words).map_or(Type::Unknown, Type::Quantity)
    }

    /// The base unit that one word names. If there is none, a finding and nothing.
    pub fn base_unit(&mut self, word: &Name) -> Option<BaseUnit> {
        let found = self.units.find(&word.text);
        match &found {
            None => self.unknown_unit(word),
            Some(BaseUnit::Currency(currency)) if !self.is_named(*currency) => {
                self.unnamed_currency(*currency, word);
                return None;
            }
            Some(_) => {}
        }
        if let Some(declared) = self.unit_spans.get(&word.text) {
            self.refer(word.span, *declared);
        }
        found
    }

    /// Whether amounts can be in that currency. If the contract names no currency, that has a finding of its own.
    fn is_named(&self, currency: Currency) -> bool {
        self.currencies.is_empty() || self.currencies.contains(&currency)
    }

    fn unnamed_currency(&mut self, currency: Currency, word: &Name) {
        let listed: Vec<String> = self.currencies.iter().map(ToString::to_string).collect();
        let listed = listed.join(", ");
        self.report(
            Diagnostic::error(
                "other-currency",
                word.span,
                format!("`{currency}` is not a currency of this contract"),
            )
            .here(format!("the contract is in {listed}"))
            .because("amounts in two currencies cannot be added without an agreed rate")
            .help(format!(
                "write the amount in {listed}; or add it, `currency {listed}, {currency}`, with an input for the rate"
            )),
        );
    }

    fn unknown_unit(&mut self, word: &Name) {
        if self.unreadable.contains(&word.text) {
            return;
        }
        let text = &word.text;
        let mut finding = Diagnostic::error(
            "unknown-unit",
            word.span,
            format!("`{text}` is not a known unit"),
        );
        let upper = text.to_uppercase();
        let currency = Currency::from_code(&upper);
        if let Some(meant) = everyday_unit(text) {
            return self.report(
                finding
                    .because(
                        "each unit has one name, so that two parts of a contract can be compared",
                    )
                    .help(format!("write `{meant}`"))
                    .mended_by(Fix {
                        title: format!("write `{meant}`"),
                        edits: vec![Edit {
                            span: word.span,
                            text: meant.to_owned(),
                        }],
                        safe: true,
                    }),
            );
        }
        let close = self.guess(text, self.units.names()).map(str::to_owned);
        finding = match (currency, close) {
            (_, Some(close)) => finding.help(format!("did you mean `{close}`?")),
            (Some(_), None) => {
                finding.help(format!("a currency is written in capitals: `{upper}`"))
            }
            (None, None) => {
                let one = text.strip_suffix('s').filter(|one| !one.is_empty());
                let (one, many) = match one {
                    Some(one) => (one.to_owned(), text.clone()),
                    None => (text.clone(), format!("{text}s")),
                };
                finding.help(format!(
                    "declare it: `unit {one}, {many}` (the name for one, then for many)"
                ))
            }
        };
        self.report(
            finding.because("a number without a known unit cannot be checked against others"),
        );
    }
}

/// The unit of the language for what people write for it, or for its word in another language.
fn everyday_unit(word: &str) -> Option<&'static str> {
    const OTHERS: &[(&str, &str)] = &[
        ("sec", "seconds"),
        ("secs", "seconds"),
        ("min", "minutes"),
        ("mins", "minutes"),
        ("hr", "hours"),
        ("hrs", "hours"),
        ("h", "hours"),
        ("mo", "month"),
        ("mth", "month"),
        ("mths", "months"),
        ("yr", "year"),
        ("yrs", "years"),
        ("annum", "year"),
        ("anno", "year"),
        ("jahr", "year"),
        ("an", "year"),
        ("année", "year"),
        ("año", "year"),
        ("monat", "month"),
        ("mois", "month"),
        ("mes", "month"),
        ("mese", "month"),
        ("maand", "month"),
        ("tag", "day"),
        ("tage", "days"),
        ("stunde", "hour"),
        ("stunden", "hours"),
        ("minuten", "minutes"),
        ("sekunden", "seconds"),
        ("hora", "hour"),
        ("horas", "hours"),
        ("minutos", "minutes"),
        ("segundos", "seconds"),
        ("heure", "hour"),
        ("heures", "hours"),
        ("anruf", "call"),
        ("anrufe", "calls"),
        ("appel", "call"),
        ("appels", "calls"),
        ("llamada", "call"),
        ("llamadas", "calls"),
        ("stück", "pieces"),
        ("pcs", "pieces"),
        ("stars", "points"),
        ("star", "points"),
        ("marks", "points"),
        ("mark", "points"),
        ("headcount", "FTE"),
        ("ftes", "FTE"),
        ("euro", "EUR"),
        ("euros", "EUR"),
        ("numbers", "number"),
        ("count", "number"),
        ("percentage", "percent"),
        ("pct", "percent"),
        ("prozent", "percent"),
        ("boolean", "yes or no"),
        ("bool", "yes or no"),
        ("flag", "yes or no"),
        ("integer", "number"),
        ("int", "number"),
        ("decimal", "number"),
    ];
    let found = OTHERS
        .iter()
        .find(|(other, _)| word.eq_ignore_ascii_case(other));
    found.map(|(_, unit)| *unit)
}
