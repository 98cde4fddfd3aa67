//! Definitions: units, divisions, reported figures, KPIs and other values with a name.

use crate::model::facts::{Definition, Dimension, Input, Metric, Needs, Reporter, UnitFact, Value};
use crate::quantity::{Exact, Type};

use super::words::{Words, capital, figure, kind, list};
use super::{Clause, Part};

/// The dimensions and the units that the contract declares.
pub(super) fn divisions(
    words: &Words<'_>,
    dimensions: &[Dimension],
    units: &[UnitFact],
) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let members = dimensions.iter().map(|dimension| {
        let Dimension {
            name,
            members,
            span: _,
        } = dimension;
        let head = words
            .facts
            .heads
            .iter()
            .find(|head| head.span == dimension.span);
        let title = head.and_then(|head| head.title.as_ref());
        let title = title.map_or_else(String::new, |title| format!(" ({})", title.text));
        let members: Vec<String> = members.iter().map(|one| one.replace('_', " ")).collect();
        format!(
            "{}{title}: {}",
            name.replace('_', " "),
            list(&members, "and")
        )
    });
    let members: Vec<String> = members.collect();
    if !members.is_empty() {
        let mut clause = Clause::general(
            "Divisions",
            "Figures are divided as follows. What is defined or agreed for each member of a division means, for a member, the \
             values of that member; a total is the sum over all members.",
        );
        clause.parts.push(Part::List(members));
        clauses.push(clause);
    }
    let units: Vec<String> = units
        .iter()
        .map(|unit| {
            let UnitFact {
                head: _,
                singular,
                plural,
                fractional,
            } = unit;
            let parts = if *fractional {
                ", parts of which are counted"
            } else {
                ""
            };
            format!("one {singular}, many {plural}{parts}")
        })
        .collect();
    if !units.is_empty() {
        let mut clause = Clause::general("Units", "These units are counted:");
        clause.parts.push(Part::List(units));
        clauses.push(clause);
    }
    clauses
}

/// The reported figures, as one table.
pub(super) fn inputs(words: &Words<'_>, inputs: &[Input]) -> Vec<Clause> {
    if inputs.is_empty() {
        return Vec::new();
    }
    let rows = inputs.iter().map(|input| {
        let Input {
            head,
            value_type,
            dimension,
            source,
            reporter,
            least,
            most,
            step,
            nominal: _,
            if_missing,
            counted: _,
            nodes: _,
        } = input;
        let range = range(value_type, least.as_ref(), most.as_ref());
        let step = step
            .as_ref()
            .map(|step| format!("to {}", words.value(step)));
        let observed: Vec<String> = range.into_iter().chain(step).collect();
        let missing = if_missing.as_ref().map(|fallback| words.fallback(fallback));
        let source = source.as_ref().map_or("", |source| source.text.as_str());
        vec![
            format!("{}{}", words.term(head), words.each(dimension.as_ref())),
            kind(value_type),
            reporter.map_or("", reported).to_owned(),
            source.to_owned(),
            observed.join(", "),
            missing.unwrap_or_default(),
            head.clause
                .as_ref()
                .map_or_else(String::new, |clause| clause.text.clone()),
            head.name().to_owned(),
        ]
    });
    let mut clause = Clause::general(
        "Reported figures",
        "For each calendar month the party named reports these figures. Quantities are zero or more and percentages from none to \
         the whole, unless the table states a range. Counts are whole numbers. A figure outside its range, or finer than its \
         step, is refused. If a figure that an amount needs was not reported, the month is not invoiced, unless the table says \
         what counts instead. The last column is the heading under which the figure is delivered.",
    );
    clause.parts.push(Part::table(
        vec![
            "Term",
            "Unit",
            "Reported by",
            "Source",
            "Range and step",
            "If not reported",
            "Reference",
            "Heading",
        ],
        rows.collect(),
    ));
    vec![clause]
}

fn reported(by: Reporter) -> &'static str {
    match by {
        Reporter::Customer => "the Customer",
        Reporter::Supplier => "the Supplier",
        Reporter::Both => "both parties",
    }
}

/// The range of a value, if it is another than every value of its type has.
fn range(kind: &Type, least: Option<&Exact>, most: Option<&Exact>) -> Option<String> {
    let usual_least = least.is_none_or(Exact::is_zero);
    let usual = match kind {
        Type::Percent => usual_least && most.is_none_or(|most| *most == Exact::one()),
        Type::Quantity(_) => usual_least && most.is_none(),
        Type::Flag | Type::Month => true,
        _ => least.is_none() && most.is_none(),
    };
    let shown = |value: &Exact| figure(value, kind);
    match (least, most) {
        _ if usual => None,
        (Some(least), Some(most)) => Some(format!("from {} to {}", shown(least), shown(most))),
        (Some(least), None) => Some(format!("at least {}", shown(least))),
        (None, Some(most)) => Some(format!("at most {}", shown(most))),
        (None, None) => None,
    }
}

/// The KPIs, one clause each.
pub(super) fn metrics(words: &Words<'_>, metrics: &[Metric]) -> Vec<Clause> {
    metrics.iter().map(|one| metric(words, one)).collect()
}

fn metric(words: &Words<'_>, metric: &Metric) -> Clause {
    let Metric {
        head,
        kind: about,
        value_type,
        higher_is_better,
        dimension,
        least,
        most,
        step,
        source,
        reporter,
        formula,
        quotient: _,
        needs,
        if_missing,
        if_nothing_to_measure,
        rounded,
        inputs: _,
        nodes: _,
    } = metric;
    let term = words.term(head);
    let about = about.map_or_else(String::new, |about| format!(" KPI of {}", about.words()));
    let about = if about.is_empty() {
        " KPI".to_owned()
    } else {
        about
    };
    let mut text = format!(
        "{term}{} is a{about}, stated as {}",
        words.each(dimension.as_ref()),
        kind(value_type)
    );
    match higher_is_better {
        Some(true) => text += "; a higher value is better",
        Some(false) => text += "; a lower value is better",
        None => {}
    }
    text.push('.');
    if let Some(formula) = formula {
        text += &format!(" It is {}", words.value(formula));
        if let Some(rounded) = rounded {
            text += &format!(", {}", words.rounded(rounded));
        }
        text.push('.');
    }
    let mut sentences = Vec::new();
    if let Some(range) = range(value_type, least.as_ref(), most.as_ref()) {
        sentences.push(format!("It is {range}; any other value is refused."));
    }
    if let Some(step) = step {
        sentences.push(format!("It is reported to {}.", words.value(step)));
    }
    if let Some(fallback) = if_missing {
        sentences.push(format!(
            "If a figure that it needs was not reported, {}.",
            words.fallback(fallback)
        ));
    }
    if let Some(fallback) = if_nothing_to_measure {
        sentences.push(format!(
            "If what it is divided by is zero, {}.",
            words.fallback(fallback)
        ));
    }
    sentences.extend(needs.iter().map(|one| sample(words, one)));
    if let Some(source) = source {
        sentences.push(format!("It comes from {}.", source.text));
    }
    if let Some(by) = reporter {
        sentences.push(
            format!("{} measures it.", capital(reported(*by)))
                .replace("Both parties measures", "Both parties measure"),
        );
    }
    for sentence in sentences {
        text += &format!(" {sentence}");
    }
    words.clause(head, vec![Part::Text(text)])
}

fn sample(words: &Words<'_>, needs: &Needs) -> String {
    let Needs {
        condition,
        otherwise,
        span: _,
    } = needs;
    let condition = words.condition(condition);
    match otherwise {
        Some(fallback) => format!(
            "It counts only if {condition}; otherwise {}.",
            words.fallback(fallback)
        ),
        None => format!("It counts only if {condition}; otherwise the month is not invoiced."),
    }
}

/// The other values with a name, one clause each.
pub(super) fn values(words: &Words<'_>, definitions: &[Definition]) -> Vec<Clause> {
    let each = definitions.iter().map(|definition| {
        let Definition {
            head,
            dimension,
            value_type: _,
            value,
            nodes: _,
        } = definition;
        let text = format!(
            "{}{} means {}.",
            words.term(head),
            words.each(dimension.as_ref()),
            words.value(value)
        );
        words.clause(head, vec![Part::Text(text)])
    });
    each.collect()
}

/// The sums of the month that other clauses speak of.
pub(super) fn sums(used: impl Fn(&str) -> bool) -> Vec<Clause> {
    let all = [
        (
            "the Charges",
            "“Charges” means the sum of all charges of the month, as invoiced and before adjustments.",
        ),
        (
            "the Adjusted Charges",
            "“Adjusted Charges” means the Charges with all adjustments of the month.",
        ),
        (
            "the Adjustments",
            "“Adjustments” means the sum of all adjustments of the month.",
        ),
        (
            "the Credits",
            "“Credits” means the sum of all credits of the month before choices and limits, stated above zero.",
        ),
        (
            "the Bonuses",
            "“Bonuses” means the sum of all bonuses of the month before limits.",
        ),
        (
            "the Point Total",
            "“Point Total” means the sum of all service points of the month.",
        ),
        (
            "the Invoice Total",
            "“Invoice Total” means what is invoiced for the month before tax.",
        ),
    ];
    let said: Vec<String> = all
        .iter()
        .filter(|(words, _)| used(words))
        .map(|(_, meaning)| (*meaning).to_owned())
        .collect();
    let mut clauses = Vec::new();
    if !said.is_empty() {
        clauses.push(Clause::general("Sums of the month", said.join(" ")));
    }
    if used(" per year") || used(" per quarter") {
        clauses.push(Clause::general(
            "Amounts for a quarter or a year",
            "An amount stated per quarter or per year is invoiced in equal monthly parts.",
        ));
    }
    if used("the last known value") {
        clauses.push(Clause::general(
            "Last known value",
            "The last known value is the value of the month before, which may itself be a replacement.",
        ));
    }
    let windows = [
        "the sum of",
        "the average of",
        "the number of months",
        "the least of",
        "the greatest of",
        "of the quarter",
        "of the contract year",
        "of the calendar year",
        "of the last",
    ];
    if windows.iter().any(|words| used(words)) {
        clauses.push(Clause::general(
            "Values over several months",
            "A sum, an average or a number of months over a period is taken over the months of that period up to and including the \
             month concerned, as far as they have a value. A KPI of a period is its formula with the figures of those months \
             summed. In the first months it is taken over as many months as there are.",
        ));
    }
    clauses
}

/// The value of a figure in a worked example, unless the example states another.
pub(super) fn nominal(words: &Words<'_>, value: &Value) -> String {
    words.value(value)
}
