//! What a name means.

use std::collections::BTreeMap;

use crate::program::{NodeId, SeriesId};
use crate::quantity::Type;
use crate::text::Span;

use super::{Domain, OverTime, Typed};

/// A dimension by which things are reported or paid: channels, languages, sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<String>,
    /// Where each of them is listed.
    pub member_spans: Vec<Span>,
    /// Where it is declared.
    pub span: Span,
}

/// What kind of item a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// An input.
    Input,
    /// A metric.
    Metric,
    /// A `let`.
    Definition,
    /// A scorecard.
    Scorecard,
    /// A charge.
    Charge,
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
    /// A commitment: its shortfall.
    Commitment,
    /// A holdback: what is held back in the month.
    Holdback,
}

impl SymbolKind {
    /// The word that declares it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Metric => "metric",
            Self::Definition => "definition",
            Self::Scorecard => "scorecard",
            Self::Charge => "charge",
            Self::ServiceLevel => "service level",
            Self::Points => "points item",
            Self::AtRisk => "at-risk amount",
            Self::Credit => "credit",
            Self::Bonus => "bonus",
            Self::Commitment => "commitment",
            Self::Holdback => "holdback",
        }
    }

    /// The word with its article: `an input`.
    #[must_use]
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::Input | Self::AtRisk) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.words())
    }
}

/// The node or nodes of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SymbolValue {
    /// One value.
    One(NodeId),
    /// One value for each member of a dimension, which is an index into the context's dimensions.
    ByMember(usize, Vec<NodeId>),
    /// Not yet computed: only earlier months can be read.
    Later,
}

/// A declared name.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What declares it.
    pub what: SymbolKind,
    /// Where its name is declared.
    pub span: Span,
    /// Its type; unknown until it is computed, unless it is declared.
    pub kind: Type,
    /// Its nodes.
    pub value: SymbolValue,
    /// Whether it may have no value in some months.
    pub optional: bool,
    /// Whether it is a quotient of like things.
    pub ratio: bool,
    /// Its constant value, if it is the same in every month.
    pub constant: Option<crate::quantity::Exact>,
    /// What can be observed of it.
    pub domain: Option<Domain>,
    /// The series that read its earlier months: one, or one for each member.
    pub series: BTreeMap<usize, SeriesId>,
    /// Whether anything refers to it.
    pub used: bool,
    /// What a definition or metric is over time.
    pub over_time: OverTime,
}

impl Symbol {
    /// A name whose value is not yet computed.
    #[must_use]
    pub fn new(name: &str, what: SymbolKind, span: Span) -> Self {
        Self {
            name: name.to_owned(),
            what,
            span,
            kind: Type::Unknown,
            value: SymbolValue::Later,
            optional: false,
            ratio: false,
            constant: None,
            domain: None,
            series: BTreeMap::new(),
            used: false,
            over_time: OverTime::EachMonth,
        }
    }

    /// The name with its values: one, or one for each member of that dimension.
    #[must_use]
    pub fn with_values(mut self, members: Option<usize>, values: &[Typed]) -> Self {
        if let Some(first) = values.first() {
            self.kind = first.kind.clone();
            self.optional = values.iter().any(|value| value.optional);
            self.ratio = first.ratio;
            self.constant = if values.len() == 1 {
                first.constant.clone()
            } else {
                None
            };
            self.domain = first.domain.clone();
        }
        let nodes: Vec<NodeId> = values.iter().map(|value| value.node).collect();
        self.value = match (members, nodes.first()) {
            (Some(dimension), _) => SymbolValue::ByMember(dimension, nodes),
            (None, Some(node)) => SymbolValue::One(*node),
            (None, None) => SymbolValue::Later,
        };
        self
    }
}
