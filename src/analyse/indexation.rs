//! Which items follow which index, and when an index is read: before the first item that follows it.

use crate::catalogue;
use crate::diagnostic::Diagnostic;
use crate::mechanism;
use crate::syntax::tree::{Index, IndexTarget, Item, ItemKind, Path};
use crate::text::Span;
use crate::typing::{Context, Indexing};

use super::dependencies::{Reference, References};
use super::items::declared;

/// The indices of a contract.
pub(super) struct Indices<'s> {
    all: Vec<Entry<'s>>,
}

struct Entry<'s> {
    index: &'s Index,
    item: &'s Item,
    /// What reading it gave; nothing before that.
    read: Option<Option<Indexing>>,
    /// Targets of which at least one amount follows the index, by their position.
    used: Vec<bool>,
}

impl<'s> Indices<'s> {
    pub(super) fn new(items: &[&'s Item]) -> Self {
        let all = items.iter().filter_map(|item| match &item.kind {
            ItemKind::Index(index) => Some(Entry {
                index,
                item,
                read: None,
                used: vec![false; index.targets.len()],
            }),
            _ => None,
        });
        Self { all: all.collect() }
    }

    /// What an item refers to through the index that it follows.
    pub(super) fn references(&self, item: &Item) -> Vec<Reference> {
        let mut references = References::default();
        if let Some((at, _)) = self.followed(item)
            && let Some(entry) = self.all.get(at)
        {
            references.index(entry.index);
        }
        references.found
    }

    /// The index that an item follows, and the target by which it does.
    fn followed(&self, item: &Item) -> Option<(usize, usize)> {
        let (name, what) = declared(item)?;
        self.all.iter().enumerate().find_map(|(at, entry)| {
            let target = entry.index.targets.iter().position(|target| match target {
                IndexTarget::Charges(_) => what == catalogue::ItemKind::Charge,
                IndexTarget::Named(path) => path.name.text == name.text && can_follow(what),
            });
            target.map(|target| (at, target))
        })
    }

    /// Makes the amounts of an item follow its index, if it has one.
    pub(super) fn begin(&mut self, cx: &mut Context<'_>, item: &Item) {
        let Some((at, _)) = self.followed(item) else {
            return;
        };
        if let Some(entry) = self.all.get_mut(at) {
            cx.indexing = entry.read(cx);
        }
    }

    /// Ends what [`Self::begin`] began.
    pub(super) fn end(&mut self, cx: &mut Context<'_>, item: &Item) {
        let Some(indexing) = cx.indexing.take() else {
            return;
        };
        if indexing.prices > 0
            && let Some((at, target)) = self.followed(item)
            && let Some(used) = self
                .all
                .get_mut(at)
                .and_then(|entry| entry.used.get_mut(target))
        {
            *used = true;
        }
    }

    /// What is wrong with the targets, once every item has been read.
    pub(super) fn finish(&mut self, cx: &mut Context<'_>) {
        let mut seen: Vec<(String, catalogue::ItemKind, Span)> = Vec::new();
        for entry in &mut self.all {
            let sound = entry.read(cx).is_some();
            for (target, used) in entry.index.targets.iter().zip(&entry.used) {
                match target {
                    IndexTarget::Named(path) => {
                        let Some(what) = target_kind(cx, path) else {
                            continue;
                        };
                        let is_second = followed_twice(cx, &seen, path, what);
                        seen.push((path.name.text.clone(), what, path.span));
                        if !used && !is_second && sound {
                            nothing_to_index(cx, &path.name.text, path.span);
                        }
                    }
                    IndexTarget::Charges(span) => {
                        let before = seen
                            .iter()
                            .find(|(_, what, _)| *what == catalogue::ItemKind::Charge);
                        if let Some((name, _, first)) = before {
                            two_indices(cx, name, *span, *first);
                        } else if !used && sound {
                            nothing_to_index(cx, "charges", *span);
                        }
                        seen.push((String::new(), catalogue::ItemKind::Charge, *span));
                    }
                }
            }
        }
    }
}

impl Entry<'_> {
    fn read(&mut self, cx: &mut Context<'_>) -> Option<Indexing> {
        let (index, item) = (self.index, self.item);
        self.read
            .get_or_insert_with(|| {
                mechanism::index::read(cx, index, item.clause.as_ref(), item.span)
            })
            .clone()
    }
}

/// Whether such an item can have a price of its own.
fn can_follow(what: catalogue::ItemKind) -> bool {
    matches!(
        what,
        catalogue::ItemKind::Charge
            | catalogue::ItemKind::Let
            | catalogue::ItemKind::Credit
            | catalogue::ItemKind::Bonus
            | catalogue::ItemKind::RetentionBonus
            | catalogue::ItemKind::ServiceLevel
    )
}

/// The kind of item that a target names; a finding and nothing if it cannot follow an index.
fn target_kind(cx: &mut Context<'_>, path: &Path) -> Option<catalogue::ItemKind> {
    let symbol = cx.find(&path.name)?;
    if let Some(member) = &path.member {
        let name = &path.name.text;
        let finding = Diagnostic::error(
            "indexed-member",
            member.span,
            format!(
                "an index applies to all of `{name}`, not only to `{}`",
                member.text
            ),
        )
        .help(format!(
            "write `{name}`, or give the price a name with `let` and index that"
        ));
        cx.report(finding);
        return None;
    }
    if can_follow(symbol.what) {
        return Some(symbol.what);
    }
    let finding = Diagnostic::error(
        "not-indexable",
        path.span,
        format!(
            "`{}` is {}, and has no price of its own",
            path.name.text,
            symbol.what.with_article()
        ),
    )
    .and_at(symbol.span, "declared here")
    .help(
        "name charges, definitions, credits, bonuses or service levels that state amounts of money",
    );
    cx.report(finding);
    None
}

fn followed_twice(
    cx: &mut Context<'_>,
    seen: &[(String, catalogue::ItemKind, Span)],
    path: &Path,
    what: catalogue::ItemKind,
) -> bool {
    let name = &path.name.text;
    let before = seen.iter().find(|(known, kind, _)| {
        known == name || (known.is_empty() && what == catalogue::ItemKind::Charge && *kind == what)
    });
    match before {
        Some((_, _, first)) => {
            two_indices(cx, name, path.span, *first);
            true
        }
        None => false,
    }
}

fn two_indices(cx: &mut Context<'_>, name: &str, span: Span, first: Span) {
    let message = match name {
        "" => "the charges follow two indices".to_owned(),
        name => format!("`{name}` follows two indices"),
    };
    let finding = Diagnostic::error("indexed-twice", span, message)
        .here("the second time")
        .and_at(first, "the first time")
        .because(
            "the contract does not say whether the second is added to the first or replaces it",
        )
        .help(
            "name it once; for an index that replaces another write `from … by …` in the first one",
        );
    cx.report(finding);
}

fn nothing_to_index(cx: &mut Context<'_>, name: &str, span: Span) {
    let mistaken = cx.diagnostics.iter().any(Diagnostic::is_error);
    if mistaken {
        return;
    }
    let finding = Diagnostic::error(
        "nothing-to-index",
        span,
        format!("`{name}` states no amount of money that could follow an index"),
    )
    .because("a share of something changes with it, and a price that is defined elsewhere is indexed there")
    .help("index the item or definition that states the amount, or remove this name");
    cx.report(finding);
}
