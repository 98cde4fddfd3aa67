//! The frame: parties, currency, term, invoice, rounding.

use crate::calendar::Period;
use crate::model::facts::{
    Currencies, Frame, Head, Invoicing, PartyFact, PartyRole, RoundingFact, TermFact, UnitFact,
};
use crate::syntax::tree::{Item, ItemKind, PartyItem, UnitItem};

use super::reader::Reader;

/// Adds what an item of the frame says; the first of its kind counts.
pub(super) fn add(reader: &Reader<'_>, frame: &mut Frame, item: &Item, head: Head) {
    match &item.kind {
        ItemKind::Customer(one) => frame.parties.push(party(one, PartyRole::Customer, head)),
        ItemKind::Supplier(one) => frame.parties.push(party(one, PartyRole::Supplier, head)),
        ItemKind::Currency(one) => {
            let codes = one.codes.clone();
            frame.currencies.get_or_insert(Currencies { head, codes });
        }
        ItemKind::Term(one) => {
            let period = Period::new(one.first, one.last);
            frame.term.get_or_insert(TermFact { head, period });
        }
        ItemKind::Invoice(one) => {
            let due_in_days = reader.maybe(one.due_in_days.as_ref());
            frame
                .invoicing
                .get_or_insert(Invoicing { head, due_in_days });
        }
        ItemKind::Round(one) => {
            frame.rounding.get_or_insert(RoundingFact {
                head,
                scope: one.scope,
                mode: one.mode,
                step: reader.value(&one.step),
            });
        }
        ItemKind::PartMonths(how) => {
            frame.part_months.get_or_insert(*how);
        }
        ItemKind::Language(version) => {
            frame.language.get_or_insert(version.value.clone());
        }
        _ => {}
    }
}

fn party(party: &PartyItem, role: PartyRole, head: Head) -> PartyFact {
    let attributes = party.attributes.iter();
    PartyFact {
        head,
        role,
        name: party.name.clone(),
        attributes: attributes
            .map(|(word, text)| (word.text.clone(), text.text.clone()))
            .collect(),
    }
}

/// A declared unit.
pub(super) fn unit(unit: &UnitItem, head: Head) -> UnitFact {
    UnitFact {
        head,
        singular: unit.singular.text.clone(),
        plural: unit.plural.as_ref().unwrap_or(&unit.singular).text.clone(),
        fractional: unit.fractional,
    }
}
