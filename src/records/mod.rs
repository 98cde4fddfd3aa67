//! What the inputs of a contract are counted from, as one relational plan, and the plan as a query of an engine.
//!
//! The plan knows no engine: [`Plan`] says which columns of which records are read, what makes a record unusable, in which
//! month it counts, and what is made of it. [`sql`] writes that down in the words of a [`Dialect`]. Every number in a query is a
//! whole number of steps (milliseconds, days, hundredths), and time zones are written into it as offsets, so that every engine
//! counts the same.

mod bucket;
mod checks;
mod dialect;
mod plan;
mod reading;
mod source;
mod sql;
mod template;
mod terms;

pub use checks::checks;
pub use dialect::{Columns, Dialect, Table, Target};
pub use plan::{Obstacle, Plan};
pub use sql::sql;
pub use template::{Column, SetTemplate, templates};
