//! Random contracts as text, and random data as rows.

use num_traits::Signed;

use super::description::*;

/// The text of a contract, with its items in the order of the description.
pub fn print(contract: &Contract) -> String {
    in_braces(&items(contract))
}

pub fn in_braces(items: &[String]) -> String {
    format!("contract random \"Random\" {{\n{}\n}}\n", items.join("\n"))
}

/// The items of a contract, one text each.
pub fn items(contract: &Contract) -> Vec<String> {
    let mut all = frame(contract);
    all.extend(inputs(contract));
    all.extend(contract.metrics.iter().map(metric));
    for (at, one) in contract.charges.iter().enumerate() {
        all.push(charge(at, one));
    }
    if let Some(card) = &contract.scorecard {
        let arms: Vec<String> = card
            .iter()
            .map(|(weight, subject, bands)| {
                let bands = ladder(bands, *subject, decimal);
                format!("  {weight}% {} {bands}", name(*subject))
            })
            .collect();
        all.push(format!("scorecard cx {{\n{}\n}}", arms.join("\n")));
    }
    all.extend(contract.adjusts.iter().map(adjust));
    for (at, one) in contract.levels.iter().enumerate() {
        all.push(level(at, one));
    }
    for (at, one) in contract.awards.iter().enumerate() {
        all.push(award(at, one));
    }
    all.extend(contract.limits.iter().map(limit));
    if let Some(most) = &contract.maximum {
        all.push(format!("maximum {} each month", amount(most)));
    }
    if let Some(least) = &contract.minimum {
        all.push(format!("minimum {} each month", amount(least)));
    }
    if let Some(tax) = &contract.tax {
        all.push(format!("tax vat {} of total", percent(tax)));
    }
    all
}

/// A number with finitely many decimals.
pub fn decimal(value: &Q) -> String {
    let mut digits = 0;
    let mut scaled = value.abs();
    while !scaled.is_integer() {
        scaled *= q(10, 1);
        digits += 1;
        assert!(digits < 60, "{value} has no end");
    }
    let mut text = format!("{:0>width$}", scaled.to_integer(), width = digits + 1);
    if digits > 0 {
        text.insert(text.len() - digits, '.');
    }
    // Exactly three decimals could be thousands.
    if quidpro::quantity::looks_grouped(&text) {
        text.push('0');
    }
    if value.is_negative() {
        text.insert(0, '-');
    }
    text
}

fn percent(value: &Q) -> String {
    format!("{}%", decimal(&(value * q(100, 1))))
}

fn money(value: &Q) -> String {
    format!("{} EUR", decimal(value))
}

pub fn date(month: i32, day: &str) -> String {
    format!("{}-{day}", month_text(month))
}

pub fn month_text(month: i32) -> String {
    format!(
        "{:04}-{:02}",
        month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::HalfUp => "half up",
        Mode::HalfEven => "half even",
        Mode::Up => "up",
        Mode::Down => "down",
        Mode::Floor => "floor",
        Mode::Ceiling => "ceiling",
    }
}

fn frame(contract: &Contract) -> Vec<String> {
    let scope = if contract.each_line {
        "each line"
    } else {
        "only the total"
    };
    vec![
        "currency EUR".to_owned(),
        format!(
            "term {} to {}",
            date(contract.start, "01"),
            date(contract.start + contract.months - 1, "28")
        ),
        "part months in full".to_owned(),
        format!(
            "round {scope} {} to {}",
            mode(contract.mode),
            money(&contract.step)
        ),
    ]
}

fn inputs(contract: &Contract) -> Vec<String> {
    let all = [
        ("offered", "calls"),
        ("answered", "calls"),
        ("forecast", "calls"),
        ("surveys", "surveys"),
        ("points", "points to 1"),
        ("waited", "seconds to 1"),
        ("handled", "contacts by channel { a, b }"),
    ];
    all.into_iter()
        .map(|(name, kind)| {
            let stand_in = contract
                .stand_ins
                .iter()
                .find(|(input, _)| *input == name)
                .map(|(_, stand_in)| format!(" if missing, {}", fallback(stand_in, decimal)))
                .unwrap_or_default();
            format!("input {name} : {kind}{stand_in}")
        })
        .collect()
}

fn fallback(fallback: &Fallback, value: impl Fn(&Q) -> String) -> String {
    match fallback {
        Fallback::NoValue => "no value".to_owned(),
        Fallback::Value(one) => value(one),
        Fallback::LastKnown => "last known value".to_owned(),
        Fallback::Average(months) => format!("average of last {months} months"),
        Fallback::NoInvoice => "no invoice".to_owned(),
    }
}

pub fn name(subject: Subject) -> &'static str {
    match subject {
        Subject::Share => "sl",
        Subject::Mark => "csat",
        Subject::Wait => "asa",
        Subject::Score => "cx",
    }
}

/// A value of the subject, as a contract writes it.
fn value(subject: Subject, value: &Q) -> String {
    match subject {
        Subject::Share => percent(value),
        Subject::Mark | Subject::Wait | Subject::Score => decimal(value),
    }
}

fn metric(metric: &Metric) -> String {
    let (head, formula) = match metric.subject {
        Subject::Share => (
            "is timeliness, percent, higher is better",
            "answered / offered",
        ),
        Subject::Mark => (
            "is satisfaction, 1 to 5, higher is better",
            "points / surveys",
        ),
        Subject::Wait | Subject::Score => (
            "is timeliness, seconds per call, lower is better",
            "waited / offered",
        ),
    };
    let stand_in = |one: &Fallback| match metric.subject {
        Subject::Wait => fallback(one, |value| format!("{} seconds per call", decimal(value))),
        subject => fallback(one, |one| value(subject, one)),
    };
    let mut lines = vec![format!("metric {} {head} {{", name(metric.subject))];
    lines.push(format!("  {formula};"));
    if let Some(one) = &metric.if_missing {
        lines.push(format!("  if missing, {};", stand_in(one)));
    }
    if let Some(one) = &metric.if_nothing {
        lines.push(format!("  if nothing to measure, {};", stand_in(one)));
    }
    if let Some((least, one)) = &metric.needs {
        lines.push(format!(
            "  needs surveys >= {least}, otherwise {};",
            stand_in(one)
        ));
    }
    if let Some((way, step)) = &metric.rounded {
        lines.push(format!(
            "  rounded {} to {}",
            mode(*way),
            value(metric.subject, step)
        ));
    }
    lines.push("}".to_owned());
    lines.join("\n")
}

fn charge(at: usize, charge: &Charge) -> String {
    let unit = |input: &str| if input == "surveys" { "survey" } else { "call" };
    match charge {
        Charge::Monthly(fee) => format!("charge c{at} {} per month", money(fee)),
        Charge::Yearly(fee) => format!("charge c{at} {} per year", money(fee)),
        Charge::Once(fee, month) => {
            format!("charge c{at} {} once in {}", money(fee), month_text(*month))
        }
        Charge::Rate(input, price) => format!("charge c{at} for {input} at {}", money(price)),
        Charge::Tiers(input, block) => format!("charge c{at} for {input} {}", tiers(block)),
        Charge::Packages(input, size, price) => format!(
            "charge c{at} for {input} in packages of {size} {}s at {}",
            unit(input),
            money(price)
        ),
        Charge::Card(price, block) => format!(
            "charge c{at} for handled {{\n  a {} per contact\n  b {}\n}}",
            money(price),
            tiers(block)
        ),
        Charge::Window(price, fold, input, months) => {
            let fold = match fold {
                Fold::Sum => "sum",
                Fold::Average => "average",
                Fold::Least => "least",
                Fold::Greatest => "greatest",
            };
            let months = match months {
                Window::Last(months) => format!("last {months} months"),
                Window::Previous(months) => format!("previous {months} months"),
                Window::ContractYear => "contract year".to_owned(),
                Window::CalendarYear => "calendar year".to_owned(),
                Window::CalendarQuarter => "calendar quarter".to_owned(),
                Window::Term => "term".to_owned(),
            };
            format!(
                "charge c{at} {} per {} * ({fold} of {input} over {months})",
                money(price),
                unit(input)
            )
        }
        Charge::Either(input, level, one, other) => format!(
            "charge c{at} if {input} > {level} then {} else {}",
            money(one),
            money(other)
        ),
    }
}

/// A charge with tiers only.
pub fn tiered(name: &str, input: &str, block: &Tiers) -> String {
    format!("charge {name} for {input} {}", tiers(block))
}

fn tiers(block: &Tiers) -> String {
    let kind = match block.kind {
        TierKind::Graduated => "graduated",
        TierKind::Volume => "volume",
        TierKind::Flat => "flat",
    };
    let mut before = 0;
    let mut all: Vec<String> = Vec::new();
    for (end, absolute, price) in &block.tiers {
        let reach = match (absolute, before) {
            (true, _) => format!("up to {end}"),
            (false, 0) => format!("first {end}"),
            (false, _) => format!("next {}", end - before),
        };
        all.push(format!("{reach} at {}", money(price)));
        before = *end;
    }
    all.push(match &block.beyond {
        Some(price) => format!("beyond at {}", money(price)),
        None => "beyond by agreement".to_owned(),
    });
    format!("{kind} {{ {} }}", all.join("; "))
}

fn ladder(ladder: &Ladder, subject: Subject, write: impl Fn(&Q) -> String) -> String {
    let mut all: Vec<String> = ladder
        .bands
        .iter()
        .map(|(edge, included, result)| {
            let side = match (ladder.up, included) {
                (true, false) => "below",
                (true, true) => "at most",
                (false, true) => "at least",
                (false, false) => "above",
            };
            format!("{side} {}: {}", value(subject, edge), write(result))
        })
        .collect();
    all.push(format!("otherwise {}", write(&ladder.otherwise)));
    if let Some(result) = &ladder.no_value {
        all.push(format!("no value: {}", write(result)));
    }
    format!("{{ {} }}", all.join("; "))
}

fn signed_percent(value: &Q) -> String {
    let plus = if value.is_positive() { "+" } else { "" };
    format!("{plus}{}", percent(value))
}

/// What the adjustment applies to, as on its line.
pub fn adjusted(adjust: &Adjust) -> String {
    if adjust.targets.is_empty() {
        return "charges".to_owned();
    }
    let names: Vec<String> = adjust.targets.iter().map(|at| format!("c{at}")).collect();
    names.join(", ")
}

fn adjust(adjust: &Adjust) -> String {
    format!(
        "adjust {} by {} {}",
        adjusted(adjust),
        name(adjust.by),
        ladder(&adjust.ladder, adjust.by, signed_percent)
    )
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Fixed(value) => money(value),
        Amount::OfCharges(share) => format!("{} of charges", percent(share)),
        Amount::OfCharge(share, at) => format!("{} of c{at}", percent(share)),
        Amount::OfAdjusted(share) => format!("{} of adjusted charges", percent(share)),
    }
}

/// The words that say which month is meant, for something that is settled over several months.
fn of_this_month(every: Every) -> &'static str {
    match every {
        Every::Month => "",
        _ => " of this month",
    }
}

/// An amount of something that is settled at that interval.
fn settled(one: &Amount, every: Every) -> String {
    match one {
        Amount::Fixed(_) => amount(one),
        _ => format!("{}{}", amount(one), of_this_month(every)),
    }
}

fn every(every: Every) -> &'static str {
    match every {
        Every::Month => "each month",
        Every::Quarter => "each quarter",
        Every::ContractYear => "each contract year",
        Every::CalendarYear => "each calendar year",
    }
}

fn level(at: usize, level: &Level) -> String {
    let subject = level.subject;
    let higher = subject != Subject::Wait;
    let month = of_this_month(level.every);
    let mut lines = vec![format!(
        "service level l{at} on {}{month} {{",
        name(subject)
    )];
    lines.push(format!(
        "  target {} {}",
        value(subject, &level.target),
        every(level.every)
    ));
    if let Some((edge, included)) = &level.critical {
        let side = match (higher, included) {
            (true, false) => "below",
            (true, true) => "at most",
            (false, false) => "above",
            (false, true) => "at least",
        };
        lines.push(format!("  critical {side} {}", value(subject, edge)));
    }
    let (period, when) = match level.every {
        Every::Month => ("month", ""),
        Every::Quarter => ("quarter", " in the last month"),
        Every::ContractYear | Every::CalendarYear => ("year", " in the last month"),
    };
    if let Some(share) = &level.excused_above {
        lines.push(format!(
            "  excused when offered > {} * forecast{when}",
            decimal(share)
        ));
    }
    if let Some(months) = level.grace {
        lines.push(if level.every == Every::Month {
            format!("  excused in the first {months} months")
        } else {
            format!("  excused when month of term at most {months}{when}")
        });
    }
    let word = if level.no_value_excused {
        "excused"
    } else {
        "failed"
    };
    lines.push(format!("  no value {word}"));
    if level.excused_breaks {
        lines.push(format!("  excused {period} breaks the run"));
    }
    lines.push(match &level.critical_credit {
        Some(critical) => format!(
            "  credit {}, critical {}",
            settled(&level.credit, level.every),
            settled(critical, level.every)
        ),
        None => format!("  credit {}", settled(&level.credit, level.every)),
    });
    if !level.repeats.is_empty() {
        let all: Vec<String> = level
            .repeats
            .iter()
            .map(|(months, factor)| format!("{months} {period}s x {}", decimal(factor)))
            .collect();
        lines.push(format!("  repeated {}", all.join(", ")));
    }
    if let Some((months, edge)) = &level.earn_back {
        lines.push(format!(
            "  earn back after {months} months at {} or better",
            value(subject, edge)
        ));
    }
    for (failures, months) in &level.terminate {
        let within = months.map_or("a row".to_owned(), |months| format!("{months} months"));
        lines.push(format!("  terminate after {failures} failures in {within}"));
    }
    lines.push("}".to_owned());
    lines.join("\n")
}

fn award(at: usize, award: &Award) -> String {
    let word = if award.bonus { "bonus" } else { "credit" };
    let period = match award.every {
        Every::Month => String::new(),
        other => format!(" {}", every(other)),
    };
    let month = of_this_month(award.every);
    let when = award
        .when_offered_above
        .map(|level| format!(" when offered{month} > {level}"))
        .unwrap_or_default();
    let terms = match &award.terms {
        Terms::Amount(one) => format!("= {}", settled(one, award.every)),
        Terms::Bands(subject, rising) => {
            let mut all: Vec<String> = Vec::new();
            for (number, (edge, included, result, on_top)) in rising.bands.iter().enumerate() {
                let side = match (rising.up, included) {
                    (true, false) => "above",
                    (true, true) => "at least",
                    (false, false) => "below",
                    (false, true) => "at most",
                };
                let ruling = match (number, on_top) {
                    (0, _) => "",
                    (_, true) => " on top of the former",
                    (_, false) => " in place of the former",
                };
                all.push(format!(
                    "{side} {}: {}{ruling}",
                    value(*subject, edge),
                    money(result)
                ));
            }
            if rising.no_value {
                all.push("no value: 0 EUR".to_owned());
            }
            format!("on {}{month} {{ {} }}", name(*subject), all.join("; "))
        }
        Terms::Steps(price, mode, size, above, level) => {
            let mode = match mode {
                Steps::Full => "full",
                Steps::Started => "started",
                Steps::Exact => "exact",
            };
            let side = if *above { "above" } else { "below" };
            format!(
                "= {} per {mode} {size} calls of offered{month} {side} {level}",
                money(price)
            )
        }
    };
    format!("{word} a{at}{period} {terms}{when}")
}

fn limit(limit: &Limit) -> String {
    let mut subjects: Vec<String> = Vec::new();
    for (named, word) in [
        (limit.credits, "credits"),
        (limit.reductions, "reductions"),
        (limit.bonuses, "bonuses"),
    ] {
        if named {
            subjects.push(word.to_owned());
        }
    }
    subjects.extend(limit.levels.iter().map(|at| format!("l{at}")));
    format!(
        "limit {} to {} {}",
        subjects.join(" and "),
        settled(&limit.to, limit.every),
        every(limit.every)
    )
}

/// A number as a cell of a CSV file; empty for a missing one.
pub fn cell(value: Option<&Q>) -> String {
    value.map(decimal).unwrap_or_default()
}
