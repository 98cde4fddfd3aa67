//! Reports: every format as a whole, and the laws that all of them obey.

mod contract;
mod failures;
mod findings;
mod laws;
mod refusals;
mod snapshot;
mod statements;
mod stories;

mod statement_fixtures;
mod story_fixtures;
