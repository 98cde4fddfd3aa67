//! Fixes what edits can fix, in memory until everything is known.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Edit, apply_edits};
use crate::lint::{Category, find};
use crate::report::diff;
use crate::report::failure::Failure;
use crate::text::Sources;

use super::super::arguments::CheckOptions;
use super::super::checker::{CheckedFile, Checker};
use super::super::files::{self, Change};
use super::super::input::Input;

/// How often a contract is fixed and checked again, because one fix can make another possible.
const ROUNDS: usize = 20;

/// The fixes of a run.
pub(super) struct Fixer {
    wanted: Wanted,
    /// The texts of standard input and of all changed files, by their displayed names.
    texts: BTreeMap<String, String>,
    /// The earlier contents of the changed files.
    before: BTreeMap<String, String>,
    groups: Vec<Group>,
    failures: Vec<Failure>,
    /// The name of standard input, which is not a file to write to.
    standard: Option<String>,
}

/// Files that are written together or not at all, because fixes of one contract change them, or fixes of contracts that
/// share files.
#[derive(Default)]
struct Group {
    files: BTreeSet<String>,
    /// The number of findings that this fixes.
    findings: usize,
    is_written: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Nothing,
    Safe,
    All,
}

impl Fixer {
    pub(super) fn new(options: &CheckOptions) -> Result<Self, Failure> {
        let wanted = match (options.fix || options.diff, options.unsafe_fixes) {
            (false, true) => {
                return Err(Failure::new("`--unsafe-fixes` fixes nothing alone").help(
                    "write `--fix --unsafe-fixes`; use `--diff` to see first what would change",
                ));
            }
            (false, false) => Wanted::Nothing,
            (true, false) => Wanted::Safe,
            (true, true) => Wanted::All,
        };
        Ok(Self {
            wanted,
            texts: BTreeMap::new(),
            before: BTreeMap::new(),
            groups: Vec::new(),
            failures: Vec::new(),
            standard: None,
        })
    }

    /// Checks contracts as they are after fixing.
    pub(super) fn check(
        &mut self,
        inputs: &[Input],
        checker: &mut Checker,
    ) -> Vec<Result<CheckedFile, Vec<Failure>>> {
        let mut unread = BTreeMap::new();
        for input in inputs {
            if let Input::Standard(name) = input {
                match files::standard_input(name) {
                    Ok(text) => {
                        self.standard = Some(files::shown(name));
                        self.texts.insert(files::shown(name), text);
                    }
                    Err(failure) => drop(unread.insert(name.clone(), failure)),
                }
            }
        }
        let paths: Vec<&Path> = inputs.iter().map(Input::path).collect();
        let refused = |path: &Path| unread.get(path).map(|failure| Err(vec![failure.clone()]));
        if self.wanted == Wanted::Nothing {
            let checked = checker.check_each(&paths, &self.texts);
            let each = paths.iter().zip(checked);
            return each
                .map(|(path, checked)| refused(path).unwrap_or(checked))
                .collect();
        }
        let each = paths.iter();
        each.map(|path| refused(path).unwrap_or_else(|| self.mend(path, checker)))
            .collect()
    }

    /// Checks contracts as they are on disk, if something could not be written.
    pub(super) fn check_as_written(
        &self,
        inputs: &[Input],
        checker: &mut Checker,
    ) -> Vec<Result<CheckedFile, Vec<Failure>>> {
        let paths: Vec<&Path> = inputs.iter().map(Input::path).collect();
        checker.check_each(&paths, &self.texts)
    }

    /// Fixes a contract as far as possible.
    fn mend(&mut self, path: &Path, checker: &mut Checker) -> Result<CheckedFile, Vec<Failure>> {
        let mut checked = self.look(path, checker)?;
        let mut group = Group::default();
        for _ in 0..ROUNDS {
            let edits = self.edits(&checked);
            if edits.is_empty() {
                break;
            }
            let kept = self.texts.clone();
            let count = self.apply(&edits, &checked.loaded.sources);
            let next = self.look(path, checker)?;
            if next.errors() > checked.errors() {
                self.texts = kept;
                self.failures.push(undone(path));
                break;
            }
            group.findings += count;
            group.files.extend(names(&edits, &checked.loaded.sources));
            checked = next;
        }
        self.group(group);
        Ok(checked)
    }

    /// Adds what was fixed, together with earlier fixes in the same files.
    fn group(&mut self, mut group: Group) {
        if group.files.is_empty() {
            return;
        }
        let all = std::mem::take(&mut self.groups).into_iter();
        let (others, apart): (Vec<Group>, Vec<Group>) =
            all.partition(|other| !other.files.is_disjoint(&group.files));
        for other in others {
            group.files.extend(other.files);
            group.findings += other.findings;
        }
        self.groups = apart;
        self.groups.push(group);
    }

    fn look(&self, path: &Path, checker: &mut Checker) -> Result<CheckedFile, Vec<Failure>> {
        checker.check_one(path, &self.texts)
    }

    /// The edits to make in each file. They come from whole fixes, no two of which touch.
    fn edits(&self, checked: &CheckedFile) -> Vec<Vec<Edit>> {
        let mut chosen: Vec<Vec<Edit>> = Vec::new();
        for finding in checked.open() {
            let Some(fix) = self.wanted_fix(finding) else {
                continue;
            };
            let sources = &checked.loaded.sources;
            let is_built_in = |edit: &Edit| sources.is_built_in(edit.span.file);
            let touches = |edit: &Edit| {
                let others = chosen.iter().flatten();
                others.clone().any(|other| other.span.touches(edit.span))
            };
            if !fix
                .edits
                .iter()
                .any(|edit| is_built_in(edit) || touches(edit))
            {
                chosen.push(fix.edits.clone());
            }
        }
        chosen
    }

    fn wanted_fix<'d>(&self, finding: &'d Diagnostic) -> Option<&'d crate::diagnostic::Fix> {
        let fix = fix_of(finding)?;
        let wanted = match self.wanted {
            Wanted::Nothing => false,
            Wanted::Safe => fix.safe,
            Wanted::All => true,
        };
        wanted.then_some(fix)
    }

    /// Changes the texts. Returns how many findings this fixes.
    fn apply(&mut self, fixes: &[Vec<Edit>], sources: &Sources) -> usize {
        for (id, source) in sources.iter() {
            let edits: Vec<&Edit> = fixes
                .iter()
                .flatten()
                .filter(|edit| edit.span.file == id)
                .collect();
            if edits.is_empty() {
                continue;
            }
            if let Some(text) = apply_edits(&source.text, &edits) {
                let name = source.name.clone();
                let before = self.before.entry(name.clone());
                before.or_insert_with(|| source.text.to_string());
                self.texts.insert(name, text);
            }
        }
        fixes.len()
    }

    /// The files that have changed, with their old and new content.
    fn changed(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let all = self.before.iter();
        all.filter_map(|(name, before)| {
            let after = self.texts.get(name)?;
            (before != after).then_some((name.as_str(), before.as_str(), after.as_str()))
        })
    }

    pub(super) fn changes_anything(&self) -> bool {
        self.changed().next().is_some()
    }

    /// The changes as a patch.
    pub(super) fn diff(&self, colour: bool) -> String {
        self.changed()
            .map(|(name, before, after)| diff::render(name, before, after, colour))
            .collect()
    }

    /// Writes what was fixed. Returns what could not be written, and resets it for another check.
    pub(super) fn write(&mut self) -> Vec<Failure> {
        let mut failures = std::mem::take(&mut self.failures);
        let mut groups = std::mem::take(&mut self.groups);
        for group in &mut groups {
            match self.write_group(group) {
                Ok(()) => group.is_written = true,
                Err(found) => {
                    failures.extend(found);
                    for name in &group.files {
                        self.take_back(name);
                    }
                }
            }
        }
        self.groups = groups;
        failures
    }

    /// Resets a file for another check. Standard input cannot be read again, so its text before the fixes is kept.
    fn take_back(&mut self, name: &String) {
        match self.before.get(name) {
            Some(before) if self.standard.as_ref() == Some(name) => {
                self.texts.insert(name.clone(), before.clone());
            }
            _ => drop(self.texts.remove(name)),
        }
    }

    /// Writes files that belong together. A text from standard input is printed instead.
    fn write_group(&self, group: &Group) -> Result<(), Vec<Failure>> {
        let standard = self.standard.as_deref();
        let own: Vec<_> = self
            .changed()
            .filter(|(name, ..)| group.files.contains(*name) && Some(*name) != standard)
            .collect();
        let changes: Vec<Change<'_>> = own
            .into_iter()
            .map(|(name, before, after)| Change {
                path: Path::new(name),
                before,
                after,
            })
            .collect();
        let others = changes.len().saturating_sub(1);
        files::rewrite(&changes).map_err(|failures| {
            let each = failures.into_iter();
            each.map(|failure| match others {
                0 => failure,
                _ => failure.help("nothing was changed in the files that belong with it"),
            })
            .collect()
        })
    }

    /// Whether something that was changed could not be written.
    pub(super) fn is_incomplete(&self) -> bool {
        self.groups.iter().any(|group| !group.is_written)
    }

    /// The contract from standard input as it is now, if it is to be printed.
    pub(super) fn standard_output(&self, options: &CheckOptions) -> Option<&str> {
        let is_wanted = options.fix || options.waive.is_some();
        let name = self.standard.as_ref().filter(|_| is_wanted)?;
        self.texts.get(name).map(String::as_str)
    }

    /// Replaces the text of a file.
    pub(super) fn replace(&mut self, name: &str, before: &str, after: String) {
        let known = self.before.entry(name.to_owned());
        known.or_insert_with(|| before.to_owned());
        self.texts.insert(name.to_owned(), after);
        self.group(Group {
            files: BTreeSet::from([name.to_owned()]),
            ..Group::default()
        });
    }

    /// Undoes everything, for the given reason.
    pub(super) fn undo(&mut self, why: Failure) {
        for (name, before) in std::mem::take(&mut self.before) {
            self.texts.insert(name, before);
        }
        self.groups.clear();
        self.failures.push(why);
    }

    /// Adds something to report along with the findings.
    pub(super) fn trouble(&mut self, failure: Failure) {
        self.failures.push(failure);
    }

    /// The texts that differ from the disk.
    pub(super) fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// How much was fixed, on one line; empty if nothing was fixed.
    pub(super) fn told(&self) -> String {
        let has_fixes = |group: &&Group| group.is_written && group.findings > 0;
        let written = || self.groups.iter().filter(has_fixes);
        let files: usize = written().map(|group| group.files.len()).sum();
        let findings: usize = written().map(|group| group.findings).sum();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        if files == 0 {
            return String::new();
        }
        format!(
            "fixed {findings} finding{} in {files} file{}\n",
            plural(findings),
            plural(files)
        )
    }
}

/// The names of the files that edits change.
fn names(fixes: &[Vec<Edit>], sources: &Sources) -> BTreeSet<String> {
    let edits = fixes.iter().flatten();
    edits
        .map(|edit| sources.name(edit.span.file).to_owned())
        .collect()
}

/// The fix that can be made without asking anybody. A question has none, because people decide what a contract leaves
/// open, whatever it pays.
pub(super) fn fix_of(finding: &Diagnostic) -> Option<&crate::diagnostic::Fix> {
    let is_question = find(finding.code).is_some_and(|rule| rule.category == Category::Question);
    finding.fix.as_ref().filter(|_| !is_question)
}

/// The failure of a fix that would make the contract unsound. This is a bug in the program, and the fix is not written.
fn undone(path: &Path) -> Failure {
    Failure::new(format!(
        "a fix of `{}` was not made: the contract would not be sound after it",
        files::shown(path)
    ))
    .help("this is a bug of the checker; please report it with the contract")
}
