//! The naive evaluator: what a random contract means, read from the written rules and computed the slow way, with
//! numbers from another library. It shares nothing with the product.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::description::*;
use super::text;

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    NothingToMeasure,
    Other,
}

/// A number, no value if the contract allows that, or a fault.
type Value = Result<Option<Q>, Fault>;

/// An amount of money. It is always a number, or the month is not invoiced.
type Money = Result<Q, Fault>;

/// The cells of one month.
pub type Cells = BTreeMap<&'static str, Option<Q>>;

/// What must be on the statement of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The kind, name and amount.
    pub lines: Vec<(&'static str, String, Q)>,
    pub total: Q,
    /// The kind and name.
    pub notices: Vec<(&'static str, String)>,
}

/// One account's months.
pub struct Naive<'d> {
    contract: &'d Contract,
    first: i32,
    months: BTreeMap<i32, Cells>,
    known: RefCell<HashMap<(String, i32), Value>>,
    limited: RefCell<HashMap<i32, Limited>>,
}

/// The deductions of a month after the limits.
#[derive(Clone)]
struct Limited {
    parts: Vec<Part>,
    /// For each limit: what it allowed, and whether it was reached.
    limits: Vec<(Money, Result<bool, Fault>)>,
}

#[derive(Clone)]
struct Part {
    kind: &'static str,
    name: String,
    level: Option<usize>,
    /// The amount as on its line, with credits above 0.
    amount: Money,
    /// The part that limits can take.
    held: Money,
    shown: Result<bool, Fault>,
}

/// The multiple of `step` to which the value is rounded, by the definitions of IEEE 754.
pub fn round(value: &Q, mode: Mode, step: &Q) -> Q {
    let steps = value / step;
    let below = steps.floor();
    let above = steps.ceil();
    if below == above {
        return value.clone();
    }
    let to_below = &steps - &below;
    let to_above = &above - &steps;
    let even = |whole: &Q| whole.to_integer().is_even();
    let outer = if steps.is_negative() { &below } else { &above };
    let inner = if steps.is_negative() { &above } else { &below };
    let nearest = if to_below < to_above { &below } else { &above };
    let tie = to_below == to_above;
    let chosen = match mode {
        Mode::Floor => &below,
        Mode::Ceiling => &above,
        Mode::Up => outer,
        Mode::Down => inner,
        Mode::HalfUp if tie => outer,
        Mode::HalfEven if tie && even(&below) => &below,
        Mode::HalfEven if tie => &above,
        Mode::HalfUp | Mode::HalfEven => nearest,
    };
    chosen * step
}

/// The method of largest remainders: parts that sum to `total`, each a multiple of `step`.
pub fn allocate(parts: &[Q], total: &Q, step: &Q) -> Vec<Q> {
    let mut given: Vec<Q> = parts.iter().map(|part| (part / step).floor()).collect();
    let wanted = total / step;
    assert!(wanted.is_integer(), "{total} is no multiple of {step}");
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(&parts[*at] / step - &given[*at]));
    for at in order {
        let sum: Q = given.iter().sum();
        if sum < wanted {
            given[at] += Q::one();
        }
    }
    let sum: Q = given.iter().sum();
    assert_eq!(sum, wanted, "one step for each part must do");
    given.into_iter().map(|steps| steps * step).collect()
}

fn sum(all: impl IntoIterator<Item = Money>) -> Money {
    all.into_iter().sum()
}

fn number(value: Value) -> Money {
    value?.ok_or(Fault::Other)
}

fn zero() -> Q {
    Q::zero()
}

impl<'d> Naive<'d> {
    pub fn new(contract: &'d Contract, months: BTreeMap<i32, Cells>) -> Self {
        Self {
            contract,
            first: *months.keys().next().unwrap(),
            months,
            known: RefCell::default(),
            limited: RefCell::default(),
        }
    }

    fn once(&self, what: String, month: i32, compute: impl FnOnce() -> Value) -> Value {
        let key = (what, month);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let value = compute();
        self.known.borrow_mut().insert(key, value.clone());
        value
    }

    // ------------------------------------------------------------------ what was measured

    fn input(&self, name: &'static str, month: i32) -> Value {
        self.once(format!("input {name}"), month, || {
            let cell = self.months.get(&month).and_then(|cells| cells.get(name));
            let reported = match cell {
                Some(Some(value)) => return Ok(Some(value.clone())),
                Some(None) | None => Err(Fault::Missing),
            };
            let stand_in = self
                .contract
                .stand_ins
                .iter()
                .find(|(input, _)| *input == name);
            match stand_in {
                Some((_, fallback)) => {
                    self.fallback(fallback, month, |month| self.input(name, month))
                }
                None => reported,
            }
        })
    }

    fn fallback(&self, fallback: &Fallback, month: i32, at: impl Fn(i32) -> Value) -> Value {
        match fallback {
            Fallback::NoValue => Ok(None),
            Fallback::Value(value) => Ok(Some(value.clone())),
            Fallback::NoInvoice => Err(Fault::Other),
            Fallback::LastKnown if month == self.first => Err(Fault::Other),
            Fallback::LastKnown => at(month - 1).map_err(|_| Fault::Other),
            Fallback::Average(months) => {
                let from = self.first.max(month - months);
                self.fold(Fold::Average, from, month - 1, month, at)
            }
        }
    }

    /// Months without a value are passed over. One that could not be computed spoils the window.
    fn fold(&self, fold: Fold, from: i32, to: i32, now: i32, at: impl Fn(i32) -> Value) -> Value {
        let mut all = Vec::new();
        for month in from..=to {
            match at(month) {
                Ok(value) => all.extend(value),
                Err(fault) if month == now => return Err(fault),
                Err(_) => return Err(Fault::Other),
            }
        }
        let total: Q = all.iter().sum();
        let count = BigInt::from(all.len());
        match fold {
            Fold::Sum => Ok(Some(total)),
            _ if all.is_empty() => Err(Fault::Other),
            Fold::Average => Ok(Some(total / BigRational::from(count))),
            Fold::Least => Ok(all.into_iter().min()),
            Fold::Greatest => Ok(all.into_iter().max()),
        }
    }

    fn year_start(&self, month: i32) -> i32 {
        month - (month - self.contract.start).rem_euclid(12)
    }

    fn period_start(&self, every: Every, month: i32) -> i32 {
        match every {
            Every::Month => month,
            Every::Quarter => month - month.rem_euclid(3),
            Every::ContractYear => self.year_start(month),
            Every::CalendarYear => month - month.rem_euclid(12),
        }
    }

    fn ends(&self, every: Every, month: i32) -> bool {
        let last_of_term = self.contract.start + self.contract.months - 1;
        self.period_start(every, month + 1) == month + 1
            || every == Every::Month
            || (every == Every::ContractYear && month == last_of_term)
    }

    fn metric(&self, subject: Subject, month: i32) -> Value {
        self.once(text::name(subject).to_owned(), month, || {
            let (value, _) = self.steps_of_metric(subject, month);
            value
        })
    }

    /// The value and, for each replacement in the order in which they are tried, whether it was needed.
    fn steps_of_metric(&self, subject: Subject, month: i32) -> (Value, Vec<StandIn>) {
        let metric = self.contract.metric(subject).unwrap();
        let (above, below) = match subject {
            Subject::Share => ("answered", "offered"),
            Subject::Mark => ("points", "surveys"),
            Subject::Wait | Subject::Score => ("waited", "offered"),
        };
        let mut value = (|| {
            let above = number(self.input(above, month))?;
            let below = number(self.input(below, month))?;
            if below.is_zero() {
                return Err(Fault::NothingToMeasure);
            }
            Ok(Some(above / below))
        })();
        let mut needed = Vec::new();
        if let Some(stand_in) = &metric.if_nothing {
            let failed = stands_in(&value, Fault::NothingToMeasure);
            if failed == Ok(true) {
                value = self.fallback(stand_in, month, |month| self.metric(subject, month));
            }
            needed.push((stand_in.clone(), failed));
        }
        if let Some((least, stand_in)) = &metric.needs {
            let enough = number(self.input("surveys", month)).map(|found| found >= q(*least, 1));
            value = match enough {
                Ok(true) => value,
                Ok(false) => self.fallback(stand_in, month, |month| self.metric(subject, month)),
                Err(fault) => Err(fault),
            };
            needed.push((stand_in.clone(), enough.map(|enough| !enough)));
        }
        if let Some(stand_in) = &metric.if_missing {
            let failed = stands_in(&value, Fault::Missing);
            if failed == Ok(true) {
                value = self.fallback(stand_in, month, |month| self.metric(subject, month));
            }
            needed.push((stand_in.clone(), failed));
        }
        if let (Some((mode, step)), Ok(Some(exact))) = (&metric.rounded, &value) {
            value = Ok(Some(round(exact, *mode, step)));
        }
        if let Ok(Some(found)) = &value {
            let most = match subject {
                Subject::Share => Some(Q::one()),
                Subject::Mark => Some(q(5, 1)),
                Subject::Wait | Subject::Score => None,
            };
            let least = if subject == Subject::Mark {
                Q::one()
            } else {
                zero()
            };
            if *found < least || most.is_some_and(|most| *found > most) {
                value = Err(Fault::Other);
            }
        }
        (value, needed)
    }

    fn subject(&self, subject: Subject, month: i32) -> Value {
        if subject != Subject::Score {
            return self.metric(subject, month);
        }
        self.once("cx".to_owned(), month, || {
            let card = self.contract.scorecard.as_ref().unwrap();
            let mut score = zero();
            for (weight, subject, ladder) in card {
                score += q(*weight, 100) * self.ladder(ladder, *subject, month)?;
            }
            Ok(Some(score))
        })
    }

    /// The value of the first band that fits.
    fn ladder(&self, ladder: &Ladder, subject: Subject, month: i32) -> Money {
        let Some(found) = self.subject(subject, month)? else {
            return ladder.no_value.clone().ok_or(Fault::Other);
        };
        let fits = |edge: &Q, included: bool| {
            (included && found == *edge)
                || if ladder.up {
                    found < *edge
                } else {
                    found > *edge
                }
        };
        let band = ladder
            .bands
            .iter()
            .find(|(edge, included, _)| fits(edge, *included));
        Ok(band
            .map_or(&ladder.otherwise, |(_, _, value)| value)
            .clone())
    }

    // ------------------------------------------------------------------ what is paid

    /// An amount as on a line.
    fn on_line(&self, amount: Money) -> Money {
        let amount = amount?;
        Ok(if self.contract.each_line {
            round(&amount, self.contract.mode, &self.contract.step)
        } else {
            amount
        })
    }

    fn charge_lines(&self, at: usize, month: i32) -> Vec<(String, Money)> {
        let name = format!("c{at}");
        let whole = |amount: Money| vec![(name.clone(), self.on_line(amount))];
        match &self.contract.charges[at] {
            Charge::Monthly(fee) => whole(Ok(fee.clone())),
            Charge::Yearly(fee) => whole(Ok(fee / q(12, 1))),
            Charge::Once(fee, due) => whole(Ok(if month == *due { fee.clone() } else { zero() })),
            Charge::Rate(input, price) => {
                whole(number(self.input(input, month)).map(|count| count * price))
            }
            Charge::Tiers(input, block) => {
                whole(number(self.input(input, month)).and_then(|count| tiers(block, &count)))
            }
            Charge::Packages(input, size, price) => whole(
                number(self.input(input, month)).map(|count| (count / q(*size, 1)).ceil() * price),
            ),
            Charge::Card(price, block) => {
                let a = number(self.input("handled.a", month)).map(|count| count * price);
                let b =
                    number(self.input("handled.b", month)).and_then(|count| tiers(block, &count));
                vec![
                    (format!("{name}.a"), self.on_line(a)),
                    (format!("{name}.b"), self.on_line(b)),
                ]
            }
            Charge::Window(price, fold, input, window) => {
                let (from, to) = match window {
                    Window::Last(months) => (month - months + 1, month),
                    Window::Previous(months) => (month - months, month - 1),
                    Window::ContractYear => (self.year_start(month), month),
                    Window::CalendarYear => (month - month.rem_euclid(12), month),
                    Window::CalendarQuarter => (month - month.rem_euclid(3), month),
                    Window::Term => (self.contract.start, month),
                };
                let from = from.max(self.first);
                let value = self.fold(*fold, from, to, month, |month| self.input(input, month));
                whole(number(value).map(|value| value * price))
            }
            Charge::Either(input, level, one, other) => {
                whole(number(self.input(input, month)).map(|count| {
                    if count > q(*level, 1) {
                        one.clone()
                    } else {
                        other.clone()
                    }
                }))
            }
        }
    }

    fn charge(&self, at: usize, month: i32) -> Money {
        sum(self
            .charge_lines(at, month)
            .into_iter()
            .map(|(_, amount)| amount))
    }

    fn charges(&self, month: i32) -> Money {
        sum((0..self.contract.charges.len()).map(|at| self.charge(at, month)))
    }

    fn adjustment(&self, adjust: &Adjust, month: i32) -> Money {
        let base = if adjust.targets.is_empty() {
            self.charges(month)
        } else {
            sum(adjust.targets.iter().map(|at| self.charge(*at, month)))
        };
        let percent = self.ladder(&adjust.ladder, adjust.by, month)?;
        self.on_line(base.map(|base| base * percent))
    }

    fn amount(&self, amount: &Amount, month: i32) -> Money {
        Ok(match amount {
            Amount::Fixed(value) => value.clone(),
            Amount::OfCharges(share) => share * self.charges(month)?,
            Amount::OfCharge(share, at) => share * self.charge(*at, month)?,
            Amount::OfAdjusted(share) => {
                let adjusts = self.contract.adjusts.iter();
                let adjusted = sum(adjusts.map(|adjust| self.adjustment(adjust, month)))?;
                share * (self.charges(month)? + adjusted)
            }
        })
    }

    // ------------------------------------------------------------------ what failure costs

    fn excused(&self, level: &Level, month: i32) -> Result<bool, Fault> {
        if let Some(share) = &level.excused_above {
            let offered = number(self.input("offered", month))?;
            let forecast = number(self.input("forecast", month))?;
            if offered > share * forecast {
                return Ok(true);
            }
        }
        if level
            .grace
            .is_some_and(|months| month - self.contract.start < months)
        {
            return Ok(true);
        }
        let optional = self.contract.metric(level.subject).unwrap().may_have_none();
        if optional && level.no_value_excused {
            return Ok(self.metric(level.subject, month)?.is_none());
        }
        Ok(false)
    }

    /// Whether the value is on the wrong side of the target, in a month in which the level is settled.
    fn missed(&self, level: &Level, month: i32) -> Result<bool, Fault> {
        if !self.ends(level.every, month) {
            return Ok(false);
        }
        Ok(match self.metric(level.subject, month)? {
            None => !level.no_value_excused,
            Some(found) if level.subject == Subject::Wait => found > level.target,
            Some(found) => found < level.target,
        })
    }

    fn failed(&self, level: &Level, month: i32) -> Result<bool, Fault> {
        Ok(self.missed(level, month)? && !self.excused(level, month)?)
    }

    fn passed_over(&self, level: &Level, month: i32) -> Result<bool, Fault> {
        Ok(!self.ends(level.every, month) || self.excused(level, month)?)
    }

    /// The number of failures in a row up to the month.
    fn row(&self, level: &Level, month: i32) -> i64 {
        let mut row = 0;
        for month in self.first..=month {
            let passed_over = if level.excused_breaks {
                Ok(!self.ends(level.every, month))
            } else {
                self.passed_over(level, month)
            };
            let failed = self.failed(level, month);
            if passed_over == Ok(false) && failed.is_ok() {
                row = if failed == Ok(true) { row + 1 } else { 0 };
            }
        }
        row
    }

    fn critical(&self, level: &Level, month: i32) -> Result<bool, Fault> {
        let Some((edge, included)) = &level.critical else {
            return Ok(false);
        };
        if !self.failed(level, month)? {
            return Ok(false);
        }
        Ok(match self.metric(level.subject, month)? {
            None => false,
            Some(found) if found == *edge => *included,
            Some(found) => (found > *edge) == (level.subject == Subject::Wait),
        })
    }

    fn level_credit(&self, level: &Level, month: i32) -> Money {
        if !self.failed(level, month)? {
            return self.on_line(Ok(zero()));
        }
        let amount = match &level.critical_credit {
            Some(severe) if self.critical(level, month)? => self.amount(severe, month)?,
            _ => self.amount(&level.credit, month)?,
        };
        let row = self.row(level, month);
        let factor = level
            .repeats
            .iter()
            .rev()
            .find(|(months, _)| row >= *months)
            .map_or_else(Q::one, |(_, factor)| factor.clone());
        self.on_line(Ok(amount * factor))
    }

    fn award(&self, award: &Award, month: i32) -> Money {
        let amount = || {
            if !self.ends(award.every, month) {
                return Ok(zero());
            }
            if let Some(level) = award.when_offered_above
                && number(self.input("offered", month))? <= q(level, 1)
            {
                return Ok(zero());
            }
            match &award.terms {
                Terms::Amount(amount) => self.amount(amount, month),
                Terms::Bands(subject, rising) => {
                    let Some(found) = self.subject(*subject, month)? else {
                        return Ok(zero());
                    };
                    let mut due = zero();
                    for (edge, included, value, on_top) in &rising.bands {
                        let beyond = if rising.up {
                            found > *edge
                        } else {
                            found < *edge
                        };
                        if beyond || (*included && found == *edge) {
                            due = if *on_top { due + value } else { value.clone() };
                        }
                    }
                    Ok(due)
                }
                Terms::Steps(price, mode, size, above, level) => {
                    let offered = number(self.input("offered", month))?;
                    let beyond = if *above {
                        offered - q(*level, 1)
                    } else {
                        q(*level, 1) - offered
                    };
                    let steps = beyond.max(zero()) / q(*size, 1);
                    let steps = match mode {
                        Steps::Full => steps.floor(),
                        Steps::Started => steps.ceil(),
                        Steps::Exact => steps,
                    };
                    Ok(price * steps)
                }
            }
        };
        self.on_line(amount().map(|amount: Q| amount.max(zero())))
    }

    fn parts(&self, month: i32) -> Vec<Part> {
        let mut parts = Vec::new();
        for adjust in &self.contract.adjusts {
            let amount = self.adjustment(adjust, month);
            parts.push(Part {
                kind: "adjustment",
                name: format!("{} by {}", text::adjusted(adjust), text::name(adjust.by)),
                level: None,
                held: amount.clone().map(|amount| (-amount).max(zero())),
                amount,
                shown: Ok(true),
            });
        }
        for (at, level) in self.contract.levels.iter().enumerate() {
            let amount = self.level_credit(level, month);
            parts.push(Part {
                kind: "credit",
                name: format!("l{at}"),
                level: Some(at),
                held: amount.clone(),
                amount,
                shown: self.failed(level, month),
            });
        }
        for (at, award) in self.contract.awards.iter().enumerate() {
            let amount = self.award(award, month);
            parts.push(Part {
                kind: if award.bonus { "bonus" } else { "credit" },
                name: format!("a{at}"),
                level: None,
                held: amount.clone(),
                shown: amount.clone().map(|amount| amount.is_positive()),
                amount,
            });
        }
        parts
    }

    /// Applies limits, which cut in proportion, in the order written. What a period's earlier months used is gone.
    fn limited(&self, month: i32) -> Limited {
        if let Some(known) = self.limited.borrow().get(&month) {
            return known.clone();
        }
        let mut parts = self.parts(month);
        let mut limits = Vec::new();
        for (number, limit) in self.contract.limits.iter().enumerate() {
            let chosen: Vec<usize> = (0..parts.len())
                .filter(|at| {
                    let part = &parts[*at];
                    let named = part
                        .level
                        .is_some_and(|level| limit.levels.contains(&level));
                    named
                        || (limit.credits && part.kind == "credit")
                        || (limit.reductions && part.kind == "adjustment")
                        || (limit.bonuses && part.kind == "bonus")
                })
                .collect();
            let asked = sum(chosen.iter().map(|at| parts[*at].held.clone()));
            let room = self.room(limit, number, month);
            // If there is nothing above 0 to limit, the limit does not matter.
            let room = match &asked {
                Ok(asked) if *asked <= zero() => Ok(zero()),
                _ => room,
            };
            let both = asked.clone().and_then(|asked| Ok((asked, room?)));
            let allowed = both.clone().map(|(asked, room)| asked.min(room));
            let reached = both.map(|(asked, room)| asked > room);
            if chosen.is_empty() {
                limits.push((Ok(zero()), Ok(false)));
                continue;
            }
            limits.push((allowed.clone(), reached));
            let after = self.cut(&parts, &chosen, asked, allowed, reached);
            for (at, after) in chosen.into_iter().zip(after) {
                let part = &mut parts[at];
                if part.kind == "adjustment" {
                    let taken = part.held.clone().and_then(|held| Ok(held - after.clone()?));
                    part.amount = part.amount.clone().and_then(|amount| Ok(amount + taken?));
                } else {
                    part.amount = after.clone();
                }
                part.held = after;
            }
        }
        let limited = Limited { parts, limits };
        self.limited.borrow_mut().insert(month, limited.clone());
        limited
    }

    fn room(&self, limit: &Limit, number: usize, month: i32) -> Money {
        let cap = self.on_line(self.amount(&limit.to, month))?;
        let start = self.period_start(limit.every, month).max(self.first);
        let used = sum((start..month).map(|earlier| {
            let (allowed, _) = self.limited(earlier).limits[number].clone();
            allowed.map_err(|_| Fault::Other)
        }))?;
        Ok((cap - used).max(zero()))
    }

    fn cut(
        &self,
        parts: &[Part],
        chosen: &[usize],
        asked: Money,
        allowed: Money,
        reached: Result<bool, Fault>,
    ) -> Vec<Money> {
        let held = || chosen.iter().map(|at| parts[*at].held.clone());
        // An amount of 0 stays 0, whatever the limit allows.
        let unknown = |fault: Fault| {
            held()
                .map(|held| match held {
                    Ok(held) if held == zero() => Ok(held),
                    _ => Err(fault),
                })
                .collect()
        };
        if chosen.len() == 1 {
            return match allowed {
                Ok(allowed) => vec![Ok(allowed)],
                Err(fault) => unknown(fault),
            };
        }
        let (asked, allowed) = match (asked, allowed, reached) {
            (Ok(asked), Ok(allowed), Ok(true)) => (asked, allowed),
            (_, _, Ok(_)) => return held().collect(),
            (_, _, Err(fault)) => return unknown(fault),
        };
        let scaled: Vec<Q> = held()
            .map(|held| held.unwrap() * &allowed / &asked)
            .collect();
        let cut = if self.contract.each_line {
            allocate(&scaled, &allowed, &self.contract.step)
        } else {
            scaled
        };
        cut.into_iter().map(Ok).collect()
    }

    /// What is earned back in the month: the credit, as deducted after limits, once the stated number of months in a
    /// row after it were good. A bad month or another credit forfeits it. A month that does not count changes nothing.
    fn earned_back(&self, at: usize, month: i32) -> Option<Money> {
        let level = &self.contract.levels[at];
        let (needed, edge) = level.earn_back.as_ref()?;
        let mut open: Option<(Q, i64)> = None;
        let mut returned = Ok(zero());
        for month in self.first..=month {
            returned = Ok(zero());
            let good = self.metric(level.subject, month).map(|found| {
                found.is_some_and(|found| match level.subject {
                    Subject::Wait => found <= *edge,
                    _ => found >= *edge,
                })
            });
            let counts = self
                .passed_over(level, month)
                .map(|passed_over| !passed_over);
            let failed = self.failed(level, month);
            let deducted = self.deducted(at, month);
            let (good, counts, failed) = match (good, counts, failed) {
                (Ok(good), Ok(counts), Ok(failed)) => (good && !failed, counts, failed),
                (_, Ok(false), _) => (false, false, false),
                _ => {
                    returned = Err(Fault::Other);
                    continue;
                }
            };
            // A month whose credits could not be computed can neither forfeit nor pay out what is held. It is refused.
            let computed = deducted.is_ok();
            if counts && !good {
                open = open.filter(|_| !computed).map(|(held, _)| (held, 0));
            }
            if counts
                && good
                && let Some((held, months)) = open.as_mut()
            {
                *months += 1;
                if *months >= *needed {
                    returned = Ok(held.clone());
                    open = open.filter(|_| !computed);
                }
            }
            match deducted {
                Ok(deducted) if failed && deducted.is_positive() => open = Some((deducted, 0)),
                _ => {}
            }
        }
        Some(returned)
    }

    fn deducted(&self, level: usize, month: i32) -> Money {
        let limited = self.limited(month);
        let part = limited.parts.iter().find(|part| part.level == Some(level));
        part.unwrap().amount.clone()
    }

    // ------------------------------------------------------------------ the statement

    /// What must be on the month's statement, or a fault if the month must not be invoiced.
    pub fn statement(&self, month: i32) -> Result<Expected, Fault> {
        let mut lines: Vec<(&'static str, String, Q, bool)> = Vec::new();
        for at in 0..self.contract.charges.len() {
            for (name, amount) in self.charge_lines(at, month) {
                let once = matches!(self.contract.charges[at], Charge::Once(..));
                let amount = amount?;
                let shown = !once || !amount.is_zero();
                lines.push(("charge", name, amount, shown));
            }
        }
        let limited = self.limited(month);
        for kind in ["adjustment", "credit", "bonus"] {
            for part in limited.parts.iter().filter(|part| part.kind == kind) {
                let amount = part.amount.clone()?;
                let shown = part.shown == Ok(true);
                let signed = if kind == "credit" { -amount } else { amount };
                lines.push((kind, part.name.clone(), signed, shown));
            }
        }
        for at in 0..self.contract.levels.len() {
            if let Some(returned) = self.earned_back(at, month) {
                lines.push(("earn back", format!("l{at}"), returned?, false));
            }
        }
        let so_far = |lines: &[(&'static str, String, Q, bool)]| -> Q {
            lines.iter().map(|line| line.2.clone()).sum()
        };
        if let Some(most) = &self.contract.maximum {
            let most = self.on_line(self.amount(most, month))?;
            let over = (most - so_far(&lines)).min(zero());
            lines.push(("maximum", "maximum".to_owned(), over, false));
        }
        if let Some(least) = &self.contract.minimum {
            let least = self.on_line(self.amount(least, month))?;
            let under = (least - so_far(&lines)).max(zero());
            lines.push(("minimum", "minimum".to_owned(), under, false));
        }
        if let Some(share) = &self.contract.tax {
            let tax = self.on_line(Ok(share * so_far(&lines)))?;
            lines.push(("tax", "vat".to_owned(), tax, true));
        }
        let mut total = so_far(&lines);
        let before: Vec<bool> = lines.iter().map(|line| !line.2.is_zero()).collect();
        if !self.contract.each_line {
            total = round(&total, self.contract.mode, &self.contract.step);
            let parts: Vec<Q> = lines.iter().map(|line| line.2.clone()).collect();
            let shares = allocate(&parts, &total, &self.contract.step);
            for (line, share) in lines.iter_mut().zip(shares) {
                line.2 = share;
            }
        }
        let lines = lines
            .into_iter()
            .zip(before)
            .filter(|(line, there)| {
                let bound = matches!(line.0, "earn back" | "maximum" | "minimum");
                line.3 || !line.2.is_zero() || (bound && *there)
            })
            .map(|(line, _)| (line.0, line.1, line.2))
            .collect();
        Ok(Expected {
            lines,
            total,
            notices: self.notices(month, &limited),
        })
    }

    fn notices(&self, month: i32, limited: &Limited) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        let mut tell = |kind: &'static str, name: &str, when: Result<bool, Fault>| {
            if when != Ok(false) {
                all.push((kind, name.to_owned()));
            }
        };
        for metric in &self.contract.metrics {
            let name = text::name(metric.subject);
            for (stand_in, needed) in self.steps_of_metric(metric.subject, month).1 {
                if matches!(stand_in, Fallback::NoInvoice) {
                    continue;
                }
                if let Fallback::Average(months) = stand_in {
                    let from = self.first.max(month - months);
                    let known = (from..month)
                        .filter(|month| matches!(self.metric(metric.subject, *month), Ok(Some(_))))
                        .count();
                    let short = known < usize::try_from(months).unwrap();
                    tell("short history", name, needed.map(|needed| needed && short));
                }
                tell("substituted", name, needed);
            }
        }
        for (at, charge) in self.contract.charges.iter().enumerate() {
            let Charge::Window(_, _, input, Window::Last(months) | Window::Previous(months)) =
                charge
            else {
                continue;
            };
            let this_month = matches!(charge, Charge::Window(.., Window::Last(_)));
            let to = if this_month { month } else { month - 1 };
            let known = (self.first.max(to - months + 1)..=to)
                .filter(|month| matches!(self.input(input, *month), Ok(Some(_))))
                .count();
            let short = *months >= 2 && known < usize::try_from(*months).unwrap();
            tell("short history", &format!("c{at}"), Ok(short));
        }
        for (at, level) in self.contract.levels.iter().enumerate() {
            let name = format!("l{at}");
            let missed = self.missed(level, month);
            let optional = self.contract.metric(level.subject).unwrap().may_have_none();
            let can_be_excused = level.excused_above.is_some()
                || level.grace.is_some()
                || (optional && level.no_value_excused);
            if can_be_excused {
                let excused = missed.and_then(|missed| Ok(missed && self.excused(level, month)?));
                tell("excused", &name, excused);
            }
            let failed = self.failed(level, month);
            let critical = self.critical(level, month);
            if level.critical.is_some() {
                tell("critical", &name, critical);
            }
            let ordinary = failed.and_then(|failed| Ok(failed && !critical?));
            tell("missed", &name, ordinary);
            for (needed, months) in &level.terminate {
                let chronic = failed.map(|failed| {
                    let count = match months {
                        None => self.row(level, month),
                        Some(months) => {
                            let from = self.first.max(month - months + 1);
                            let count = (from..=month)
                                .filter(|month| self.failed(level, *month) == Ok(true))
                                .count();
                            i64::try_from(count).unwrap()
                        }
                    };
                    failed && count >= *needed
                });
                tell("chronic failure", &name, chronic);
            }
        }
        for (_, reached) in &limited.limits {
            tell("limit", "limit", *reached);
        }
        all.sort();
        all
    }
}

/// The price of that many units.
fn tiers(block: &Tiers, count: &Q) -> Money {
    let reached = block
        .tiers
        .iter()
        .find(|(end, _, _)| *count <= q(*end, 1))
        .map(|(_, _, price)| price)
        .or(block.beyond.as_ref())
        .ok_or(Fault::Other);
    match block.kind {
        TierKind::Flat => reached.cloned(),
        TierKind::Volume => Ok(count * reached?),
        TierKind::Graduated => {
            let mut price_of_all = zero();
            let mut below = zero();
            for (end, _, price) in &block.tiers {
                let units = count.min(&q(*end, 1)) - &below;
                if units.is_positive() {
                    price_of_all += units * price;
                }
                below = q(*end, 1);
            }
            if *count > below {
                price_of_all += (count - below) * block.beyond.as_ref().ok_or(Fault::Other)?;
            }
            Ok(price_of_all)
        }
    }
}

/// Whether a value that failed for that cause is replaced. Another failure leaves this open.
fn stands_in(value: &Value, cause: Fault) -> Result<bool, Fault> {
    match value {
        Err(fault) if *fault == cause => Ok(true),
        Err(fault) => Err(*fault),
        Ok(_) => Ok(false),
    }
}

/// What can replace a value, and whether it does.
type StandIn = (Fallback, Result<bool, Fault>);
