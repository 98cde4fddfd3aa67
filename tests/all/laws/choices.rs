//! A tape of random numbers, read as choices. Zero is always the simplest choice, so when a tape shrinks, the contract
//! that it makes also shrinks.

use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// Reads choices. An exhausted tape gives zeros.
pub struct Choices<'t> {
    tape: &'t [u16],
    at: usize,
}

impl<'t> Choices<'t> {
    pub fn new(tape: &'t [u16]) -> Self {
        Self { tape, at: 0 }
    }

    fn next(&mut self) -> usize {
        let value = self.tape.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(value)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.next() % end
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.next()).unwrap() % (most - least + 1)
    }

    /// Yes, once in `out_of` times.
    pub fn once_in(&mut self, out_of: usize) -> bool {
        self.below(out_of) == out_of - 1
    }

    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    pub fn maybe<T>(&mut self, out_of: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(out_of).then(|| make(self))
    }

    /// Distinct numbers in ascending order.
    pub fn rising(&mut self, count: usize, least: i64, most: i64) -> Vec<i64> {
        let mut all: Vec<i64> = (0..count).map(|_| self.between(least, most)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Why a tape is ignored: the checker rightly refuses the contract that it makes.
pub const REFUSED: &str = "the checker refuses the contract that was drawn";

/// Checks a law with many tapes, which are the same in every run. `QUIDPRO_LAW_CASES` sets a larger number.
pub fn law(cases: u32, holds: impl Fn(&mut Choices<'_>) -> Result<(), String>) {
    let asked = std::env::var("QUIDPRO_LAW_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let tape = proptest::collection::vec(any::<u16>(), 0..500);
    let outcome = runner.run(&tape, |tape| match holds(&mut Choices::new(&tape)) {
        Err(why) if why == REFUSED => Err(TestCaseError::reject(why)),
        other => other.map_err(TestCaseError::fail),
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, tape)) => panic!("{why}\ntape {tape:?}"),
        Err(other) => panic!("{other}"),
    }
}
