//! Finds and reads `quidpro.toml` and the files that it extends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{
    self, Config, Effective, FailOn, Journal, Pattern, Placed, Problem, effective_for, read,
};
use crate::report::failure::Failure;
use crate::text::LineIndex;

use super::files::{self, Reach};

/// The most files that may extend each other.
const MOST: usize = 16;

/// Where configuration comes from.
pub(super) enum Choice {
    /// The nearest file above each contract.
    Nearest,
    /// This file for all contracts.
    File(PathBuf),
    /// There is none.
    None,
}

/// The configuration of the contracts of a run. Each file is read once.
pub(super) struct Configuration {
    choice: Choice,
    by_folder: BTreeMap<PathBuf, Option<PathBuf>>,
    chains: BTreeMap<PathBuf, Chain>,
}

/// The settings of a contract.
#[derive(Default)]
pub(super) struct ForContract {
    pub(super) effective: Effective,
    pub(super) fail_on: Option<Stated<FailOn>>,
    /// The baseline file, and from where it may be read.
    pub(super) baseline: Option<Stated<(PathBuf, Reach)>>,
    /// The accounts of a journal.
    pub(super) journal: Option<Journal>,
    /// The files that apply, as they are shown: the nearest one last, after those that it extends.
    pub(super) files: Vec<String>,
}

/// A setting, with the displayed name of the file from which it comes.
pub(super) struct Stated<T> {
    pub(super) value: T,
    pub(super) file: String,
}

/// A file, after those that it extends.
type Chain = Vec<Link>;

/// A file that has been read.
struct Link {
    file: PathBuf,
    config: Config,
}

impl Link {
    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    fn shown(&self) -> String {
        files::shown(&files::from_here(&self.file))
    }
}

impl Configuration {
    pub(super) fn new(choice: Choice) -> Self {
        if let Choice::File(file) = &choice {
            files::named(file);
        }
        Self {
            choice,
            by_folder: BTreeMap::new(),
            chains: BTreeMap::new(),
        }
    }

    /// The settings for the contract at that path.
    pub(super) fn of(&mut self, contract: &Path) -> Result<ForContract, Vec<Failure>> {
        let contract = files::absolute(contract);
        let Some(file) = self.file_for(&contract) else {
            return Ok(ForContract::default());
        };
        Ok(for_contract(self.chain(&file)?, &contract))
    }

    /// The file that applies to a contract, the files that it extends, and the baselines that they name, as far as they
    /// can be read.
    pub(super) fn files_for(&mut self, contract: &Path) -> Vec<PathBuf> {
        let contract = files::absolute(contract);
        let Some(file) = self.file_for(&contract) else {
            return Vec::new();
        };
        let Ok(chain) = self.chain(&file) else {
            return vec![file];
        };
        let baselines = chain.iter().filter_map(|link| {
            let path = link.config.baseline.as_ref()?;
            Some(link.folder().join(path))
        });
        let own = chain.iter().map(|link| link.file.clone());
        own.chain(baselines).collect()
    }

    /// Whether a configuration leaves the contract out when a folder is read. Any file above the contract can do so,
    /// and a nearer file does not undo it.
    pub(super) fn excludes(&mut self, contract: &Path) -> bool {
        let patterns = self.exclusions_above(contract);
        let contract = files::absolute(contract);
        patterns
            .iter()
            .any(|(folder, _, pattern)| pattern.matches(&files::seen_from(folder, &contract)))
    }

    /// The patterns that leave contracts out, with the displayed names of the files that they are in.
    pub(super) fn exclusions(&mut self, contract: &Path) -> Vec<Stated<String>> {
        let all = self.exclusions_above(contract).into_iter();
        all.map(|(_, file, pattern)| Stated {
            value: pattern.text,
            file,
        })
        .collect()
    }

    /// The patterns, each with the folder from which it starts and the file that it is in.
    fn exclusions_above(&mut self, contract: &Path) -> Vec<(PathBuf, String, Pattern)> {
        let contract = files::absolute(contract);
        let above: Vec<PathBuf> = match &self.choice {
            Choice::None => Vec::new(),
            Choice::File(file) => vec![files::absolute(file)],
            Choice::Nearest => {
                let mut all = Vec::new();
                let mut folder = contract.parent().map(Path::to_owned);
                while let Some(file) = folder.and_then(|folder| self.nearest(&folder)) {
                    folder = file.parent().and_then(Path::parent).map(Path::to_owned);
                    all.push(file);
                }
                all
            }
        };
        let mut all = Vec::new();
        for file in &above {
            // A problem with a file is reported where that file applies.
            for link in self.chain(file).unwrap_or_default() {
                let each = link.config.exclude.iter();
                all.extend(
                    each.map(|pattern| (link.folder().to_owned(), link.shown(), pattern.clone())),
                );
            }
        }
        all
    }

    fn file_for(&mut self, contract: &Path) -> Option<PathBuf> {
        match &self.choice {
            Choice::None => None,
            Choice::File(file) => Some(files::absolute(file)),
            Choice::Nearest => self.nearest(contract.parent().unwrap_or(Path::new(""))),
        }
    }

    /// A file and those that it extends. They are read once.
    fn chain(&mut self, file: &Path) -> Result<&[Link], Vec<Failure>> {
        if !self.chains.contains_key(file) {
            let chain = chain(file)?;
            self.chains.insert(file.to_owned(), chain);
        }
        let known = self.chains.get(file).map(Vec::as_slice);
        Ok(known.unwrap_or_default())
    }

    /// The nearest file in the folder or above it.
    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let file = folder.join(config::FILE);
        let found = if files::is_there(&file) {
            Some(file)
        } else {
            folder.parent().and_then(|parent| self.nearest(parent))
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }
}

fn for_contract(chain: &[Link], contract: &Path) -> ForContract {
    let placed: Vec<Placed<'_>> = chain
        .iter()
        .map(|link| Placed {
            file: link.shown(),
            config: &link.config,
            contract: files::seen_from(link.folder(), contract),
        })
        .collect();
    let baseline = chain.iter().rev().find_map(|link| {
        let path = link.config.baseline.as_ref()?;
        Some(Stated {
            value: (link.folder().join(path), Reach::from(&link.file)),
            file: link.shown(),
        })
    });
    let fail_on = chain.iter().rev().find_map(|link| {
        Some(Stated {
            value: link.config.fail_on?,
            file: link.shown(),
        })
    });
    let journal = chain
        .iter()
        .rev()
        .find_map(|link| link.config.journal.clone());
    ForContract {
        journal,
        effective: effective_for(&placed),
        fail_on,
        baseline,
        files: chain.iter().map(Link::shown).collect(),
    }
}

/// Reads a file and those that it extends. The extended ones come first.
fn chain(file: &Path) -> Result<Chain, Vec<Failure>> {
    let mut chain = Vec::new();
    extend(file, &Reach::of(file), &mut Vec::new(), &mut chain)?;
    Ok(chain)
}

fn extend(
    file: &Path,
    reach: &Reach,
    open: &mut Vec<PathBuf>,
    chain: &mut Chain,
) -> Result<(), Vec<Failure>> {
    let shown = files::shown(&files::from_here(file));
    let text = files::text_within(file, reach).map_err(|failure| vec![failure])?;
    let config = read(&text).map_err(|problems| {
        let each = problems.iter();
        each.map(|problem| failure(problem, &shown, &text))
            .collect::<Vec<_>>()
    })?;
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    open.push(file.to_owned());
    for (path, place) in &config.extends {
        let other = files::absolute(&folder.join(path));
        let problem = |message: String| {
            let problem = Problem {
                message,
                place: place.clone(),
                help: None,
            };
            vec![failure(&problem, &shown, &text)]
        };
        if open.contains(&other) {
            return Err(problem(format!("`{path}` extends this file")));
        }
        if open.len() + chain.len() >= MOST {
            return Err(problem(format!("more than {MOST} files extend each other")));
        }
        let reach = reach_of(&other, file);
        files::may_extend(&other, &reach).map_err(&problem)?;
        if !files::is_there(&other) {
            return Err(problem(format!("there is no file `{path}`")));
        }
        extend(&other, &reach, open, chain)?;
    }
    open.pop();
    chain.push(Link {
        file: file.to_owned(),
        config,
    });
    Ok(())
}

/// From where a file that another one extends may be read: inside the project, or if it is the configuration of a
/// folder above, which would apply even without the other file.
fn reach_of(extended: &Path, by: &Path) -> Reach {
    let is_configuration = extended
        .file_name()
        .is_some_and(|name| name == config::FILE);
    let folder = extended.parent().unwrap_or(Path::new(""));
    if is_configuration && by.starts_with(folder) {
        Reach::from(extended)
    } else {
        Reach::from(by)
    }
}

/// The failure for a problem, with the line that it is in.
fn failure(problem: &Problem, file: &str, text: &str) -> Failure {
    let lines = LineIndex::new(text);
    let line = lines.line_of(problem.place.start);
    let range = lines.line_range(line).unwrap_or(0..0);
    let words = text.get(range.clone()).unwrap_or_default().trim_end();
    let start = problem
        .place
        .start
        .saturating_sub(range.start)
        .min(words.len());
    let end = problem
        .place
        .end
        .saturating_sub(range.start)
        .min(words.len());
    let failure =
        Failure::new(&problem.message).at(file, line + 1, words, start..end.max(start), "here");
    match &problem.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}
