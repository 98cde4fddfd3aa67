//! Waivers: which findings they cover, and what is wrong with them.

use crate::diagnostic::{Diagnostic, Edit, Fix, Suppression, Waived};
use crate::lint::beside::{EXPIRED_WAIVER, UNUSED_WAIVER};
use crate::lint::{self, Category, Rule};
use crate::syntax::tree::{Change, Tree, Waiver, WaiverScope};
use crate::text::Span;
use crate::typing::suggestion;

use super::Loaded;
use super::checking::Checking;

impl Loaded {
    /// Where a waiver of a finding goes: before the item that contains the place, or before the block if no item does.
    /// Nothing for a place in a text that is part of Quidpro.
    #[must_use]
    pub fn waiver_place(&self, place: Span) -> Option<Span> {
        if self.sources.is_built_in(place.file) {
            return None;
        }
        let tree = self.tree(place.file)?;
        let contracts = tree.contracts.iter();
        let items = contracts.clone().flat_map(|contract| &contract.items);
        let amendments = tree.amendments.iter();
        let changes = amendments.clone().flat_map(|amendment| &amendment.changes);
        let scenarios = amendments
            .clone()
            .flat_map(|amendment| &amendment.scenarios);
        let within = items
            .map(|item| &**item)
            .chain(scenarios)
            .map(|item| item.span)
            .chain(changes.map(Change::span));
        let heads = contracts
            .map(|contract| contract.span)
            .chain(amendments.map(|amendment| amendment.span));
        let smallest = |spans: &mut dyn Iterator<Item = Span>| {
            spans
                .filter(|span| span.holds(place))
                .min_by_key(|span| span.end - span.start)
        };
        smallest(&mut within.into_iter()).or_else(|| smallest(&mut heads.into_iter()))
    }
}

/// Marks the findings that a waiver in force covers. Returns the findings about the waivers themselves.
pub(super) fn apply_waivers(
    loaded: &Loaded,
    checking: &Checking<'_>,
    found: &mut [Diagnostic],
) -> Vec<Diagnostic> {
    let mut about = Vec::new();
    for (_, tree) in &loaded.trees {
        for waiver in &tree.waivers {
            about.extend(apply(waiver, tree, loaded, checking, found));
        }
    }
    about
}

/// Applies one waiver. Returns what is wrong with it.
fn apply(
    waiver: &Waiver,
    tree: &Tree,
    loaded: &Loaded,
    checking: &Checking<'_>,
    found: &mut [Diagnostic],
) -> Option<Diagnostic> {
    let name = waiver.rule.text.as_str();
    let Some(rule) = lint::find(name) else {
        return Some(unknown_rule(waiver));
    };
    if rule.category == Category::Correctness {
        return Some(not_waivable(waiver));
    }
    let mut covered: Vec<&mut Diagnostic> = found
        .iter_mut()
        .filter(|finding| finding.code == name && finding.suppressed.is_none())
        .filter(|finding| covers(waiver, tree, finding.primary.span))
        .collect();
    let (until, _) = waiver.until;
    if until < checking.today {
        return at_level(&EXPIRED_WAIVER, checking, expired(waiver, covered.len()));
    }
    for finding in &mut covered {
        finding.suppressed = Some(Suppression::Waiver(waived(waiver)));
    }
    // If a rule did not run, or ran only on part of the text, nothing shows that a waiver is unnecessary.
    let was_run = checking.settings.severity(rule).is_some() && loaded.is_sound();
    let is_unused = covered.is_empty() && was_run && loaded.file == waiver.span.file;
    let finding = is_unused.then(|| unused(waiver, loaded))?;
    at_level(&UNUSED_WAIVER, checking, finding)
}

/// The finding with the severity from the configuration; nothing if its rule is off.
fn at_level(rule: &Rule, checking: &Checking<'_>, finding: Diagnostic) -> Option<Diagnostic> {
    let severity = checking.settings.severity(rule)?;
    Some(Diagnostic {
        severity,
        ..finding
    })
}

/// Whether a place belongs to what the waiver is about: an item, or a block without its items.
fn covers(waiver: &Waiver, tree: &Tree, place: Span) -> bool {
    match waiver.about {
        WaiverScope::Item(item) => item.holds(place),
        WaiverScope::Head(block) => {
            let contracts = tree.contracts.iter().flat_map(|contract| &contract.items);
            let amendments = &tree.amendments;
            let changed = amendments.iter().flat_map(|amendment| amendment.items());
            let mut items = contracts.map(|item| &**item).chain(changed);
            block.holds(place) && !items.any(|item| item.span.holds(place))
        }
    }
}

fn waived(waiver: &Waiver) -> Waived {
    Waived {
        span: waiver.span,
        until: waiver.until.0,
        because: waiver.because.text.clone(),
        reference: waiver.reference.as_ref().map(|text| text.text.clone()),
    }
}

fn unknown_rule(waiver: &Waiver) -> Diagnostic {
    let name = &waiver.rule.text;
    let found = Diagnostic::error(
        "unknown-rule",
        waiver.rule.span,
        format!("the checker has no rule `{name}`"),
    )
    .because("this waiver covers nothing");
    match suggestion(name, lint::names()) {
        Some(close) => found.help(format!("did you mean `{close}`?")),
        None => {
            found.help("`quidpro rules` lists them; the checker names the rule with each finding")
        }
    }
}

fn not_waivable(waiver: &Waiver) -> Diagnostic {
    let name = &waiver.rule.text;
    Diagnostic::error(
        "not-waivable",
        waiver.rule.span,
        format!("`{name}` cannot be waived"),
    )
    .because("with such a mistake the contract contradicts itself, and it is open what it pays")
    .help("fix the contract, and delete this waiver")
}

fn expired(waiver: &Waiver, covered: usize) -> Diagnostic {
    let (until, at) = waiver.until;
    let what = &waiver.rule.text;
    let found = Diagnostic::error(
        EXPIRED_WAIVER.name,
        at,
        format!("this waiver of `{what}` ended on {until}"),
    );
    if covered == 0 {
        return found
            .because("what it accepted is no longer there")
            .help("delete the waiver");
    }
    found
        .because(format!(
            "it was accepted \"{}\", and only until then",
            waiver.because.text
        ))
        .help("fix what it is about, or agree again, with a later date and the reason why it still applies")
}

fn unused(waiver: &Waiver, loaded: &Loaded) -> Diagnostic {
    let what = &waiver.rule.text;
    Diagnostic::warning(
        UNUSED_WAIVER.name,
        waiver.span,
        format!("`{what}` finds nothing here"),
    )
    .because("a waiver that covers nothing hides the next real finding")
    .help("delete the waiver")
    .mended_by(Fix {
        title: format!("delete the waiver of `{what}`"),
        edits: vec![Edit {
            span: whole_lines(waiver.span, loaded),
            text: String::new(),
        }],
        safe: true,
    })
}

/// The span with its line break and the spaces before it, if its lines hold nothing else.
fn whole_lines(span: Span, loaded: &Loaded) -> Span {
    let Some(source) = loaded.sources.get(span.file) else {
        return span;
    };
    let (start, end) = (span.start as usize, span.end as usize);
    let before = source.text.get(..start).unwrap_or_default();
    let after = source.text.get(end..).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after
        .find('\n')
        .map_or(source.text.len(), |at| end + at + 1);
    let is_blank = |from: usize, to: usize| {
        let text = source.text.get(from..to);
        text.is_some_and(|text| text.trim().is_empty())
    };
    if is_blank(line_start, start) && is_blank(end, line_end) {
        Span::new(span.file, line_start, line_end)
    } else {
        span
    }
}
