//! What is read at the negotiating table: what a contract leaves open, and how it stands. Data only.

mod question;

pub use question::{About, Question, Questions};
