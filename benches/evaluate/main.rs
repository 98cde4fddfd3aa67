//! How many months of reference contract R1 are computed per second, compared with the same total by hand on
//! `BigRational`.
//!
//! After the samples, a table shows nanoseconds per month: for the evaluator, for the evaluator without what it settles
//! beforehand, for the evaluator with the statement, and for the code by hand.

mod by_hand;

use std::hint::black_box;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::ItemsCount;
use quidpro::calendar::Month;
use quidpro::data::{self, Options};
use quidpro::driver::{Files, load, schema};
use quidpro::evaluate::{Cell, Evaluator, History, invoice};
use quidpro::program::{NodeId, Program};

use by_hand::{Inputs, Terms};

const CONTRACT: &str = include_str!("../../contracts/reference_r1.quid");
const MONTHS: &[u8] = include_bytes!("../../contracts/reference_r1.csv");

/// The number of consecutive months that each account has.
const IN_A_ROW: i32 = 12;

/// R1 uses no other file.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("`{path}` is not there"))
    }
}

/// The contract, with the data of its accounts.
struct R1 {
    program: Program,
    total: NodeId,
    first: Month,
    accounts: Vec<Vec<Cell>>,
}

impl R1 {
    /// Reads the contract and its data; nothing if either cannot be read.
    fn read() -> Option<Self> {
        let loaded = load("reference_r1.quid", CONTRACT, &NoFiles);
        let program = loaded.contracts.into_iter().next()?.compiled?.program;
        let options = Options::default();
        let rows = data::open(
            "reference_r1.csv",
            None,
            MONTHS,
            &schema(&program),
            &options,
        )
        .ok()?;
        let cell = |cell: &data::Cell| match cell {
            data::Cell::Value(value) => Cell::Value(value.clone()),
            data::Cell::Missing => Cell::Missing,
            data::Cell::Refused(_) => Cell::Unreadable,
        };
        Some(Self {
            total: program.plan.total?,
            first: Month::parse("2026-01")?,
            accounts: rows
                .filter_map(Result::ok)
                .map(|row| row.cells.iter().map(cell).collect())
                .collect(),
            program,
        })
    }

    fn months(&self) -> usize {
        self.accounts.len() * IN_A_ROW.unsigned_abs() as usize
    }

    /// Computes every month of every account. Each account has its own history.
    fn compute(&self, evaluator: &mut Evaluator<'_>, mut then: impl FnMut(&Evaluator<'_>)) {
        for cells in &self.accounts {
            let mut history = History::default();
            for month in 0..IN_A_ROW {
                evaluator.compute(&mut history, self.first.plus(month), black_box(cells));
                then(evaluator);
            }
        }
    }

    fn totals(&self, evaluator: &mut Evaluator<'_>) {
        self.compute(evaluator, |evaluator| {
            black_box(evaluator.number(self.total));
        });
    }

    fn statements(&self, evaluator: &mut Evaluator<'_>) {
        self.compute(evaluator, |evaluator| {
            black_box(invoice(evaluator, None).is_ok());
        });
    }

    fn inputs(&self) -> Vec<Inputs> {
        self.accounts
            .iter()
            .map(|cells| by_hand::inputs(cells))
            .collect()
    }

    fn by_hand(&self, terms: &Terms, inputs: &[Inputs]) {
        for inputs in inputs {
            for _ in 0..IN_A_ROW {
                black_box(terms.total(black_box(inputs)));
            }
        }
    }

    /// Whether the code by hand gives the same totals. If it does not, nothing is compared.
    fn agrees(&self) -> bool {
        let terms = Terms::new();
        let mut evaluator = Evaluator::new(&self.program);
        self.accounts
            .iter()
            .zip(self.inputs())
            .all(|(cells, inputs)| {
                evaluator.compute(&mut History::default(), self.first, cells);
                let own = evaluator.number(self.total).map(ToString::to_string);
                let cents = terms.total(&inputs) * num_bigint::BigInt::from(100);
                let other = cents.to_integer().to_string();
                let digits = |text: String| text.replace('.', "").trim_end_matches('0').to_owned();
                own.map(digits) == Some(digits(other))
            })
    }
}

fn sample(bencher: Bencher, run: impl Fn(&R1, &mut Evaluator<'_>), plain: bool) {
    let Some(r1) = R1::read() else { return };
    let mut evaluator = if plain {
        Evaluator::plain(&r1.program)
    } else {
        Evaluator::new(&r1.program)
    };
    bencher
        .counter(ItemsCount::new(r1.months()))
        .bench_local(|| run(&r1, &mut evaluator));
}

#[divan::bench]
fn compute(bencher: Bencher) {
    sample(bencher, R1::totals, false);
}

#[divan::bench]
fn compute_every_node(bencher: Bencher) {
    sample(bencher, R1::totals, true);
}

#[divan::bench]
fn compute_and_state(bencher: Bencher) {
    sample(bencher, R1::statements, false);
}

#[divan::bench]
fn total_by_hand(bencher: Bencher) {
    let Some(r1) = R1::read() else { return };
    let (terms, inputs) = (Terms::new(), r1.inputs());
    bencher
        .counter(ItemsCount::new(r1.months()))
        .bench_local(|| r1.by_hand(&terms, &inputs));
}

/// Nanoseconds per month: the best of many runs, because others share the machine.
fn best(months: usize, mut run: impl FnMut()) -> u128 {
    let mut time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let best = (0..60).map(|_| time()).min().unwrap_or(Duration::ZERO);
    best.as_nanos() / (months.max(1) as u128)
}

fn table(r1: &R1) {
    let months = r1.months();
    let mut lean = Evaluator::new(&r1.program);
    let mut plain = Evaluator::plain(&r1.program);
    let (terms, inputs) = (Terms::new(), r1.inputs());
    let by_hand = best(months, || r1.by_hand(&terms, &inputs));
    let rows = [
        ("evaluator", best(months, || r1.totals(&mut lean))),
        (
            "evaluator, every node",
            best(months, || r1.totals(&mut plain)),
        ),
        (
            "evaluator and statement",
            best(months, || r1.statements(&mut lean)),
        ),
        ("total by hand, BigRational", by_hand),
    ];
    println!(
        "\n{:<28}{:>14}{:>14}{:>10}",
        "one month of R1", "ns a month", "months a s", "ratio"
    );
    for (name, each) in rows {
        let (each, ratio) = (each.max(1), by_hand * 10 / each.max(1));
        println!(
            "{name:<28}{each:>14}{:>14}{:>8}.{}x",
            1_000_000_000 / each,
            ratio / 10,
            ratio % 10
        );
    }
}

fn main() {
    divan::main();
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    if !has("--bench") || has("--test") || has("--list") {
        return;
    }
    match R1::read() {
        Some(r1) if r1.agrees() => table(&r1),
        Some(_) => println!("the code by hand and the evaluator do not agree"),
        None => println!("the reference contract could not be read"),
    }
}
