//! What a name means.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::catalogue::ItemKind;
use crate::program::NodeId;
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
    /// The position at which each member is first listed.
    places: BTreeMap<String, usize>,
}

impl Dimension {
    /// A dimension with its members, each with the place where it is listed.
    #[must_use]
    pub fn new(name: &str, span: Span, members: Vec<(String, Span)>) -> Self {
        let mut places = BTreeMap::new();
        for (at, (member, _)) in members.iter().enumerate() {
            places.entry(member.clone()).or_insert(at);
        }
        let (members, member_spans) = members.into_iter().unzip();
        Self {
            name: name.to_owned(),
            members,
            member_spans,
            span,
            places,
        }
    }

    /// The position of a member.
    #[must_use]
    pub fn place(&self, member: &str) -> Option<usize> {
        self.places.get(member).copied()
    }

    /// Where a member is listed.
    #[must_use]
    pub fn listed(&self, member: &str) -> Option<Span> {
        self.member_spans.get(self.place(member)?).copied()
    }
}

/// The node or nodes of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SymbolValue {
    /// One value.
    One(NodeId),
    /// One value for each member of a dimension, which is an index into the context's dimensions. The values are shared
    /// because each item that is read for a member looks the name up again.
    ByMember(usize, Rc<[NodeId]>),
    /// Not computed yet: only earlier months can be read.
    Later,
}

/// A declared name.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// The kind of item that declares it.
    pub what: ItemKind,
    /// Where its name is declared.
    pub span: Span,
    /// Its type. It is unknown until it is computed, unless it is declared.
    pub kind: Type,
    /// Its nodes.
    pub value: SymbolValue,
    /// Whether it may have no value in some months.
    pub optional: bool,
    /// Whether it is a quotient of two values of the same kind.
    pub ratio: bool,
    /// Its constant value, if it is the same in every month.
    pub constant: Option<crate::quantity::Exact>,
    /// The values that can be observed for it.
    pub domain: Option<Domain>,
    /// Whether anything refers to it.
    pub used: bool,
    /// The behaviour of a definition or metric over time.
    pub over_time: OverTime,
}

impl Symbol {
    /// A name whose value is not computed yet.
    #[must_use]
    pub fn new(name: &str, what: ItemKind, span: Span) -> Self {
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
            (Some(dimension), _) => SymbolValue::ByMember(dimension, nodes.into()),
            (None, Some(node)) => SymbolValue::One(*node),
            (None, None) => SymbolValue::Later,
        };
        self
    }
}
