//! The frame of a contract: parties, currency, term, invoicing, rounding.

use std::sync::Arc;

use crate::calendar::Period;
use crate::diagnostic::Diagnostic;
use crate::ledger::Party;
use crate::quantity::{Currency, Exact, Rounding, Type};
use crate::syntax::tree::{
    Currencies, Invoicing, Item, ItemKind, Number, PartyItem, RoundItem, TermItem,
};
use crate::text::Span;
use crate::typing::{Context, ContractRounding, Typed, suggestion};

/// What the frame says.
#[derive(Default)]
pub(super) struct Header {
    pub(super) customer: Option<Party>,
    pub(super) supplier: Option<Party>,
    pub(super) due_in_days: Option<u32>,
    pub(super) rounding: Option<String>,
    /// The version of the language that the contract names.
    pub(super) language: Option<Number>,
    seen: Vec<(&'static str, Span)>,
}

impl Header {
    /// Reads the items of the frame. An item that is stated twice is reported; the first one counts.
    pub(super) fn read(cx: &mut Context<'_>, items: &[Arc<Item>]) -> Self {
        let mut header = Self::default();
        for item in items {
            if let ItemKind::Currency(currencies) = &item.kind
                && header.first(cx, "currency", item.span)
            {
                currency(cx, currencies);
            }
        }
        for item in items {
            header.item(cx, item);
        }
        header
    }

    fn item(&mut self, cx: &mut Context<'_>, item: &Item) {
        match &item.kind {
            ItemKind::Customer(party) if self.first(cx, "customer", item.span) => {
                self.customer = Some(facts(party))
            }
            ItemKind::Supplier(party) if self.first(cx, "supplier", item.span) => {
                self.supplier = Some(facts(party))
            }
            ItemKind::Term(term) if self.first(cx, "term", item.span) => {
                read_term(cx, term, item.span)
            }
            ItemKind::Invoice(invoice) if self.first(cx, "invoice", item.span) => {
                self.invoice(cx, invoice)
            }
            ItemKind::PartMonths(how) if self.first(cx, "part months", item.span) => {
                cx.part_months = Some(*how);
            }
            ItemKind::Language(number) if self.first(cx, "language", item.span) => {
                self.language = Some(number.clone());
            }
            ItemKind::Round(round) if self.first(cx, "round", item.span) => {
                self.rounding = Some(without_clause(cx, item));
                rounding(cx, round, item);
            }
            _ => {}
        }
    }

    /// Whether this is the first item of its kind; a finding if it is not.
    fn first(&mut self, cx: &mut Context<'_>, word: &'static str, span: Span) -> bool {
        if let Some((_, first)) = self.seen.iter().find(|(seen, _)| *seen == word) {
            let finding = Diagnostic::error("stated-twice", span, format!("`{word}` is stated twice"))
                .here("the second time")
                .and_at(*first, "the first time")
                .because("two statements could contradict each other")
                .help(match word {
                    "currency" => "remove one; a contract in several currencies lists them in one: `currency EUR, USD`".to_owned(),
                    _ => "remove one of them".to_owned(),
                });
            cx.report(finding);
            return false;
        }
        self.seen.push((word, span));
        true
    }

    fn invoice(&mut self, cx: &mut Context<'_>, invoice: &Invoicing) {
        if let Some(days) = &invoice.due_in_days {
            let value = cx.expression(days);
            self.due_in_days = cx.demand_count(&value, "the number of days");
        }
    }

    /// Asks for what a contract about money must say.
    ///
    /// What is there and could not be read is not missing.
    pub(super) fn ask_for_missing(
        &self,
        cx: &mut Context<'_>,
        name: Span,
        unread: &dyn Fn(&str) -> bool,
    ) {
        let said = |word: &str| unread(word) || self.seen.iter().any(|(seen, _)| *seen == word);
        if !said("currency") {
            cx.missing(
                "missing-currency",
                name,
                "the contract names no currency".to_owned(),
                "every amount needs one",
                "add `currency EUR`".to_owned(),
            );
        }
        if !said("term") {
            cx.missing(
                "missing-term",
                name,
                "the contract does not say when it begins and ends".to_owned(),
                "a month outside the term must not be invoiced",
                "add `term 2026-01-01 to 2028-12-31`".to_owned(),
            );
        }
        if !said("round") {
            let step = cx.currency().map_or_else(
                || "0.01 EUR".to_owned(),
                |currency| format!("{} {currency}", currency.minor_unit()),
            );
            cx.missing(
                "missing-rounding",
                name,
                "the contract does not say how amounts are rounded".to_owned(),
                "rounding each line and rounding only the total can differ by cents every month, and someone will ask \
                 which is right",
                format!("add `round each line half up to {step}`, or `round only the total …`"),
            );
        }
    }
}

fn facts(party: &PartyItem) -> Party {
    Party {
        name: party.name.text.clone(),
        attributes: party
            .attributes
            .iter()
            .map(|(word, text)| (word.text.clone(), text.text.clone()))
            .collect(),
    }
}

fn currency(cx: &mut Context<'_>, currencies: &Currencies) {
    for code in &currencies.codes {
        match Currency::from_code(&code.text) {
            Some(currency) if cx.currencies.contains(&currency) => {
                let message = format!("`{currency}` is listed twice");
                cx.report(
                    Diagnostic::error("stated-twice", code.span, message)
                        .help("remove one of them"),
                );
            }
            Some(currency) => cx.currencies.push(currency),
            None => {
                let upper = code.text.to_uppercase();
                let common = [
                    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "INR",
                    "CAD", "AUD",
                ];
                let help = if Currency::from_code(&upper).is_some() {
                    format!("write it in capitals: `{upper}`")
                } else {
                    match suggestion(&upper, common) {
                        Some(close) => format!("did you mean `{close}`?"),
                        None => "write its three-letter code of ISO 4217, such as `EUR`".to_owned(),
                    }
                };
                let message = format!("`{}` is not a currency", code.text);
                cx.report(Diagnostic::error("unknown-currency", code.span, message).help(help));
            }
        }
    }
}

fn read_term(cx: &mut Context<'_>, term: &TermItem, span: Span) {
    cx.term = Period::new(term.first, term.last);
    cx.plan.term = cx.term;
    cx.plan.term_span = Some(span);
    if cx.term.is_none() {
        let message = format!(
            "the term ends on {}, before it starts on {}",
            term.last, term.first
        );
        cx.report(
            Diagnostic::error("turned-term", span, message).help("write the first day first"),
        );
    }
}

/// A whole number without a currency is the number of decimals to some readers: `to 2`.
fn unclear_step(cx: &mut Context<'_>, round: &RoundItem) {
    let written = cx.quote(round.step.span);
    let money = cx.money();
    let unit = match &money {
        Type::Quantity(unit) => unit.as_currency(),
        _ => None,
    };
    let finding = Diagnostic::error(
        "rounding-step",
        round.step.span,
        format!("`{written}` can mean {written} decimals, or steps of {written}"),
    )
    .because("the step is an amount, so that nobody has to guess");
    cx.report(match unit {
        Some(currency) => {
            let minor = currency.minor_unit();
            finding
                .help(format!(
                    "write `to {minor} {currency}` to round to the smallest unit"
                ))
                .help(format!(
                    "or `to {written} {currency}` for steps of {written} {currency}"
                ))
        }
        None => finding.help("write the step as an amount, such as `to 0.01 EUR`"),
    });
}

fn rounding(cx: &mut Context<'_>, round: &RoundItem, item: &Item) {
    let step = cx.expression(&round.step);
    let money = cx.money();
    if step.literal
        && step
            .constant
            .as_ref()
            .is_some_and(|value| value.to_integer().is_some_and(|whole| whole > 0))
    {
        return unclear_step(cx, round);
    }
    let step = if step.literal {
        Typed {
            kind: money.clone(),
            ..step
        }
    } else {
        step
    };
    let step = cx.demand(step, &money, "the rounding step");
    let Some(value) = cx.demand_constant(&step, "the rounding step") else {
        return;
    };
    if value <= Exact::zero() {
        cx.report(Diagnostic::error(
            "rounding-step",
            round.step.span,
            "the step of a rounding must be above zero",
        ));
        return;
    }
    if let Type::Quantity(unit) = &money
        && let Some(currency) = unit.as_currency()
        && !value.is_multiple_of(&currency.minor_unit())
    {
        let minor = currency.minor_unit();
        let message = format!(
            "amounts in {currency} cannot be rounded to {value}: its smallest unit is {minor}"
        );
        let finding = Diagnostic::error("rounding-step", round.step.span, message)
            .because("an invoice can only name amounts that can be paid")
            .help(format!("write `to {minor} {currency}`"));
        cx.report(finding);
    }
    cx.rounding = Some(ContractRounding {
        scope: round.scope,
        rounding: Rounding {
            mode: round.mode,
            step: value,
        },
        span: item.clause.as_ref().map_or(item.span, |clause| Span {
            end: clause.span.start,
            ..item.span
        }),
        clause: item.clause.as_ref().map(|clause| clause.text.clone()),
    });
}

fn without_clause(cx: &Context<'_>, item: &Item) -> String {
    let span = item.clause.as_ref().map_or(item.span, |clause| Span {
        end: clause.span.start,
        ..item.span
    });
    cx.quote(span)
}
