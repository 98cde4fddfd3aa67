//! Checking contracts as configuration, arguments, waivers and baselines want it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::baseline::{Baseline, Matcher, Place};
use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::driver::{Checking, Loaded};
use crate::lint::{self, Category};
use crate::report::failure::Failure;
use crate::syntax::tree::Section;
use crate::typing::suggestion;

use super::arguments::CheckerOptions;
use super::configuration::{Choice, Configuration};
use super::{Trouble, files};

/// What contracts are checked with.
pub(super) struct Checker {
    configuration: Configuration,
    only: BTreeSet<String>,
    skip: BTreeSet<String>,
    preview: bool,
    pub(super) today: Date,
    baselines: Baselines,
}

/// A contract with all that is to be said of it.
pub(super) struct CheckedFile {
    /// The file, as it is shown.
    pub(super) name: String,
    /// The contract with everything that it uses.
    pub(super) loaded: Loaded,
    /// Its parts.
    pub(super) sections: Vec<Section>,
    /// The findings, those that do not count among them.
    pub(super) findings: Vec<Diagnostic>,
    /// The least grave findings with which a check fails, as its configuration says.
    pub(super) fail_on: Option<crate::config::FailOn>,
}

/// Which findings a check does not count.
pub(super) enum BaselineChoice {
    /// Those of the configured file.
    Configured,
    /// Those of this file.
    File(PathBuf),
    /// All are counted.
    None,
}

struct Baselines {
    choice: BaselineChoice,
    read: BTreeMap<PathBuf, Matcher>,
}

impl Checker {
    pub(super) fn new(options: &CheckerOptions, baseline: BaselineChoice) -> Result<Self, Failure> {
        let choice = match (&options.config, options.no_config) {
            (Some(file), _) => Choice::File(file.clone()),
            (None, true) => Choice::None,
            (None, false) => Choice::Nearest,
        };
        Ok(Self {
            configuration: Configuration::new(choice),
            only: names(&options.only)?,
            skip: names(&options.skip)?,
            preview: options.preview,
            today: options.today.map_or_else(today, Ok)?,
            baselines: Baselines {
                choice: baseline,
                read: BTreeMap::new(),
            },
        })
    }

    /// Checks the contracts that paths name.
    pub(super) fn check_all(&mut self, paths: &[PathBuf]) -> Result<Vec<CheckedFile>, Trouble> {
        let mut all = Vec::new();
        let mut failures = Vec::new();
        for path in files::contracts(paths)? {
            let checked = files::contract(&path)
                .map_err(|failure| vec![failure])
                .and_then(|loaded| self.check(&path, loaded));
            match checked {
                Ok(checked) => all.push(checked),
                Err(troubles) => failures.extend(troubles),
            }
        }
        if failures.is_empty() {
            Ok(all)
        } else {
            Err(Trouble::Failures(failures))
        }
    }

    /// Checks a contract that has been read.
    pub(super) fn check(
        &mut self,
        path: &Path,
        loaded: Loaded,
    ) -> Result<CheckedFile, Vec<Failure>> {
        let (findings, fail_on) = self.findings(path, &loaded)?;
        Ok(CheckedFile {
            name: files::shown(path),
            sections: loaded.sections(),
            loaded,
            findings,
            fail_on,
        })
    }

    /// What is to be said of a contract, and the least grave findings with which a check of it fails.
    pub(super) fn findings(
        &mut self,
        path: &Path,
        loaded: &Loaded,
    ) -> Result<(Vec<Diagnostic>, Option<crate::config::FailOn>), Vec<Failure>> {
        let mut configured = self.configuration.of(path)?;
        configured.settings.only.clone_from(&self.only);
        configured.settings.skip.clone_from(&self.skip);
        configured.settings.preview |= self.preview;
        let checking = Checking {
            settings: &configured.settings,
            today: self.today,
        };
        let mut findings = loaded.check(&checking);
        let sections = loaded.sections();
        let place = Place {
            sources: &loaded.sources,
            sections: &sections,
        };
        self.baselines
            .apply(configured.baseline.as_deref(), &mut findings, place)
            .map_err(|failure| vec![failure])?;
        Ok((findings, configured.fail_on))
    }
}

impl CheckedFile {
    /// The findings that count.
    pub(super) fn open(&self) -> impl Iterator<Item = &Diagnostic> {
        let all = self.findings.iter();
        all.filter(|finding| finding.suppressed.is_none())
    }

    /// How many findings are errors.
    pub(super) fn errors(&self) -> usize {
        self.open()
            .filter(|finding| finding.severity == Severity::Error)
            .count()
    }
}

impl Baselines {
    fn apply(
        &mut self,
        configured: Option<&Path>,
        findings: &mut [Diagnostic],
        place: Place<'_>,
    ) -> Result<(), Failure> {
        let file = match (&self.choice, configured) {
            (BaselineChoice::None, _) | (BaselineChoice::Configured, None) => return Ok(()),
            (BaselineChoice::File(file), _) => files::absolute(file),
            (BaselineChoice::Configured, Some(file)) => files::absolute(file),
        };
        if !self.read.contains_key(&file) {
            let baseline = read_baseline(&file)?;
            self.read.insert(file.clone(), baseline.matcher());
        }
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        if let Some(matcher) = self.read.get_mut(&file) {
            matcher.apply(findings, place, |name| path_from(&folder, name));
        }
        Ok(())
    }
}

/// Reads a baseline.
pub(super) fn read_baseline(file: &Path) -> Result<Baseline, Failure> {
    let text = files::text(file)?;
    Baseline::read(&text).map_err(|reason| {
        let shown = files::shown(&files::from_here(file));
        Failure::new(format!("`{shown}` is no baseline: {reason}"))
            .help("`quidpro baseline create` writes one")
    })
}

/// A shown path as seen from a folder.
pub(super) fn path_from(folder: &Path, name: &str) -> String {
    let path = files::absolute(Path::new(name));
    files::shown(path.strip_prefix(folder).unwrap_or(&path))
}

/// The names of rules and categories, all of which there are.
fn names(given: &[String]) -> Result<BTreeSet<String>, Failure> {
    let categories = Category::ALL.into_iter().map(Category::name);
    let known = lint::names().chain(categories);
    for name in given {
        if !known.clone().any(|known| known == name) {
            let failure = Failure::new(format!("there is no rule or category `{name}`"));
            return Err(match suggestion(name, known) {
                Some(close) => failure.help(format!("did you mean `{close}`?")),
                None => failure.help("`quidpro rules` lists them"),
            });
        }
    }
    Ok(given.iter().cloned().collect())
}

/// The day by Universal Time, so that all machines agree on it.
fn today() -> Result<Date, Failure> {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    Ok(now.date())
}
