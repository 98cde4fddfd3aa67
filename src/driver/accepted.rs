//! What the parties accept in a contract.

use crate::model::Contract;
use crate::model::facts::Waiver;
use crate::syntax::tree::WaiverScope;

use super::Loaded;

impl Loaded {
    /// The waivers of a contract in one of its versions: those of the contract as a whole and of its clauses. A waiver
    /// of a clause that an amendment has replaced is not included.
    #[must_use]
    pub fn accepted(&self, contract: &Contract) -> Vec<Waiver> {
        let all = self.files().flat_map(|(_, tree)| &tree.waivers);
        let of_contract = all.filter_map(|waiver| {
            let about = match waiver.about {
                WaiverScope::Item(span) => {
                    let mut heads = contract.facts.heads.iter();
                    Some(heads.find(|head| head.span == span)?.designation.clone())
                }
                WaiverScope::Head(span) if span.holds(contract.name.span) => None,
                WaiverScope::Head(_) => return None,
            };
            Some(Waiver {
                rule: waiver.rule.text.clone(),
                until: waiver.until.0,
                because: waiver.because.text.clone(),
                reference: waiver.reference.as_ref().map(|text| text.text.clone()),
                about,
            })
        });
        of_contract.collect()
    }
}
