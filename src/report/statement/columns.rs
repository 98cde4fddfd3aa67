//! The rows of [`super::csv`] for months that were computed in columns: the same bytes, from pieces of text that are made
//! once, with numbers between them. No statement is built.

use crate::calendar::Month;
use crate::columnar::{Asked, Results};
use crate::evaluate::{arose_in, months_of};
use crate::program::{LinePlan, NodeId, Plan, Program};
use crate::quantity::{Exact, Figure, Type};
use crate::report::amount::plain;
use crate::report::escape::csv::cell;

use super::csv::{Lines, arose, number, quoted};

/// Writes the rows of months that were computed in columns.
pub struct ColumnRows<'p> {
    program: &'p Program,
    contract: String,
    lines: Vec<Line<'p>>,
    total: Option<usize>,
    asked: Vec<Asked>,
    /// By set of forms, then by line, the total last.
    templates: Vec<Vec<Template>>,
    /// The account and its beginning of each row, up to the month.
    account: Option<usize>,
    beginning: Vec<u8>,
}

/// A line's values by their positions among those that are asked for.
struct Line<'p> {
    plan: &'p LinePlan,
    amount: usize,
    quantity: Option<usize>,
    rate: Option<usize>,
    base: Option<usize>,
    shown_when: Option<usize>,
    arose_since: Option<usize>,
}

/// What is written of a line in each row.
struct Template {
    /// The line, unless it is the total.
    line: Option<usize>,
    pieces: Vec<Piece>,
}

enum Piece {
    Text(Vec<u8>),
    Number(Number),
    /// Text that is written only where there is a number.
    Beside(usize, Vec<u8>),
    Arose,
}

/// A number among a row's cells.
struct Number {
    value: usize,
    /// What it is written as, if it is the same in all rows.
    fixed: Option<Vec<u8>>,
    /// The integer is written with so many decimals after it was multiplied.
    decimal: Option<(i64, usize)>,
    /// At least so many decimals are shown.
    least: usize,
    percent: bool,
    kind: Kind,
}

enum Kind {
    Amount,
    Figure(Type),
}

impl<'p> ColumnRows<'p> {
    /// Nothing written yet; `contract` is the contract's name.
    #[must_use]
    pub fn new(program: &'p Program, contract: &str, which: Lines) -> Self {
        let mut asked = Vec::new();
        let mut ask = |node: NodeId, must_be_number| {
            asked.push(Asked {
                node,
                must_be_number,
            });
            asked.len() - 1
        };
        let plan = &program.plan;
        let total = plan.total.map(|total| ask(total, true));
        let lines = plan.lines.iter().map(|line| {
            let all = which == Lines::All;
            let mut also = |node: Option<NodeId>| node.filter(|_| all).map(|node| ask(node, false));
            Line {
                plan: line,
                quantity: also(line.quantity),
                rate: also(line.rate),
                base: also(line.base),
                shown_when: also(line.shown_when),
                arose_since: also(line.arose_since),
                // A month has an invoice only if each of its amounts is a number.
                amount: ask(line.amount, true),
            }
        });
        let mut lines: Vec<Line<'p>> = lines.collect();
        if which == Lines::Total {
            lines.clear();
        }
        Self {
            program,
            contract: contract.to_owned(),
            lines,
            total,
            asked,
            templates: Vec::new(),
            account: None,
            beginning: Vec::new(),
        }
    }

    /// The values that it needs.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.clone()
    }

    /// Prepares for the rows of these results.
    pub fn begin(&mut self, results: &Results) {
        self.templates.clear();
        for set in 0..results.sets() {
            let mut templates: Vec<Template> = Vec::new();
            for at in 0..self.lines.len() {
                templates.extend(self.line(results, set, at));
            }
            templates.extend(self.total_of(results, set));
            self.templates.push(templates);
        }
    }

    /// Appends the rows of a month.
    pub fn write(
        &mut self,
        out: &mut Vec<u8>,
        results: &Results,
        row: usize,
        (number, name): (usize, Option<&str>),
        month: Month,
    ) {
        if self.account != Some(number) {
            self.account = Some(number);
            self.beginning.clear();
            quoted(&mut self.beginning, &self.contract);
            self.beginning.push(b',');
            quoted(&mut self.beginning, &cell(name.unwrap_or_default()));
            self.beginning.push(b',');
        }
        let Some(templates) = self.templates.get(results.forms_of(row)) else {
            return;
        };
        for template in templates {
            let line = template.line.and_then(|at| self.lines.get(at));
            if line.is_some_and(|line| !line.is_shown(results, row)) {
                continue;
            }
            out.extend_from_slice(&self.beginning);
            put_month(out, month);
            for piece in &template.pieces {
                match piece {
                    Piece::Text(text) => out.extend_from_slice(text),
                    Piece::Number(number) => number.write(out, results, row, self.program),
                    Piece::Beside(value, text) if results.is_number(*value, row) => {
                        out.extend_from_slice(text);
                    }
                    Piece::Beside(..) => {}
                    Piece::Arose => {
                        if let Some(text) = line
                            .and_then(|line| line.arose(results, row, month, &self.program.plan))
                        {
                            out.extend_from_slice(text.as_bytes());
                        }
                    }
                }
            }
        }
    }

    fn line(&self, results: &Results, set: usize, at: usize) -> Option<Template> {
        let line = self.lines.get(at)?;
        let plan = line.plan;
        let mut pieces = Pieces::default();
        pieces.text(b",");
        pieces.cell(plan.kind.key());
        pieces.text(b",");
        pieces.cell(&plan.name);
        pieces.text(b",");
        pieces.cell(&cell(plan.clause.as_deref().unwrap_or_default()));
        pieces.text(b",");
        if let Some(value) = line.quantity {
            pieces.number(self.number(results, set, value, plan.quantity)?);
            pieces.text(b",");
            let unit = plan.quantity.map(|node| self.kind(node));
            if let Some(unit) = unit.as_ref().and_then(Type::unit) {
                let mut text = Vec::new();
                quoted(&mut text, &unit.to_string());
                pieces.push(Piece::Beside(value, text));
            }
        } else {
            pieces.text(b",");
        }
        pieces.text(b",");
        if let Some(value) = line.rate {
            pieces.number(self.number(results, set, value, plan.rate)?);
        }
        pieces.text(b",");
        if let Some(value) = line.base {
            pieces.number(self.number(results, set, value, plan.base)?);
        }
        pieces.text(b",");
        pieces.number(self.number(results, set, line.amount, None)?);
        pieces.text(b",");
        pieces.cell(self.program.plan.currency?.code());
        pieces.text(b",");
        if plan.arose.is_some() {
            pieces.push(Piece::Arose);
        }
        pieces.text(b"\n");
        Some(Template {
            line: Some(at),
            pieces: pieces.all,
        })
    }

    fn total_of(&self, results: &Results, set: usize) -> Option<Template> {
        let mut pieces = Pieces::default();
        pieces.text(b",total,,,,,,,");
        pieces.number(self.number(results, set, self.total?, None)?);
        pieces.text(b",");
        pieces.cell(self.program.plan.currency?.code());
        pieces.text(b",\n");
        Some(Template {
            line: None,
            pieces: pieces.all,
        })
    }

    fn kind(&self, node: NodeId) -> Type {
        self.program
            .node(node)
            .map_or(Type::Unknown, |node| node.kind.clone())
    }

    /// How a number is written in the rows of a set; without a node it is an amount of the invoice.
    fn number(
        &self,
        results: &Results,
        set: usize,
        value: usize,
        node: Option<NodeId>,
    ) -> Option<Number> {
        let form = results.form(set, value)?;
        let currency = self.program.plan.currency?;
        let kind = node.map_or(Kind::Amount, |node| Kind::Figure(self.kind(node)));
        let (percent, least) = match &kind {
            Kind::Amount => (false, currency.decimals()),
            Kind::Figure(Type::Percent) => (true, 0),
            Kind::Figure(kind) => (false, kind.currency().map_or(0, |own| own.decimals())),
        };
        let mut number = Number {
            value,
            fixed: None,
            decimal: decimal(form.scale, if percent { 100 } else { 1 }).filter(|_| !form.has_below),
            least,
            percent,
            kind,
        };
        if let (Some(above), false) = (form.fixed, form.has_below) {
            let exact = Exact::of_wide_ratio(above, form.scale)?;
            number.fixed = Some(number.text(exact, self.program).into_bytes());
        }
        Some(number)
    }
}

impl Line<'_> {
    /// A line that is not always shown is left out only where it is zero.
    #[inline]
    fn is_shown(&self, results: &Results, row: usize) -> bool {
        let holds = |value: usize| {
            let form = results.form(results.forms_of(row), value);
            let fixed = form.and_then(|form| form.fixed);
            let is_zero = fixed.map_or_else(|| results.above(value, row) == 0, |fixed| fixed == 0);
            results.is_number(value, row) && !is_zero
        };
        self.shown_when.is_none_or(holds) || holds(self.amount)
    }

    fn arose(&self, results: &Results, row: usize, month: Month, plan: &Plan) -> Option<String> {
        let since = self
            .arose_since
            .and_then(|since| results.number(since, row));
        let months = months_of(self.plan.arose?, month, plan.term);
        Some(arose(arose_in(months, since.as_ref())))
    }
}

/// Pieces as they are collected: text that follows text is one piece.
#[derive(Default)]
struct Pieces {
    all: Vec<Piece>,
}

impl Pieces {
    fn text(&mut self, text: &[u8]) {
        match self.all.last_mut() {
            Some(Piece::Text(own)) => own.extend_from_slice(text),
            _ => self.all.push(Piece::Text(text.to_vec())),
        }
    }

    fn cell(&mut self, text: &str) {
        let mut own = Vec::new();
        quoted(&mut own, text);
        self.text(&own);
    }

    fn number(&mut self, number: Number) {
        self.all.push(Piece::Number(number));
    }

    fn push(&mut self, piece: Piece) {
        self.all.push(piece);
    }
}

impl Number {
    #[inline]
    fn write(&self, out: &mut Vec<u8>, results: &Results, row: usize, program: &Program) {
        if !results.is_number(self.value, row) {
            return;
        }
        if let Some(fixed) = &self.fixed {
            out.extend_from_slice(fixed);
            return;
        }
        let above = results.above(self.value, row);
        if let Some((factor, places)) = self.decimal
            && let Some(value) = above.checked_mul(factor)
        {
            put_decimal(out, value, places, self.least);
            if self.percent {
                out.push(b'%');
            }
            return;
        }
        if let Some(exact) = results.number(self.value, row) {
            out.extend_from_slice(self.text(exact, program).as_bytes());
        }
    }

    /// The number as the writer of statements has it.
    fn text(&self, exact: Exact, program: &Program) -> String {
        match (&self.kind, program.plan.currency) {
            (Kind::Amount, Some(currency)) => plain(&exact, currency),
            (Kind::Amount, None) => exact.to_string(),
            (Kind::Figure(kind), _) => number(&Figure::new(exact, kind.clone())),
        }
    }
}

/// With which factor an integer of that scale, times `times`, becomes a decimal, and how many decimals it then has; nothing
/// for a scale without finite decimals.
fn decimal(scale: i128, times: i128) -> Option<(i64, usize)> {
    const MOST: usize = 18;
    let mut power: i128 = 1;
    for places in 0..=MOST {
        if times.checked_mul(power)? % scale == 0 {
            let factor = i64::try_from(times * power / scale).ok()?;
            return Some((factor, places));
        }
        power *= 10;
    }
    None
}

/// The digits of two digits.
const PAIRS: &[u8; 200] = b"00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Appends `value / 10^places`, with at least `least` decimals and no zeros after them.
#[inline]
fn put_decimal(out: &mut Vec<u8>, value: i64, mut places: usize, least: usize) {
    let mut digits = value.unsigned_abs();
    while places > least && digits.is_multiple_of(10) {
        digits /= 10;
        places -= 1;
    }
    if value < 0 {
        out.push(b'-');
    }
    let zeros = least.saturating_sub(places);
    let mut text = [b'0'; 40];
    let mut at = text.len();
    let mut count = 0;
    while digits >= 100 {
        let pair = usize::try_from(digits % 100).unwrap_or(0) * 2;
        digits /= 100;
        at -= 2;
        if let (Some(to), Some(from)) = (text.get_mut(at..at + 2), PAIRS.get(pair..pair + 2)) {
            to.copy_from_slice(from);
        }
        count += 2;
    }
    while digits > 0 || count <= places {
        at -= 1;
        if let Some(to) = text.get_mut(at) {
            *to = b'0' + u8::try_from(digits % 10).unwrap_or(0);
        }
        digits /= 10;
        count += 1;
    }
    let text = text.get(at..).unwrap_or_default();
    let (whole, decimals) = text.split_at(text.len().saturating_sub(places));
    out.extend_from_slice(whole);
    if places > 0 || zeros > 0 {
        out.push(b'.');
        out.extend_from_slice(decimals);
        for _ in 0..zeros {
            out.push(b'0');
        }
    }
}

/// Appends `2026-01`.
#[inline]
fn put_month(out: &mut Vec<u8>, month: Month) {
    let year = u32::try_from(month.year()).unwrap_or(0);
    for unit in [1000, 100, 10, 1] {
        out.push(b'0' + u8::try_from(year / unit % 10).unwrap_or(0));
    }
    out.push(b'-');
    let number = month.number();
    out.push(b'0' + u8::try_from(number / 10 % 10).unwrap_or(0));
    out.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::{decimal, put_decimal};

    fn written(value: i64, places: usize, least: usize) -> String {
        let mut out = Vec::new();
        put_decimal(&mut out, value, places, least);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_have_no_zeros_beyond_the_least() {
        assert_eq!(written(0, 2, 2), "0.00");
        assert_eq!(written(0, 0, 0), "0");
        assert_eq!(written(1, 0, 2), "1.00");
        assert_eq!(written(-5, 2, 2), "-0.05");
        assert_eq!(written(123_400, 4, 2), "12.34");
        assert_eq!(written(123_450, 4, 2), "12.345");
        assert_eq!(written(100, 2, 0), "1");
        assert_eq!(written(i64::MIN, 18, 0), "-9.223372036854775808");
        assert_eq!(written(1_000_000, 1, 3), "100000.000");
    }

    #[test]
    fn a_scale_of_twos_and_fives_is_a_decimal() {
        assert_eq!(decimal(8, 1), Some((125, 3)));
        assert_eq!(decimal(8, 100), Some((125, 1)));
        assert_eq!(decimal(100, 100), Some((1, 0)));
        assert_eq!(decimal(3, 1), None);
        assert_eq!(decimal(3, 100), None);
    }
}
