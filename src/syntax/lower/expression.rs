//! The operands of an expression, and the forms that begin with a word of their own.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Along, Builtin, Expr, ExprKind, Fold, Function, Months, Rounded, StepCount, StepMode, Window,
    WindowKind,
};
use super::Lowering;
use super::file::rounding_mode;

impl<'t> Lowering<'t> {
    /// Any expression: an `if` or a flat list of operands and operators.
    pub(super) fn expr(&mut self, node: Node<'t>) -> Expr {
        if node.as_rule() == Rule::if_expr {
            self.if_expr(node)
        } else {
            self.climb(node)
        }
    }

    fn if_expr(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut sides = node
            .into_inner()
            .filter(|part| matches!(part.as_rule(), Rule::flat | Rule::undated))
            .map(|part| self.climb(part))
            .collect::<Vec<_>>();
        let Some(otherwise) = sides.pop() else {
            return broken(span);
        };
        let mut arms = Vec::with_capacity(sides.len() / 2);
        let mut sides = sides.into_iter();
        while let (Some(condition), Some(value)) = (sides.next(), sides.next()) {
            arms.push((condition, value));
        }
        Expr {
            kind: ExprKind::If(arms, Box::new(otherwise)),
            span,
        }
    }

    /// One operand without its sign: everything that [`Lowering::climb`] does not handle itself.
    pub(super) fn operand(&mut self, node: Node<'t>, rest: &mut Children<'t>) -> Expr {
        let operand = self.bare_operand(node, rest);
        match rest.take(Rule::of_period) {
            Some(period) => self.of_period(operand, period),
            None => operand,
        }
    }

    /// `charges of the quarter`
    fn of_period(&mut self, of: Expr, node: Node<'t>) -> Expr {
        let span = of.span.to(self.span(&node));
        match self.months_of(node, span) {
            Some(months) => Expr {
                kind: ExprKind::OfMonths(Box::new(of), Box::new(months)),
                span,
            },
            None => broken(span),
        }
    }

    /// `of the quarter so far`, after what ends at `span`.
    pub(super) fn months_of(&mut self, node: Node<'t>, span: Span) -> Option<Months> {
        let mut parts = Children::of(node);
        parts.take(Rule::k_of);
        let first = parts.next()?;
        let text = words(&first);
        let mut kinds = text.split_whitespace();
        let kind = match parts.take(Rule::count) {
            Some(count) => Some(WindowKind::Last(Box::new(self.count(count)))),
            None if text.ends_with("month") => None,
            None if text.ends_with("quarter") => Some(WindowKind::CalendarQuarter),
            None if text.ends_with("term") => Some(WindowKind::Term),
            None if text.contains("contract") => Some(WindowKind::ContractYear),
            None => Some(WindowKind::CalendarYear),
        };
        parts.take(Rule::k_months);
        let along = if parts.take(Rule::so_far).is_some() {
            Along::SoFar
        } else if kinds.any(|word| word == "whole") {
            Along::Whole
        } else {
            Along::Open
        };
        Some(match kind {
            Some(kind) => Months::Over(Window { kind, span }, along),
            None => Months::This,
        })
    }

    fn bare_operand(&mut self, node: Node<'t>, rest: &mut Children<'t>) -> Expr {
        match node.as_rule() {
            Rule::number => self.amount(&node, rest),
            Rule::path => self.name_expr(&node),
            Rule::calendar => self.calendar(&node),
            Rule::paren => self.paren(node),
            Rule::total_of => self.total_of(node),
            Rule::builtin => self.builtin(&node),
            Rule::flag => self.make(&node, ExprKind::Flag(words(&node) == "yes")),
            Rule::by_agreement => self.make(&node, ExprKind::ByAgreement),
            Rule::call => self.call(node),
            Rule::fold => self.fold(node),
            Rule::previous_of => self.previous_of(node),
            Rule::in_a_row => {
                let span = self.span(&node);
                in_a_row(self.climb(node), span)
            }
            Rule::bands_of => self.bands_of(node),
            Rule::units_in => self.units_in(node),
            _ => broken(self.span(&node)),
        }
    }

    /// One operand that is alone as the next child, with a sign if it has one.
    pub(super) fn next_operand(&mut self, rest: &mut Children<'t>) -> Option<Expr> {
        let node = rest.next()?;
        if node.as_rule() != Rule::sign {
            return Some(self.operand(node, rest));
        }
        let at = self.span(&node);
        let operand = self.next_operand(rest)?;
        Some(signed(words(&node), at, operand))
    }

    fn make(&self, node: &Node<'t>, kind: ExprKind) -> Expr {
        Expr {
            kind,
            span: self.span(node),
        }
    }

    /// A name, or one of the words that every contract has.
    pub(super) fn name_expr(&self, node: &Node<'t>) -> Expr {
        let kind = match words(node) {
            "charges" => ExprKind::Builtin(Builtin::Charges),
            "adjustments" => ExprKind::Builtin(Builtin::Adjustments),
            "credits" => ExprKind::Builtin(Builtin::Credits),
            "bonuses" => ExprKind::Builtin(Builtin::Bonuses),
            "total" => ExprKind::Builtin(Builtin::Total),
            "month" => ExprKind::Builtin(Builtin::Month),
            _ => {
                let path = self.path(node);
                let span = path.span;
                return Expr {
                    kind: ExprKind::Name(path),
                    span,
                };
            }
        };
        self.make(node, kind)
    }

    fn builtin(&self, node: &Node<'t>) -> Expr {
        let text = words(node);
        let builtin = if text.starts_with("months") {
            Builtin::MonthsInTerm
        } else if text.starts_with("days") {
            Builtin::DaysInMonth
        } else if text.starts_with("adjusted") {
            Builtin::AdjustedCharges
        } else if text.ends_with("year") {
            Builtin::MonthOfYear
        } else {
            Builtin::MonthOfTerm
        };
        self.make(node, ExprKind::Builtin(builtin))
    }

    fn total_of(&self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        match node.into_inner().nth(1) {
            Some(path) => Expr {
                kind: ExprKind::TotalOf(self.path(&path)),
                span,
            },
            None => broken(span),
        }
    }

    /// An expression in parentheses; its span includes them.
    pub(super) fn paren(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let inside = node
            .into_inner()
            .find(|part| !matches!(part.as_rule(), Rule::open_paren | Rule::close_paren));
        match inside {
            Some(part) => Expr {
                span,
                ..self.expr(part)
            },
            None => broken(span),
        }
    }

    fn call(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut function = Function::Abs;
        let mut arguments = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::function if words(&part) == "min" => function = Function::Min,
                Rule::function if words(&part) == "max" => function = Function::Max,
                Rule::function | Rule::open_paren | Rule::close_paren => {}
                _ => arguments.push(self.expr(part)),
            }
        }
        Expr {
            kind: ExprKind::Call(function, arguments),
            span,
        }
    }

    fn fold(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let (mut fold, mut over, mut window) = (Fold::Sum, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::fold_word => {
                    fold = match words(&part) {
                        "average" => Fold::Average,
                        "count" => Fold::Count,
                        "least" => Fold::Least,
                        "greatest" => Fold::Greatest,
                        _ => Fold::Sum,
                    };
                }
                Rule::inner => over = Some(self.climb(part)),
                Rule::window => window = self.window(part),
                _ => {}
            }
        }
        let (Some(over), Some(window)) = (over, window) else {
            return broken(span);
        };
        Expr {
            kind: ExprKind::Window(fold, Box::new(over), window),
            span,
        }
    }

    fn window(&mut self, node: Node<'t>) -> Option<Window> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let first = parts.next()?;
        let kind = match (first.as_rule(), parts.take(Rule::count)) {
            (Rule::k_last_or_previous, Some(count)) => {
                let count = Box::new(self.count(count));
                if words(&first) == "last" {
                    WindowKind::Last(count)
                } else {
                    WindowKind::Previous(count)
                }
            }
            _ if words(&first) == "term" => WindowKind::Term,
            _ if words(&first).starts_with("contract") => WindowKind::ContractYear,
            _ if words(&first).ends_with("quarter") => WindowKind::CalendarQuarter,
            _ => WindowKind::CalendarYear,
        };
        Some(Window { kind, span })
    }

    fn previous_of(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_previous);
        let Some(of) = self.next_operand(&mut parts) else {
            return broken(span);
        };
        let at_first = match parts.take(Rule::k_at_first) {
            Some(_) => self.next_operand(&mut parts).map(Box::new),
            None => None,
        };
        Expr {
            kind: ExprKind::Previous(Box::new(of), at_first),
            span,
        }
    }

    fn bands_of(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let (mut of, mut bands) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::inner => of = Some(self.climb(part)),
                Rule::bands => bands = Some(self.bands(part)),
                _ => {}
            }
        }
        match (of, bands) {
            (Some(of), Some(bands)) => Expr {
                kind: ExprKind::Bands(Box::new(of), bands),
                span,
            },
            _ => broken(span),
        }
    }

    fn units_in(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let mode = match parts.take(Rule::units_mode) {
            Some(mode) if words(&mode).starts_with("started") => StepMode::Started,
            _ => StepMode::Full,
        };
        match self.next_operand(&mut parts) {
            Some(of) => Expr {
                kind: ExprKind::Units(mode, Box::new(of)),
                span,
            },
            None => broken(span),
        }
    }

    /// `rounded half up to 0.01`, in any position.
    pub(super) fn rounded(&mut self, node: Node<'t>) -> Option<Rounded> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_rounded);
        let mode = rounding_mode(words(&parts.take(Rule::round_mode)?));
        parts.take(Rule::k_to);
        let step = self.next_operand(&mut parts)?;
        Some(Rounded { mode, step, span })
    }

    /// `per full 10 seconds of asa above 30 s`
    pub(super) fn steps(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        match self.step_count(node) {
            Some(count) => Expr {
                kind: ExprKind::Steps(Box::new(count)),
                span,
            },
            None => broken(span),
        }
    }

    fn step_count(&mut self, node: Node<'t>) -> Option<StepCount> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_per);
        let mode = parts.take(Rule::step_mode);
        let size = parts.take(Rule::number).map(|number| self.number(&number));
        let unit = match parts.next()? {
            word if word.as_rule() == Rule::word_token => {
                let is_point = matches!(words(&word), "point" | "points");
                (!is_point).then(|| self.name(&word))
            }
            _ => None,
        };
        let or_part = parts.take(Rule::or_part);
        let mode = self.step_mode(span, mode.as_ref().map(words), or_part.is_some());
        parts.take(Rule::k_of);
        let subject = self.next_operand(&mut parts)?;
        let above = parts.next()?.as_rule() == Rule::k_above;
        let level = self.climb(parts.next()?);
        Some(StepCount {
            mode,
            size,
            unit,
            subject,
            above,
            level,
        })
    }

    fn step_mode(
        &mut self,
        span: crate::text::Span,
        word: Option<&str>,
        or_part: bool,
    ) -> StepMode {
        match (word, or_part) {
            (Some("started"), _) | (None, true) => StepMode::Started,
            (Some("exact"), false) => StepMode::Exact,
            (Some("full"), false) => StepMode::Full,
            _ => {
                self.report_step_mode(span, word);
                StepMode::Full
            }
        }
    }
}

/// What could not be read.
pub(super) fn broken(span: crate::text::Span) -> Expr {
    Expr {
        kind: ExprKind::Broken,
        span,
    }
}

/// An operand with the sign before it.
pub(super) fn signed(sign: &str, at: crate::text::Span, operand: Expr) -> Expr {
    let span = at.to(operand.span);
    if sign == "+" {
        Expr { span, ..operand }
    } else {
        Expr {
            kind: ExprKind::Negate(Box::new(operand)),
            span,
        }
    }
}

/// `months in a row with (a < b) >= 3` compares the number of months, because a condition cannot be compared.
fn in_a_row(condition: Expr, span: Span) -> Expr {
    let kind = match condition.kind {
        ExprKind::Compare(left, comparison, right) if is_condition(&left) => {
            let counted = Expr {
                span: span.to(left.span),
                kind: ExprKind::InARow(left),
            };
            ExprKind::Compare(Box::new(counted), comparison, right)
        }
        kind => ExprKind::InARow(Box::new(Expr { kind, ..condition })),
    };
    Expr { kind, span }
}

fn is_condition(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Compare(..)
            | ExprKind::Between(..)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Not(_)
    )
}
