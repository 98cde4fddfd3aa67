//! Checks contracts as configuration, arguments, waivers and baselines say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::baseline::{Baseline, Place};
use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::driver::{Checking, Loaded};
use crate::lint::{self, Category, Rule, Settings};
use crate::report::failure::Failure;
use crate::report::findings::{Extent, NO_RULES};
use crate::syntax::tree::Section;
use crate::text::Span;
use crate::typing::suggestion;

use super::arguments::CheckerOptions;
use super::configuration::{Choice, Configuration, ForContract};
use super::files::Reach;
use super::{Trouble, files, parallel, walk};

/// The settings and baselines with which contracts are checked.
pub(super) struct Checker {
    pub(super) configuration: Configuration,
    only: BTreeSet<String>,
    skip: BTreeSet<String>,
    preview: bool,
    pub(super) today: Date,
    baselines: Baselines,
}

/// A contract with all its findings.
pub(super) struct CheckedFile {
    /// The file's name, as it is shown.
    pub(super) name: String,
    /// The contract and everything that it uses.
    pub(super) loaded: Loaded,
    /// Its parts.
    pub(super) sections: Vec<Section>,
    /// The findings, including those that do not count.
    pub(super) findings: Vec<Diagnostic>,
    /// The least serious finding that makes a check fail, according to its configuration.
    pub(super) fail_on: Option<crate::config::FailOn>,
    /// Why no rule ran, if none did.
    pub(super) without_rules: Option<Diagnostic>,
}

/// Which findings a check does not count.
pub(super) enum BaselineChoice {
    /// The findings in the configured file.
    Configured,
    /// The findings in this file.
    File(PathBuf),
    /// All are counted.
    None,
}

struct Baselines {
    choice: BaselineChoice,
    read: BTreeMap<PathBuf, Baseline>,
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
        let configuration = &mut self.configuration;
        let named = walk::contracts(paths, &mut |path| configuration.excludes(path));
        failures.extend(named.failures.into_iter().map(|(_, failure)| failure));
        let paths = named.files;
        for checked in self.check_each(&paths, &BTreeMap::new()) {
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

    /// Checks contracts. Some of their files may have texts that differ from those on disk.
    pub(super) fn check_each(
        &mut self,
        paths: &[impl AsRef<Path>],
        texts: &BTreeMap<String, String>,
    ) -> Vec<Result<CheckedFile, Vec<Failure>>> {
        let prepared: Vec<Result<Prepared, Vec<Failure>>> = paths
            .iter()
            .map(|path| self.prepare(path.as_ref()))
            .collect();
        parallel::map(&prepared, |prepared| match prepared {
            Ok(prepared) => self.examine(prepared, texts),
            Err(failures) => Err(failures.clone()),
        })
    }

    /// Checks a contract.
    pub(super) fn check_one(
        &mut self,
        path: &Path,
        texts: &BTreeMap<String, String>,
    ) -> Result<CheckedFile, Vec<Failure>> {
        let prepared = self.prepare(path)?;
        self.examine(&prepared, texts)
    }

    /// The settings for a contract, including those from the arguments.
    pub(super) fn configured(&mut self, path: &Path) -> Result<ForContract, Vec<Failure>> {
        let mut configured = self.configuration.of(path)?;
        let settings = &mut configured.effective.settings;
        settings.only.clone_from(&self.only);
        settings.skip.clone_from(&self.skip);
        settings.preview |= self.preview;
        Ok(configured)
    }

    /// Reads the settings for a contract.
    fn prepare(&mut self, path: &Path) -> Result<Prepared, Vec<Failure>> {
        let configured = self.configured(path)?;
        let stated = configured.baseline.as_ref().map(|stated| &stated.value);
        let baseline = self.baselines.file_for(stated);
        if let Some((file, reach)) = &baseline {
            let read = self.baselines.read(file, reach);
            read.map_err(|failure| vec![failure])?;
        }
        let baseline = baseline.map(|(file, _)| file);
        Ok(Prepared {
            path: path.to_owned(),
            configured,
            baseline,
        })
    }

    /// Checks a contract with its settings.
    fn examine(
        &self,
        prepared: &Prepared,
        texts: &BTreeMap<String, String>,
    ) -> Result<CheckedFile, Vec<Failure>> {
        let path = prepared.path.as_path();
        let loaded = files::contract_with(path, texts).map_err(|failure| vec![failure])?;
        let sections = loaded.sections();
        Ok(CheckedFile {
            name: files::shown(path),
            findings: self.found(prepared, &loaded, &sections),
            without_rules: without_rules(&prepared.configured)
                .map(|why| why_without_rules(&why, path, &loaded)),
            loaded,
            sections,
            fail_on: prepared
                .configured
                .fail_on
                .as_ref()
                .map(|stated| stated.value),
        })
    }

    /// The findings for a contract that has been read, in an editor.
    #[cfg(feature = "lsp")]
    pub(super) fn findings(
        &mut self,
        path: &Path,
        loaded: &Loaded,
    ) -> Result<Vec<Diagnostic>, Vec<Failure>> {
        let prepared = self.prepare(path)?;
        Ok(self.found(&prepared, loaded, &loaded.sections()))
    }

    fn found(&self, prepared: &Prepared, loaded: &Loaded, sections: &[Section]) -> Vec<Diagnostic> {
        let mut findings = loaded.check(&Checking {
            settings: &prepared.configured.effective.settings,
            today: self.today,
        });
        let place = Place {
            sources: &loaded.sources,
            sections,
        };
        if let Some(file) = &prepared.baseline {
            self.baselines.apply(file, &mut findings, place);
        }
        findings
    }
}

/// The settings for a contract that is about to be checked.
struct Prepared {
    path: PathBuf,
    configured: ForContract,
    /// The baseline file, which has been read.
    baseline: Option<PathBuf>,
}

impl CheckedFile {
    /// How much of the contract was checked.
    pub(super) fn extent(&self) -> Extent<'_> {
        match &self.without_rules {
            Some(why) => Extent::LanguageAlone(why),
            None => Extent::Everything,
        }
    }

    /// The findings that count.
    pub(super) fn open(&self) -> impl Iterator<Item = &Diagnostic> {
        let all = self.findings.iter();
        all.filter(|finding| finding.suppressed.is_none())
    }

    /// The number of findings that are errors.
    pub(super) fn errors(&self) -> usize {
        self.open()
            .filter(|finding| finding.severity == Severity::Error)
            .count()
    }
}

impl Baselines {
    /// The baseline file for a contract with this configured file, and from where it may be read.
    fn file_for(&self, configured: Option<&(PathBuf, Reach)>) -> Option<(PathBuf, Reach)> {
        match (&self.choice, configured) {
            (BaselineChoice::None, _) | (BaselineChoice::Configured, None) => None,
            (BaselineChoice::File(file), _) => Some((files::absolute(file), Reach::Named)),
            (BaselineChoice::Configured, Some((file, reach))) => {
                Some((files::absolute(file), reach.clone()))
            }
        }
    }

    /// Reads a file once.
    fn read(&mut self, file: &Path, reach: &Reach) -> Result<(), Failure> {
        if !self.read.contains_key(file) {
            let text = files::text_within(file, reach)?;
            self.read
                .insert(file.to_owned(), read_baseline(file, &text)?);
        }
        Ok(())
    }

    fn apply(&self, file: &Path, findings: &mut [Diagnostic], place: Place<'_>) {
        let folder = file.parent().unwrap_or(Path::new(""));
        let named = |name: &str| path_from(folder, name);
        if let Some(baseline) = self.read.get(file) {
            let names = place.sources.iter().map(|(_, source)| named(&source.name));
            let mut matcher = baseline.matcher_of(&names.collect());
            matcher.apply(findings, place, named);
        }
    }
}

/// Reads the text of a baseline.
pub(super) fn read_baseline(file: &Path, text: &str) -> Result<Baseline, Failure> {
    Baseline::read(text).map_err(|reason| {
        let shown = files::shown(&files::from_here(file));
        Failure::new(format!("`{shown}` is not a baseline: {reason}"))
            .help("`quidpro baseline create` writes one")
    })
}

/// A shown path relative to a folder.
pub(super) fn path_from(folder: &Path, name: &str) -> String {
    let seen = files::seen_from(folder, Path::new(name));
    seen.into_iter().next().unwrap_or_default()
}

/// Why no rule runs; nothing if one does, or if only the language was requested.
fn without_rules(configured: &ForContract) -> Option<String> {
    let settings = &configured.effective.settings;
    let all = || lint::everything().filter(|rule| rule.category != Category::Correctness);
    let is_on = |settings: &Settings| all().any(|rule: &Rule| settings.severity(rule).is_some());
    let of_language = |name: &String| {
        name == Category::Correctness.name()
            || lint::find(name).is_some_and(|rule| rule.category == Category::Correctness)
    };
    if is_on(settings) || settings.only.iter().any(of_language) {
        return None;
    }
    let without_arguments = Settings {
        only: BTreeSet::new(),
        skip: BTreeSet::new(),
        ..settings.clone()
    };
    if is_on(&without_arguments) {
        return Some(match (settings.only.is_empty(), settings.skip.is_empty()) {
            (false, false) => "`--only` and `--skip` together leave no rule".to_owned(),
            (false, true) => "`--only` names nothing that is on".to_owned(),
            (true, _) => "`--skip` leaves no rule".to_owned(),
        });
    }
    let effective = &configured.effective;
    let mut deciding: Vec<String> = all()
        .filter_map(|rule| Some(effective.origin_of(rule)?.to_string()))
        .collect();
    deciding.sort();
    deciding.dedup();
    let verb = if deciding.len() == 1 {
        "switches"
    } else {
        "switch"
    };
    Some(format!("{} {verb} every rule off", deciding.join(" and ")))
}

fn why_without_rules(why: &str, path: &Path, loaded: &Loaded) -> Diagnostic {
    let start = Span::new(loaded.file, 0, 0);
    Diagnostic::info(
        NO_RULES,
        start,
        format!("only the language was checked: {why}"),
    )
    .because("the rules did not run, so nothing shows what is sound but unwise")
    .help(format!(
        "`quidpro config show {}` says which rules are on, and where that is set",
        files::shown(path)
    ))
}

/// The names of rules and categories. All of them must exist.
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

/// The day in UTC, so that all machines agree on it.
pub(super) fn today() -> Result<Date, Failure> {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    Ok(now.date())
}
