//! The native part of the Python package: the program, run within the process of Python.
//!
//! Everything that is typed is in `quidpro/`, which reads the JSON whose schemas are in `docs/schema/`. So both give the same
//! amounts, as text, and no number passes through a float.

use std::ffi::OsString;
use std::iter::once;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// The program's exit code, what it printed, and its messages.
type Captured<'py> = (u8, Bound<'py, PyBytes>, String);

fn with_name(arguments: Vec<OsString>) -> impl Iterator<Item = OsString> {
    once(OsString::from("quidpro")).chain(arguments)
}

/// Runs a command and keeps what it prints. Other threads of Python go on meanwhile.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> Captured<'_> {
    let captured = py.detach(|| quidpro::cli::captured(with_name(arguments)));
    (
        captured.code,
        PyBytes::new(py, &captured.out),
        captured.messages,
    )
}

/// Runs a command as the program does, printing as it goes, and returns the exit code.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| quidpro::cli::main(with_name(arguments)))
}

#[pymodule]
fn _quidpro(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(main, module)?)
}
