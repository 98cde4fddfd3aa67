//! All integration tests, a file per feature, in one binary.

mod calendar;
mod quantity;
