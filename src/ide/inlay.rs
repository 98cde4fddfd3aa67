//! What a number counts and what type a `let` has, where the text does not say it.

use crate::driver::Loaded;
use crate::program::Op;
use crate::quantity::{Figure, Type};
use crate::syntax::tree::{Item, ItemKind};
use crate::text::Span;

/// A hint between two characters of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlay {
    /// The words after which it is shown: at the end of this span.
    pub after: Span,
    /// The hint.
    pub text: String,
    /// Whether it names a type, rather than the unit of a number.
    pub is_type: bool,
}

/// Returns the hints within a part of a file, in the order of the text.
#[must_use]
pub fn inlays(loaded: &Loaded, part: Span) -> Vec<Inlay> {
    let within =
        |span: Span| span.file == part.file && part.start <= span.start && span.end <= part.end;
    let mut found: Vec<Inlay> = Vec::new();
    let contracts = loaded.contracts.iter().map(|checked| &checked.contract);
    for contract in contracts.chain(&loaded.libraries) {
        for item in contract.items.iter().filter(|item| within(item.span)) {
            found.extend(type_of(item, |name| {
                Some(contract.named(name)?.kind.clone())
            }));
        }
        let nodes = contract.graph.nodes().iter();
        for node in nodes.filter(|node| within(node.span)) {
            let Op::Constant(value) = &node.op else {
                continue;
            };
            let figure = Figure::new(value.clone(), node.kind.clone());
            let unit = figure.unit();
            if !unit.is_empty() && is_bare(loaded.sources.slice(node.span)) {
                found.push(Inlay {
                    after: node.span,
                    text: unit,
                    is_type: false,
                });
            }
        }
    }
    found.sort_by_key(|inlay| (inlay.after.end, inlay.is_type));
    found.dedup_by_key(|inlay| inlay.after.end);
    found
}

/// Returns the type of a `let` or metric that does not declare one.
fn type_of(item: &Item, kind: impl Fn(&str) -> Option<Type>) -> Option<Inlay> {
    let name = match &item.kind {
        ItemKind::Let(definition) if definition.value_type.is_none() => &definition.name,
        ItemKind::Metric(metric) if metric.value_type.is_none() => &metric.name,
        _ => return None,
    };
    let words = match kind(&name.text)? {
        Type::Unknown => return None,
        Type::Flag => "yes or no".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Percent => "percent".to_owned(),
        Type::PercentagePoints => "percentage points".to_owned(),
        Type::Score => "score".to_owned(),
        Type::Month => "month".to_owned(),
        Type::Quantity(unit) => unit.to_string(),
    };
    Some(Inlay {
        after: name.span,
        text: format!(": {words}"),
        is_type: true,
    })
}

/// Whether a number is written without a unit.
fn is_bare(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|sign| sign.is_ascii_digit() || matches!(sign, '_' | '.'))
}
