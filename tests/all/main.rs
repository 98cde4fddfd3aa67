//! All integration tests: one file or folder for each part of the program.

mod data;
