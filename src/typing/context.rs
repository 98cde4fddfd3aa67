//! What is known while a contract is analysed: declarations, nodes, findings.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Period;
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::lineage::Lineages;
use crate::model::Reference;
use crate::program::{Graph, NodeId, Op, Plan, SeriesId, WindowMonths};
use crate::quantity::{Currency, Exact, Rounding, Type, UnitTable};
use crate::syntax::tree::{PartMonths, RoundScope};
use crate::text::{FileId, Sources, Span};

use super::over::Summand;
use super::{Dimension, Indexing, Over, Refused, Symbol, Typed};

/// How the contract rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractRounding {
    /// Whether each line or only the total is rounded.
    pub scope: RoundScope,
    /// Which way and to what.
    pub rounding: Rounding,
    /// Where the contract says so.
    pub span: Span,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// The sums on which later stages build. Each is set once its stage is done.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Sum of the charge lines.
    pub charges: Option<NodeId>,
    /// Sum of the adjustment lines before limits.
    pub adjustments: Option<NodeId>,
    /// Sum of all credits before limits, as a positive amount.
    pub credits: Option<NodeId>,
    /// Sum of all bonuses before limits.
    pub bonuses: Option<NodeId>,
    /// Sum of all service points.
    pub points: Option<Typed>,
    /// The amount invoiced before tax.
    pub total: Option<NodeId>,
}

/// The length in bytes above which a text of a finding is cut, because it quotes something very long.
const ENDLESS: usize = 2_000;

/// Cuts a text that nobody would read to its end.
fn shorten(text: &mut String) {
    if text.len() > ENDLESS {
        *text = text.chars().take(ENDLESS / 4).chain("…".chars()).collect();
    }
}

/// The most candidates that are compared with unknown words in one contract.
const MOST_GUESSES: usize = 200_000;

/// Everything that is known while a contract is analysed.
pub struct Context<'s> {
    /// The texts, for quoting them.
    pub sources: &'s Sources,
    /// The nodes.
    pub graph: Graph,
    /// The lines, notices and measures.
    pub plan: Plan,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The units.
    pub units: UnitTable,
    /// Names of items that could not be read and are reported: what refers to them is not at fault.
    pub unreadable: BTreeSet<String>,
    /// The declared names.
    pub symbols: BTreeMap<String, Symbol>,
    /// The series that read earlier months of a name that is not computed yet: one, or one for each member.
    pub(super) earlier: BTreeMap<String, BTreeMap<usize, SeriesId>>,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
    /// Where the contract's own units are declared, by each of their names.
    pub unit_spans: BTreeMap<String, Span>,
    /// Which words refer to which declarations.
    pub references: BTreeSet<Reference>,
    /// The item that is being read. Notices use it.
    pub item: String,
    /// The dimension and member that an item is being read for.
    pub member: Option<(usize, usize)>,
    /// The currencies. The first is the currency of the invoice.
    pub currencies: Vec<Currency>,
    /// How the contract rounds.
    pub rounding: Option<ContractRounding>,
    /// The first and the last day of the contract.
    pub term: Option<Period>,
    /// What a fixed monthly amount is worth in a part of a month, if the contract says so.
    pub part_months: Option<PartMonths>,
    /// Whether this has been asked.
    pub(super) part_months_asked: bool,
    /// Amounts that do not count as fixed: those of lines, and those that have already been divided for part months.
    pub(super) not_fixed: BTreeSet<NodeId>,
    /// The factors of indices. An amount that follows an index is as fixed as it was before.
    pub(super) factors: BTreeSet<NodeId>,
    /// The sums of the stages that are done.
    pub totals: Totals,
    /// The index that the amounts of the current item follow.
    pub indexing: Option<Indexing>,
    /// Which items continue as which in the other versions of the contract.
    pub lineages: Lineages,
    /// What stays open beyond the end of a month, by lineage and words.
    pub keeps: BTreeSet<String>,
    /// The member of the rate card's line that is being read.
    pub arm: Option<String>,
    /// The number of facts recorded for each name.
    pub(super) fact_names: BTreeMap<String, usize>,
    /// The values of metrics and definitions over several months, if the contract reads them.
    pub over: BTreeMap<(String, WindowMonths), Over>,
    /// The months over which counts are summed while the formula of such a value is read.
    pub summing: Option<WindowMonths>,
    /// The counts that are summed in such a formula.
    pub(super) summands: Vec<Summand>,
    /// Why that value cannot be computed.
    pub refused: Option<Refused>,
    /// The number of candidates that can still be compared with unknown words.
    pub(super) guesses: Cell<usize>,
}

impl<'s> Context<'s> {
    /// Starts with nothing known.
    #[must_use]
    pub fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            graph: Graph::default(),
            plan: Plan::default(),
            diagnostics: Vec::new(),
            units: UnitTable::default(),
            unreadable: BTreeSet::new(),
            symbols: BTreeMap::new(),
            earlier: BTreeMap::new(),
            dimensions: Vec::new(),
            unit_spans: BTreeMap::new(),
            references: BTreeSet::new(),
            item: String::new(),
            member: None,
            currencies: Vec::new(),
            rounding: None,
            term: None,
            part_months: None,
            part_months_asked: false,
            not_fixed: BTreeSet::new(),
            factors: BTreeSet::new(),
            totals: Totals::default(),
            indexing: None,
            lineages: Lineages::default(),
            keeps: BTreeSet::new(),
            arm: None,
            fact_names: BTreeMap::new(),
            over: BTreeMap::new(),
            summing: None,
            summands: Vec::new(),
            refused: None,
            guesses: Cell::new(MOST_GUESSES),
        }
    }

    /// Records a finding.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.related);
        for label in labels {
            shorten(&mut label.text);
        }
        shorten(&mut diagnostic.message);
        diagnostic.why.iter_mut().for_each(shorten);
        diagnostic.help.iter_mut().for_each(shorten);
        self.diagnostics.push(diagnostic);
    }

    /// Records that a word refers to a declaration.
    pub fn refer(&mut self, at: Span, to: Span) {
        if at != to {
            self.references.insert(Reference { at, to });
        }
    }

    /// The references of words within a place.
    pub fn referred_within(&self, place: Span) -> impl Iterator<Item = &Reference> {
        let (start, first) = (place.start, FileId(0));
        let from = Reference {
            at: Span {
                end: start,
                ..place
            },
            to: Span::new(first, 0, 0),
        };
        let from = self.references.range(from..);
        from.take_while(move |reference| place.holds(reference.at))
    }

    /// The user's own text at a place, on one line and not too long.
    #[must_use]
    pub fn quote(&self, span: Span) -> String {
        let words: Vec<&str> = self.sources.slice(span).split_whitespace().collect();
        let line = words.join(" ");
        if line.chars().count() <= 60 {
            return line;
        }
        let start: String = line.chars().take(57).collect();
        format!("{start}…")
    }

    /// The currency of the invoice.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currencies.first().copied()
    }

    /// The type of an amount on the invoice; unknown if the contract names no currency.
    #[must_use]
    pub fn money(&self) -> Type {
        self.currency().map_or(Type::Unknown, Type::money)
    }

    /// Something that could not be understood. Whatever uses it reports nothing.
    pub fn unknown(&mut self, span: Span) -> Typed {
        let node = self.graph.add(Op::Broken, Type::Unknown, span);
        Typed::new(node, Type::Unknown, span)
    }

    /// A number of the contract.
    pub fn constant(&mut self, value: Exact, kind: Type, span: Span) -> Typed {
        let node = self.graph.constant(value.clone(), kind.clone(), span);
        Typed::new(node, kind, span).with_constant(Some(value))
    }

    /// A node of that type.
    pub fn node(&mut self, op: Op, kind: Type, span: Span) -> NodeId {
        self.graph.add(op, kind, span)
    }

    /// A number as a bare node.
    pub fn number(&mut self, value: i64, kind: Type, span: Span) -> NodeId {
        self.graph.constant(Exact::from_integer(value), kind, span)
    }

    /// A new series, to be bound to its node later. Reading it before that fails.
    pub fn new_series(&mut self) -> SeriesId {
        self.graph.new_series()
    }

    /// The series of the node's own values.
    pub fn series_of(&mut self, node: NodeId) -> SeriesId {
        let series = self.new_series();
        self.graph.bind_series(series, node);
        series
    }

    /// The sum of amounts; 0 if there are none.
    pub fn sum(&mut self, nodes: Vec<NodeId>, kind: Type, span: Span) -> NodeId {
        match nodes.as_slice() {
            [] => self.number(0, kind, span),
            [one] => *one,
            _ => self.graph.add(Op::Sum(nodes.into()), kind, span),
        }
    }

    /// The amount as it is on a line: rounded, if the contract rounds each line. The rounding mode decides what happens
    /// to the sign.
    pub fn line_amount(&mut self, amount: NodeId, span: Span) -> NodeId {
        let Some(rounding) = self.rounding.clone() else {
            return amount;
        };
        if rounding.scope == RoundScope::OnlyTheTotal {
            return amount;
        }
        let money = self.money();
        let rounded = self
            .graph
            .add(Op::Round(amount, Box::new(rounding.rounding)), money, span);
        let words = self.quote(rounding.span);
        self.graph
            .label(rounded, StepKind::Rounding, words, rounding.clause);
        rounded
    }

    /// The smallest amount that a line can have.
    #[must_use]
    pub fn money_step(&self) -> Exact {
        self.rounding
            .as_ref()
            .map(|rounding| rounding.rounding.step.clone())
            .or_else(|| self.currency().map(|currency| currency.minor_unit()))
            .unwrap_or_else(Exact::one)
    }

    /// The name as it is on a line, with the member while an item is read for a member.
    #[must_use]
    pub fn member_name(&self, name: &str) -> String {
        match self.member_text() {
            Some(member) => format!("{name}.{member}"),
            None => name.to_owned(),
        }
    }

    /// The member that an item is being read for.
    #[must_use]
    pub fn member_text(&self) -> Option<&str> {
        let (dimension, member) = self.member?;
        let members = &self.dimensions.get(dimension)?.members;
        members.get(member).map(String::as_str)
    }
}
