//! `quidpro fmt`: contracts in their canonical layout.

use std::path::{Path, PathBuf};

use crate::format::{Formatted, Refused, format};
use crate::report::diff;
use crate::report::failure::Failure;
use crate::text::LineIndex;

use super::arguments::FmtOptions;
use super::configuration::{Choice, Configuration};
use super::console::Console;
use super::files::Change;
use super::{Ending, Outcome, Trouble, files, walk};

/// The results for all files, for the last line.
#[derive(Default)]
struct Count {
    changed: usize,
    unchanged: usize,
    /// Items that were left as they are because they contain a mistake.
    left: usize,
}

pub(super) fn run(options: &FmtOptions, console: &mut Console) -> Outcome {
    let is_input = |path: &PathBuf| path.as_os_str() == "-";
    if options.paths.iter().any(is_input) {
        if options.paths.len() > 1 {
            let failure = Failure::new("`-` is standard input, and cannot be combined with files");
            return Err(failure.help("use a separate command for it").into());
        }
        return standard_input(options, console);
    }
    let mut count = Count::default();
    let mut failures = Vec::new();
    let mut configuration = Configuration::new(Choice::Nearest);
    let named = walk::contracts(&options.paths, &mut |path| configuration.excludes(path));
    failures.extend(named.failures.into_iter().map(|(_, failure)| failure));
    for path in named.files {
        let done = files::text(&path)
            .and_then(|text| file(options, &path, &text, &mut count, console.colour));
        match done {
            Ok(told) => console.print(&told)?,
            Err(failure) => failures.push(failure),
        }
    }
    if count.changed + count.unchanged > 0 {
        console.tell(&summary(options, &count));
    }
    if failures.is_empty() {
        Ok(ending(options, count.changed > 0))
    } else {
        Err(Trouble::Failures(failures))
    }
}

/// Formats one file, and reports on it.
fn file(
    options: &FmtOptions,
    path: &Path,
    text: &str,
    count: &mut Count,
    colour: bool,
) -> Result<String, Failure> {
    let name = files::shown(path);
    let made = laid_out(&name, text)?;
    let mut told = left_out(&name, text, &made);
    count.left += made.left.len();
    if made.text == text {
        count.unchanged += 1;
        return Ok(told);
    }
    if options.diff {
        told.push_str(&diff::render(&name, text, &made.text, colour));
    } else if options.check {
        told.push_str(&format!("{} would be reformatted\n", files::told(path)));
    } else {
        let change = Change {
            path,
            before: text,
            after: &made.text,
        };
        files::rewrite(&[change]).map_err(first)?;
        told.push_str(&format!("{} formatted\n", files::told(path)));
    }
    count.changed += 1;
    Ok(told)
}

/// Why one file was not written.
fn first(failures: Vec<Failure>) -> Failure {
    let mut failures = failures.into_iter();
    failures
        .next()
        .unwrap_or_else(|| Failure::new("the file was not written"))
}

fn standard_input(options: &FmtOptions, console: &mut Console) -> Outcome {
    let name = options.stdin_filename.clone();
    let name = name.unwrap_or_else(|| PathBuf::from("<stdin>"));
    let text = files::standard_input(&name)?;
    let name = files::shown(&name);
    let made = laid_out(&name, &text)?;
    let changed = made.text != text;
    if options.diff {
        console.print(&diff::render(&name, &text, &made.text, console.colour))?;
    } else if options.check {
        if changed {
            let name = files::told(Path::new(&name));
            console.print(&format!("{name} would be reformatted\n"))?;
        }
    } else {
        console.print(&made.text)?;
    }
    console.tell(&left_out(&name, &text, &made));
    Ok(ending(options, changed))
}

fn ending(options: &FmtOptions, changed: bool) -> Ending {
    if changed && (options.check || options.diff) {
        Ending::Findings
    } else {
        Ending::Fine
    }
}

fn laid_out(name: &str, text: &str) -> Result<Formatted, Failure> {
    format(text).map_err(|refused| match refused {
        Refused::TooLarge => Failure::new(format!("`{name}` is too large for a contract"))
            .help("a contract file has at most 8 MB"),
        Refused::WouldChange(what) => {
            Failure::new(format!("`{name}` is left as it is: formatted, {what}"))
                .help("this is a bug of quidpro, which it noticed before it wrote anything; please report it with the \
                       file")
        }
    })
}

/// The items that contain a mistake, one on each line.
fn left_out(name: &str, text: &str, made: &Formatted) -> String {
    let lines = LineIndex::new(text);
    let name = files::told(Path::new(name));
    made.left
        .iter()
        .map(|span| {
            let at = lines.line_column(text, span.range().start);
            format!(
                "{name}:{}:{}: left as it is, because it contains a mistake; `quidpro check` shows it\n",
                at.line, at.column
            )
        })
        .collect()
}

fn summary(options: &FmtOptions, count: &Count) -> String {
    let Count {
        changed,
        unchanged,
        left,
    } = *count;
    let files = |count: usize| match count {
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    };
    let done = if options.check || options.diff {
        "would be reformatted"
    } else {
        "formatted"
    };
    let mut told = match (changed, unchanged) {
        (0, all) => format!("{} already formatted", files(all)),
        (some, 0) => format!("{} {done}", files(some)),
        (some, rest) => format!("{} {done}, {rest} unchanged", files(some)),
    };
    match left {
        0 => {}
        1 => told.push_str("; 1 part with a mistake left as it is"),
        many => told.push_str(&format!("; {many} parts with mistakes left as they are")),
    }
    told.push('\n');
    told
}
