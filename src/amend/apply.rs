//! Applies the changes of an amendment to the items of a contract.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::lineage::Ending;
use crate::syntax::tree::{
    Amendment, Change, Contract, Designation, Item, ItemKind, Removed, Written,
};
use crate::text::Span;

use super::Version;

/// The items of the version with the changes applied, and where each item comes from.
pub(super) fn apply(
    before: &Version,
    amendment: &Amendment,
    position: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Applied {
    let rows = before.contract.items.iter().zip(&before.origins);
    let rows = rows.zip(before.goes_on_as.iter().zip(&before.designations));
    let mut applying = Applying {
        contract: &before.contract,
        rows: rows
            .map(|((item, origin), (goes_on_as, designation))| Row {
                designation: Arc::clone(designation),
                item: Arc::clone(item),
                origin: *origin,
                goes_on_as: Arc::clone(goes_on_as),
                changed_at: None,
            })
            .collect(),
        removed: Vec::new(),
        endings: BTreeMap::new(),
        position,
        diagnostics,
    };
    for change in &amendment.changes {
        match change {
            Change::Add(item, span) => applying.add(item, *span),
            Change::Replace(item, span) => applying.replace(item, *span),
            Change::Remove(removed, span) => applying.remove(removed, *span),
        }
    }
    let Applying { rows, endings, .. } = applying;
    let mut applied = Applied {
        contract: Contract {
            items: Vec::with_capacity(rows.len()),
            unreadable: [&before.contract.unreadable[..], &amendment.unreadable].concat(),
            body: before.contract.body,
            name: before.contract.name.clone(),
            title: before.contract.title.clone(),
            span: before.contract.span,
        },
        designations: Vec::with_capacity(rows.len()),
        origins: Vec::with_capacity(rows.len()),
        goes_on_as: Vec::with_capacity(rows.len()),
        endings,
    };
    for row in rows {
        applied.contract.items.push(row.item);
        applied.designations.push(row.designation);
        applied.origins.push(row.origin);
        applied.goes_on_as.push(row.goes_on_as);
    }
    applied
}

/// A contract with an amendment's changes applied.
pub(super) struct Applied {
    pub(super) contract: Contract,
    pub(super) designations: Vec<Arc<Designation>>,
    /// The amendment that each item comes from.
    pub(super) origins: Vec<Option<usize>>,
    /// The identity that each item has in every version.
    pub(super) goes_on_as: Vec<Arc<str>>,
    /// The items that are removed, and how they end.
    pub(super) endings: BTreeMap<String, (Ending, Span)>,
}

/// The identities of the items of a contract as it was first agreed.
pub(super) fn first_lineages(designations: &[Arc<Designation>]) -> Vec<Arc<str>> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let names = designations.iter().map(|designation| {
        let name = designation.to_string();
        let count = known.entry(name.clone()).or_default();
        *count += 1;
        match count {
            1 => Arc::from(name),
            again => Arc::from(format!("{name} ({again})")),
        }
    });
    names.collect()
}

struct Row {
    designation: Arc<Designation>,
    item: Arc<Item>,
    origin: Option<usize>,
    /// The identity that the item has in every version.
    goes_on_as: Arc<str>,
    /// Where this amendment has already changed the item.
    changed_at: Option<Span>,
}

struct Applying<'a> {
    contract: &'a Contract,
    rows: Vec<Row>,
    removed: Vec<(Arc<Designation>, Span)>,
    endings: BTreeMap<String, (Ending, Span)>,
    position: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Applying<'_> {
    fn add(&mut self, item: &Item, span: Span) {
        let designation = item.designation();
        let same = self.rows.iter().find(|row| *row.designation == designation);
        if let Some(same) = same
            && !(designation.names.is_empty() && may_stand_twice(item))
        {
            let what = &designation;
            let finding = Diagnostic::error(
                "added-twice",
                span,
                format!("the contract already has `{what}`"),
            )
            .and_at(same.item.span, "it is here")
            .because("the two would be in the contract together, and could contradict each other")
            .help("write `replace` if this replaces it, or give it another name");
            self.diagnostics.push(finding);
            return;
        }
        // This is a new item, even under a name that the contract had before.
        let goes_on_as = format!("{designation} of amendment {}", self.position + 1);
        self.rows.push(Row {
            designation: Arc::new(designation),
            item: Arc::new(item.clone()),
            origin: Some(self.position),
            goes_on_as: Arc::from(goes_on_as),
            changed_at: Some(span),
        });
    }

    fn replace(&mut self, item: &Item, span: Span) {
        let designation = item.designation();
        let about: Vec<usize> =
            self.positions(|row| row.designation.is_about_the_same(&designation));
        let exact: Vec<usize> = self.positions(|row| *row.designation == designation);
        let chosen = if about.len() == 1 { about } else { exact };
        match chosen.as_slice() {
            [one] => {
                let one = *one;
                if self.is_another_currency(one, item) || self.is_changed_twice(one, span) {
                    return;
                }
                if let Some(row) = self.rows.get_mut(one) {
                    row.designation = Arc::new(designation);
                    row.item = Arc::new(item.clone());
                    row.origin = Some(self.position);
                    row.changed_at = Some(span);
                }
            }
            [] => self.report_nothing(&designation.to_string(), span, "replace"),
            several => self.report_several(&designation.to_string(), several.to_vec(), span),
        }
    }

    fn remove(&mut self, removed: &Removed, span: Span) {
        let words = &removed.words.text;
        let place = removed.words.span;
        if words.starts_with("scenario") {
            let finding = Diagnostic::error(
                "changed-scenario",
                place,
                "a scenario is not part of the agreement",
            )
            .because("it shows what a text means, and belongs to that text")
            .help("leave it: it runs with the file that it is in");
            self.diagnostics.push(finding);
            return;
        }
        let exact = self.positions(|row| row.designation.is_written(words) == Written::Whole);
        let short = self.positions(|row| row.designation.is_written(words) == Written::Short);
        let chosen = if exact.is_empty() { short } else { exact };
        match chosen.as_slice() {
            [one] => {
                let one = *one;
                if self.is_changed_twice(one, span) {
                    return;
                }
                let row = self.rows.remove(one);
                self.endings
                    .insert(row.goes_on_as.to_string(), (removed.ending, span));
                self.removed.push((row.designation, span));
            }
            [] => self.report_nothing(words, place, "remove"),
            several => self.report_several(words, several.to_vec(), place),
        }
    }

    fn positions(&self, wanted: impl Fn(&Row) -> bool) -> Vec<usize> {
        let all = self.rows.iter().enumerate();
        all.filter(|(_, row)| wanted(row))
            .map(|(at, _)| at)
            .collect()
    }

    fn is_changed_twice(&mut self, at: usize, span: Span) -> bool {
        let Some((row, first)) = self
            .rows
            .get(at)
            .and_then(|row| Some((row, row.changed_at?)))
        else {
            return false;
        };
        let finding = Diagnostic::error(
            "changed-twice",
            span,
            format!("the amendment changes `{}` twice", row.designation),
        )
        .here("the second time")
        .and_at(first, "the first time")
        .because("one of the changes would have no effect")
        .help("write one change that says how the item reads from now on");
        self.diagnostics.push(finding);
        true
    }

    /// Refuses another currency for the invoices, because amounts from earlier months are in the contract's currency.
    fn is_another_currency(&mut self, at: usize, item: &Item) -> bool {
        let former = self.rows.get(at).map(|row| &row.item.kind);
        let (Some(ItemKind::Currency(former)), ItemKind::Currency(now)) = (former, &item.kind)
        else {
            return false;
        };
        let (Some(former), Some(now)) = (former.codes.first(), now.codes.first()) else {
            return false;
        };
        if former.text == now.text {
            return false;
        }
        let message = format!(
            "an amendment cannot change the invoices from {} to {}",
            former.text, now.text
        );
        let finding = Diagnostic::error("currency-amended", now.span, message)
            .and_at(former.span, "the currency of the contract")
            .because(
                "limits, commitments and averages continue, and would add amounts in two currencies",
            )
            .help("end the contract with its term, and write a new one in the new currency");
        self.diagnostics.push(finding);
        true
    }

    fn report_nothing(&mut self, words: &str, span: Span, verb: &str) {
        let mut finding = Diagnostic::error(
            "nothing-to-amend",
            span,
            format!("there is no `{words}` in the contract to {verb}"),
        );
        if let Some((_, gone)) = self
            .removed
            .iter()
            .find(|(designation, _)| designation.is_written(words) != Written::No)
        {
            let finding = finding
                .and_at(*gone, "this amendment removes it here")
                .help("delete the `remove`: a `replace` replaces the item");
            self.diagnostics.push(finding);
            return;
        }
        if let Some(row) = self.rows.iter().find(|row| shares_a_name(row, words)) {
            let name = &row.designation;
            let finding = finding
                .and_at(row.item.span, format!("this is `{name}`"))
                .help(if verb == "replace" {
                    format!(
                        "a `replace` keeps what the item is about: write `remove {name}`, and `add` the new one"
                    )
                } else {
                    format!("write `remove {name}`")
                });
            self.diagnostics.push(finding);
            return;
        }
        let last = |text: &str| {
            text.split(|c: char| c.is_whitespace() || c == ',')
                .rfind(|word| !word.is_empty())
                .map(str::to_owned)
        };
        let same_name = self.rows.iter().find(|row| {
            row.designation.names.len() == 1
                && row.designation.names.first() == last(words).as_ref()
        });
        finding = match same_name {
            Some(row) => finding
                .and_at(row.item.span, format!("this is `{}`", row.designation))
                .help(format!("write `{verb} {}`", row.designation)),
            None => match self.closest(words) {
                Some(close) => finding.help(format!("did you mean `{close}`?")),
                None => finding
                    .and_at(self.contract.name.span, "the contract that is amended")
                    .help(if verb == "replace" {
                        "write `add` if the item is new".to_owned()
                    } else {
                        "name the item by its first words, as in the contract: `charge chat`"
                            .to_owned()
                    }),
            },
        };
        self.diagnostics.push(finding);
    }

    /// The item whose designation is closest to the words.
    fn closest(&self, words: &str) -> Option<String> {
        if words.len() > 200 {
            return None;
        }
        self.rows
            .iter()
            .take(2_000)
            .map(|row| row.designation.to_string())
            .filter(|name| name.len() <= 200)
            .map(|name| (strsim::damerau_levenshtein(words, &name), name))
            .filter(|(distance, name)| *distance <= name.len().max(6) / 6)
            .min()
            .map(|(_, name)| name)
    }

    fn report_several(&mut self, words: &str, several: Vec<usize>, span: Span) {
        let mut finding = Diagnostic::error(
            "several-to-amend",
            span,
            format!("`{words}` could be one of several items"),
        );
        let mut names = Vec::new();
        for row in several.iter().filter_map(|at| self.rows.get(*at)).take(5) {
            finding = finding.and_at(row.item.span, format!("`{}`", row.designation));
            names.push(format!("`{}`", row.designation));
        }
        self.diagnostics
            .push(finding.help(format!("name one of them in full: {}", names.join(", "))));
    }
}

/// Whether an item that is named by what it is about is also about something that the words name.
fn shares_a_name(row: &Row, words: &str) -> bool {
    let Designation {
        kind,
        names,
        detail,
    } = &*row.designation;
    let Some(rest) = words.strip_prefix(kind) else {
        return false;
    };
    detail.is_some()
        && rest.starts_with(' ')
        && rest
            .split(|c: char| c.is_whitespace() || c == ',')
            .any(|word| names.iter().any(|name| name == word))
}

/// Whether a contract can have several items of a kind without names: clauses about the partnership.
fn may_stand_twice(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Partnership(_))
}
