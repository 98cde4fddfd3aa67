//! What months would be if some nodes had other values.

use std::sync::Arc;

use crate::evaluate::history::lookback;
use crate::evaluate::schedule::Schedule;
use crate::program::{NodeId, Program};
use crate::quantity::Exact;

use super::Evaluator;

/// A program whose months are computed many times, each time with other assumptions about some nodes.
#[derive(Clone)]
pub struct Supposing<'p> {
    program: &'p Program,
    /// Computes every node each month, because what is usually folded may depend on an assumption.
    schedule: Arc<Schedule>,
    keep: usize,
}

impl<'p> Supposing<'p> {
    /// Assumptions about a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        Self {
            program,
            schedule: Arc::new(Schedule::together(program)),
            keep: lookback(program),
        }
    }

    /// An evaluator in which these nodes have these values in every month, instead of what would be computed.
    #[must_use]
    pub fn evaluator(&self, values: impl IntoIterator<Item = (NodeId, Exact)>) -> Evaluator<'p> {
        Evaluator {
            schedule: Arc::clone(&self.schedule),
            supposed: values.into_iter().collect(),
            ..Evaluator::idle(self.program, self.keep)
        }
    }
}
