//! The `quidpro` program; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    quidpro::cli::main(std::env::args_os()).into()
}
