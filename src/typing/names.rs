//! From names to values, and what a name that does not exist probably means.

use crate::catalogue;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::program::Op;
use crate::syntax::tree::{Name, Path};
use crate::text::Span;

use super::{Context, Origin, Symbol, SymbolValue, Typed};

/// The longest name, in bytes, for which a guess is made.
const LONGEST_GUESS: usize = 80;

/// The candidate closest to `word`, if one is close.
#[must_use]
pub fn suggestion<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if word.len() > LONGEST_GUESS {
        return None;
    }
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST_GUESS)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

impl Context<'_> {
    /// The candidate closest to `word`. If a text has so many unknown words that guessing would take long, it gets no
    /// more suggestions.
    pub fn guess<'c>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let left = self.guesses.get();
        if left == 0 {
            return None;
        }
        let candidates: Vec<&str> = candidates.into_iter().take(left + 1).collect();
        self.guesses.set(left.saturating_sub(candidates.len()));
        suggestion(word, candidates)
    }

    /// The value that a name means.
    pub fn value_of(&mut self, path: &Path) -> Typed {
        let Some(symbol) = self.find(&path.name) else {
            return self.unknown(path.span);
        };
        match self.summing {
            Some(window) => self.over_name(&symbol, window, path.span, |cx, symbol| {
                cx.value_in(symbol, path)
            }),
            None => self.value_in(&symbol, path),
        }
    }

    /// The value that a declared name has at that place.
    pub(super) fn value_in(&mut self, symbol: &Symbol, path: &Path) -> Typed {
        match (&symbol.value, &path.member) {
            (SymbolValue::One(node), None) => Self::of_symbol(symbol, *node, path.span),
            (SymbolValue::ByMember(dimension, nodes), Some(member)) => {
                match self.member_index(*dimension, member) {
                    Some(at) => match nodes.get(at) {
                        Some(node) => Self::of_symbol(symbol, *node, path.span),
                        None => self.unknown(path.span),
                    },
                    None => self.unknown(path.span),
                }
            }
            (SymbolValue::ByMember(dimension, nodes), None) => {
                match self.member.filter(|(current, _)| current == dimension) {
                    Some((_, member)) => match nodes.get(member) {
                        Some(node) => Self::of_symbol(symbol, *node, path.span),
                        None => self.unknown(path.span),
                    },
                    None => self.needs_member(symbol, *dimension, path.span),
                }
            }
            (SymbolValue::One(_), Some(member)) => self.has_no_members(symbol, member, path.span),
            (SymbolValue::Later, _) => self.unknown(path.span),
        }
    }

    /// The sum over the members of a name's dimension.
    pub fn total_of(&mut self, path: &Path, span: Span) -> Typed {
        if path.is_points() && self.has_points() {
            return self.total_points(span);
        }
        let Some(symbol) = self.find(&path.name) else {
            return self.unknown(span);
        };
        match self.summing {
            Some(window) => self.over_name(&symbol, window, span, |cx, symbol| {
                cx.total_in(symbol, span)
            }),
            None => self.total_in(&symbol, span),
        }
    }

    fn total_in(&mut self, symbol: &Symbol, span: Span) -> Typed {
        match &symbol.value {
            SymbolValue::ByMember(_, nodes) => {
                let node = self.node(Op::Sum(nodes.to_vec().into()), symbol.kind.clone(), span);
                let node = self.total_fact(symbol, node);
                Self::of_symbol(symbol, node, span)
            }
            SymbolValue::One(node) => Self::of_symbol(symbol, *node, span),
            SymbolValue::Later => self.unknown(span),
        }
    }

    /// Whether the contract counts service points.
    #[must_use]
    pub fn has_points(&self) -> bool {
        let mut all = self.symbols.values();
        all.any(|symbol| symbol.what == catalogue::ItemKind::Points)
    }

    /// The declared name. If there is none, a finding.
    pub fn find(&mut self, name: &Name) -> Option<Symbol> {
        if let Some(symbol) = self.symbols.get_mut(&name.text) {
            symbol.used = true;
            let symbol = symbol.clone();
            self.refer(name.span, symbol.span);
            return Some(symbol);
        }
        if self.unreadable.contains(&name.text) {
            return None;
        }
        let mut finding = Diagnostic::error(
            "unknown-name",
            name.span,
            format!("nothing is called `{}`", name.text),
        )
        .here("not declared in this contract");
        let known = self.symbols.keys().map(String::as_str);
        finding = match self.guess(&name.text, known) {
            Some(close) => match self.symbols.get(close) {
                Some(symbol) => {
                    let finding = finding
                        .and_at(symbol.span, format!("the {} `{close}` is declared here", symbol.what.words()))
                        .help(format!("did you mean `{close}`?"))
                        .mended_by(renaming(name.span, close));
                    if close.eq_ignore_ascii_case(&name.text) {
                        finding.because("small and capital letters make different names")
                    } else {
                        finding
                    }
                }
                None => finding,
            },
            None if let Some(meant) = everyday_sum(&name.text) => finding
                .because(format!("the sum is always called `{meant}`"))
                .help(format!("write `{meant}`"))
                .mended_by(renaming(name.span, meant)),
            None => finding.help(format!(
                "declare it, for example `input {0} : calls`, or `metric {0} … {{ … }}`, or `let {0} = …`",
                name.text
            )),
        };
        self.report(finding);
        None
    }

    fn of_symbol(symbol: &Symbol, node: crate::program::NodeId, span: Span) -> Typed {
        let mut typed = Typed::new(node, symbol.kind.clone(), span);
        typed.origin = Some(Origin {
            name: symbol.name.clone(),
            declared: symbol.span,
        });
        typed.optional = symbol.optional;
        typed.ratio = symbol.ratio;
        typed.constant = symbol.constant.clone();
        typed.domain = symbol.domain.clone();
        typed
    }

    /// The position of a member in its dimension. If there is no such member, a finding.
    pub fn member_index(&mut self, dimension: usize, member: &Name) -> Option<usize> {
        let known = self.dimensions.get(dimension)?;
        let found = known.place(&member.text);
        let listed_at = known.listed(&member.text);
        if found.is_none() {
            let dimension = known.clone();
            let mut finding = Diagnostic::error(
                "unknown-member",
                member.span,
                format!("`{}` is not a {}", member.text, dimension.name),
            )
            .and_at(
                dimension.span,
                format!("the {} are declared here", plural(&dimension.name)),
            );
            let close = self.guess(&member.text, dimension.members.iter().map(String::as_str));
            finding = match close {
                Some(close) => finding.help(format!("did you mean `{close}`?")),
                None => finding.help(format!("write one of {}", listed(&dimension.members))),
            };
            self.report(finding);
        }
        if let Some(listed_at) = listed_at {
            self.refer(member.span, listed_at);
        }
        found
    }

    /// Reads something once, or once for each member of a dimension. Returns this with the position of the dimension.
    pub fn each_member<T>(
        &mut self,
        dimension: Option<&Name>,
        mut read: impl FnMut(&mut Self) -> T,
    ) -> (Option<usize>, Vec<T>) {
        let Some(name) = dimension else {
            return (None, vec![read(self)]);
        };
        let Some(at) = self.dimension_named(name) else {
            return (None, Vec::new());
        };
        let count = self
            .dimensions
            .get(at)
            .map_or(0, |dimension| dimension.members.len());
        let mut all = Vec::new();
        for member in 0..count {
            if self.graph.is_full() {
                break;
            }
            self.member = Some((at, member));
            all.push(read(self));
        }
        self.member = None;
        (Some(at), all)
    }

    /// The position of a dimension. If there is none with that name, a finding.
    pub fn dimension_named(&mut self, name: &Name) -> Option<usize> {
        let found = self
            .dimensions
            .iter()
            .position(|known| known.name == name.text);
        if found.is_none() && !self.unreadable.contains(&name.text) {
            let known: Vec<&str> = self
                .dimensions
                .iter()
                .map(|known| known.name.as_str())
                .collect();
            let help = match self.guess(&name.text, known) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("declare it: `dimension {} {{ …, … }}`", name.text),
            };
            let message = format!("there is no dimension `{}`", name.text);
            self.report(Diagnostic::error("unknown-dimension", name.span, message).help(help));
        }
        if let Some(known) = found.and_then(|at| self.dimensions.get(at)) {
            self.refer(name.span, known.span);
        }
        found
    }

    fn needs_member(&mut self, symbol: &Symbol, dimension: usize, span: Span) -> Typed {
        if let Some(dimension) = self.dimensions.get(dimension).cloned() {
            let first = dimension.members.first().cloned().unwrap_or_default();
            let name = &symbol.name;
            self.report(
                Diagnostic::error(
                    "missing-member",
                    span,
                    format!("`{name}` has one value for each {}", dimension.name),
                )
                .here("which one, or their sum?")
                .and_at(symbol.span, format!("declared by {} here", dimension.name))
                .help(format!(
                    "write `total {name}` for the sum, or `{name}.{first}` for one of them"
                )),
            );
        }
        self.unknown(span)
    }

    fn has_no_members(&mut self, symbol: &Symbol, member: &Name, span: Span) -> Typed {
        let name = &symbol.name;
        self.report(
            Diagnostic::error(
                "unexpected-member",
                member.span,
                format!(
                    "`{name}` is not declared by a dimension, so it has no `{}`",
                    member.text
                ),
            )
            .and_at(symbol.span, "declared here")
            .help(format!(
                "write `{name}` alone, or declare it `by` a dimension"
            )),
        );
        self.unknown(span)
    }
}

/// Names in backticks with commas: `a`, `b`.
pub(super) fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn plural(word: &str) -> String {
    format!("{word}s")
}

/// The edit that writes another name.
fn renaming(span: Span, meant: &str) -> Fix {
    Fix {
        title: format!("write `{meant}`"),
        edits: vec![Edit {
            span,
            text: meant.to_owned(),
        }],
        safe: false,
    }
}

/// The sum that contracts call by another name.
fn everyday_sum(word: &str) -> Option<&'static str> {
    let meant = match word.to_lowercase().as_str() {
        "fee" | "fees" | "monthly_fee" | "monthly_fees" | "monthly_charges" | "monthly_charge"
        | "charge" | "price" | "prices" | "revenue" | "remuneration" | "spend" | "billing"
        | "billings" => "charges",
        "bill" | "invoice_total" | "invoice_amount" | "net_total" | "subtotal" => "total",
        "penalties" | "penalty" | "service_credits" | "malus" | "deductions" => "credits",
        "incentives" | "rewards" | "incentive" => "bonuses",
        word if word.ends_with("billing")
            || word.ends_with("_fees")
            || word.ends_with("_charges") =>
        {
            "charges"
        }
        _ => return None,
    };
    Some(meant)
}
