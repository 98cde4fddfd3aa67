//! The evaluator leaves out work whose result is known. It must give the same values, faults and statements as one that
//! computes every node every month.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the contracts that come with the program"
)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use quidpro::calendar::Month;
use quidpro::data::{self, Options};
use quidpro::driver::{Files, Loaded, load, schema};
use quidpro::evaluate::{Cell, Evaluator, History, Supposing, invoice, invoiced};
use quidpro::program::{Node, NodeId, Op, Plan, Program, SlotId};
use quidpro::quantity::{Exact, Type};
use quidpro::text::{FileId, Span};

/// Files next to a contract.
struct Beside;

impl Files for Beside {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let target = Path::new(from).parent().unwrap_or(Path::new("")).join(path);
        let text = fs::read_to_string(&target).map_err(|error| error.to_string())?;
        Ok((target.display().to_string(), text))
    }
}

/// A program, with months of its own data if it has any.
pub(super) struct Sample {
    pub(super) name: String,
    pub(super) program: Program,
    pub(super) months: Vec<Vec<Cell>>,
}

/// Every contract below `contracts/`, and one that is rounded only at the end.
pub(super) fn samples() -> Vec<Sample> {
    let mut paths = Vec::new();
    below(Path::new("contracts"), &mut paths);
    let mut samples: Vec<Sample> = paths.iter().flat_map(|path| of_file(path)).collect();
    let text = fs::read_to_string("contracts/reference_r1.quid").unwrap();
    let text = text.replace(
        "round each line half up to 0.01 EUR",
        "round only the total half even to 1 EUR",
    );
    let months = samples
        .iter()
        .find(|sample| sample.name.ends_with("reference_r1.quid"))
        .map(|sample| sample.months.clone());
    for program in programs(load("at the end", &text, &Beside)) {
        samples.push(Sample {
            name: "reference_r1, rounded at the end".to_owned(),
            program,
            months: months.clone().unwrap_or_default(),
        });
    }
    assert!(samples.len() > 3, "the contracts were not found");
    samples
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "quid") {
            found.push(path);
        }
    }
}

fn of_file(path: &Path) -> Vec<Sample> {
    let name = path.display().to_string();
    let loaded = load(&name, &fs::read_to_string(path).unwrap(), &Beside);
    let sample = |program: Program| Sample {
        name: name.clone(),
        months: months_beside(path, &program),
        program,
    };
    programs(loaded).into_iter().map(sample).collect()
}

fn programs(loaded: Loaded) -> Vec<Program> {
    let compiled = loaded.contracts.into_iter().filter_map(|of| of.compiled);
    compiled.map(|compiled| compiled.program).collect()
}

fn months_beside(path: &Path, program: &Program) -> Vec<Vec<Cell>> {
    let Ok(text) = fs::read(path.with_extension("csv")) else {
        return Vec::new();
    };
    let reader = data::open(
        "months.csv",
        None,
        text.as_slice(),
        &schema(program),
        &Options::default(),
    );
    let Ok(reader) = reader else {
        return Vec::new();
    };
    let cell = |cell: &data::Cell| match cell {
        data::Cell::Value(value) => Cell::Value(value.clone()),
        data::Cell::Missing => Cell::Missing,
        data::Cell::Refused(_) => Cell::Unreadable,
    };
    reader
        .filter_map(Result::ok)
        .map(|row| row.cells.iter().map(cell).collect())
        .collect()
}

/// Computes the months with all evaluators.
fn compare(name: &str, program: &Program, months: &[(Month, Vec<Cell>)]) {
    same_as_plain(name, Evaluator::new(program), program, months);
    let supposing_nothing = Supposing::new(program).evaluator([]);
    same_as_plain(name, supposing_nothing, program, months);
}

fn same_as_plain(
    name: &str,
    mut lean: Evaluator<'_>,
    program: &Program,
    months: &[(Month, Vec<Cell>)],
) {
    let mut plain = Evaluator::plain(program);
    let (mut lean_history, mut plain_history) = (History::default(), History::default());
    for (month, cells) in months {
        lean.compute(&mut lean_history, *month, cells);
        plain.compute(&mut plain_history, *month, cells);
        for at in 0..u32::try_from(program.nodes.len()).unwrap() {
            let id = NodeId(at);
            assert_eq!(
                lean.value(id),
                plain.value(id),
                "{name}, {month}: {:?}",
                program.node(id)
            );
        }
        let faults = (0..).take_while(|at| plain.fault(*at).is_some()).count();
        for at in 0..=u32::try_from(faults).unwrap() {
            assert_eq!(lean.fault(at), plain.fault(at), "{name}, {month}");
        }
        let statement = invoice(&lean, None);
        assert_eq!(statement, invoice(&plain, None), "{name}, {month}");
        let total = statement.ok().map(|statement| statement.total);
        assert_eq!(invoiced(&lean), total.as_ref(), "{name}, {month}");
    }
}

/// A random cell: often empty, often zero, at any scale.
fn any_cell(chance: u32) -> Cell {
    let number = i64::from(chance / 16);
    let value = match chance % 16 {
        0 | 1 => return Cell::Missing,
        2 => return Cell::Unreadable,
        3 | 4 => Exact::zero(),
        5..=7 => Exact::ratio(number % 101, 100).unwrap(),
        8 | 9 => Exact::ratio(number % 51, 10).unwrap(),
        10 => Exact::ratio(number, 1 + number % 977).unwrap(),
        11 => Exact::from_integer(number * number),
        _ => Exact::from_integer(number % 60_000),
    };
    Cell::Value(value)
}

/// The month's own cells with some of them changed at random. If the month has none, random cells.
fn cells(sample: &Sample, at: usize, chances: &[u32]) -> Vec<Cell> {
    let own = match sample.months.len() {
        0 => None,
        count => sample.months.get(at % count),
    };
    let chances = chances.iter().cycle();
    (0..sample.program.plan.slots.len())
        .zip(chances)
        .map(
            |(slot, chance)| match own.and_then(|cells| cells.get(slot)) {
                Some(cell) if chance % 11 > 1 => cell.clone(),
                _ => any_cell(chance / 11),
            },
        )
        .collect()
}

/// The number of months since the month before, and random changes to its cells.
fn any_months() -> impl Strategy<Value = Vec<(i32, Vec<u32>)>> {
    let gap = prop_oneof![9 => Just(1), 1 => 2..5_i32];
    prop::collection::vec((gap, prop::collection::vec(any::<u32>(), 37)), 1..30)
}

#[test]
fn own_months_come_out_the_same() {
    let first = Month::parse("2026-01").unwrap();
    for sample in samples() {
        let months: Vec<(Month, Vec<Cell>)> = (0..)
            .zip(&sample.months)
            .map(|(at, cells)| (first.plus(at), cells.clone()))
            .collect();
        compare(&sample.name, &sample.program, &months);
    }
}

/// The number of times all samples are computed. `QUIDPRO_CELLS` sets the total number of data cells instead.
fn cases(samples: &[Sample]) -> u32 {
    let Ok(cells) = std::env::var("QUIDPRO_CELLS") else {
        return 48;
    };
    let cells: usize = cells.parse().expect("QUIDPRO_CELLS is a number");
    let slots = samples.iter().map(|sample| sample.program.plan.slots.len());
    // There are 15 months on average.
    let of_a_case = 15 * slots.sum::<usize>();
    u32::try_from(cells.div_ceil(of_a_case)).unwrap()
}

#[test]
fn any_months_come_out_the_same() {
    let samples = samples();
    let first = Month::parse("2026-01").unwrap();
    proptest!(ProptestConfig::with_cases(cases(&samples)), |(chances in any_months())| {
        for sample in &samples {
            let mut month = first;
            let mut months = Vec::new();
            for (at, (gap, chances)) in chances.iter().enumerate() {
                months.push((month, cells(sample, at, chances)));
                month = month.plus(*gap);
            }
            compare(&sample.name, &sample.program, &months);
        }
    });
}

/// A supposition gives what a program computes if the nodes are constants.
#[test]
fn what_is_supposed_takes_the_place_of_nodes() {
    for sample in samples() {
        let nodes = u32::try_from(sample.program.nodes.len()).unwrap();
        let supposing = Supposing::new(&sample.program);
        for step in [7, 31, 101] {
            let supposed: Vec<(NodeId, Exact)> = (0..nodes)
                .step_by(step)
                .map(|id| (NodeId(id), Exact::from_integer(i64::from(id % 5))))
                .collect();
            let mut program = sample.program.clone();
            for (id, value) in &supposed {
                program.nodes[id.0 as usize].op = Op::Constant(value.clone());
            }
            let mut evaluators = [supposing.evaluator(supposed), Evaluator::new(&program)];
            let mut histories = [History::default(), History::default()];
            for (at, cells) in sample.months.iter().enumerate() {
                let month = Month::new(2026, 1)
                    .unwrap()
                    .plus(i32::try_from(at).unwrap());
                for (evaluator, history) in evaluators.iter_mut().zip(&mut histories) {
                    evaluator.compute(history, month, cells);
                }
                let [one, other] = evaluators.each_ref().map(|evaluator| {
                    let values = (0..nodes).map(|id| evaluator.value(NodeId(id)).clone());
                    values.collect::<Vec<_>>()
                });
                assert_eq!(one, other, "{}, {month}", sample.name);
            }
        }
    }
}

fn node(op: Op) -> Node {
    Node {
        op,
        kind: Type::Number,
        span: Span::new(FileId(0), 0, 0),
        label: None,
    }
}

/// Inputs, their sum rounded down to a hundredth, and the inputs shared out as hundredths of that sum.
fn sharing(count: u32) -> Program {
    let inputs = (0..count).map(|slot| node(Op::Input(SlotId(slot))));
    let parts: Box<[NodeId]> = (0..count).map(NodeId).collect();
    let step = Exact::ratio(1, 100).unwrap();
    let hundredths = quidpro::quantity::Rounding {
        mode: quidpro::quantity::RoundingMode::HalfUp,
        step: step.clone(),
    };
    let total = [
        node(Op::Sum(parts.clone())),
        node(Op::Round(NodeId(count), Box::new(hundredths))),
    ];
    let shares = (0..count).map(|index| {
        node(Op::Share {
            parts: parts.clone(),
            total: NodeId(count + 1),
            step: Box::new(step.clone()),
            index,
        })
    });
    Program {
        nodes: inputs.chain(total).chain(shares).collect(),
        series: Vec::new(),
        facts: quidpro::program::Facts::default(),
        plan: Plan::default(),
    }
}

proptest! {
    #[test]
    fn shares_sum_to_the_total(
        amounts in prop::collection::vec((-50_000_i64..50_000, 1_i64..1_000), 1..9),
    ) {
        let program = sharing(u32::try_from(amounts.len()).unwrap());
        let parts: Vec<Exact> = amounts.iter().map(|(n, d)| Exact::ratio(*n, *d).unwrap()).collect();
        let cells: Vec<Cell> = parts.iter().cloned().map(Cell::Value).collect();
        let month = Month::parse("2026-01").unwrap();
        compare("sharing", &program, &[(month, cells.clone())]);
        let mut evaluator = Evaluator::new(&program);
        evaluator.compute(&mut History::default(), month, &cells);
        let step = Exact::ratio(1, 100).unwrap();
        let first = u32::try_from(parts.len() + 2).unwrap();
        let shares: Vec<Exact> = (first..)
            .zip(&parts)
            .map(|(at, _)| evaluator.number(NodeId(at)).unwrap().clone())
            .collect();
        for (share, part) in shares.iter().zip(&parts) {
            prop_assert!(share.is_multiple_of(&step));
            prop_assert!(share.subtract(part).abs() < step);
        }
        let lost = |part: &Exact| part.subtract(&part.divide(&step).unwrap().floor().multiply(&step));
        let grew = |at: usize| shares[at] > parts[at];
        for (one, other) in (0..parts.len()).flat_map(|one| (0..parts.len()).map(move |other| (one, other))) {
            let (more, less) = (lost(&parts[one]), lost(&parts[other]));
            prop_assert!(more <= less || !grew(other) || grew(one));
        }
        let sum = shares.iter().fold(Exact::zero(), |sum, share| sum.add(share));
        prop_assert_eq!(&sum, evaluator.number(NodeId(first - 1)).unwrap());
    }
}
