//! Files, contracts and the items that are neither measured nor paid.

use std::sync::Arc;

use crate::quantity::RoundingMode;
use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Contract, ContractBody, Currencies, Invoicing, Item, ItemKind, Name, PartMonths, PartyItem,
    RoundItem, RoundScope, TermItem, Text, Tree, Unreadable, Use, UseWhat, WaiverScope,
};
use super::Lowering;

impl<'t> Lowering<'t> {
    /// The whole file.
    pub(in crate::syntax) fn file(&mut self, node: Node<'t>) -> Tree {
        let mut tree = Tree::default();
        // Where the previous contract ends, until items after it have been reported.
        let mut closed_at = None;
        let mut stray = true;
        let mut parts = Children::of(node);
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::contract => {
                    self.waived(WaiverScope::Head(self.span(&part)));
                    let contract = self.contract(part);
                    closed_at = Some(contract.span);
                    stray = true;
                    tree.contracts.push(contract);
                }
                Rule::amendment => {
                    self.waived(WaiverScope::Head(self.span(&part)));
                    let amendment = self.amendment(part);
                    closed_at = Some(amendment.span);
                    stray = true;
                    tree.amendments.push(amendment);
                }
                Rule::use_item => {
                    self.broken =
                        self.report_rest(&part, &mut parts, Rule::bad_top, Rule::only_top);
                    tree.uses.extend(self.use_item(part));
                }
                Rule::waiver => {
                    self.broken =
                        self.report_rest(&part, &mut parts, Rule::bad_top, Rule::only_top);
                    self.waiver(part);
                    self.broken = false;
                }
                Rule::stray_items => {
                    if std::mem::take(&mut stray) {
                        self.report_stray_items(&part, closed_at);
                    }
                    self.stray_items(part, &mut tree);
                }
                Rule::bad_top => self.report_bad_top(&part),
                _ => {}
            }
        }
        self.nothing_waived();
        (tree.waivers, tree.void_waivers) = self.take_waivers();
        tree.waivers.sort_by_key(|waiver| waiver.span);
        tree
    }

    fn contract(&mut self, node: Node<'t>) -> Contract {
        let span = self.span(&node);
        let whole = node.clone();
        let mut common = self.titled("contract", &node);
        let mut body = ContractBody::Contract;
        let mut items = Vec::new();
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_library => {
                    common.word = "library";
                    body = ContractBody::Library;
                }
                Rule::misspelt_contract => {
                    self.report_misspelt_contract(&part);
                }
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_open => self.report_missing_open(&common, &part),
                Rule::missing_close => self.report_missing_close(opened, &part, &common.called()),
                Rule::items => items = self.items(part),
                Rule::close => {}
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        Contract {
            body,
            name: common.name.unwrap_or_else(|| nameless(common.at)),
            title: common.title,
            items: items.into_iter().map(Arc::new).collect(),
            unreadable: std::mem::take(&mut self.unreadable),
            span,
        }
    }

    fn items(&mut self, node: Node<'t>) -> Vec<Item> {
        let mut parts = Children::of(node);
        let mut items = Vec::with_capacity(16);
        while let Some(part) = parts.next() {
            if part.as_rule() == Rule::bad_item {
                self.report_bad_item(&part);
                self.unreadable.extend(unreadable(words(&part)));
                continue;
            }
            self.broken = self.report_rest(&part, &mut parts, Rule::bad_item, Rule::only_item);
            if part.as_rule() == Rule::waiver {
                self.waiver(part);
            } else {
                self.waived(WaiverScope::Item(self.span(&part)));
                // Of an item that breaks off, what refers to it is not at fault either.
                if self.broken {
                    self.unreadable.extend(unreadable(words(&part)));
                }
                items.extend(self.item_or_name(part));
            }
            self.broken = false;
        }
        self.nothing_waived();
        items
    }

    /// Items outside a contract are counted as part of the contract before them.
    fn stray_items(&mut self, node: Node<'t>, tree: &mut Tree) {
        let span = self.span(&node);
        let items = self.items(node).into_iter().map(Arc::new);
        match tree.contracts.last_mut() {
            Some(contract) => {
                contract.items.extend(items);
                contract.unreadable.append(&mut self.unreadable);
            }
            None if !tree.amendments.is_empty() => {}
            None => tree.contracts.push(Contract {
                body: ContractBody::Contract,
                name: nameless(span),
                title: None,
                items: items.collect(),
                unreadable: std::mem::take(&mut self.unreadable),
                span,
            }),
        }
    }

    /// An item, or a note of its name if it could not be understood.
    pub(super) fn item_or_name(&mut self, node: Node<'t>) -> Option<Item> {
        let text = words(&node);
        let item = self.item(node);
        if item.is_none() {
            self.unreadable.extend(unreadable(text));
        }
        item
    }

    fn item(&mut self, node: Node<'t>) -> Option<Item> {
        let span = self.span(&node);
        let (kind, clause) = match node.as_rule() {
            Rule::input => self.input(node),
            Rule::metric => self.metric(node),
            Rule::charge => self.charge(node),
            Rule::let_item => self.let_item(node),
            Rule::service_level => self.service_level(node),
            Rule::award => self.award(node),
            Rule::scorecard => self.scorecard(node),
            Rule::at_risk => self.at_risk(node),
            Rule::points => self.points(node),
            Rule::adjust => self.adjust(node),
            Rule::limit => self.limit(node),
            Rule::share_currency => self.share_currency(node),
            Rule::share_gain => self.share_gain(node),
            Rule::index_item => self.index_item(node),
            Rule::floor => self.floor(node),
            Rule::commitment => self.commitment(node),
            Rule::holdback => self.holdback(node),
            Rule::retention => self.retention(node),
            Rule::records => self.records(node),
            Rule::scenario => self.scenario(node),
            Rule::objective => self.objective(node),
            Rule::dimension => self.dimension_item(node),
            Rule::unit_item => self.unit_item(node),
            Rule::notice => self.notice(node),
            Rule::awards_item => self.awards_item(node),
            Rule::one_counts => self.one_counts(node),
            Rule::tax => self.tax(node),
            Rule::partnership => self.partnership(node),
            Rule::party => self.party(node),
            Rule::currency => self.currency(node),
            Rule::term => self.term(node),
            Rule::invoice => self.invoice(node),
            Rule::round_item => self.round_item(node),
            Rule::part_months => self.part_months(node),
            Rule::language_item => self.language_item(node),
            _ => None,
        }?;
        Some(Item { kind, clause, span })
    }

    fn use_item(&mut self, node: Node<'t>) -> Option<Use> {
        let span = self.span(&node);
        let whole = node.clone();
        let mut common = self.untitled("use", &node);
        let mut what = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_standard => {}
                Rule::name => what = Some(UseWhat::Standard(self.name(&part))),
                Rule::string => what = Some(UseWhat::File(self.string(&part))),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if what.is_none() {
            self.lacks(
                &common,
                "what is used",
                "`use standard contact_centre`, or the name of a file: `use \"kpis.quid\"`",
            );
        }
        what.map(|what| Use { what, span })
    }

    fn party(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("party", &node);
        let mut is_customer = true;
        let mut name = None;
        let mut attributes = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_supplier => {
                    is_customer = false;
                }
                Rule::unquoted => name = Some(self.unquoted(&part)),
                Rule::string if name.is_none() => name = Some(self.string(&part)),
                Rule::attribute => attributes.extend(self.attribute(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if name.is_none() {
            self.lacks(
                &common,
                "what the party's name is",
                "`customer \"Streamly B.V.\"`",
            );
        }
        let party = PartyItem {
            name: name?,
            attributes,
        };
        let kind = if is_customer {
            ItemKind::Customer(party)
        } else {
            ItemKind::Supplier(party)
        };
        Some((kind, common.clause))
    }

    /// A party's name without quotation marks.
    fn unquoted(&mut self, node: &Node<'t>) -> Text {
        let text = words(node);
        let start = node.as_span().start();
        let span = self.span_of(start, start + text.len());
        self.report_missing_quotes(node);
        Text {
            text: text.to_owned(),
            span,
        }
    }

    fn attribute(&mut self, node: Node<'t>) -> Option<(Name, Text)> {
        let mut parts = Children::of(node);
        let name = parts.take(Rule::name).map(|part| self.name(&part))?;
        let text = parts.take(Rule::string).map(|part| self.string(&part))?;
        Some((name, text))
    }

    fn currency(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("currency", &node);
        let mut codes = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::name => codes.push(self.name(&part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if codes.is_empty() {
            self.lacks(&common, "which currency it is", "its code: `currency EUR`");
        }
        Some((ItemKind::Currency(Currencies { codes }), common.clause))
    }

    fn term(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("term", &node);
        let mut dates = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_from | Rule::k_to => {}
                Rule::calendar => match self.date(&part) {
                    Some(date) => dates.push(date),
                    None => common.broken = true,
                },
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let [first, last] = dates.as_slice() else {
            match dates.first() {
                Some(first) => self.lacks(
                    &common,
                    "its last day",
                    &format!(
                        "`term {first} to …`; what happens after it is said with `renewal {{ … }}`"
                    ),
                ),
                None => self.lacks(
                    &common,
                    "its first and its last day",
                    "`term 2026-01-01 to 2028-12-31`",
                ),
            }
            return None;
        };
        let term = TermItem {
            first: *first,
            last: *last,
        };
        Some((ItemKind::Term(term), common.clause))
    }

    fn invoice(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("invoice", &node);
        let mut due_in_days = None;
        let mut monthly = false;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_monthly => monthly = true,
                Rule::due => {
                    due_in_days = part
                        .into_inner()
                        .find(|part| part.as_rule() == Rule::count)
                        .map(|count| self.count(count));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if !monthly {
            self.lacks(
                &common,
                "how often it is invoiced",
                "`invoice monthly, due in 30 days`",
            );
        }
        Some((ItemKind::Invoice(Invoicing { due_in_days }), common.clause))
    }

    fn part_months(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("part months", &node);
        let mut how = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::part_months_how => how = Some(part_months_of(words(&part))),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if how.is_none() {
            self.lacks(
                &common,
                "how they are counted",
                "`part months by actual days`, `part months as months of 30 days` or `part months in full`",
            );
        }
        Some((ItemKind::PartMonths(how?), common.clause))
    }

    fn language_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("language", &node);
        let mut number = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_language => {}
                Rule::number => number = Some(self.number(&part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        Some((ItemKind::Language(number?), common.clause))
    }

    fn round_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("round", &node);
        let (mut scope, mut mode, mut step) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_to => {}
                Rule::round_scope if words(&part).starts_with("each") => {
                    scope = Some(RoundScope::EachLine);
                }
                Rule::round_scope => scope = Some(RoundScope::OnlyTheTotal),
                Rule::round_mode => mode = Some(rounding_mode(words(&part))),
                Rule::arith => step = Some(self.expr(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let (Some(scope), Some(mode), Some(step)) = (scope, mode, step) else {
            self.lacks(
                &common,
                "what is rounded, which way and to what",
                "`round each line half up to 0.01 EUR`",
            );
            return None;
        };
        Some((
            ItemKind::Round(RoundItem { scope, mode, step }),
            common.clause,
        ))
    }
}

/// The kind of an item and the clause that it names; nothing if too little of it could be read.
pub(super) type ItemParts = Option<(ItemKind, Option<Text>)>;

/// The rounding mode of those words, which the grammar has checked.
pub(super) fn rounding_mode(words: &str) -> RoundingMode {
    if words.ends_with("even") {
        RoundingMode::HalfEven
    } else if words.starts_with("half") {
        RoundingMode::HalfUp
    } else if words == "up" {
        RoundingMode::Up
    } else if words == "down" {
        RoundingMode::Down
    } else if words == "floor" {
        RoundingMode::Floor
    } else {
        RoundingMode::Ceiling
    }
}

/// How part months are counted in those words, which the grammar has checked.
fn part_months_of(words: &str) -> PartMonths {
    if words.starts_with("by") {
        PartMonths::ActualDays
    } else if words.starts_with("as") {
        PartMonths::ThirtyDays
    } else {
        PartMonths::InFull
    }
}

pub(super) fn nameless(span: Span) -> Name {
    Name {
        text: String::new(),
        span,
    }
}

/// What an item that could not be read probably is.
pub(super) fn unreadable(text: &str) -> Option<Unreadable> {
    let mut all = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    let word = all.next()?.to_owned();
    let second = all.next();
    // `service level NAME`, `share gain NAME`, `add charge NAME`: the name comes after what the item is.
    let name = match (word.as_str(), second) {
        ("service", Some("level")) | ("share", Some("gain" | "currency")) => all.next(),
        _ => second,
    };
    Some(Unreadable {
        word,
        name: name.map(str::to_owned),
    })
}
