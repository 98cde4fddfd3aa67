//! `quidpro check --watch`: checks again whenever a file changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::config;
use crate::report::failure::Failure;

use super::super::arguments::CheckOptions;
use super::super::console::Console;
use super::super::files;
use super::super::{Outcome, Trouble};

/// How long a file must be unchanged to count as complete. Editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(80);

/// Clears the screen and the scrollback.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub(super) fn run(options: &CheckOptions, console: &mut Console) -> Outcome {
    if options
        .which
        .paths
        .iter()
        .any(|path| path.as_os_str() == "-")
    {
        return Err(
            Failure::new("standard input can be read only once, and does not change")
                .help("name files or folders to watch")
                .into(),
        );
    }
    if options.which.asks_git() {
        return Err(Failure::new(
            "`--watch` watches files and folders, not the changes that git knows of",
        )
        .help("name files or folders to watch")
        .into());
    }
    let (changes, _watcher) = watch(&options.which.paths)?;
    loop {
        if console.is_terminal() {
            console.print(CLEAR)?;
        }
        match super::once(options, console) {
            Ok(_) => {}
            Err(Trouble::OutputClosed) => return Err(Trouble::OutputClosed),
            Err(Trouble::Failures(failures)) => {
                for failure in failures {
                    console.failure(&failure);
                }
            }
        }
        console.print("watching for changes; press Ctrl-C to stop\n")?;
        console.flush()?;
        if !next_change(&changes) {
            return Err(Failure::new("files can no longer be watched").into());
        }
    }
}

/// Watches the folders of all contracts. A watch on a single file would miss an editor that replaces the file.
fn watch(paths: &[PathBuf]) -> Result<(Receiver<PathBuf>, RecommendedWatcher), Failure> {
    let (send, changes) = channel();
    let report = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if event.kind.is_access() {
            return;
        }
        for path in event.paths {
            // If the listener is gone, there is nothing left to do.
            let _ = send.send(path);
        }
    };
    // Neither the search for contracts nor the watch follows links to folders.
    let followed = notify::Config::default().with_follow_symlinks(false);
    let mut watcher =
        RecommendedWatcher::new(report, followed).map_err(|error| unwatched(&error))?;
    for path in paths {
        let path = files::absolute(path);
        let (folder, mode) = if files::is_folder(&path) {
            (path.as_path(), RecursiveMode::Recursive)
        } else {
            (
                path.parent().unwrap_or(Path::new("/")),
                RecursiveMode::NonRecursive,
            )
        };
        watcher
            .watch(folder, mode)
            .map_err(|error| unwatched(&error))?;
    }
    Ok((changes, watcher))
}

/// Waits until a contract or a configuration changes, and until changes have settled. Returns false if there can be no
/// more changes.
fn next_change(changes: &Receiver<PathBuf>) -> bool {
    loop {
        match changes.recv() {
            Ok(path) if is_read(&path) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    while changes.recv_timeout(QUIET).is_ok() {}
    true
}

fn is_read(path: &Path) -> bool {
    let is_contract = path.extension().is_some_and(|ending| ending == "quid");
    let name = path.file_name().and_then(|name| name.to_str());
    is_contract
        || name == Some(config::FILE)
        || path.extension().is_some_and(|ending| ending == "json")
}

fn unwatched(error: &notify::Error) -> Failure {
    Failure::new(format!("files cannot be watched: {error}"))
}
