//! Finding and reading `quidpro.toml`, with the files that it extends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{self, Config, FailOn, Placed, Problem, read, settings_for};
use crate::lint::Settings;
use crate::report::failure::Failure;
use crate::text::LineIndex;

use super::files::{self, Reach};

/// How many files may extend each other.
const MOST: usize = 16;

/// Where configuration comes from.
pub(super) enum Choice {
    /// The nearest file above each contract.
    Nearest,
    /// This file for all contracts.
    File(PathBuf),
    /// None.
    None,
}

/// The configuration of the contracts of a run; each file is read once.
pub(super) struct Configuration {
    choice: Choice,
    by_folder: BTreeMap<PathBuf, Option<PathBuf>>,
    chains: BTreeMap<PathBuf, Chain>,
}

/// What holds for a contract.
#[derive(Default)]
pub(super) struct ForContract {
    pub(super) settings: Settings,
    pub(super) fail_on: Option<FailOn>,
    /// The file of what is not counted, and from where it may be read.
    pub(super) baseline: Option<(PathBuf, Reach)>,
}

/// A file after those that it extends.
type Chain = Vec<Link>;

/// A file that was read, with its folder.
struct Link {
    file: PathBuf,
    folder: PathBuf,
    config: Config,
}

impl Configuration {
    pub(super) fn new(choice: Choice) -> Self {
        Self {
            choice,
            by_folder: BTreeMap::new(),
            chains: BTreeMap::new(),
        }
    }

    /// What holds for the contract at that path.
    pub(super) fn of(&mut self, contract: &Path) -> Result<ForContract, Vec<Failure>> {
        let contract = files::absolute(contract);
        let file = match &self.choice {
            Choice::None => return Ok(ForContract::default()),
            Choice::File(file) => {
                files::named(file);
                files::absolute(file)
            }
            Choice::Nearest => match self.nearest(contract.parent().unwrap_or(Path::new(""))) {
                Some(file) => file,
                None => return Ok(ForContract::default()),
            },
        };
        if !self.chains.contains_key(&file) {
            let chain = chain(&file)?;
            self.chains.insert(file.clone(), chain);
        }
        let chain = self
            .chains
            .get(&file)
            .map(Vec::as_slice)
            .unwrap_or_default();
        Ok(for_contract(chain, &contract))
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
            config: &link.config,
            contract: files::shown(contract.strip_prefix(&link.folder).unwrap_or(contract)),
        })
        .collect();
    let baseline = chain.iter().rev().find_map(|link| {
        let path = link.config.baseline.as_ref()?;
        Some((link.folder.join(path), Reach::from(&link.file)))
    });
    ForContract {
        settings: settings_for(&placed),
        fail_on: chain.iter().rev().find_map(|link| link.config.fail_on),
        baseline,
    }
}

/// Reads a file and those that it extends; the extended ones stand first.
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
        folder,
        config,
    });
    Ok(())
}

/// From where a file may be read that another one extends: inside the project, or the configuration of a folder
/// above, which would hold if the other one were not there.
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

/// A problem with the line that it is in.
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
