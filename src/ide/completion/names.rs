//! The names of a contract, with what they are.

use crate::catalogue;
use std::collections::BTreeMap;

use crate::model::Contract;
use crate::quantity::{Currency, Type, UnitTable};
use crate::syntax::tree::ItemKind;
use crate::text::Span;

use super::super::declarations::{Declaration, Declared};
use super::super::index::Index;
use super::place::Wanted;
use super::words::of_word;
use super::{Completion, CompletionKind};

/// Currencies that are offered before the contract uses one.
const CURRENCIES: &[&str] = &[
    "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "INR",
    "PHP", "ZAR", "BRL", "MXN", "SGD", "NZD",
];

/// Values that every contract has.
const BUILTINS: &[(&str, &str)] = &[
    ("charges", "the sum of the charge lines"),
    ("adjusted charges", "the charges with the adjustments"),
    ("adjustments", "the sum of the adjustments"),
    ("credits", "the sum of all credits before limits"),
    ("bonuses", "the sum of all bonuses before limits"),
    ("total", "what is invoiced before tax"),
    ("total points", "the sum of all service points"),
    ("month", "the month that is computed"),
    ("month of term", "1 in the contract's first month"),
    ("month of year", "1 in January"),
    ("days in month", "how many days the month has"),
    ("months in term", "how many months the contract runs"),
];

/// Things that have a value.
const VALUES: &[Declared] = &[
    Declared::Item(catalogue::ItemKind::Input),
    Declared::Item(catalogue::ItemKind::Metric),
    Declared::Item(catalogue::ItemKind::Let),
    Declared::Item(catalogue::ItemKind::Scorecard),
    Declared::Item(catalogue::ItemKind::Charge),
    Declared::Item(catalogue::ItemKind::ServiceLevel),
    Declared::Item(catalogue::ItemKind::Credit),
    Declared::Item(catalogue::ItemKind::Bonus),
    Declared::Item(catalogue::ItemKind::Points),
];

/// The names that can be used at a place.
pub(super) struct Names<'i, 'l> {
    index: &'i Index<'l>,
    contract: Option<&'l Contract>,
    kinds: BTreeMap<&'l str, &'l Type>,
    here: Span,
}

impl<'i, 'l> Names<'i, 'l> {
    pub(super) fn new(index: &'i Index<'l>, here: Span) -> Self {
        let loaded = index.loaded;
        let all = loaded.contracts.iter().map(|checked| &checked.contract);
        let mut all = all.chain(&loaded.libraries);
        let around = |contract: &&Contract| {
            let span = contract.span;
            span.file == here.file && span.start <= here.start && here.end <= span.end
        };
        let contract = all.clone().find(around).or_else(|| all.next());
        let named = contract.into_iter().flat_map(|contract| &contract.names);
        Self {
            index,
            contract,
            kinds: named.map(|one| (one.name.as_str(), &one.kind)).collect(),
            here,
        }
    }

    /// Returns the names of such things.
    pub(super) fn of(&self, wanted: &[Declared]) -> Vec<Completion> {
        let declarations = self.index.declarations.iter();
        declarations
            .filter(|one| wanted.contains(&one.what) && !self.is_being_written(one))
            .map(|one| self.completion(one, 2))
            .collect()
    }

    /// Returns values, with those that are wanted first.
    pub(super) fn values(&self, wanted: Option<&Wanted>) -> Vec<Completion> {
        let like = match wanted {
            Some(Wanted::Like(name)) => self.kind_of(name),
            _ => None,
        };
        let fits = |kind: Option<&Type>| match (wanted, kind) {
            (None, _) | (_, None) => false,
            (Some(Wanted::Money), Some(kind)) => kind.currency().is_some(),
            (Some(Wanted::Count), Some(kind)) => {
                kind.unit().is_some_and(|unit| !unit.has_currency())
            }
            (Some(Wanted::Like(_)), Some(kind)) => like.as_ref() == Some(kind),
        };
        let declarations = self.index.declarations.iter();
        let mut all: Vec<Completion> = declarations
            .filter(|one| VALUES.contains(&one.what) && !self.is_being_written(one))
            .map(|one| {
                let rank = if fits(self.kind_of(one.name).as_ref()) {
                    0
                } else {
                    2
                };
                self.completion(one, rank)
            })
            .collect();
        let is_money = wanted == Some(&Wanted::Money);
        all.extend(BUILTINS.iter().map(|(name, meaning)| Completion {
            detail: Some((*meaning).to_owned()),
            rank: if is_money && meaning.starts_with("the sum") {
                1
            } else {
                3
            },
            ..of_word(name, CompletionKind::Builtin)
        }));
        for function in [
            "min(",
            "max(",
            "abs(",
            "if ",
            "sum of ",
            "average of ",
            "count of ",
        ] {
            all.push(of_word(function.trim_end(), CompletionKind::Word));
        }
        all
    }

    /// Returns inputs as a scenario states them, one for each member.
    pub(super) fn inputs(&self) -> Vec<Completion> {
        let Some(contract) = self.contract else {
            return self.of(&[Declared::Item(catalogue::ItemKind::Input)]);
        };
        contract
            .plan
            .slots
            .iter()
            .map(|slot| Completion {
                detail: Some(match &slot.title {
                    Some(title) => format!("{}, {title}", slot.kind),
                    None => slot.kind.to_string(),
                }),
                rank: 1,
                ..of_word(
                    &slot.name,
                    CompletionKind::Name(Declared::Item(catalogue::ItemKind::Input)),
                )
            })
            .collect()
    }

    /// Returns the members of the dimension of this name, or of the dimension by which this name is declared.
    pub(super) fn members(&self, name: &str) -> Vec<Completion> {
        let dimension = self.dimension_of(name).unwrap_or_else(|| name.to_owned());
        let declarations = self.index.declarations.iter();
        let mut found = Vec::new();
        for one in declarations.filter(|one| one.what == Declared::Member) {
            let listed = one.item.and_then(|item| match &item.kind {
                ItemKind::Dimension(dimension) => Some(&dimension.name.text),
                ItemKind::Input(input) => Some(&input.dimension.as_ref()?.name.text),
                _ => None,
            });
            if listed == Some(&dimension) {
                found.push(self.completion(one, 1));
            }
        }
        found
    }

    fn dimension_of(&self, name: &str) -> Option<String> {
        let mut declarations = self.index.declarations.iter();
        declarations.find_map(|one| match &one.item.filter(|_| one.name == name)?.kind {
            ItemKind::Input(input) => Some(input.dimension.as_ref()?.name.text.clone()),
            ItemKind::Metric(metric) => Some(metric.dimension.as_ref()?.text.clone()),
            ItemKind::Let(definition) => Some(definition.dimension.as_ref()?.text.clone()),
            ItemKind::Charge(charge) => Some(charge.dimension.as_ref()?.text.clone()),
            _ => None,
        })
    }

    /// Returns units. After a number, currencies come first; after `per`, the singular is written.
    pub(super) fn units(&self, after_number: bool) -> Vec<Completion> {
        let mut all = Vec::new();
        if after_number {
            let own = self.contract.and_then(|contract| contract.currency);
            all.extend(own.iter().map(|currency| Completion {
                detail: Some(currency.name()),
                rank: 0,
                ..of_word(currency.code(), CompletionKind::Unit)
            }));
            for word in ["percentage points", "per"] {
                all.push(of_word(word, CompletionKind::Word));
            }
        }
        let table = UnitTable::default();
        let known = table.names().map(str::to_owned);
        let declared = self.index.declarations.iter();
        let declared = declared
            .filter(|one| one.what == Declared::Item(catalogue::ItemKind::Unit))
            .map(|one| one.name.to_owned());
        all.extend(declared.chain(known).map(|name| Completion {
            rank: 3,
            ..of_word(&name, CompletionKind::Unit)
        }));
        all
    }

    /// Returns what an input can count in.
    pub(super) fn types(&self) -> Vec<Completion> {
        let mut all = self.units(false);
        for word in [
            "percent",
            "percentage points",
            "number",
            "yes or no",
            "1 to 5",
        ] {
            all.push(Completion {
                rank: 1,
                ..of_word(word, CompletionKind::Word)
            });
        }
        all.extend(self.currencies());
        all
    }

    pub(super) fn currencies(&self) -> Vec<Completion> {
        let all = CURRENCIES.iter();
        all.map(|code| Completion {
            detail: Currency::from_code(code).map(|currency| currency.name()),
            ..of_word(code, CompletionKind::Unit)
        })
        .collect()
    }

    /// Returns items by the words that name them, for `remove`.
    pub(super) fn designations(&self) -> Vec<Completion> {
        let contracts = self.index.loaded.contracts.iter();
        let items = contracts.flat_map(|checked| {
            let oldest = checked.former.first().map(|former| &former.contract);
            &oldest.unwrap_or(&checked.contract).items
        });
        items
            .filter(|item| !matches!(item.kind, ItemKind::Scenario(_)))
            .map(|item| Completion {
                detail: item.title().map(|title| title.text.clone()),
                ..of_word(&item.designation().to_string(), CompletionKind::Clause)
            })
            .collect()
    }

    fn completion(&self, declaration: &Declaration<'_>, rank: u8) -> Completion {
        let kind = self.kind_of(declaration.name);
        let kind = kind.filter(|kind| *kind != Type::Unknown);
        Completion {
            detail: Some(match kind {
                Some(kind) => format!("{}, {kind}", declaration.what.words()),
                None => declaration.what.words().to_owned(),
            }),
            documentation: declaration.title.map(str::to_owned),
            rank,
            ..of_word(declaration.name, CompletionKind::Name(declaration.what))
        }
    }

    fn kind_of(&self, name: &str) -> Option<Type> {
        self.kinds.get(name).map(|kind| (*kind).clone())
    }

    /// Whether a name is only the word that is being written: it begins where the drafter's word does.
    fn is_being_written(&self, declaration: &Declaration<'_>) -> bool {
        declaration.span.file == self.here.file && declaration.span.start == self.here.start
    }
}
