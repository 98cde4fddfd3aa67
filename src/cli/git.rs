//! What has changed, according to git.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::report::failure::Failure;

/// Overrides for settings of the repository that would run programs. Reading a folder must not run any.
const HARMLESS: [&str; 4] = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
];

/// The files that are staged for the next commit, including those that the commit deletes.
pub(super) fn staged() -> Result<Vec<PathBuf>, Failure> {
    let top = top()?;
    let listed = git(&[
        "diff",
        "--cached",
        "--name-only",
        "--no-renames",
        "-z",
        "--no-ext-diff",
        "--",
    ])?;
    Ok(paths(&top, &listed))
}

/// The files that have changed since this branch left `base`, including deleted files and those that git does not track
/// yet.
pub(super) fn changed_since(base: &str) -> Result<Vec<PathBuf>, Failure> {
    let top = top()?;
    let commit = format!("{base}^{{commit}}");
    let known = git(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ]);
    if known.is_err() {
        return Err(Failure::new(format!("git knows no commit `{base}`")).help(
            "fetch it first: git fetch origin BRANCH, and write `--changed origin/BRANCH`; actions/checkout fetches all with `fetch-depth: 0`",
        ));
    }
    let start = git(&["merge-base", "--end-of-options", base, "HEAD"]).map_err(|_| {
        Failure::new(format!("this branch and `{base}` have no commit in common")).help(
            "a shallow clone ends too early: git fetch --unshallow, or `fetch-depth: 0` for actions/checkout",
        )
    })?;
    let start = String::from_utf8_lossy(&start).trim().to_owned();
    let mut changed = paths(
        &top,
        &git(&[
            "diff",
            "--name-only",
            "--no-renames",
            "-z",
            "--no-ext-diff",
            &start,
            "--",
        ])?,
    );
    let new = git(&[
        "ls-files",
        "--others",
        "--exclude-standard",
        "--full-name",
        "-z",
        ":/",
    ])?;
    changed.extend(paths(&top, &new));
    changed.sort();
    changed.dedup();
    Ok(changed)
}

/// The top folder of the repository.
pub(super) fn top() -> Result<PathBuf, Failure> {
    let top = git(&["rev-parse", "--show-toplevel"])?;
    let top = top.strip_suffix(b"\n").unwrap_or(&top);
    Ok(path(top))
}

fn paths(top: &Path, listed: &[u8]) -> Vec<PathBuf> {
    let names = listed.split(|byte| *byte == 0);
    names
        .filter(|name| !name.is_empty())
        .map(|name| top.join(path(name)))
        .collect()
}

#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// The output of git.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let ran = Command::new("git")
        .args(HARMLESS)
        .args(arguments.iter().map(OsStr::new))
        .stdin(Stdio::null())
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output();
    let output = ran.map_err(|error| {
        Failure::new(format!("git cannot be asked: {error}"))
            .help("`--staged` and `--changed` need the program git; without it, name the contracts")
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said
        .lines()
        .next()
        .unwrap_or("without a message")
        .trim()
        .to_owned();
    Err(Failure::new(format!("git failed: {said}")).help(
        "`--staged` and `--changed` ask git in the working directory; name the contracts instead",
    ))
}
