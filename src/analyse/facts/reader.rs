//! Expressions, bands and names of the tree as values, bands and links.

use std::collections::BTreeMap;

use crate::model::facts::{
    Band, Bands, Dated, Fallback, Form, Head, ItemId, Link, Reach, Replacement, Rounded, Value,
};
use crate::program::{NodeId, Op, SlotId};
use crate::quantity::{Exact, Figure, Type, Unit};
use crate::syntax::tree::{self, Edge, Expr, ExprKind, FallbackKind, Item, Path, UnitExpr};
use crate::text::Span;
use crate::typing::{Context, SymbolValue};

use crate::analyse::dependencies::{References, Target};
use crate::analyse::items::declared;

/// What is known of a contract while its facts are read.
pub(super) struct Reader<'r> {
    pub(super) cx: &'r Context<'r>,
    pub(super) records: &'r super::records::Read,
    pub(super) items: &'r [&'r Item],
    own: usize,
    /// Which item declares which name; the first one where several do.
    ids: BTreeMap<&'r str, ItemId>,
    /// Which nodes stand for exactly which words, in the order of the words.
    nodes: Vec<(Span, NodeId)>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        cx: &'r Context<'r>,
        items: &'r [&'r Item],
        own: usize,
        records: &'r super::records::Read,
    ) -> Self {
        let mut ids = BTreeMap::new();
        for (at, item) in (0..).zip(items) {
            if let Some((name, _)) = declared(item) {
                ids.entry(name.text.as_str()).or_insert(ItemId(at));
            }
        }
        let nodes = (0..).zip(cx.graph.nodes());
        let mut nodes: Vec<(Span, NodeId)> =
            nodes.map(|(at, node)| (node.span, NodeId(at))).collect();
        nodes.sort_unstable();
        Self {
            cx,
            records,
            items,
            own,
            ids,
            nodes,
        }
    }

    /// All items with their heads.
    pub(super) fn heads(&self) -> impl Iterator<Item = (&'r Item, Head)> {
        let items = (0..).zip(self.items.iter().copied());
        items.map(|(at, item)| (item, self.head(at, item)))
    }

    fn head(&self, at: u32, item: &Item) -> Head {
        Head {
            id: ItemId(at),
            kind: item.what(),
            designation: item.designation().to_string(),
            name: item.declared_name().cloned(),
            title: item.title().cloned(),
            clause: item.clause.clone(),
            span: item.span,
            own: (at as usize) < self.own,
        }
    }

    /// What a name in the text stands for.
    pub(super) fn link(&self, path: &Path) -> Link {
        Link {
            to: self.ids.get(path.name.text.as_str()).copied(),
            name: path.name.text.clone(),
            member: path.member.as_ref().map(|member| member.text.clone()),
            span: path.span,
        }
    }

    /// The values of a declared name.
    pub(super) fn values(&self, name: &str) -> Vec<NodeId> {
        match self.cx.symbols.get(name).map(|symbol| &symbol.value) {
            Some(SymbolValue::One(node)) => vec![*node],
            Some(SymbolValue::ByMember(_, nodes)) => nodes.to_vec(),
            Some(SymbolValue::Later) | None => Vec::new(),
        }
    }

    /// The inputs of these columns, each once.
    pub(super) fn inputs(&self, columns: &[SlotId]) -> Vec<ItemId> {
        let slots = &self.cx.plan.slots;
        let mut found = Vec::new();
        for slot in columns.iter().filter_map(|slot| slots.get(slot.0 as usize)) {
            let id = self.ids.get(slot.input.as_str());
            found.extend(id.filter(|id| !found.contains(*id)));
        }
        found
    }

    /// A value that is agreed.
    pub(super) fn value(&self, expr: &Expr) -> Value {
        let mut references = References::default();
        references.expr(expr);
        let (mut reads, mut sums) = (Vec::new(), Vec::new());
        for reference in references.found {
            match reference.target {
                Target::Name(name) => {
                    let id = self.ids.get(name.as_str());
                    reads.extend(id.filter(|id| !reads.contains(*id)));
                }
                Target::Stage(sum) if !sums.contains(&sum) => sums.push(sum),
                Target::Stage(_) => {}
            }
        }
        Value {
            form: self.form(expr),
            nodes: self.whole(expr),
            reads,
            sums,
            span: expr.span,
        }
    }

    pub(super) fn maybe(&self, expr: Option<&Expr>) -> Option<Value> {
        expr.map(|expr| self.value(expr))
    }

    fn form(&self, expr: &Expr) -> Form {
        match &expr.kind {
            ExprKind::Number(value) => fixed(value, Type::Number),
            ExprKind::Percent(value) => fixed(value, Type::Percent),
            ExprKind::PercentagePoints(value) => fixed(value, Type::PercentagePoints),
            ExprKind::Flag(holds) => fixed(&Exact::from_integer(i64::from(*holds)), Type::Flag),
            ExprKind::Quantity(value, unit) => fixed(value, self.quantity(expr, value, unit)),
            ExprKind::Of(rate, base) => Form::Of {
                rate: Box::new(self.value(rate)),
                base: Box::new(self.value(base)),
            },
            ExprKind::Name(path) => Form::Name(self.link(path)),
            ExprKind::TotalOf(path) => Form::TotalOf(self.link(path)),
            ExprKind::Builtin(sum) => Form::Sum(*sum),
            ExprKind::Dated(first, later) => {
                let later = later.iter().map(|one| Dated {
                    from: one.from,
                    value: self.value(&one.value),
                });
                Form::Dated(Box::new(self.value(first)), later.collect())
            }
            ExprKind::Negate(of) => match self.form(of) {
                Form::Fixed(figure) => fixed(&figure.value.negate(), figure.kind),
                _ => Form::Formula,
            },
            ExprKind::ByAgreement => Form::ByAgreement,
            ExprKind::Sum(terms) => match terms.as_slice() {
                [(_, only)] => self.form(only),
                _ => Form::Formula,
            },
            _ => Form::Formula,
        }
    }

    /// The type of a written amount: that of its node, which knows what a price is for; else what its words say.
    fn quantity(&self, expr: &Expr, value: &Exact, words: &UnitExpr) -> Type {
        let graph = &self.cx.graph;
        let nodes = self.nodes_of(expr.span).into_iter();
        let known = nodes
            .filter_map(|node| graph.get(node))
            .find(|node| matches!(&node.op, Op::Constant(known) if known == value));
        if let Some(node) = known {
            return node.kind.clone();
        }
        let unit = |name: &tree::Name| self.cx.units.find(&name.text).map(Unit::from);
        let mut below = words.below.iter();
        let found = unit(&words.above).and_then(|above| {
            below.try_fold(above, |above, name| Some(above.divide(&unit(name)?).0))
        });
        found.map_or(Type::Unknown, Type::Quantity)
    }

    fn whole(&self, expr: &Expr) -> Vec<NodeId> {
        let nodes = self.nodes_of(expr.span);
        match &expr.kind {
            ExprKind::Name(path) | ExprKind::TotalOf(path) if nodes.is_empty() => {
                self.values(&path.name.text)
            }
            _ => nodes,
        }
    }

    /// The nodes that stand for exactly these words, in their order.
    fn nodes_of(&self, span: Span) -> Vec<NodeId> {
        let first = self.nodes.partition_point(|(known, _)| *known < span);
        let found = self.nodes.iter().skip(first);
        let found = found.take_while(|(known, _)| *known == span);
        found.map(|(_, node)| *node).collect()
    }

    /// Bands, as they are written.
    pub(super) fn bands(&self, bands: &tree::Bands) -> Bands {
        let all = bands.bands.iter().map(|band| Band {
            reach: self.reach(&band.reach),
            value: self.value(&band.value),
            ruling: band.ruling,
            span: band.span,
        });
        Bands {
            all: all.collect(),
            span: bands.span,
        }
    }

    fn reach(&self, reach: &tree::Reach) -> Reach {
        match reach {
            tree::Reach::Side(comparison, at) => Reach::Side(*comparison, self.value(at)),
            tree::Reach::Range(from, to) => Reach::Range {
                from: self.value(&from.at),
                from_included: from.edge == Edge::Included,
                to: self.value(&to.at),
                to_included: to.edge == Edge::Included,
            },
            tree::Reach::Exactly(at) => Reach::Exactly(self.value(at)),
            tree::Reach::Otherwise => Reach::Otherwise,
            tree::Reach::NoValue => Reach::NoValue,
        }
    }

    pub(super) fn fallback(&self, fallback: &tree::Fallback) -> Fallback {
        let with = match &fallback.kind {
            FallbackKind::NoValue => Replacement::NoValue,
            FallbackKind::NoInvoice => Replacement::NoInvoice,
            FallbackKind::LastKnown => Replacement::LastKnown,
            FallbackKind::AverageOfLast(months) => Replacement::AverageOfLast(self.value(months)),
            FallbackKind::Value(value) => Replacement::Value(self.value(value)),
        };
        Fallback {
            with,
            span: fallback.span,
        }
    }

    pub(super) fn rounded(&self, rounded: &tree::Rounded) -> Rounded {
        Rounded {
            mode: rounded.mode,
            step: self.value(&rounded.step),
            span: rounded.span,
        }
    }
}

fn fixed(value: &Exact, kind: Type) -> Form {
    Form::Fixed(Figure::new(value.clone(), kind))
}
