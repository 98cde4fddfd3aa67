//! `quidpro check`: syntax, names, units, bands.

use crate::diagnostic::Diagnostic;
use crate::report::findings;
use crate::text::Sources;

use super::arguments::{CheckOptions, FindingFormat};
use super::console::Console;
use super::{Ending, Outcome, files};

pub(super) fn run(options: &CheckOptions, console: &mut Console) -> Outcome {
    let paths = files::contracts(&options.paths)?;
    let mut failures = Vec::new();
    let mut all: Vec<Diagnostic> = Vec::new();
    let mut json = Vec::new();
    for path in &paths {
        let loaded = match files::contract(path) {
            Ok(loaded) => loaded,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        match options.format {
            FindingFormat::Json => {
                json.push(findings::json::values(&loaded.diagnostics, &loaded.sources))
            }
            format => console.print(&rendered(
                format,
                &loaded.diagnostics,
                &loaded.sources,
                console.colour,
            ))?,
        }
        all.extend(loaded.diagnostics);
    }
    if options.format == FindingFormat::Json {
        console.print(&findings::json::array(json.into_iter().flatten().collect()))?;
    } else {
        let subject = match paths.as_slice() {
            [one] => files::shown(one),
            many => format!("{} contracts", many.len()),
        };
        console.print(&format!("{}\n", findings::summary(&all, &subject)))?;
    }
    if !failures.is_empty() {
        return Err(super::Trouble::Failures(failures));
    }
    Ok(if all.is_empty() {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

pub(super) fn rendered(
    format: FindingFormat,
    all: &[Diagnostic],
    sources: &Sources,
    colour: bool,
) -> String {
    match format {
        FindingFormat::Full => findings::full::render(all, sources, colour),
        FindingFormat::Concise => findings::concise::render(all, sources, colour),
        FindingFormat::Json => findings::json::render(all, sources),
    }
}
