//! The stages of one file, one after another, each with its time.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, Files, Loaded, load, run_scenarios_of};
use quidpro::format::format;
use quidpro::lint::Settings;
use quidpro::report::findings::{self, ContractFindings, Extent};
use quidpro::syntax::outline::Outline;
use quidpro::syntax::parse;
use quidpro::text::FileId;

use crate::kinds::{Kind, Soundness};

/// The stage that may grow faster.
pub(crate) const RULES: &str = "rules";

/// The stages, in the order in which they are measured. `understand` also reads the text.
pub(crate) const STAGES: [&str; 7] = [
    "read",
    "understand",
    "compute",
    "lay out",
    "outline",
    "report",
    RULES,
];

/// The most items for which the rules are measured, because they may grow faster.
pub(crate) const MOST_FOR_RULES: usize = 1_000;

/// Measures each stage of a file with that many items, and writes a line for each: its nanoseconds, and the most memory
/// used so far.
pub(crate) fn measure(kind: &Kind, count: usize) -> ExitCode {
    let text = (kind.text)(count);
    let parsed = timed(|| parse(FileId(0), &text));
    drop(parsed);
    let loaded = timed(|| load("many.quid", &text, &NoFiles));
    must_be_as_said(kind, count, &loaded);
    let results = timed(|| {
        let all = loaded.contracts.iter().map(run_scenarios_of);
        all.flatten().collect::<Vec<_>>()
    });
    for result in &results {
        assert!(
            result.mismatches.is_empty(),
            "{}: a scenario fails",
            kind.name
        );
    }
    let laid_out = timed(|| format(&text));
    assert!(
        laid_out.is_ok(),
        "{}: the text cannot be laid out",
        kind.name
    );
    let outline = timed(|| Outline::of(FileId(0), &text));
    assert!(
        !outline.tokens.is_empty(),
        "{}: an empty outline",
        kind.name
    );
    let found = a_finding_for_each(&loaded);
    let written = timed(|| reported(&loaded, &found));
    assert!(!written.is_empty(), "{}: an empty report", kind.name);
    if count <= MOST_FOR_RULES {
        let _ = timed(|| checked(&loaded));
    }
    ExitCode::SUCCESS
}

/// Runs one stage and writes its line.
fn timed<T>(stage: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), on_processor());
    let value = stage();
    let waited = start.elapsed();
    let took = match (before, on_processor()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => waited,
    };
    let mut output = std::io::stdout();
    let _ = writeln!(output, "{} {}", took.as_nanos(), most_memory().unwrap_or(0));
    let _ = output.flush();
    value
}

/// The time for which this thread has been on a processor. Unlike the time from start to end, it leaves out what others
/// did on the machine in the meantime. Nothing where the system does not say.
fn on_processor() -> Option<Duration> {
    let known = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = known.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

/// The most memory that this process has used, in KB.
fn most_memory() -> Option<u64> {
    let known = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = known.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn must_be_as_said(kind: &Kind, count: usize, loaded: &Loaded) {
    let errors = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.is_error());
    match kind.soundness {
        Soundness::Sound => {
            let first = errors
                .take(3)
                .map(|finding| (finding.code, &finding.message));
            let first: Vec<_> = first.collect();
            assert!(first.is_empty(), "{}: is not sound: {first:?}", kind.name);
            let computed = loaded.contracts.iter().all(|one| one.compiled.is_some());
            assert!(computed, "{}: has no program", kind.name);
        }
        Soundness::EachWrong(code) => {
            let found = errors.filter(|finding| finding.code == code).count();
            let known: Vec<_> = loaded
                .diagnostics
                .iter()
                .take(3)
                .map(|one| one.code)
                .collect();
            assert!(
                found >= count,
                "{}: {found} times `{code}` ({known:?})",
                kind.name
            );
        }
    }
}

/// What was found in the file or, if that is nothing, a finding about each of its items.
fn a_finding_for_each(loaded: &Loaded) -> Vec<Diagnostic> {
    if !loaded.diagnostics.is_empty() {
        return loaded.diagnostics.clone();
    }
    let trees = loaded.files().map(|(_, tree)| tree);
    let items = trees.flat_map(|tree| tree.items());
    let finding = |span| Diagnostic::warning("measured", span, "one finding for each item");
    items.map(|item| finding(item.span)).collect()
}

fn checked(loaded: &Loaded) -> Vec<Diagnostic> {
    let today = "2026-06-30".parse();
    let settings = Settings::default();
    today.map_or_else(
        |_| Vec::new(),
        |today| {
            loaded.check(&Checking {
                settings: &settings,
                today,
            })
        },
    )
}

/// The findings in the formats for people and for programs.
fn reported(loaded: &Loaded, found: &[Diagnostic]) -> String {
    let all = [ContractFindings {
        file: "many.quid",
        sources: &loaded.sources,
        findings: found,
        extent: Extent::Everything,
    }];
    let written = [
        findings::full::render(found, &loaded.sources, false),
        findings::concise::render(found, &loaded.sources, false),
        findings::json::render(&all),
        findings::gitlab::render(&all),
        findings::github::render(&all),
        findings::html::render(&all, "many.quid"),
        findings::sarif::render(&all, &|_| None),
    ];
    written.concat()
}

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}`"))
    }
}
