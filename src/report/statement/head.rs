//! The head of a statement: for whom, for which month, on which terms.

use crate::ledger::{Amended, Heading, Party, Statement};
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, blanks, hanging, pad_right, width, wrap};

/// Contract and month, the parties, and the terms on which every amount rests.
pub(super) fn render(heading: &Heading, statement: &Statement) -> String {
    let fields: Vec<(&str, String)> = fields(heading, statement);
    let names = fields.iter().map(|(name, _)| width(name)).max();
    let mut out = title(heading);
    out.push_str(&format!("Statement for {}\n\n", statement.month));
    for (name, text) in &fields {
        let name = pad_right(name, names.unwrap_or(0)) + &blanks(3);
        out.push_str(&hanging(&name, text));
    }
    out
}

fn title(heading: &Heading) -> String {
    let title = heading.title.as_ref().unwrap_or(&heading.contract);
    let lines = wrap(&on_one_line(title), WIDTH);
    lines.join("\n") + "\n"
}

fn fields(heading: &Heading, statement: &Statement) -> Vec<(&'static str, String)> {
    let mut fields = vec![("Contract", contract(heading))];
    let mut add = |name, text: Option<String>| fields.extend(text.map(|text| (name, text)));
    add("Amendment", statement.amendment.as_ref().map(amendment));
    add("Customer", heading.customer.as_ref().map(party));
    add("Supplier", heading.supplier.as_ref().map(party));
    add("Account", statement.account.as_deref().map(on_one_line));
    add("Period", period(statement));
    add("Currency", Some(statement.currency.to_string()));
    add("Rounding", rounding(heading));
    add("Payment", heading.due_in_days.map(due));
    fields
}

fn contract(heading: &Heading) -> String {
    let name = on_one_line(&heading.contract);
    match heading.term {
        Some(term) => format!("{name}, in force from {} to {}", term.first, term.last),
        None => name,
    }
}

/// `a1, Chat added, effective 2027-04-01 (Amendment 1)`
fn amendment(amended: &Amended) -> String {
    let title = amended.title.iter().map(|title| on_one_line(title));
    let words: Vec<String> = std::iter::once(on_one_line(&amended.name))
        .chain(title)
        .chain([format!("effective {}", amended.effective)])
        .chain(amended.signed.map(|signed| format!("signed {signed}")))
        .collect();
    let words = words.join(", ");
    match &amended.clause {
        Some(clause) => format!("{words} ({})", on_one_line(clause)),
        None => words,
    }
}

fn party(party: &Party) -> String {
    let mut text = on_one_line(&party.name);
    for (name, value) in &party.attributes {
        text.push_str(&format!(", {} {}", on_one_line(name), on_one_line(value)));
    }
    text
}

fn period(statement: &Statement) -> Option<String> {
    let first = statement.month.first_day()?;
    let last = statement.month.last_day()?;
    Some(format!("{first} to {last}"))
}

fn rounding(heading: &Heading) -> Option<String> {
    let words = on_one_line(heading.rounding.as_ref()?);
    Some(match &heading.rounding_clause {
        Some(clause) => format!("{words} ({})", on_one_line(clause)),
        None => words,
    })
}

fn due(days: u32) -> String {
    match days {
        1 => "due in 1 day".to_owned(),
        days => format!("due in {days} days"),
    }
}
