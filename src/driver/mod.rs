//! The pipeline: text to tree to contract to program, and data through the program to statements.
//!
//! ```text
//! text ──parse──▶ tree ──analyse──▶ contract ──compile──▶ program ──evaluate(data)──▶ statement
//! ```
//! Nothing here opens a file: callers bring texts and data.

mod accepted;
mod chain;
mod checking;
mod invoicing;
mod load;
mod portfolio;
mod references;
mod reviewing;
mod scenarios;
mod schema;
mod show;
mod standard;
mod versions;
mod waiving;
mod why_not;

pub use checking::Checking;
pub use invoicing::{Invoicing, Outcome};
pub use load::{Files, Loaded, load};
pub use portfolio::{Portfolio, program_in_columns};
pub use scenarios::{run_scenarios, run_scenarios_of, worked_examples};
pub use schema::{schema, schema_of};
pub use show::show;
pub use standard::STANDARD;
pub use versions::{Checked, Former, VersionOf};
pub use why_not::why_not;
