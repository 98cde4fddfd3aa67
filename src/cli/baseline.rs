//! `quidpro baseline create` and `prune`: the findings that a check does not count.

use std::path::Path;

use crate::baseline::{Baseline, Entry, Place, entry_of};
use crate::diagnostic::with_line_ends_of;
use crate::lint;
use crate::report::failure::Failure;

use super::arguments::{BaselineCommand, BaselineFile, BaselineOptions};
use super::checker::{BaselineChoice, CheckedFile, Checker, path_from, read_baseline};
use super::console::Console;
use super::files::{Change, Over};
use super::{Ending, Outcome, Trouble, files};

pub(super) fn run(options: &BaselineOptions, console: &mut Console) -> Outcome {
    match &options.command {
        BaselineCommand::Create(file) => create(file, console),
        BaselineCommand::Prune(file) => prune(file, console),
    }
}

fn create(options: &BaselineFile, console: &mut Console) -> Outcome {
    files::refuse_contracts(&options.output)?;
    if files::is_there(&options.output) && !options.force {
        let shown = files::shown(&options.output);
        return Err(Failure::new(format!("`{shown}` already exists"))
            .help("`quidpro baseline prune` removes what is fixed; `--force` records everything again")
            .into());
    }
    let all = checked(options)?;
    let baseline = Baseline::new(entries(&all, &options.output));
    let over = Over {
        is_own: files::own_never,
        force: options.force,
    };
    files::output(&options.output, baseline.text().as_bytes(), &over)?;
    let of_language = |file: &CheckedFile| {
        let open = file.open();
        open.filter(|finding| !lint::can_be_accepted(finding.code))
            .count()
    };
    let others: usize = all.iter().map(of_language).sum();
    console.print(&format!(
        "{} in `{}`\n",
        counted(baseline.len(), "finding"),
        files::told(&options.output)
    ))?;
    if others > 0 {
        console.tell(&format!(
            "{} not recorded: only findings of rules are recorded\n",
            counted(others, "finding")
        ));
    }
    Ok(Ending::Fine)
}

fn prune(options: &BaselineFile, console: &mut Console) -> Outcome {
    files::named(&options.output);
    let text = files::text(&options.output)?;
    let before = read_baseline(&options.output, &text)?;
    let all = checked(options)?;
    let mut matcher = before.matcher();
    let folder = folder_of(&options.output);
    let mut kept = Vec::new();
    for mut file in all {
        let place = Place {
            sources: &file.loaded.sources,
            sections: &file.sections,
        };
        kept.extend(matcher.apply(&mut file.findings, place, |name| path_from(&folder, name)));
    }
    let after = Baseline::new(kept);
    let gone = before.len().saturating_sub(after.len());
    if gone > 0 {
        let after = with_line_ends_of(&text, after.text());
        let change = Change {
            path: &options.output,
            before: &text,
            after: &after,
        };
        files::rewrite(&[change]).map_err(Trouble::Failures)?;
    }
    console.print(&format!(
        "{} removed, {} left in `{}`\n",
        counted(gone, "finding"),
        after.len(),
        files::told(&options.output)
    ))?;
    Ok(Ending::Fine)
}

fn checked(options: &BaselineFile) -> Result<Vec<CheckedFile>, Trouble> {
    let mut checker = Checker::new(&options.checker, BaselineChoice::None)?;
    checker.check_all(&options.paths)
}

fn entries(all: &[CheckedFile], output: &Path) -> Vec<Entry> {
    let folder = folder_of(output);
    let each = all.iter().flat_map(|file| {
        let place = Place {
            sources: &file.loaded.sources,
            sections: &file.sections,
        };
        let found = file.open();
        found
            .filter_map(|finding| entry_of(finding, place, |name| path_from(&folder, name)))
            .collect::<Vec<_>>()
    });
    each.collect()
}

fn folder_of(file: &Path) -> std::path::PathBuf {
    let file = files::absolute(file);
    file.parent().unwrap_or(Path::new("")).to_owned()
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
