//! What a contract declares, before anything is computed: units, dimensions, names.

use crate::catalogue;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::Diagnostic;
use crate::mechanism;
use crate::quantity::{BaseUnit, UnitTable};
use crate::syntax::tree::{ItemKind, Name};
use crate::text::Span;
use crate::typing::Symbol;

use super::items::declared;
use super::stages::Stages;
use super::{definition, input, metric};

impl Stages<'_> {
    pub(super) fn declare_units_and_dimensions(&mut self) {
        for item in self.items.clone() {
            match &item.kind {
                ItemKind::Unit(unit) => {
                    let plural = unit.plural.as_ref().unwrap_or(&unit.singular);
                    let names = (&unit.singular, plural);
                    if self.is_new_unit(names, !unit.fractional) {
                        let (one, many) = (&names.0.text, &names.1.text);
                        self.cx.units.declare(one, many, !unit.fractional);
                        for name in [names.0, names.1] {
                            let declared = &mut self.cx.unit_spans;
                            declared.entry(name.text.clone()).or_insert(name.span);
                        }
                    }
                }
                ItemKind::Dimension(dimension) => {
                    input::declare(&mut self.cx, &dimension.name, &dimension.members)
                }
                _ => {}
            }
        }
        for item in self.items.clone() {
            if let ItemKind::Input(input) = &item.kind {
                input::declare_dimension(&mut self.cx, input);
            }
        }
    }

    /// Whether no currency, and no unit that every contract knows, has one of the names; a finding if one has, with
    /// another meaning.
    fn is_new_unit(&mut self, (one, many): (&Name, &Name), whole: bool) -> bool {
        let known = UnitTable::default();
        for name in [one, many] {
            let same = match known.find(&name.text) {
                None => continue,
                Some(BaseUnit::Currency(_)) => false,
                Some(BaseUnit::Counted(info)) => {
                    info.singular == one.text
                        && info.plural == many.text
                        && info.whole == whole
                        && info.seconds.is_none()
                }
            };
            if !same {
                let finding = Diagnostic::error(
                    "known-unit",
                    name.span,
                    format!("`{}` is a unit of every contract", name.text),
                )
                .because("a second meaning of the word would change what prices are paid for")
                .help("remove the declaration, or choose another word");
                self.cx.report(finding);
            }
            return false;
        }
        true
    }

    /// Every name is known before any is used, so that the order of items in the text does not matter.
    pub(super) fn declare_names(&mut self) {
        let mut spellings: BTreeMap<String, Name> = BTreeMap::new();
        for item in self.items.clone() {
            let Some((name, what)) = declared(item) else {
                continue;
            };
            if what == catalogue::ItemKind::Input {
                input::check_column(&mut self.cx, name);
            }
            if SUMS.contains(&name.text.as_str()) {
                self.cx.report(names_a_sum(name, what));
            }
            if let Some(first) = self.cx.symbols.get(&name.text) {
                let finding = Diagnostic::error(
                    "declared-twice",
                    name.span,
                    format!("`{}` is declared twice", name.text),
                )
                .here("the second time")
                .and_at(
                    first.span,
                    format!("the first time, as {}", first.what.with_article()),
                )
                .because("a name must mean one thing")
                .help("give one of them another name");
                self.cx.report(finding);
                continue;
            }
            let known = spellings.entry(name.text.to_lowercase());
            if let Entry::Occupied(first) = &known {
                let finding = differ_in_letters(&name.text, name.span, first.get());
                self.cx.report(finding);
            }
            known.or_insert_with(|| name.clone());
            self.cx
                .symbols
                .insert(name.text.clone(), Symbol::new(&name.text, what, name.span));
        }
        mechanism::points::check_names(&mut self.cx);
        for item in self.items.clone() {
            match &item.kind {
                ItemKind::Metric(metric) => metric::declare(&mut self.cx, metric),
                ItemKind::Let(definition) => definition::declare(&mut self.cx, definition),
                _ => {}
            }
        }
    }
}

/// Two names that data and people would confuse.
pub(super) fn differ_in_letters(name: &str, at: Span, first: &Name) -> Diagnostic {
    Diagnostic::error(
        "case-only-difference",
        at,
        format!(
            "`{name}` and `{}` differ only in upper and lower case",
            first.text
        ),
    )
    .and_at(first.span, "the other one is declared here")
    .because("people and spreadsheets read them as one name, so a figure would go to the wrong one")
    .help("rename one of them after what makes it different")
}

/// Words that always mean a sum of the invoice, or the month.
pub(super) const SUMS: &[&str] = &[
    "charges",
    "adjustments",
    "credits",
    "bonuses",
    "total",
    "month",
];

fn names_a_sum(name: &Name, what: catalogue::ItemKind) -> Diagnostic {
    let text = &name.text;
    let meaning = match text.as_str() {
        "month" => "the month that is invoiced".to_owned(),
        "total" => "the total of the invoice".to_owned(),
        _ => format!("the sum of all {text} of the invoice"),
    };
    Diagnostic::error(
        "reserved-name",
        name.span,
        format!(
            "`{text}` cannot name {}: it always means {meaning}",
            what.with_article()
        ),
    )
    .because("wherever the name is used, the sum would be taken for it")
    .help(format!(
        "choose another name, here and wherever it is used: `my_{text}`"
    ))
}
