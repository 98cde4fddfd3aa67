//! Every form of the language, read into the tree.

use quidpro::quantity::{Exact, RoundingMode};
use quidpro::syntax::Parsed;
use quidpro::syntax::tree::{
    AdjustTarget, AwardTerms, Band, Bands, Beside, Charge, Comparison, CountsFrom, DeadbandKind,
    EarlierUnits, EarnBackYearly, Earned, Edge, Every, Expectation, Expr, ExprKind, FactToken,
    FallbackKind, ItemKind, LimitSubject, MeteringPeriod, Metric, MetricStatement, PartnershipKind,
    Persistent, PointsStatement, PointsTerms, PoolPart, Price, Pricing, ProductOp, Raised, Reach,
    Repeated, Reporter, RoundScope, Ruling, SlCredit, SlStatement, SlabPrice, SumOp, TierKind,
    TierReach, Tolerated, TypeExpr, WindowKind, Within,
};

use super::{EVERY_FORM, SAMPLE, contract, findings, read};

/// The items of the contract that has every form.
fn items() -> Vec<ItemKind> {
    let tree = read(EVERY_FORM).tree;
    let contract = tree.contracts.into_iter().nth(1).unwrap();
    contract
        .items
        .iter()
        .map(|item| item.kind.clone())
        .collect()
}

/// Picks from the items what the pattern binds.
macro_rules! pick {
    ($items:expr, $pattern:pat $(if $guard:expr)? => $value:expr) => {
        $items
            .iter()
            .find_map(|item| match item {
                $pattern $(if $guard)? => Some($value),
                _ => None,
            })
            .expect(stringify!($pattern))
    };
}

fn value(text: &str) -> Expr {
    let text = contract(&format!("let x = {text}"));
    let parsed = read(&text);
    assert_eq!(findings(&text, &parsed.diagnostics), "nothing\n", "{text}");
    let item = parsed.tree.contracts[0].items[0].kind.clone();
    match item {
        ItemKind::Let(item) => item.value,
        other => panic!("{other:?}"),
    }
}

/// An expression written so that it shows what binds what.
fn shown(expr: &Expr) -> String {
    let all = |all: &[Expr], sign: &str| all.iter().map(shown).collect::<Vec<_>>().join(sign);
    match &expr.kind {
        ExprKind::Number(value) => value.to_string(),
        ExprKind::Percent(value) => format!("{value}%"),
        ExprKind::PercentagePoints(value) => format!("{value}pp"),
        ExprKind::Quantity(value, unit) => {
            let below: Vec<_> = unit.below.iter().map(|name| name.text.as_str()).collect();
            format!("{value} {}/[{}]", unit.above.text, below.join(" "))
        }
        ExprKind::Month(month) => month.to_string(),
        ExprKind::Date(date) => date.to_string(),
        ExprKind::Flag(flag) => flag.to_string(),
        ExprKind::Name(path) => match &path.member {
            Some(member) => format!("{}.{}", path.name.text, member.text),
            None => path.name.text.clone(),
        },
        ExprKind::TotalOf(path) => format!("total({})", path.name.text),
        ExprKind::Builtin(builtin) => format!("{builtin:?}"),
        ExprKind::Sum(terms) => {
            let terms = terms.iter().map(|(op, term)| match op {
                SumOp::Plus => format!("+{}", shown(term)),
                SumOp::Minus => format!("-{}", shown(term)),
            });
            format!("({})", terms.collect::<String>())
        }
        ExprKind::Product(factors) => {
            let factors = factors.iter().map(|(op, factor)| match op {
                ProductOp::Times => format!("*{}", shown(factor)),
                ProductOp::Over => format!("/{}", shown(factor)),
            });
            format!("({})", factors.collect::<String>())
        }
        ExprKind::Negate(of) => format!("neg({})", shown(of)),
        ExprKind::Of(a, b) => format!("({} of {})", shown(a), shown(b)),
        ExprKind::Compare(a, how, b) => format!("({} {how:?} {})", shown(a), shown(b)),
        ExprKind::Between(a, b, c) => format!("({} in {}..{})", shown(a), shown(b), shown(c)),
        ExprKind::And(sides) => format!("({})", all(sides, " & ")),
        ExprKind::Or(sides) => format!("({})", all(sides, " | ")),
        ExprKind::Not(of) => format!("not({})", shown(of)),
        ExprKind::If(arms, otherwise) => {
            let arms = arms
                .iter()
                .map(|(a, b)| format!("{}?{}:", shown(a), shown(b)));
            format!("({}{})", arms.collect::<String>(), shown(otherwise))
        }
        ExprKind::Call(function, arguments) => format!("{function:?}({})", all(arguments, ", ")),
        ExprKind::Steps(steps) => format!(
            "steps({:?} {} {} of {} {} {})",
            steps.mode,
            steps
                .size
                .as_ref()
                .map_or("1".to_owned(), |size| size.value.to_string()),
            steps.unit.as_ref().map_or("point", |unit| &unit.text),
            shown(&steps.subject),
            if steps.above { "above" } else { "below" },
            shown(&steps.level)
        ),
        ExprKind::Units(mode, of) => format!("units({mode:?} {})", shown(of)),
        ExprKind::Bands(of, bands) => format!("bands({} {})", shown(of), bands.bands.len()),
        ExprKind::Window(fold, of, window) => {
            let window = match &window.kind {
                WindowKind::Last(count) => format!("last {}", shown(count)),
                WindowKind::Previous(count) => format!("previous {}", shown(count)),
                other => format!("{other:?}"),
            };
            format!("{fold:?}({} over {window})", shown(of))
        }
        ExprKind::OfMonths(of, months) => format!("months({}, {months:?})", shown(of)),
        ExprKind::Previous(of, first) => match first {
            Some(first) => format!("previous({}, {})", shown(of), shown(first)),
            None => format!("previous({})", shown(of)),
        },
        ExprKind::InARow(condition) => format!("row({})", shown(condition)),
        ExprKind::Rounded(of, how) => {
            format!("round({} {:?} {})", shown(of), how.mode, shown(&how.step))
        }
        ExprKind::IfKnown(a, b) => format!("({} ?? {})", shown(a), shown(b)),
        ExprKind::ByAgreement => "agreement".to_owned(),
        ExprKind::AsPercent(of) => format!("share({})", shown(of)),
        ExprKind::Dated(first, later) => {
            let later: Vec<String> = later
                .iter()
                .map(|one| format!(", from {} {}", one.from, shown(&one.value)))
                .collect();
            format!("({}{})", shown(first), later.concat())
        }
        ExprKind::Broken => "BROKEN".to_owned(),
    }
}

#[test]
fn the_sample_reads_clean() {
    let parsed = read(SAMPLE);
    assert_eq!(findings(SAMPLE, &parsed.diagnostics), "nothing\n");
    assert_eq!(parsed.tree.contracts[0].items.len(), 48);
    assert_eq!(
        parsed.comments.len(),
        SAMPLE.lines().filter(|line| line.contains('#')).count()
    );
}

#[test]
fn every_form_reads_clean() {
    let parsed = read(EVERY_FORM);
    assert_eq!(findings(EVERY_FORM, &parsed.diagnostics), "nothing\n");
    assert_eq!(parsed.tree.uses.len(), 2);
    assert_eq!(parsed.tree.contracts.len(), 2);
}

#[test]
fn expressions_bind_as_they_are_read() {
    for (text, tree) in [
        ("a + b - c * d / e", "(+a+b-(*c*d/e))"),
        ("2% of 3 of charges", "((0.02% of 3) of Charges)"),
        ("a * 2% of b", "((*a*0.02%) of b)"),
        (
            "a < b and not c >= d or e is not f",
            "(((a Below b) & not((c AtLeast d))) | (e IsNot f))",
        ),
        (
            "a at most b or c at least d",
            "((a AtMost b) | (c AtLeast d))",
        ),
        ("a = b or a <> c", "((a Is b) | (a IsNot c))"),
        (
            "a between 1 and 2% of b and c",
            "((a in 1..(0.02% of b)) & c)",
        ),
        (
            "if a below 1 then 2 else if b at most 2 then 3 else 4",
            "((a Below 1)?2:(b AtMost 2)?3:4)",
        ),
        (
            "min(a, 1) + max(2, b, c) - abs(-a)",
            "(+Min(a, 1)+Max(2, b, c)-Abs(neg(a)))",
        ),
        (
            "whole units in a + started units in (b / 2)",
            "(+units(Full a)+units(Started (*b/2)))",
        ),
        (
            "bands of a { below 4: 1 EUR; otherwise 2 EUR }",
            "bands(a 2)",
        ),
        (
            "2% of a, from 2027-01-01 3, from 2028-01 b + 1",
            "((0.02% of a), from 2027-01-01 3, from 2028-01-01 (+b+1))",
        ),
        ("sum of a over last 3 months", "Sum(a over last 3)"),
        (
            "average of a / b over previous n months",
            "Average((*a/b) over previous n)",
        ),
        (
            "count of a below 4 over contract year",
            "Count((a Below 4) over ContractYear)",
        ),
        (
            "least of a over calendar year",
            "Least(a over CalendarYear)",
        ),
        (
            "greatest of a over calendar quarter",
            "Greatest(a over CalendarQuarter)",
        ),
        ("sum of a over term", "Sum(a over Term)"),
        (
            "(previous a, at first 4.0) + previous b",
            "(+previous(a, 4)+previous(b))",
        ),
        (
            "months in a row with a below 4.0 >= 3",
            "(row((a Below 4)) AtLeast 3)",
        ),
        ("months in a row with a", "row(a)"),
        ("a / 3 rounded half up to 0.1", "round((*a/3) HalfUp 0.1)"),
        ("a rounded down to 1 >= b", "(round(a Down 1) AtLeast b)"),
        ("a if known, otherwise 4.5", "(a ?? 4.5)"),
        (
            "(98% - a) as percent of charges",
            "(share((+0.98%-a)) of Charges)",
        ),
        ("a - b as percent", "share((+a-b))"),
        (
            "adjusted charges + adjustments",
            "(+AdjustedCharges+Adjustments)",
        ),
        ("credits + bonuses + total", "(+Credits+Bonuses+Total)"),
        (
            "month of term + month of year",
            "(+MonthOfTerm+MonthOfYear)",
        ),
        (
            "days in month + months in term",
            "(+DaysInMonth+MonthsInTerm)",
        ),
        (
            "month is 2026-02 or day is 2026-02-01",
            "((Month Is 2026-02) | (day Is 2026-02-01))",
        ),
        ("-10% of a + +5% - -3", "(+(neg(0.1%) of a)+0.05%-neg(3))"),
        ("12_000 EUR per month", "12000 EUR/[month]"),
        ("4.20 EUR per call and hour", "4.2 EUR/[call hour]"),
        (
            "a > 4 EUR per call and b > 3",
            "((a Above 4 EUR/[call]) & (b Above 3))",
        ),
        (
            "a > 4 EUR per call and not b",
            "((a Above 4 EUR/[call]) & not(b))",
        ),
        ("2 percentage points", "0.02pp"),
        ("by agreement", "agreement"),
        ("yes or no", "(true | false)"),
        (
            "500 EUR per full 10 seconds of a above 30 s",
            "(*500 EUR/[]*steps(Full 10 seconds of a above 30 s/[]))",
        ),
        (
            "1% of charges per started point of a below 95%",
            "(*(0.01% of Charges)*steps(Started 1 point of a below 0.95%))",
        ),
        (
            "1% of charges per point or part of one of a below 95%",
            "(*(0.01% of Charges)*steps(Started 1 point of a below 0.95%))",
        ),
        (
            "3 EUR per exact percentage point of a below 90% of goal",
            "(*3 EUR/[]*steps(Exact 1 point of a below (0.9% of goal)))",
        ),
        (
            "a.voice + month + total_a + total b + total",
            "(+a.voice+Month+total_a+total(b)+Total)",
        ),
        ("23.50 EUR per hour of a", "(23.5 EUR/[hour] of a)"),
        (
            "mini + sum_of + averages + count + bandsaw",
            "(+mini+sum_of+averages+count+bandsaw)",
        ),
        (
            "notable + iffy + offered + android + note",
            "(+notable+iffy+offered+android+note)",
        ),
        ("not a = b", "not((a Is b))"),
        ("(a + b) * (c)", "(*(+a+b)*c)"),
        ("1/3 * 30 s", "(*1/3*30 s/[])"),
        ("4.20EUR", "4.2 EUR/[]"),
        ("Ä_1 + ñ", "(+Ä_1+ñ)"),
        ("a\n  + b # and\n  * c", "(+a+(*b*c))"),
    ] {
        assert_eq!(shown(&value(text)), tree, "{text}");
    }
}

#[test]
fn a_span_is_that_of_its_words() {
    let text = contract("let x = ( a + 2% of  b )   # more\n\n");
    let parsed = read(&text);
    let ItemKind::Let(item) = &parsed.tree.contracts[0].items[0].kind else {
        panic!("a let");
    };
    assert_eq!(&text[item.value.span.range()], "( a + 2% of  b )");
    assert_eq!(
        &text[parsed.tree.contracts[0].items[0].span.range()],
        "let x = ( a + 2% of  b )"
    );
    assert_eq!(&text[parsed.comments[0].span.range()], "# more");
    assert_eq!(
        &text[parsed.tree.contracts[0].span.range()],
        text.trim_end()
    );
}

#[test]
fn an_item_may_stand_right_behind_a_number() {
    let text = include_str!("../../syntax/items_behind_numbers.quid");
    let parsed = read(text);
    assert_eq!(findings(text, &parsed.diagnostics), "nothing\n");
    let items = &parsed.tree.contracts[0].items;
    let words = items.iter().map(|item| item.designation().kind);
    let words: Vec<&str> = words
        .filter(|word| !matches!(*word, "let" | "input"))
        .collect();
    assert_eq!(
        words[3..],
        [
            "quality assurance",
            "index",
            "share currency",
            "share gain",
            "points",
            "part months",
            "at risk"
        ]
    );
}

#[test]
fn the_frame_of_a_contract() {
    let items = items();
    let customer = pick!(items, ItemKind::Customer(party) => party);
    assert_eq!(customer.name.text, "Streamly B.V.");
    assert_eq!(customer.attributes.len(), 2);
    assert_eq!(customer.attributes[0].0.text, "vat");
    assert_eq!(pick!(items, ItemKind::Currency(all) => all.codes.len()), 2);
    assert_eq!(
        pick!(items, ItemKind::Term(term) => term.last.to_string()),
        "2028-12-31"
    );
    assert!(pick!(items, ItemKind::Invoice(how) => how.due_in_days.is_some()));
    let rounds: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            ItemKind::Round(round) => Some((round.scope, round.mode)),
            _ => None,
        })
        .collect();
    let expected = [
        (RoundScope::OnlyTheTotal, RoundingMode::HalfEven),
        (RoundScope::EachLine, RoundingMode::HalfUp),
    ];
    assert_eq!(rounds, expected);
}

#[test]
fn titles_and_clauses() {
    let tree = read(EVERY_FORM).tree;
    let clauses: Vec<_> = tree.contracts[1]
        .items
        .iter()
        .filter_map(|item| item.clause.as_ref().map(|clause| clause.text.as_str()))
        .collect();
    assert_eq!(
        clauses,
        [
            "Recital A",
            "Article 1",
            "Annex 2, 4",
            "Annex 8",
            "Annex 1",
            "Annex 3, 1.1",
            "Annex 9",
            "Annex 2",
            "Annex 2, 9",
            "Annex 2, 2",
            "Annex 2, 1",
            "Annex 2, 3",
            "Annex 2, 5",
            "Annex 3, 2.1",
            "Annex 3, 2.2",
            "Annex 5",
            "Annex 5, 1",
            "Schedule 2.2",
            "Schedule 2.3",
            "Schedule 3, B",
            "Annex 2, 7",
            "Annex 3, 5",
            "Annex 4",
            "Annex 2, 6",
            "Annex 2, 7",
            "Annex 1",
            "Annex 4, 2",
            "Annex 4, 3",
            "Annex 7",
        ]
    );
    let items = items();
    let title =
        pick!(items, ItemKind::Adjust(adjust) if adjust.title.is_some() => adjust.title.clone());
    assert_eq!(title.unwrap().text, "Quality");
}

#[test]
fn inputs() {
    let items = items();
    let input =
        |name: &str| pick!(items, ItemKind::Input(input) if input.name.text == name => input);
    let offered = input("offered");
    assert_eq!(offered.title.as_ref().unwrap().text, "Calls offered");
    assert_eq!(offered.source.as_ref().unwrap().text, "ACD");
    let handled = input("handled");
    assert_eq!(handled.dimension.as_ref().unwrap().members.len(), 3);
    assert_eq!(handled.reporter.unwrap().0, Reporter::Supplier);
    assert!(
        input("by_site")
            .dimension
            .as_ref()
            .unwrap()
            .members
            .is_empty()
    );
    let forecast = input("forecast");
    assert!(forecast.range.is_some() && forecast.nominal.is_some());
    assert_eq!(
        forecast.if_missing.as_ref().unwrap().kind,
        FallbackKind::NoInvoice
    );
    let uptime = input("uptime");
    assert!(matches!(uptime.value_type, TypeExpr::Percent(_)) && uptime.step.is_some());
    assert_eq!(uptime.reporter.unwrap().0, Reporter::Both);
    assert_eq!(
        uptime.if_missing.as_ref().unwrap().kind,
        FallbackKind::LastKnown
    );
    assert!(matches!(
        input("drift").value_type,
        TypeExpr::PercentagePoints(_)
    ));
    assert!(matches!(input("staff").value_type, TypeExpr::Number(_)));
    assert!(matches!(input("ready").value_type, TypeExpr::Flag(_)));
    let TypeExpr::Scale(least, _, _) = &input("nps").value_type else {
        panic!("a scale");
    };
    assert_eq!(shown(least), "neg(100)");
    let TypeExpr::Unit(price) = &input("price").value_type else {
        panic!("a unit");
    };
    assert_eq!(price.below.len(), 2);
    let fallback = input("points").if_missing.as_ref().unwrap();
    assert!(matches!(&fallback.kind, FallbackKind::AverageOfLast(count) if shown(count) == "3"));
}

fn metric<'i>(items: &'i [ItemKind], name: &str) -> &'i Metric {
    pick!(items, ItemKind::Metric(metric) if metric.name.text == name => metric)
}

#[test]
fn metrics() {
    let items = items();
    let level = metric(&items, "service_level");
    assert_eq!(level.kind.as_ref().unwrap().text, "timeliness");
    assert_eq!(level.higher_is_better, Some(true));
    assert!(level.step.is_some() && matches!(level.value_type, Some(TypeExpr::Percent(_))));
    let csat = metric(&items, "csat");
    assert_eq!(csat.dimension.as_ref().unwrap().text, "channel");
    assert_eq!(csat.reporter.unwrap().0, Reporter::Customer);
    assert_eq!(shown(csat.formula.as_ref().unwrap()), "(*points/surveys)");
    assert!(matches!(
        csat.statements.as_slice(),
        [
            MetricStatement::Needs(_, Some(_), _),
            MetricStatement::IfMissing(_, _),
            MetricStatement::IfNothingToMeasure(_, _),
            MetricStatement::Rounded(_),
        ]
    ));
    // A rounding after the whole formula is a statement of the metric, whichever way it is written.
    let aht = metric(&items, "aht");
    assert_eq!(
        shown(aht.formula.as_ref().unwrap()),
        "(*handle_time/total(handled))"
    );
    let rounded = aht
        .statements
        .iter()
        .filter(|one| matches!(one, MetricStatement::Rounded(_)));
    assert_eq!(rounded.count(), 2);
    assert_eq!(aht.higher_is_better, Some(false));
}

fn charge<'i>(items: &'i [ItemKind], name: &str) -> &'i Charge {
    pick!(items, ItemKind::Charge(charge) if charge.name.text == name => charge)
}

#[test]
fn charges() {
    let items = items();
    let Pricing::Amount(agents) = &charge(&items, "agents").pricing else {
        panic!("an amount");
    };
    assert_eq!(shown(agents), "(23.5 EUR/[hour] of productive_hours)");
    assert_eq!(
        charge(&items, "setup").once_in.unwrap().0.to_string(),
        "2026-01"
    );
    assert!(matches!(
        &charge(&items, "rate").pricing,
        Pricing::For(_, Price::Rate(_))
    ));
    assert!(matches!(
        &charge(&items, "rate2").pricing,
        Pricing::For(_, Price::Rate(_))
    ));
    let Pricing::For(_, Price::Packages { size, price }) = &charge(&items, "packs").pricing else {
        panic!("packages");
    };
    assert_eq!(
        (shown(size), shown(price)),
        ("1000 contacts/[]".into(), "1 EUR/[]".into())
    );
    let Pricing::For(_, Price::Tiers(tiers)) = &charge(&items, "tiers").pricing else {
        panic!("tiers");
    };
    assert_eq!(tiers.kind, TierKind::Volume);
    assert!(matches!(tiers.tiers[0].reach, TierReach::UpTo(_)) && tiers.tiers[1].price.is_some());
    assert!(matches!(tiers.tiers[2].reach, TierReach::Beyond) && tiers.tiers[2].price.is_none());
    let Pricing::AtCost(telecom) = &charge(&items, "telecom").pricing else {
        panic!("at cost");
    };
    let amounts = [&telecom.most_cost, &telecom.margin, &telecom.most];
    let amounts = amounts.map(|amount| shown(amount.as_ref().unwrap()));
    assert_eq!(amounts, ["40000 EUR/[]", "0.08%", "50000 EUR/[]"]);
    let Pricing::For(floored, Price::Rate(_)) = &charge(&items, "floored").pricing else {
        panic!("a least quantity");
    };
    assert_eq!(shown(floored), "Max(handled, (0.9% of handled))");
    let Pricing::Card(_, arms) = &charge(&items, "derived").pricing else {
        panic!("a rate card");
    };
    let Price::Rate(derived) = &arms[1].price else {
        panic!("a derived rate");
    };
    assert!(matches!(derived.kind, ExprKind::Rounded(..)));
    let Pricing::For(_, Price::Baseline(desk)) = &charge(&items, "desk").pricing else {
        panic!("a baseline");
    };
    assert_eq!(
        (shown(&desk.units), shown(&desk.price)),
        ("1000 contacts/[]".into(), "5000 EUR/[]".into())
    );
    let deadband = desk.deadband.as_ref().unwrap();
    assert_eq!(deadband.kind, Some(DeadbandKind::Franchise));
    assert_eq!((desk.above.slabs.len(), desk.below.slabs.len()), (3, 2));
    assert!(matches!(desk.above.slabs[2].price, SlabPrice::ByAgreement));
    assert!(matches!(desk.below.slabs[1].price, SlabPrice::AsAt(_)));
    let Pricing::For(_, Price::Baseline(desk)) = &charge(&items, "desk2").pricing else {
        panic!("a baseline");
    };
    assert!(desk.above.slabs[0].up_to.is_none() && desk.below.slabs.is_empty());
    let Pricing::For(_, Price::Metered(metering, price)) = &charge(&items, "metered").pricing
    else {
        panic!("metered tiers");
    };
    assert_eq!(metering.over, MeteringPeriod::Each(Every::ContractYear));
    assert!(
        matches!(&**price, Price::Tiers(tiers) if matches!(tiers.earlier, Some((EarlierUnits::Repriced, _))))
    );
    let Pricing::For(_, Price::Metered(metering, price)) = &charge(&items, "metered2").pricing
    else {
        panic!("metered packages");
    };
    assert_eq!(metering.over, MeteringPeriod::Term);
    assert!(matches!(&**price, Price::Packages { .. }));
    let Pricing::Card(path, arms) = &charge(&items, "handling").pricing else {
        panic!("a rate card");
    };
    assert_eq!(path.name.text, "handled");
    assert!(matches!(arms[0].price, Price::Tiers(_)) && matches!(arms[2].price, Price::Rate(_)));
    assert!(matches!(arms[3].price, Price::Packages { .. }));
}

#[test]
fn consequences() {
    let items = items();
    let adjust = pick!(items, ItemKind::Adjust(adjust) => adjust);
    assert!(matches!(&adjust.target, AdjustTarget::Named(paths) if paths.len() == 2));
    assert_eq!(adjust.bands.bands.len(), 3);
    assert!(items.iter().any(|item| matches!(item, ItemKind::Adjust(a) if matches!(a.target, AdjustTarget::AllCharges(_)))));
    let limit = pick!(items, ItemKind::Limit(limit) => limit);
    assert!(matches!(
        limit.subjects.as_slice(),
        [
            LimitSubject::Credits(_),
            LimitSubject::Reductions(_),
            LimitSubject::Bonuses(_),
            LimitSubject::Named(_)
        ]
    ));
    let late = pick!(items, ItemKind::Award(award) if award.name.text == "late" => award);
    assert!(matches!(late.terms, AwardTerms::Amount(_)) && late.when.is_some());
    assert_eq!(late.every.unwrap().0, Every::Quarter);
    let good = pick!(items, ItemKind::Award(award) if award.name.text == "good" => award);
    assert_eq!(good.every.unwrap().0, Every::ContractYear);
    assert_eq!(
        pick!(items, ItemKind::Tax(tax) => shown(&tax.amount)),
        "(0.21% of Total)"
    );
    assert_eq!(
        pick!(items, ItemKind::Notice(notice) => notice.text.text.clone()),
        "the right to terminate"
    );
    let nameless = pick!(items, ItemKind::AtRisk(pool) if pool.name.is_none() => pool);
    assert!(matches!(
        nameless.parts.as_slice(),
        [PoolPart::Category { allocations, .. }, PoolPart::Level(_)] if allocations.len() == 2
    ));
    assert!(nameless.may_exceed.is_some() && nameless.every == Every::Month);
    let named = pick!(items, ItemKind::AtRisk(pool) if pool.name.is_some() => pool);
    assert_eq!(named.title.as_ref().unwrap().text, "Yearly pool");
    assert_eq!((named.parts.len(), named.every), (2, Every::ContractYear));
    let cx = pick!(items, ItemKind::Scorecard(card) => card);
    assert_eq!((cx.arms.len(), cx.rounded.is_some()), (2, true));
}

#[test]
fn service_points() {
    let items = items();
    let find = |name: &str| {
        let mut all = items.iter();
        let found = all.find_map(|item| match item {
            ItemKind::Points(points) if points.name.text == name => Some(points.clone()),
            _ => None,
        });
        found.unwrap()
    };
    let response = find("response");
    assert_eq!(response.title.as_ref().unwrap().text, "Response");
    assert_eq!(response.dimension.as_ref().unwrap().text, "channel");
    assert_eq!(response.every, Every::Quarter);
    assert!(matches!(&response.terms, PointsTerms::Bands(_, bands) if bands.bands.len() == 3));
    assert!(matches!(
        response.statements.as_slice(),
        [
            PointsStatement::ExcusedWhen(..),
            PointsStatement::Grace(..),
            PointsStatement::ExcusedBreaks(true, _),
            PointsStatement::Repeated(not, _),
        ] if not.compounding == Some(false)
    ));
    let events = find("events");
    assert!(matches!(&events.terms, PointsTerms::Amount(_)) && events.every == Every::Month);
    let survey = find("survey");
    assert!(matches!(
        survey.statements.as_slice(),
        [
            PointsStatement::NoValueExcused(_),
            PointsStatement::Repeated(..),
            PointsStatement::ExcusedBreaks(false, _),
        ]
    ));
}

#[test]
fn service_levels() {
    let items = items();
    let level =
        pick!(items, ItemKind::ServiceLevel(level) if level.name.text == "answer_speed" => level);
    assert_eq!(level.dimension.as_ref().unwrap().text, "channel");
    assert!(matches!(
        level.statements.as_slice(),
        [
            SlStatement::Target(_, Every::Month, _),
            SlStatement::Critical(Comparison::Below, _, _),
            SlStatement::ExcusedWhen(_, None, _),
            SlStatement::Grace(_, _),
            SlStatement::Credit(SlCredit::Amounts(_, Some(_)), _),
            SlStatement::Repeated(_, _),
            SlStatement::EarnBack(_, _),
            SlStatement::Terminate(_, _),
            SlStatement::Terminate(_, _),
            SlStatement::NoValue(false, _),
            SlStatement::ExcusedBreaks(true, ..),
        ]
    ));
    let SlStatement::Repeated(repeats, _) = &level.statements[5] else {
        panic!("repeats");
    };
    let repeats = &repeats.steps;
    assert_eq!(
        (shown(&repeats[0].months), shown(&repeats[0].factor)),
        ("2".into(), "1.5".into())
    );
    let floor =
        pick!(items, ItemKind::ServiceLevel(level) if level.name.text == "quality_floor" => level);
    assert!(matches!(
        floor.statements.as_slice(),
        [
            SlStatement::Target(_, Every::Quarter, _),
            SlStatement::Credit(SlCredit::Bands(_), _),
            SlStatement::NoValue(true, _),
            SlStatement::ExcusedBreaks(false, ..),
            SlStatement::ExcusedWhen(_, Some(Within::Any), _),
            SlStatement::ExcusedWhen(_, Some(Within::Last), _),
        ]
    ));
    let reward =
        pick!(items, ItemKind::ServiceLevel(level) if level.name.text == "reward" => level);
    assert!(matches!(
        reward.statements.as_slice(),
        [
            SlStatement::Target(..),
            SlStatement::Credit(..),
            SlStatement::EarnBackYearly(
                EarnBackYearly {
                    share: Some(_),
                    year: Every::ContractYear,
                    earned: Earned::Average {
                        excused_count: Some(false),
                        ..
                    },
                },
                _
            ),
            SlStatement::Raised(
                Raised {
                    up: true,
                    above: true,
                    at_target: false,
                    mean: true,
                    rounded: Some(_),
                    bound: Some((true, _)),
                    ..
                },
                _
            ),
            SlStatement::Repeated(
                Repeated {
                    growth: Some(_),
                    compounding: Some(false),
                    most: Some(_),
                    ..
                },
                _
            ),
        ]
    ));
    let reward =
        pick!(items, ItemKind::ServiceLevel(level) if level.name.text == "reward_2" => level);
    assert!(matches!(
        reward.statements.as_slice(),
        [
            SlStatement::Target(..),
            SlStatement::Repeated(
                Repeated {
                    growth: None,
                    compounding: Some(true),
                    most: None,
                    ..
                },
                _
            ),
            SlStatement::EarnBackYearly(
                EarnBackYearly {
                    share: None,
                    year: Every::CalendarYear,
                    earned: Earned::When(_),
                },
                _
            ),
            SlStatement::Raised(
                Raised {
                    up: false,
                    above: false,
                    at_target: true,
                    mean: false,
                    rounded: None,
                    bound: None,
                    ..
                },
                _
            ),
        ]
    ));
    let patience =
        pick!(items, ItemKind::ServiceLevel(level) if level.name.text == "patience" => level);
    assert!(matches!(
        patience.statements.as_slice(),
        [
            SlStatement::Target(..),
            SlStatement::CountsFrom(CountsFrom { miss: 4, .. }, _),
            SlStatement::Tolerated(Tolerated::Extends, ..),
            SlStatement::Credit(..),
            SlStatement::Persistent(
                Persistent {
                    months: Some(_),
                    beside: Some(Beside::OnTop),
                    ..
                },
                _
            ),
        ]
    ));
    let patience =
        pick!(items, ItemKind::ServiceLevel(level) if level.name.text == "patience_2" => level);
    assert!(matches!(
        patience.statements.as_slice(),
        [
            SlStatement::Target(..),
            SlStatement::Credit(..),
            SlStatement::CountsFrom(CountsFrom { miss: 1, .. }, _),
            SlStatement::Tolerated(Tolerated::Keeps, ..),
            SlStatement::Persistent(
                Persistent {
                    months: None,
                    beside: Some(Beside::InPlace),
                    ..
                },
                _
            ),
        ]
    ));
}

fn reach(Band { reach, .. }: &Band) -> String {
    let edge = |edge: Edge| match edge {
        Edge::Included => '[',
        Edge::Excluded => '(',
    };
    match reach {
        Reach::Side(how, level) => format!("{how:?} {}", shown(level)),
        Reach::Range(a, b) => format!(
            "{}{} {}{}",
            edge(a.edge),
            shown(&a.at),
            edge(b.edge),
            shown(&b.at)
        ),
        Reach::Exactly(level) => format!("= {}", shown(level)),
        Reach::Otherwise => "otherwise".to_owned(),
        Reach::NoValue => "no value".to_owned(),
    }
}

#[test]
fn bands() {
    let items = items();
    let award = pick!(items, ItemKind::Award(award) if award.name.text == "abandonment" => award);
    let AwardTerms::Bands(_, Bands { bands, .. }) = &award.terms else {
        panic!("bands");
    };
    let reaches: Vec<_> = bands.iter().map(reach).collect();
    assert_eq!(
        reaches,
        [
            "Above 0.03%",
            "Above 0.05%",
            "[0.98% [0.989%",
            "(0.01% [0.05%",
            "[0.05% (0.06%",
            "(0.06% (0.07%",
            "(0.07% [0.08%",
            "AtMost 0.09%",
            "AtLeast 0.1%",
            "= 0.11%",
            "AtMost 0.01%",
            "AtLeast 0.02%",
            "no value",
            "otherwise",
        ]
    );
    assert_eq!(bands[1].ruling, Some(Ruling::InPlace));
    let good = pick!(items, ItemKind::Award(award) if award.name.text == "good" => award);
    let AwardTerms::Bands(_, Bands { bands, .. }) = &good.terms else {
        panic!("bands");
    };
    assert_eq!(bands[1].ruling, Some(Ruling::OnTop));
}

#[test]
fn bands_need_no_semicolons() {
    let text = contract(
        "adjust a by b {\n below 60: -10%\n below 80: if c below 3 then 1% else 2%\n 5: 3%\n otherwise 0%\n}",
    );
    let parsed = read(&text);
    assert_eq!(findings(&text, &parsed.diagnostics), "nothing\n");
    let adjust = pick!(kinds(&parsed), ItemKind::Adjust(adjust) => adjust.bands.bands.len());
    assert_eq!(adjust, 4);
}

fn kinds(parsed: &Parsed) -> Vec<ItemKind> {
    parsed.tree.contracts[0]
        .items
        .iter()
        .map(|item| item.kind.clone())
        .collect()
}

#[test]
fn partnership_clauses() {
    let items = items();
    let all: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            ItemKind::Partnership(clause) => Some((clause.kind, clause.facts.len())),
            _ => None,
        })
        .collect();
    assert_eq!(all.len(), 10);
    assert_eq!(all[0], (PartnershipKind::Training, 3));
    assert_eq!(all[4], (PartnershipKind::Escalation, 2));
    let quality = pick!(items, ItemKind::Partnership(clause) if clause.kind == PartnershipKind::QualityAssurance => clause);
    assert!(matches!(
        quality.facts[1].tokens.as_slice(),
        [
            FactToken::Word(_),
            FactToken::Word(_),
            FactToken::Percent(_),
            FactToken::Comma(_),
            FactToken::Word(_)
        ]
    ));
}

#[test]
fn scenarios() {
    let items = items();
    let first = pick!(items, ItemKind::Scenario(scenario) => scenario);
    let given: Vec<_> = first
        .given
        .iter()
        .map(|one| {
            format!(
                "{} {}",
                one.path.name.text,
                shown(one.values[0].as_ref().unwrap())
            )
        })
        .collect();
    assert_eq!(
        given,
        [
            "handled 41250",
            "offered 40000 calls/[]",
            "forecast 40000",
            "ready true",
            "mood neg(1)"
        ]
    );
    assert!(matches!(
        first.expected.as_slice(),
        [
            Expectation::Value { word: Some(_), .. },
            Expectation::Total(_, _),
            Expectation::Value { word: Some(_), .. }
        ]
    ));
    let months = pick!(items, ItemKind::Scenario(s) if s.name.text == "Three months" => s);
    assert_eq!(
        (months.first.to_string(), months.last.to_string()),
        ("2026-02".into(), "2026-04".into())
    );
    assert_eq!(months.given[0].values.len(), 3);
    assert!(
        matches!(&months.expected[1], Expectation::Value { word: Some(word), .. } if word.text == "earn back")
    );
    assert!(matches!(
        &months.expected[3],
        Expectation::Notice(_, Some(_), _)
    ));
    assert!(matches!(
        &months.expected[4],
        Expectation::NoNotice(Some(_), _)
    ));
    assert!(matches!(
        &months.expected[5],
        Expectation::NoInvoice(None, _)
    ));
}

#[test]
fn words_and_signs_for_the_same() {
    for (word, sign) in [
        ("below", "<"),
        ("at most", "<="),
        ("above", ">"),
        ("at least", ">="),
        ("is", "="),
        ("is not", "<>"),
    ] {
        assert_eq!(
            shown(&value(&format!("a {word} b"))),
            shown(&value(&format!("a {sign} b")))
        );
    }
    assert_eq!(shown(&value("a ≥ b")), "(a AtLeast b)");
}

#[test]
fn numbers_are_exact() {
    let ExprKind::Number(value) = value("0.1000000000000000000000000001").kind else {
        panic!("a number");
    };
    assert_eq!(
        value,
        Exact::parse_decimal("0.1000000000000000000000000001").unwrap()
    );
}

/// The tree without its places.
fn bare(parsed: &Parsed) -> String {
    let shown = format!("{:#?}", parsed.tree);
    shown
        .lines()
        .filter(|line| {
            !line.trim_start().starts_with("start:") && !line.trim_start().starts_with("end:")
        })
        .collect()
}

#[test]
fn line_ends_and_blanks_make_no_difference() {
    for text in [SAMPLE, EVERY_FORM] {
        let plain = bare(&read(text));
        assert_eq!(bare(&read(&text.replace('\n', "\r\n"))), plain);
        assert_eq!(bare(&read(&text.replace("  ", "\u{a0}\t"))), plain);
        assert_eq!(bare(&read(&format!("\u{feff}{text}"))), plain);
    }
}
