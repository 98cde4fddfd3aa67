//! Parties, term, currency and purpose; invoice, rounding, payment and tax.

use crate::model::facts::{
    Currencies, Frame, Invoicing, Objective, PartMonths, PartyFact, PartyRole, RoundScope,
    RoundingFact, Tax, TermFact,
};
use crate::quantity::RoundingMode;

use super::words::{Words, comparison, day, list, mode};
use super::{Clause, Part};

/// The article that says who agrees, for how long and what for.
pub(super) fn agreement(words: &Words<'_>, frame: &Frame, objectives: &[Objective]) -> Vec<Clause> {
    // The others are written in the article on the invoice; the version of the language is no matter of the parties.
    let Frame {
        parties,
        currencies,
        term,
        invoicing: _,
        rounding: _,
        part_months: _,
        language: _,
    } = frame;
    let mut clauses: Vec<Clause> = parties.iter().map(|one| party(words, one)).collect();
    clauses.extend(term.as_ref().map(|one| self::term(words, one)));
    clauses.extend(currencies.as_ref().map(|one| currency(words, one)));
    clauses.extend(objectives.iter().map(|one| objective(words, one)));
    clauses
}

fn party(words: &Words<'_>, party: &PartyFact) -> Clause {
    let PartyFact {
        head,
        role,
        name,
        attributes,
    } = party;
    let (title, called) = match role {
        PartyRole::Customer => ("The customer", "Customer"),
        PartyRole::Supplier => ("The supplier", "Supplier"),
    };
    let about = attributes.iter().map(|(word, text)| {
        let word = if word == "vat" {
            "VAT number".to_owned()
        } else {
            word.replace('_', " ")
        };
        format!("{word} {text}")
    });
    let about: Vec<String> = about.collect();
    let about = if about.is_empty() {
        String::new()
    } else {
        format!(" ({})", about.join(", "))
    };
    let what = match role {
        PartyRole::Customer => "receives the services and pays for them",
        PartyRole::Supplier => "renders the services and is paid for them",
    };
    Clause {
        title: title.to_owned(),
        ..words.clause(
            head,
            vec![Part::Text(format!(
                "{}{about}, the “{called}”, {what}.",
                name.text
            ))],
        )
    }
}

fn term(words: &Words<'_>, term: &TermFact) -> Clause {
    let TermFact { head, period } = term;
    let text = period.map_or_else(String::new, |period| {
        format!(
            "This agreement begins on {} and ends on {}, both days included.",
            day(period.first),
            day(period.last)
        )
    });
    words.clause(head, vec![Part::Text(text)])
}

fn currency(words: &Words<'_>, currencies: &Currencies) -> Clause {
    let Currencies { head, codes } = currencies;
    let codes: Vec<String> = codes.iter().map(|code| code.text.clone()).collect();
    let text = match codes.as_slice() {
        [first, others @ ..] if !others.is_empty() => format!(
            "Services are invoiced and paid in {first}. Amounts in {} are turned into {first} only where a clause names the rate.",
            list(others, "and")
        ),
        [first, ..] => format!("Services are invoiced and paid in {first}."),
        [] => String::new(),
    };
    words.clause(head, vec![Part::Text(text)])
}

fn objective(words: &Words<'_>, objective: &Objective) -> Clause {
    let Objective {
        head,
        purposes,
        measured_by,
    } = objective;
    let title = head
        .title
        .as_ref()
        .map_or_else(|| head.name().replace('_', " "), |title| title.text.clone());
    let purposes: Vec<String> = purposes
        .iter()
        .map(|one| one.text.replace('_', " "))
        .collect();
    let mut text = format!("The parties pursue this objective: {title}");
    if !purposes.is_empty() {
        text += &format!(" ({})", list(&purposes, "and"));
    }
    text.push('.');
    let goals: Vec<String> = measured_by
        .iter()
        .map(|goal| {
            let metric = words.link(&goal.metric);
            match &goal.level {
                Some((how, level)) => {
                    format!("{metric} of {} {}", comparison(*how), words.value(level))
                }
                None => metric,
            }
        })
        .collect();
    if !goals.is_empty() {
        text += &format!(" It is shown by {}.", list(&goals, "and"));
    }
    Clause {
        title: "Objective".to_owned(),
        ..words.clause(head, vec![Part::Text(text)])
    }
}

/// The clauses on rounding, part months, payment and tax.
pub(super) fn invoice(words: &Words<'_>, frame: &Frame, taxes: &[Tax]) -> Vec<Clause> {
    let Frame {
        parties: _,
        currencies: _,
        term: _,
        invoicing,
        rounding,
        part_months,
        language: _,
    } = frame;
    let mut clauses = Vec::new();
    clauses.extend(taxes.iter().map(|one| tax(words, one)));
    clauses.extend(rounding.as_ref().map(|one| self::rounding(words, one)));
    clauses.extend(part_months.map(self::part_months));
    clauses.extend(invoicing.as_ref().map(|one| payment(words, one)));
    clauses
}

fn tax(words: &Words<'_>, tax: &Tax) -> Clause {
    let Tax { head, amount } = tax;
    let text = format!(
        "{} is added to each invoice after everything else: {}.",
        words.term(head),
        words.value(amount)
    );
    words.clause(head, vec![Part::Text(text)])
}

fn rounding(words: &Words<'_>, rounding: &RoundingFact) -> Clause {
    let RoundingFact {
        head,
        scope,
        mode: way,
        step,
    } = rounding;
    let step = words.value(step);
    let how = mode(*way);
    let text = match scope {
        RoundScope::EachLine => format!(
            "Each line of an invoice is rounded {how} to {step}; an amount that rests on a line takes the rounded line. Limits, \
             minimum and maximum amounts are rounded in the same way. The slabs of a price are not rounded; their sum is. The \
             invoice is the sum of its rounded lines. Nothing else is rounded unless a clause says so."
        ),
        RoundScope::OnlyTheTotal => format!(
            "Only the total of an invoice is rounded, {how} to {step}. The lines are then cut down to whole steps, and the steps \
             left over go one each to the lines that lost most, the earlier first among equals, so that they sum to the total. \
             Nothing else is rounded unless a clause says so."
        ),
    };
    Clause {
        title: "Rounding".to_owned(),
        ..words.clause(
            head,
            vec![Part::Text(format!("{text} {}", way_in_words(*way)))],
        )
    }
}

/// What a way of rounding does with a tie, or with everything.
fn way_in_words(way: RoundingMode) -> &'static str {
    match way {
        RoundingMode::HalfUp => {
            "Half up means to the nearest step, and from the middle away from zero."
        }
        RoundingMode::HalfEven => {
            "Half even means to the nearest step, and from the middle to the even one."
        }
        RoundingMode::Up => "Up means away from zero.",
        RoundingMode::Down => "Down means toward zero.",
        RoundingMode::Floor => "Floor means to the next lower step.",
        RoundingMode::Ceiling => "Ceiling means to the next higher step.",
    }
}

fn part_months(how: PartMonths) -> Clause {
    let text = match how {
        PartMonths::ActualDays => {
            "A fixed amount for a month that is only partly in the term is due in the proportion of its days within the term to \
             all its days."
        }
        PartMonths::ThirtyDays => {
            "A fixed amount for a month that is only partly in the term is due in the proportion of its days within the term to \
             thirty, every month counting as thirty days and its last day as the thirtieth where the term ends on it."
        }
        PartMonths::InFull => {
            "A fixed amount for a month that is only partly in the term is due in full."
        }
    };
    Clause::general("Part months", text)
}

fn payment(words: &Words<'_>, invoicing: &Invoicing) -> Clause {
    let Invoicing { head, due_in_days } = invoicing;
    let mut text = "The Supplier invoices each calendar month.".to_owned();
    if let Some(days) = due_in_days {
        text += &format!(
            " An invoice is due within {} days of its date.",
            words.value(days).trim_end_matches(" days")
        );
    }
    Clause {
        title: "Invoice and payment".to_owned(),
        ..words.clause(head, vec![Part::Text(text)])
    }
}
