//! A contract after analysis: every name resolved, every value typed, its money as a graph of nodes. Data only.

mod contract;
pub mod facts;
mod named;
mod partnership;
mod reference;
mod scenario;

pub use contract::{Contract, MetricFacts};
pub use named::NamedFacts;
pub use partnership::{FactValue, PartnershipFact, PartnershipFacts};
pub use reference::Reference;
pub use scenario::{Expected, ExpectedWhat, MOST_MONTHS, ScenarioFacts, is_line_of, names_of_line};
