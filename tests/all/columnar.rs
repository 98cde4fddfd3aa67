//! Columns must come to what the exact evaluator comes to: every value of every row, every refusal, every byte of CSV.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::prelude::*;
use quidpro::calendar::Month;
use quidpro::columnar::{Asked, Columns, Counted, Results};
use quidpro::data::{self, Batch, Batches, Kind, Mode, Options, Reader};
use quidpro::driver::{Invoicing, Outcome, Portfolio, schema};
use quidpro::evaluate::{Cell, Evaluator, FaultKind, History, Value};
use quidpro::ledger::Heading;
use quidpro::program::{NodeId, Program};
use quidpro::quantity::{Exact, Type};
use quidpro::report::statement::columns::ColumnRows;
use quidpro::report::statement::csv::{Lines, Writer};

use super::evaluator::{Sample, samples};
use super::laws::choices::law;
use super::laws::random_contract;

/// Reads a table of data row by row.
fn open<'t>(program: &Program, table: &'t str) -> Reader<'t> {
    let options = Options {
        mode: Mode::Streaming,
        ..Options::default()
    };
    data::open(
        "months.csv",
        None,
        table.as_bytes(),
        &schema(program),
        &options,
    )
    .unwrap_or_else(|problems| panic!("{problems:?}\n{table}"))
}

/// What is written of each row: its rows of CSV, or everything that is wrong.
type Written = Vec<Result<String, String>>;

fn written(outcome: &Outcome, lines: Lines) -> Result<String, String> {
    match outcome {
        Outcome::Invoiced(statement) => {
            let mut out = Vec::new();
            let mut writer = Writer::without_headings(&mut out, lines);
            writer.statement(&heading(), statement).unwrap();
            writer.finish().unwrap();
            Ok(String::from_utf8(out).unwrap())
        }
        Outcome::Refused(refusal, problems) => Err(format!("{refusal:?} {problems:?}")),
    }
}

fn heading() -> Heading {
    Heading {
        contract: "a, contract".to_owned(),
        title: None,
        customer: None,
        supplier: None,
        term: None,
        due_in_days: None,
        rounding: None,
        rounding_clause: None,
    }
}

/// The months of a table, one after the other.
fn one_by_one(program: &Program, table: &str, lines: Lines) -> Written {
    let mut invoicing = Invoicing::new(program);
    open(program, table)
        .map(|row| match row {
            Ok(row) => written(&invoicing.compute(&row), lines),
            Err(problem) => Err(format!("{problem:?}")),
        })
        .collect()
}

/// The months of a table in columns, so many rows at a time; counted are those that the exact evaluator computed although
/// they have an invoice.
fn in_columns(program: &Program, table: &str, lines: Lines, together: usize) -> (Written, Counted) {
    let mut invoiced = Counted::default();
    let mut batches = Batches::new(open(program, table));
    let mut rows = ColumnRows::new(program, &heading().contract, lines);
    let mut portfolio = Portfolio::new(program, rows.asked(), &batches.layout());
    let (mut batch, mut results) = (Batch::default(), Results::default());
    let mut all = Vec::new();
    while batches.read(&mut batch, together) {
        let is_row = |row: &u32| !matches!(batch.heads[*row as usize].kind, Kind::Problem(_));
        let given: Vec<u32> = (0..u32::try_from(batch.len()).unwrap())
            .filter(is_row)
            .collect();
        portfolio.compute(
            &batch,
            &given,
            &mut results,
            |at| batches.account(at),
            |_| true,
        );
        rows.begin(&results);
        for at in 0..batch.len() {
            let head = batch.heads[at];
            all.push(match head.kind {
                Kind::Problem(problem) => {
                    Err(format!("{:?}", batch.take_problem(problem).unwrap()))
                }
                _ if results.is_exact(at) => {
                    let own = written(&portfolio.take(at).expect("the row was computed"), lines);
                    invoiced.exact += u64::from(own.is_ok());
                    own
                }
                _ => {
                    let mut out = Vec::new();
                    let name = batches.account(head.account).map(AsRef::as_ref);
                    rows.write(&mut out, &results, at, (head.account, name), head.month);
                    Ok(String::from_utf8(out).unwrap())
                }
            });
        }
    }
    invoiced.rows = portfolio.counted().rows;
    (all, invoiced)
}

/// Both ways, all lines and totals only.
fn compare(name: &str, program: &Program, table: &str, together: usize) -> Result<Counted, String> {
    let mut counted = Counted::default();
    for lines in [Lines::All, Lines::Total] {
        let exact = one_by_one(program, table, lines);
        let (columns, of_columns) = in_columns(program, table, lines, together);
        if exact.len() != columns.len() {
            return Err(format!(
                "{name}: {} rows, and {} in columns",
                exact.len(),
                columns.len()
            ));
        }
        for (at, (exact, columns)) in exact.iter().zip(&columns).enumerate() {
            if exact != columns {
                return Err(format!(
                    "{name}, row {at}, {lines:?}:\n{exact:#?}\nin columns:\n{columns:#?}\n{table}"
                ));
            }
        }
        counted = of_columns;
    }
    Ok(counted)
}

/// Every value of every row.
fn compare_values(
    name: &str,
    program: &Program,
    table: &str,
    together: usize,
) -> Result<Counted, String> {
    let nodes = u32::try_from(program.nodes.len()).unwrap();
    let asked = (0..nodes)
        .map(|node| Asked {
            node: NodeId(node),
            must_be_number: false,
        })
        .collect();
    let mut batches = Batches::new(open(program, table));
    let layout = batches.layout();
    let absent = (0..program.plan.slots.len())
        .map(|at| !layout.has(at))
        .collect();
    let mut columns = Columns::new(program, asked, absent);
    let mut reference = Evaluator::new(program);
    let mut histories: HashMap<usize, History> = HashMap::new();
    let mut exact_rows = open(program, table);
    let (mut batch, mut results) = (Batch::default(), Results::default());
    while batches.read(&mut batch, together) {
        let is_row = |row: &u32| !matches!(batch.heads[*row as usize].kind, Kind::Problem(_));
        let given: Vec<u32> = (0..u32::try_from(batch.len()).unwrap())
            .filter(is_row)
            .collect();
        let mut exactly: HashMap<usize, Vec<Seen>> = HashMap::new();
        columns.compute(&batch, &given, &mut results, &mut |row, evaluator| {
            exactly.insert(
                row,
                (0..nodes)
                    .map(|node| seen(evaluator, NodeId(node)))
                    .collect(),
            );
        });
        for at in 0..batch.len() {
            let row = exact_rows.next().expect("both have the same rows");
            let Ok(row) = row else { continue };
            let head = batch.heads[at];
            // A row outside of the term has no invoice, and later ones have none either: why a value is missing there is never said.
            if program
                .plan
                .term
                .is_some_and(|term| !term.has_month(row.month))
            {
                continue;
            }
            let history = histories.entry(head.account).or_default();
            let cells: Vec<Cell> = row.cells.iter().map(cell).collect();
            reference.compute(history, row.month, &cells);
            for node in 0..nodes {
                let own = seen(&reference, NodeId(node));
                let other = match exactly.get(&at) {
                    Some(values) => values[node as usize].clone(),
                    None => match results.number(node as usize, at) {
                        Some(number) => Seen::Number(number),
                        None => own.without_cause(),
                    },
                };
                let same = match (&own, exactly.contains_key(&at)) {
                    (Seen::Number(_), _) | (_, true) => own == other,
                    _ => !results.is_number(node as usize, at),
                };
                if !same {
                    return Err(format!(
                        "{name}, {} account {}: node {node} is {own:?}, in columns {other:?} (exact: {})\n{:?}\n{table}",
                        row.month,
                        head.account,
                        exactly.contains_key(&at),
                        program.node(NodeId(node)).map(|node| &node.op)
                    ));
                }
            }
        }
    }
    Ok(columns.counted())
}

/// A value as it is compared.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    Number(Exact),
    None,
    Fault(FaultKind),
}

impl Seen {
    fn without_cause(&self) -> Self {
        match self {
            Self::Number(_) => Self::None,
            other => other.clone(),
        }
    }
}

fn seen(evaluator: &Evaluator<'_>, node: NodeId) -> Seen {
    match evaluator.value(node) {
        Value::Number(number) => Seen::Number(number.clone()),
        Value::None => Seen::None,
        Value::Fault(fault) => Seen::Fault(evaluator.fault(*fault).unwrap().kind.clone()),
    }
}

fn cell(cell: &data::Cell) -> Cell {
    match cell {
        data::Cell::Value(value) => Cell::Value(value.clone()),
        data::Cell::Missing => Cell::Missing,
        data::Cell::Refused(_) => Cell::Unreadable,
    }
}

/// A cell of a column out of nothing but chance. The extreme ones are near the bounds of machine integers on purpose.
fn any_text(kind: &Type, chance: u32, extreme: bool) -> String {
    let number = u64::from(chance / 32);
    let plain = match chance % 32 {
        0 | 1 => return String::new(),
        2 if extreme => return "n/a".to_owned(),
        3..=5 => "0".to_owned(),
        6..=8 => format!("{}.{:02}", number % 101, number % 97),
        9 => format!("{}.{}", number % 51, number % 10),
        10 if extreme => format!("{}.{:06}", number % 1000, number % 999_983),
        11 if extreme => format!("{}", (1_u64 << 62).wrapping_add(number) - (1 << 26)),
        12 if extreme => format!("{}", (i64::MAX as u64) - number % 3),
        13 if extreme => format!("{}{}", u64::MAX, number % 10),
        14 if extreme => format!("170141183460469231731687303715884105{:03}", number % 1000),
        15 if extreme => format!("-{}", number % 100_000),
        16 if extreme => format!("{}", number * number),
        17 if extreme => format!("{}.5", u64::from(u32::MAX) + number),
        18..=20 => format!("{}", number % 101),
        _ => format!("{}", number % 60_000),
    };
    match kind {
        Type::Percent => format!("{plain}%"),
        Type::Flag if number.is_multiple_of(2) => "yes".to_owned(),
        Type::Flag => "no".to_owned(),
        Type::Month => format!("2026-{:02}", number % 12 + 1),
        _ => plain,
    }
}

/// What happens to an account in a month: how many months after the one before, and chances for its cells.
type Months = Vec<(i32, Vec<u32>)>;

fn any_months() -> impl Strategy<Value = Vec<Months>> {
    let gap = prop_oneof![40 => Just(1), 1 => 2..5_i32];
    let months = prop::collection::vec((gap, prop::collection::vec(any::<u32>(), 37)), 1..30);
    prop::collection::vec(months, 1..5)
}

/// A table of data: own cells of the sample with some of them changed by chance; by account, or by month.
fn table(sample: &Sample, accounts: &[Months], extreme: bool, by_month: bool) -> String {
    let program = &sample.program;
    let first = program
        .plan
        .term
        .map_or(Month::new(2026, 1).unwrap(), |term| Month::of(term.first));
    let mut rows: Vec<(Month, usize, String)> = Vec::new();
    for (number, months) in accounts.iter().enumerate() {
        let mut month = first.plus(i32::try_from(number).unwrap() % 2);
        for (at, (gap, chances)) in months.iter().enumerate() {
            let own = match sample.months.len() {
                0 => None,
                count => sample.months.get((at + number) % count),
            };
            let mut cells = Vec::new();
            for ((slot, of), chance) in program
                .plan
                .slots
                .iter()
                .enumerate()
                .zip(chances.iter().cycle())
            {
                let seldom = if extreme { 11 } else { 97 };
                let known = own
                    .and_then(|cells| cells.get(slot))
                    .filter(|_| chance % seldom > 1);
                cells.push(match known {
                    Some(Cell::Value(value)) => shown(&of.kind, value),
                    Some(_) => String::new(),
                    None => any_text(&of.kind, chance / seldom, extreme),
                });
            }
            rows.push((month, number, cells.join(",")));
            month = month.plus(*gap);
        }
    }
    if by_month {
        rows.sort();
    }
    let names: Vec<&str> = program
        .plan
        .slots
        .iter()
        .map(|slot| slot.name.as_str())
        .collect();
    let mut table = format!("account,month,{}\n", names.join(","));
    for (month, number, cells) in rows {
        let name = ["a", "b\u{fc}", "\"c,\"", "=d"][number % 4];
        let name = if number < 4 {
            name.to_owned()
        } else {
            format!("e{number}")
        };
        table += &format!("{name},{month},{cells}\n");
    }
    table
}

fn shown(kind: &Type, value: &Exact) -> String {
    let hundred = Exact::from_integer(100);
    match kind {
        Type::Percent => format!("{}%", value.multiply(&hundred)),
        Type::PercentagePoints => value.multiply(&hundred).to_string(),
        Type::Flag => if value.is_zero() { "no" } else { "yes" }.to_owned(),
        Type::Month => {
            let index = i32::try_from(value.to_integer().unwrap()).unwrap();
            Month::new(1, 1).unwrap().plus(index - 12).to_string()
        }
        _ => value.to_string(),
    }
}

/// How many times all samples are computed; `QUIDPRO_CELLS` asks for so many cells of data in all.
fn cases(samples: &[Sample], by_default: u32) -> u32 {
    let Ok(cells) = std::env::var("QUIDPRO_CELLS") else {
        return by_default;
    };
    let cells: usize = cells.parse().expect("QUIDPRO_CELLS is a number");
    let slots = samples.iter().map(|sample| sample.program.plan.slots.len());
    // There are 2 accounts of 15 months on the average.
    let of_a_case = 30 * slots.sum::<usize>();
    u32::try_from(cells.div_ceil(of_a_case)).unwrap()
}

fn add(sum: &mut Counted, more: Counted) {
    sum.rows += more.rows;
    sum.exact += more.exact;
}

#[test]
fn columns_write_the_same_bytes() {
    let samples = samples();
    let usual = RefCell::new(HashMap::<String, Counted>::new());
    proptest!(ProptestConfig::with_cases(cases(&samples, 6)), |(accounts in any_months(), extreme in any::<bool>(), by_month in any::<bool>(), together in 1_usize..50)| {
        for sample in &samples {
            let table = table(sample, &accounts, extreme, by_month);
            let counted = compare(&sample.name, &sample.program, &table, together).map_err(TestCaseError::fail)?;
            if !extreme {
                add(usual.borrow_mut().entry(sample.name.clone()).or_default(), counted);
            }
        }
    });
    print_share("usual months", &usual.borrow());
}

#[test]
fn columns_come_to_the_same_values() {
    let samples = samples();
    let usual = RefCell::new(HashMap::<String, Counted>::new());
    proptest!(ProptestConfig::with_cases(cases(&samples, 6)), |(accounts in any_months(), extreme in any::<bool>(), by_month in any::<bool>(), together in 1_usize..50)| {
        for sample in &samples {
            let table = table(sample, &accounts, extreme, by_month);
            let counted = compare_values(&sample.name, &sample.program, &table, together).map_err(TestCaseError::fail)?;
            if !extreme {
                add(usual.borrow_mut().entry(sample.name.clone()).or_default(), counted);
            }
        }
    });
    let mut sum = Counted::default();
    usual.borrow().values().for_each(|of| add(&mut sum, *of));
    println!(
        "all values of usual months: {} of {} rows one by one",
        sum.exact, sum.rows
    );
}

/// How many rows of the contracts' own months went to the exact evaluator.
#[test]
fn own_months_are_computed_in_columns() {
    let mut all = HashMap::new();
    for sample in samples() {
        if sample.months.is_empty() {
            continue;
        }
        let months: Months = sample
            .months
            .iter()
            .map(|_| (1, vec![u32::MAX - 1; 37]))
            .collect();
        let accounts: Vec<Months> = months.chunks(12).map(<[_]>::to_vec).collect();
        let table = table(&sample, &accounts, false, false);
        let counted = compare(&sample.name, &sample.program, &table, 4096).unwrap();
        all.insert(sample.name.clone(), counted);
    }
    print_share("own months", &all);
}

fn print_share(what: &str, counted: &HashMap<String, Counted>) {
    let mut names: Vec<&String> = counted.keys().collect();
    names.sort();
    let mut sum = Counted::default();
    for name in names {
        let of = counted[name];
        add(&mut sum, of);
        if of.exact > 0 {
            println!(
                "{what}: {name}: {} of {} rows with an invoice one by one",
                of.exact, of.rows
            );
        }
    }
    println!(
        "{what}: {} of {} rows with an invoice one by one",
        sum.exact, sum.rows
    );
}

#[test]
fn columns_agree_on_random_contracts() {
    let sum = RefCell::new(Counted::default());
    law(60, |c| {
        let (program, table) = random_contract(c)?;
        let together = 1 + c.below(40);
        add(
            &mut sum.borrow_mut(),
            compare("random", &program, &table, together)?,
        );
        compare_values("random", &program, &table, together)?;
        Ok(())
    });
    let sum = sum.into_inner();
    println!(
        "random contracts: {} of {} rows with an invoice one by one",
        sum.exact, sum.rows
    );
}

/// The past of an account fits columns until a batch has cells with more decimals, and is left to the exact evaluator then.
#[test]
fn a_past_that_no_longer_fits_is_computed_exactly() {
    let name = "contracts/cases/p23_units_carried_over.quid";
    let samples = samples();
    let sample = samples.iter().find(|sample| sample.name == name).unwrap();
    let table = "account,month,delivered
a,2023-04,1
c,2023-04,1
c,2024-03,865.264018
c,2024-04,1
c,2024-05,1
c,2024-06,71631526258681
c,2025-02,1
c,2025-03,1
";
    for together in 1..=8 {
        compare(name, &sample.program, table, together).unwrap();
        compare_values(name, &sample.program, table, together).unwrap();
    }
}
