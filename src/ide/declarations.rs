//! Everything in a file that has a name, and where.

use crate::driver::Loaded;
use crate::syntax::tree::{AwardKind, Contract, ContractBody, Item, ItemKind, ShareItem, Text};
use crate::text::Span;

/// What kind of thing has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Declared {
    /// A contract.
    Contract,
    /// A library of definitions.
    Library,
    /// An amendment.
    Amendment,
    /// A counted unit.
    Unit,
    /// A dimension.
    Dimension,
    /// A member of a dimension.
    Member,
    /// An objective.
    Objective,
    /// An input.
    Input,
    /// A metric.
    Metric,
    /// A `let`.
    Definition,
    /// A charge.
    Charge,
    /// A scorecard.
    Scorecard,
    /// A service level.
    ServiceLevel,
    /// A `points` item.
    Points,
    /// An at-risk amount.
    AtRisk,
    /// A credit.
    Credit,
    /// A bonus.
    Bonus,
    /// A shared gain.
    Gain,
    /// A commitment.
    Commitment,
    /// A holdback.
    Holdback,
    /// A tax.
    Tax,
    /// A notice.
    Notice,
}

impl Declared {
    /// The word for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Library => "library",
            Self::Amendment => "amendment",
            Self::Unit => "unit",
            Self::Dimension => "dimension",
            Self::Member => "member",
            Self::Objective => "objective",
            Self::Input => "input",
            Self::Metric => "metric",
            Self::Definition => "let",
            Self::Charge => "charge",
            Self::Scorecard => "scorecard",
            Self::ServiceLevel => "service level",
            Self::Points => "points",
            Self::AtRisk => "at-risk amount",
            Self::Credit => "credit",
            Self::Bonus => "bonus",
            Self::Gain => "shared gain",
            Self::Commitment => "commitment",
            Self::Holdback => "holdback",
            Self::Tax => "tax",
            Self::Notice => "notice",
        }
    }

    /// Whether lines of a statement bear its name.
    #[must_use]
    pub fn has_lines(self) -> bool {
        matches!(
            self,
            Self::Charge
                | Self::ServiceLevel
                | Self::Credit
                | Self::Bonus
                | Self::Gain
                | Self::Commitment
                | Self::Holdback
                | Self::Tax
        )
    }
}

/// A name where it is given.
#[derive(Clone, Debug)]
pub struct Declaration<'l> {
    /// The name.
    pub name: &'l str,
    /// Where it is given.
    pub span: Span,
    /// To what.
    pub what: Declared,
    /// The whole of that: an item, a block, or the name itself for a member.
    pub whole: Span,
    /// What it is called for people.
    pub title: Option<&'l str>,
    /// The clause of the paper contract.
    pub clause: Option<&'l str>,
    /// The item that gives the name; nothing for contracts, libraries and amendments.
    pub item: Option<&'l Item>,
}

/// All names that are given in any of the files, in the order of their places.
pub(super) fn declarations(loaded: &Loaded) -> Vec<Declaration<'_>> {
    let mut found = Vec::new();
    for (_, tree) in loaded.files() {
        for contract in &tree.contracts {
            found.push(of_contract(contract));
            contract.items.iter().for_each(|item| add(item, &mut found));
        }
        for amendment in &tree.amendments {
            found.push(Declaration {
                name: &amendment.name.text,
                span: amendment.name.span,
                what: Declared::Amendment,
                whole: amendment.span,
                title: text(amendment.title.as_ref()),
                clause: text(amendment.clause.as_ref()),
                item: None,
            });
            let scenarios = amendment.scenarios.iter();
            amendment
                .items()
                .chain(scenarios)
                .for_each(|item| add(item, &mut found));
        }
    }
    found.sort_by_key(|declaration| declaration.span);
    found
}

fn of_contract(contract: &Contract) -> Declaration<'_> {
    Declaration {
        name: &contract.name.text,
        span: contract.name.span,
        what: match contract.body {
            ContractBody::Contract => Declared::Contract,
            ContractBody::Library => Declared::Library,
        },
        whole: contract.span,
        title: text(contract.title.as_ref()),
        clause: None,
        item: None,
    }
}

/// The names that an item gives: its own, and those of members and plurals.
fn add<'l>(item: &'l Item, found: &mut Vec<Declaration<'l>>) {
    let mut give = |name: &'l crate::syntax::tree::Name, what: Declared, whole: Span| {
        let is_item = whole == item.span;
        found.push(Declaration {
            name: &name.text,
            span: name.span,
            what,
            whole,
            title: text(item.title()).filter(|_| is_item),
            clause: text(item.clause.as_ref()).filter(|_| is_item),
            item: Some(item),
        });
    };
    if let (Some(name), Some(what)) = (item.declared_name(), declared(&item.kind)) {
        give(name, what, item.span);
    }
    match &item.kind {
        ItemKind::Unit(unit) => unit
            .plural
            .iter()
            .for_each(|name| give(name, Declared::Unit, item.span)),
        ItemKind::Dimension(dimension) => dimension
            .members
            .iter()
            .for_each(|member| give(member, Declared::Member, member.span)),
        ItemKind::Input(input) => {
            let dimension = input.dimension.as_ref();
            if let Some(dimension) = dimension.filter(|one| !one.members.is_empty()) {
                give(&dimension.name, Declared::Dimension, dimension.name.span);
                for member in &dimension.members {
                    give(member, Declared::Member, member.span);
                }
            }
        }
        _ => {}
    }
}

fn declared(kind: &ItemKind) -> Option<Declared> {
    Some(match kind {
        ItemKind::Unit(_) => Declared::Unit,
        ItemKind::Dimension(_) => Declared::Dimension,
        ItemKind::Objective(_) => Declared::Objective,
        ItemKind::Input(_) => Declared::Input,
        ItemKind::Metric(_) => Declared::Metric,
        ItemKind::Let(_) => Declared::Definition,
        ItemKind::Charge(_) => Declared::Charge,
        ItemKind::Scorecard(_) => Declared::Scorecard,
        ItemKind::ServiceLevel(_) => Declared::ServiceLevel,
        ItemKind::Points(_) => Declared::Points,
        ItemKind::AtRisk(_) => Declared::AtRisk,
        ItemKind::Award(award) => match award.kind {
            AwardKind::Credit => Declared::Credit,
            AwardKind::Bonus => Declared::Bonus,
        },
        ItemKind::Share(share) => match share.as_ref() {
            ShareItem::Gain(_) => Declared::Gain,
            ShareItem::Currency(_) => return None,
        },
        ItemKind::Commitment(_) => Declared::Commitment,
        ItemKind::Holdback(_) => Declared::Holdback,
        ItemKind::Tax(_) => Declared::Tax,
        ItemKind::Notice(_) => Declared::Notice,
        ItemKind::Customer(_)
        | ItemKind::Supplier(_)
        | ItemKind::Currency(_)
        | ItemKind::Term(_)
        | ItemKind::Invoice(_)
        | ItemKind::Round(_)
        | ItemKind::PartMonths(_)
        | ItemKind::Language(_)
        | ItemKind::Adjust(_)
        | ItemKind::Limit(_)
        | ItemKind::Index(_)
        | ItemKind::Floor(_)
        | ItemKind::Applied(_)
        | ItemKind::Small(_)
        | ItemKind::Only(_)
        | ItemKind::Partnership(_)
        | ItemKind::Scenario(_) => return None,
    })
}

fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.text.as_str())
}
