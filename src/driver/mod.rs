//! The pipeline: text to tree to contract to program, and data through the program to statements.
//!
//! ```text
//! text ──parse──▶ tree ──analyse──▶ contract ──compile──▶ program ──evaluate(data)──▶ statement
//! ```
//! Nothing here opens a file: callers bring texts and data.

mod invoicing;
mod linting;
mod load;
mod scenarios;
mod schema;
mod standard;

pub use invoicing::{Invoicing, Outcome};
pub use linting::lint_all;
pub use load::{Checked, Files, Loaded, load};
pub use scenarios::run_scenarios;
pub use schema::schema;
pub use standard::STANDARD;
