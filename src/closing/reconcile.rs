//! A supplier's invoice against what the contract comes to.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::data::{SupplierInvoice, SupplierLine};
use crate::ledger::LineKind;
use crate::quantity::{Currency, Exact, Rounding, RoundingMode};
use crate::report::document::{Amount, Document, LinePart, exact_of};
use crate::report::reconcile::{Effect, Matched, Reconciliation, Status, Why};

/// How two invoices are compared.
#[derive(Clone, Debug, Default)]
pub struct Comparing {
    /// Differences up to this are accepted, line by line.
    pub tolerance: Exact,
    /// What the supplier calls lines of the contract: their words, the line's name.
    pub names: Vec<(String, String)>,
    /// The file that was compared.
    pub file: String,
}

/// Compares them. `others` are the contract's other months, to find an invoice of the wrong one.
#[must_use]
pub fn reconcile(
    ours: &Document,
    theirs: &SupplierInvoice,
    others: &BTreeMap<Month, Vec<LinePart>>,
    comparing: &Comparing,
) -> Option<Reconciliation> {
    let currency = ours.currency()?;
    let pairs = pair(ours, theirs, comparing);
    let judge = Judge {
        currency,
        month: ours.month,
        others,
        tolerance: &comparing.tolerance,
    };
    let lines: Vec<Matched> = pairs.iter().map(|pair| judge.matched(pair)).collect();
    let sum = |amounts: &mut dyn Iterator<Item = &Exact>| {
        let sum = amounts.fold(Exact::zero(), |sum, amount| sum.add(amount));
        Amount::new(sum, currency)
    };
    let total = sum(&mut theirs.lines.iter().map(|line| &line.amount));
    let effects = Effect::ALL.into_iter().filter_map(|effect| {
        let all = lines.iter().flat_map(|line| &line.effects);
        let mut of = all
            .filter(|(one, _)| *one == effect)
            .map(|(_, amount)| amount.exact());
        let sum = sum(&mut of);
        (!sum.exact().is_zero()).then_some((effect, sum))
    });
    let stated = theirs
        .total
        .clone()
        .filter(|stated| stated != total.exact());
    Some(Reconciliation {
        number: theirs.number.clone(),
        date: theirs.date.clone(),
        file: comparing.file.clone(),
        stated: stated.map(|stated| Amount::new(stated, currency)),
        difference: sum(&mut lines.iter().map(|line| line.difference.exact())),
        undisputed: sum(&mut lines.iter().map(|line| line.undisputed.exact())),
        effects: effects.collect(),
        theirs: total,
        ours: ours.clone(),
        lines,
    })
}

/// A line of the contract and one of the supplier.
struct Pair<'p> {
    ours: Option<&'p LinePart>,
    theirs: Option<&'p SupplierLine>,
    /// Whether the supplier has the line a second time.
    is_twice: bool,
}

/// Pairs lines by name; what is left, by amount where only one line of each has it.
fn pair<'p>(
    ours: &'p Document,
    theirs: &'p SupplierInvoice,
    comparing: &Comparing,
) -> Vec<Pair<'p>> {
    let own: Vec<&LinePart> = ours.lines.iter().collect();
    let mut taken: Vec<Option<usize>> = vec![None; own.len()];
    let mut pairs_with: Vec<Option<usize>> = vec![None; theirs.lines.len()];
    let mut twice = vec![false; theirs.lines.len()];
    for (at, line) in theirs.lines.iter().enumerate() {
        let named: Vec<usize> = (0..own.len())
            .filter(|own_at| {
                own.get(*own_at)
                    .is_some_and(|own| is_called(own, line, comparing))
            })
            .collect();
        let free = named
            .iter()
            .find(|own_at| taken.get(**own_at).is_some_and(Option::is_none));
        match free {
            Some(own_at) => join(&mut taken, &mut pairs_with, *own_at, at),
            None if !named.is_empty() => {
                if let Some(twice) = twice.get_mut(at) {
                    *twice = true;
                }
            }
            None => {}
        }
    }
    for (at, line) in theirs.lines.iter().enumerate() {
        let is_open = pairs_with.get(at).is_some_and(Option::is_none);
        if !is_open || twice.get(at) == Some(&true) || line.amount.is_zero() {
            continue;
        }
        let same: Vec<usize> = (0..own.len())
            .filter(|own_at| {
                taken.get(*own_at).is_some_and(Option::is_none)
                    && own
                        .get(*own_at)
                        .is_some_and(|own| *own.amount.exact() == line.amount)
            })
            .collect();
        let alone = theirs
            .lines
            .iter()
            .filter(|other| other.amount == line.amount)
            .count()
            == 1;
        if let ([own_at], true) = (same.as_slice(), alone) {
            join(&mut taken, &mut pairs_with, *own_at, at);
        }
    }
    let with = |at: Option<usize>| at.and_then(|at| theirs.lines.get(at));
    let mut pairs: Vec<Pair<'_>> = own
        .iter()
        .zip(&taken)
        .map(|(own, at)| Pair {
            ours: Some(own),
            theirs: with(*at),
            is_twice: false,
        })
        .collect();
    let left = theirs.lines.iter().enumerate();
    let left = left.filter(|(at, _)| pairs_with.get(*at).is_some_and(Option::is_none));
    pairs.extend(left.map(|(at, line)| Pair {
        ours: None,
        theirs: Some(line),
        is_twice: twice.get(at) == Some(&true),
    }));
    // A line of 0 that the supplier does not have is no difference.
    pairs.retain(|pair| {
        pair.theirs.is_some() || pair.ours.is_none_or(|line| !line.amount.exact().is_zero())
    });
    pairs
}

fn join(taken: &mut [Option<usize>], pairs_with: &mut [Option<usize>], own: usize, theirs: usize) {
    if let (Some(slot), Some(other)) = (taken.get_mut(own), pairs_with.get_mut(theirs)) {
        *slot = Some(theirs);
        *other = Some(own);
    }
}

fn is_called(own: &LinePart, line: &SupplierLine, comparing: &Comparing) -> bool {
    let plain = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    let text = plain(&line.text);
    let named = comparing
        .names
        .iter()
        .find(|(theirs, _)| plain(theirs) == text);
    if let Some((_, name)) = named {
        return *name == own.name;
    }
    if line.is_tax {
        return own.line_kind() == Some(LineKind::Tax);
    }
    text == plain(&own.name) || text == plain(&own.called())
}

/// Says why amounts differ.
struct Judge<'j> {
    currency: Currency,
    month: Month,
    others: &'j BTreeMap<Month, Vec<LinePart>>,
    tolerance: &'j Exact,
}

impl Judge<'_> {
    fn amount(&self, value: Exact) -> Amount {
        Amount::new(value, self.currency)
    }

    fn matched(&self, pair: &Pair<'_>) -> Matched {
        let ours = pair.ours.map(|line| line.amount.exact().clone());
        let theirs = pair.theirs.map(|line| line.amount.clone());
        let value = |amount: &Option<Exact>| amount.clone().unwrap_or_else(Exact::zero);
        let difference = value(&theirs).subtract(&value(&ours));
        let status = match (&ours, &theirs) {
            (Some(_), None) => Status::OnlyOurs,
            (None, _) => Status::OnlyTheirs,
            _ if difference.is_zero() => Status::Matched,
            _ if difference.abs() <= *self.tolerance => Status::WithinTolerance,
            _ => Status::Exception,
        };
        let why = (!difference.is_zero()).then(|| self.why(pair, &difference));
        let undisputed = match status {
            Status::Matched | Status::WithinTolerance => value(&theirs),
            Status::Exception | Status::OnlyOurs | Status::OnlyTheirs => {
                value(&ours).min(value(&theirs))
            }
        };
        let words = why
            .as_ref()
            .map(|(_, words)| words.clone())
            .unwrap_or_default();
        Matched {
            status,
            name: pair.ours.map(|line| line.name.clone()),
            title: match (pair.ours, pair.theirs) {
                (Some(line), _) => line.called(),
                (None, line) => line.map(|line| line.text.clone()).unwrap_or_default(),
            },
            clause: pair.ours.and_then(|line| line.clause.clone()),
            effects: self.effects(pair, &difference),
            difference: self.amount(difference),
            undisputed: self.amount(undisputed),
            ours: ours.map(|amount| self.amount(amount)),
            theirs: theirs.map(|amount| self.amount(amount)),
            why: why.map(|(why, _)| why),
            words,
        }
    }

    /// The first reason that explains the difference, and its words.
    fn why(&self, pair: &Pair<'_>, difference: &Exact) -> (Why, String) {
        let Some(line) = pair.theirs else {
            return pair.ours.map_or((Why::Amount, String::new()), missing);
        };
        let Some(own) = pair.ours else {
            return if pair.is_twice {
                (
                    Why::Duplicate,
                    "their invoice has this line twice".to_owned(),
                )
            } else {
                (
                    Why::NotInContract,
                    "the contract has no such line in this month".to_owned(),
                )
            };
        };
        if let Some(month) = line.month.filter(|month| *month != self.month) {
            return (Why::WrongPeriod, format!("their line is for {month}"));
        }
        let other = self.others.iter().find(|(_, lines)| {
            let mut same = lines
                .iter()
                .filter(|other| other.kind == own.kind && other.name == own.name);
            same.any(|other| *other.amount.exact() == line.amount)
        });
        if let Some((month, _)) = other {
            return (Why::WrongPeriod, format!("this is the amount of {month}"));
        }
        if own.line_kind() == Some(LineKind::Tax) {
            return (Why::Tax, "another amount of tax".to_owned());
        }
        if matches!(
            own.line_kind(),
            Some(LineKind::Minimum | LineKind::TrueUp | LineKind::Maximum)
        ) {
            return (
                Why::Minimum,
                "another amount for the minimum, the maximum or the commitment".to_owned(),
            );
        }
        if let Some(cut) = own
            .cuts
            .iter()
            .find(|cut| *cut.before.exact() == line.amount)
        {
            let limit = cut.limit.strip_prefix("at most ").unwrap_or(&cut.limit);
            return (
                Why::LimitIgnored,
                format!("this is the amount before the limit of {limit}"),
            );
        }
        let smallest = self.currency.minor_unit().multiply(&Exact::from_integer(2));
        let quantity = own
            .quantity
            .as_ref()
            .and_then(|figure| exact_of(&figure.value));
        if let (Some(ours), Some(theirs)) = (&quantity, &line.quantity)
            && ours != theirs
        {
            return (
                Why::Quantity,
                format!("their quantity is {theirs}; the data has {ours}"),
            );
        }
        if difference.abs() <= smallest {
            return (Why::Rounding, "a difference of rounding".to_owned());
        }
        self.price(own, line)
    }

    fn price(&self, own: &LinePart, line: &SupplierLine) -> (Why, String) {
        if !own.parts.is_empty() {
            let rates: Vec<String> = own
                .parts
                .iter()
                .map(|part| part.rate.shown.clone())
                .collect();
            return (
                Why::Tier,
                format!("the contract's tiers price it at {}", rates.join(", ")),
            );
        }
        let rate = own.rate.as_ref().and_then(|figure| exact_of(&figure.value));
        if let (Some(ours), Some(theirs)) = (&rate, &line.rate)
            && ours != theirs
        {
            return (
                Why::Rate,
                format!("their rate is {theirs}; the contract's is {ours}"),
            );
        }
        let kind = own.line_kind();
        if matches!(kind, Some(LineKind::Credit | LineKind::Adjustment))
            && line.amount > *own.amount.exact()
        {
            return (
                Why::MissingCredit,
                "less is taken off than the contract says".to_owned(),
            );
        }
        if rate.is_some() && own.quantity.is_some() && line.quantity.is_some() {
            return (Why::Rate, "another price for the same quantity".to_owned());
        }
        (Why::Amount, "another amount".to_owned())
    }

    /// The effects that a difference is made of; they sum to it exactly.
    fn effects(&self, pair: &Pair<'_>, difference: &Exact) -> Vec<(Effect, Amount)> {
        if difference.is_zero() {
            return Vec::new();
        }
        let whole = |effect| vec![(effect, self.amount(difference.clone()))];
        let kind = match pair.ours {
            None => return whole(Effect::Other),
            Some(own) => own.line_kind(),
        };
        match kind {
            Some(LineKind::Tax) => return whole(Effect::Tax),
            Some(LineKind::Minimum | LineKind::Maximum | LineKind::TrueUp) => {
                return whole(Effect::Floor);
            }
            Some(LineKind::Charge) | None => {}
            Some(_) => return whole(Effect::Credit),
        }
        let quantities = pair
            .ours
            .and_then(|own| exact_of(&own.quantity.as_ref()?.value));
        let theirs = pair.theirs.and_then(|line| line.quantity.clone());
        let (Some(own), Some(before), Some(after)) = (pair.ours, quantities, theirs) else {
            return whole(Effect::Price);
        };
        // At what one unit costs on average in the contract.
        let price = own.amount.exact().divide(&before);
        let quantity = price.map_or_else(Exact::zero, |price| {
            after.subtract(&before).multiply(&price)
        });
        // Effects are amounts of money; what rounding leaves is with the price.
        let smallest = Rounding {
            mode: RoundingMode::HalfUp,
            step: self.currency.minor_unit(),
        };
        let quantity = smallest.apply(&quantity);
        let price = difference.subtract(&quantity);
        let both = [(Effect::Quantity, quantity), (Effect::Price, price)];
        let both = both.into_iter().filter(|(_, amount)| !amount.is_zero());
        both.map(|(effect, amount)| (effect, self.amount(amount)))
            .collect()
    }
}

/// Why a line of the contract is not on the invoice, as far as its kind tells.
fn missing(own: &LinePart) -> (Why, String) {
    match own.line_kind() {
        Some(LineKind::Credit | LineKind::Adjustment | LineKind::Holdback)
            if own.amount.exact().is_negative() =>
        {
            (
                Why::MissingCredit,
                "their invoice does not take it off".to_owned(),
            )
        }
        Some(LineKind::Minimum | LineKind::TrueUp | LineKind::Maximum) => {
            (Why::Minimum, "their invoice does not have it".to_owned())
        }
        Some(LineKind::Tax) => (Why::Tax, "their invoice has no such tax".to_owned()),
        _ => (Why::Amount, "their invoice does not have it".to_owned()),
    }
}
