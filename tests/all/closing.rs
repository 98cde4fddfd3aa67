//! The close: documents, corrections, and what the books hold.

mod fixture;
mod laws;
mod restating;
