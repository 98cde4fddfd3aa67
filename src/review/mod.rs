//! What is read at the negotiating table: what a contract leaves open, and its state. Data only.

mod page;
mod question;

pub use page::{
    Accepted, Bound, Concern, Measured, Part, Purpose, Range, Reporting, Review, Share, Stakes,
};
pub use question::{About, Question, Questions};
