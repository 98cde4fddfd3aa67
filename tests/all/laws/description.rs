//! What a random contract says, as plain data. The text is printed from it, and the naive evaluator computes it.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::choices::Choices;

/// An exact number from another library than the product's own.
pub type Q = BigRational;

pub fn q(above: i64, below: i64) -> Q {
    Q::new(BigInt::from(above), BigInt::from(below))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    HalfUp,
    HalfEven,
    Up,
    Down,
    Floor,
    Ceiling,
}

pub const MODES: [Mode; 6] = [
    Mode::HalfUp,
    Mode::HalfEven,
    Mode::Up,
    Mode::Down,
    Mode::Floor,
    Mode::Ceiling,
];

#[derive(Clone, Debug)]
pub struct Contract {
    pub each_line: bool,
    pub mode: Mode,
    pub step: Q,
    /// The first month of the term, counted in months.
    pub start: i32,
    /// The number of months in the term.
    pub months: i32,
    pub metrics: [Metric; 3],
    pub charges: Vec<Charge>,
    pub scorecard: Option<Vec<(i64, Subject, Ladder)>>,
    pub adjusts: Vec<Adjust>,
    pub levels: Vec<Level>,
    pub awards: Vec<Award>,
    pub limits: Vec<Limit>,
    pub maximum: Option<Amount>,
    pub minimum: Option<Amount>,
    pub tax: Option<Q>,
    /// Inputs, with what replaces a missing value.
    pub stand_ins: Vec<(&'static str, Fallback)>,
}

/// What replaces a value.
#[derive(Clone, Debug)]
pub enum Fallback {
    NoValue,
    Value(Q),
    LastKnown,
    Average(i32),
    NoInvoice,
}

#[derive(Clone, Debug)]
pub struct Metric {
    pub subject: Subject,
    pub if_missing: Option<Fallback>,
    pub if_nothing: Option<Fallback>,
    pub needs: Option<(i64, Fallback)>,
    pub rounded: Option<(Mode, Q)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// `sl`, a percentage; higher is better.
    Share,
    /// `csat`, 1 to 5; higher is better.
    Mark,
    /// `asa`, seconds per call; lower is better.
    Wait,
    /// `cx`, the scorecard.
    Score,
}

/// `below …` ascending, or `at least …` descending. The first band that fits counts.
#[derive(Clone, Debug)]
pub struct Ladder {
    pub up: bool,
    /// The edge, whether it belongs to the band, and the value.
    pub bands: Vec<(Q, bool, Q)>,
    pub otherwise: Q,
    pub no_value: Option<Q>,
}

/// Steps within each other: `above 3: a; above 5: b in place of the former`.
#[derive(Clone, Debug)]
pub struct Rising {
    pub up: bool,
    /// The edge, whether it belongs to the band, the value, and whether the value comes on top of the former.
    pub bands: Vec<(Q, bool, Q, bool)>,
    pub no_value: bool,
}

#[derive(Clone, Debug)]
pub enum Charge {
    Monthly(Q),
    Yearly(Q),
    Once(Q, i32),
    Rate(&'static str, Q),
    Tiers(&'static str, Tiers),
    Packages(&'static str, i64, Q),
    Card(Q, Tiers),
    Window(Q, Fold, &'static str, Window),
    Either(&'static str, i64, Q, Q),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierKind {
    Graduated,
    Volume,
    Flat,
}

#[derive(Clone, Debug)]
pub struct Tiers {
    pub kind: TierKind,
    /// The upper ends, whether they are written as `up to`, and the prices.
    pub tiers: Vec<(i64, bool, Q)>,
    /// The price beyond; nothing if it is by agreement.
    pub beyond: Option<Q>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    Sum,
    Average,
    Least,
    Greatest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    Last(i32),
    Previous(i32),
    ContractYear,
    CalendarYear,
    CalendarQuarter,
    Term,
}

#[derive(Clone, Debug)]
pub enum Amount {
    Fixed(Q),
    OfCharges(Q),
    OfCharge(Q, usize),
    OfAdjusted(Q),
}

#[derive(Clone, Debug)]
pub struct Adjust {
    /// The charges by number; all of them if empty.
    pub targets: Vec<usize>,
    pub by: Subject,
    pub ladder: Ladder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    Month,
    Quarter,
    ContractYear,
    CalendarYear,
}

#[derive(Clone, Debug)]
pub struct Level {
    pub subject: Subject,
    pub target: Q,
    pub every: Every,
    /// The level, and whether the level itself is critical.
    pub critical: Option<(Q, bool)>,
    /// The share of the forecast above which the month is excused.
    pub excused_above: Option<Q>,
    pub grace: Option<i32>,
    pub no_value_excused: bool,
    pub excused_breaks: bool,
    pub credit: Amount,
    pub critical_credit: Option<Amount>,
    pub repeats: Vec<(i64, Q)>,
    pub earn_back: Option<(i64, Q)>,
    pub terminate: Vec<(i64, Option<i32>)>,
}

#[derive(Clone, Debug)]
pub struct Award {
    pub bonus: bool,
    pub every: Every,
    pub terms: Terms,
    pub when_offered_above: Option<i64>,
}

#[derive(Clone, Debug)]
pub enum Terms {
    Amount(Amount),
    Bands(Subject, Rising),
    /// An amount for each step of a number of calls of `offered` above or below a level.
    Steps(Q, Steps, i64, bool, i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    Full,
    Started,
    Exact,
}

#[derive(Clone, Debug)]
pub struct Limit {
    pub credits: bool,
    pub reductions: bool,
    pub bonuses: bool,
    /// The service levels by number.
    pub levels: Vec<usize>,
    pub to: Amount,
    pub every: Every,
}

impl Metric {
    pub fn may_have_none(&self) -> bool {
        let none = |fallback: &Fallback| matches!(fallback, Fallback::NoValue);
        self.if_missing.as_ref().is_some_and(none)
            || self.if_nothing.as_ref().is_some_and(none)
            || self
                .needs
                .as_ref()
                .is_some_and(|(_, fallback)| none(fallback))
    }
}

impl Contract {
    pub fn metric(&self, subject: Subject) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.subject == subject)
    }

    fn may_have_none(&self, subject: Subject) -> bool {
        self.metric(subject).is_some_and(Metric::may_have_none)
    }
}

pub const COUNTS: [&str; 4] = ["offered", "answered", "forecast", "surveys"];

/// A random contract.
pub fn contract(c: &mut Choices<'_>) -> Contract {
    let metrics = [Subject::Share, Subject::Mark, Subject::Wait].map(|subject| metric(c, subject));
    let mut made = Contract {
        each_line: !c.once_in(4),
        mode: c.pick(&MODES),
        step: c.pick(&[q(1, 100), q(1, 100), q(1, 20), q(1, 1)]),
        start: 2026 * 12 + i32::try_from(c.below(12)).unwrap(),
        months: 30,
        metrics,
        charges: Vec::new(),
        scorecard: None,
        adjusts: Vec::new(),
        levels: Vec::new(),
        awards: Vec::new(),
        limits: Vec::new(),
        maximum: None,
        minimum: None,
        tax: c.maybe(4, |c| q(c.between(0, 250), 1000)),
        stand_ins: Vec::new(),
    };
    if let Some(fallback) = c.maybe(5, |c| fallback(c, q(77, 1))) {
        let optional = matches!(fallback, Fallback::NoValue);
        made.stand_ins = vec![(
            "waited",
            if optional {
                Fallback::LastKnown
            } else {
                fallback
            },
        )];
    }
    for _ in 0..=c.below(4) {
        let next = charge(c, &made);
        made.charges.push(next);
    }
    if c.once_in(2) {
        made.scorecard = Some(scorecard(c, &made));
    }
    for _ in 0..c.below(3) {
        let next = adjust(c, &made);
        made.adjusts.push(next);
    }
    for _ in 0..c.below(4) {
        let next = level(c, &made);
        made.levels.push(next);
    }
    for _ in 0..c.below(3) {
        let next = award(c, &made);
        made.awards.push(next);
    }
    for _ in 0..c.below(3) {
        let next = limit(c, &made);
        made.limits.extend(next);
    }
    made.maximum = c.maybe(5, |c| amount(c, &made, 100_000, 1500));
    made.minimum = c.maybe(4, |c| amount(c, &made, 60_000, 1200));
    made
}

fn metric(c: &mut Choices<'_>, subject: Subject) -> Metric {
    let plain = match subject {
        Subject::Share => q(85, 100),
        Subject::Mark => q(3, 1),
        Subject::Wait | Subject::Score => q(25, 1),
    };
    Metric {
        subject,
        if_missing: c.maybe(4, |c| fallback(c, plain.clone())),
        if_nothing: c.maybe(2, |c| fallback(c, plain.clone())),
        needs: c.maybe(3, |c| (c.between(1, 60), fallback(c, plain.clone()))),
        rounded: c.maybe(3, |c| {
            let step = match subject {
                Subject::Share => c.pick(&[q(1, 1000), q(1, 100), q(1, 20)]),
                Subject::Mark | Subject::Score => c.pick(&[q(1, 100), q(1, 10), q(1, 2)]),
                Subject::Wait => c.pick(&[q(1, 1), q(1, 10), q(5, 1)]),
            };
            (c.pick(&MODES), step)
        }),
    }
}

fn fallback(c: &mut Choices<'_>, plain: Q) -> Fallback {
    match c.below(5) {
        0 => Fallback::NoValue,
        1 => Fallback::Value(plain),
        2 => Fallback::LastKnown,
        3 => Fallback::Average(i32::try_from(c.between(1, 4)).unwrap()),
        _ => Fallback::NoInvoice,
    }
}

fn price(c: &mut Choices<'_>) -> Q {
    q(c.between(0, 999), c.pick(&[100, 1000, 1]))
}

fn charge(c: &mut Choices<'_>, made: &Contract) -> Charge {
    let of = c.pick(&COUNTS);
    match c.below(9) {
        0 => Charge::Monthly(q(c.between(1, 9_000_000), 100)),
        1 => Charge::Rate(of, price(c)),
        2 | 3 => Charge::Tiers(of, tiers(c, None)),
        4 => Charge::Packages(of, c.between(1, 300), price(c)),
        5 => Charge::Card(price(c), tiers(c, Some(TierKind::Graduated))),
        6 => {
            let months = i32::try_from(c.between(1, 14)).unwrap();
            let window = c.pick(&[
                Window::Last(months),
                Window::Previous(months),
                Window::ContractYear,
                Window::CalendarYear,
                Window::CalendarQuarter,
                Window::Term,
            ]);
            let fold = c.pick(&[Fold::Sum, Fold::Average, Fold::Least, Fold::Greatest]);
            Charge::Window(price(c), fold, of, window)
        }
        7 => match c.below(2) {
            0 => Charge::Once(price(c), made.start + i32::try_from(c.below(6)).unwrap()),
            _ => Charge::Yearly(q(c.between(1, 9_000_000), 100)),
        },
        _ => Charge::Either(of, c.between(0, 900), price(c), price(c)),
    }
}

fn tiers(c: &mut Choices<'_>, kind: Option<TierKind>) -> Tiers {
    let any = c.pick(&[TierKind::Graduated, TierKind::Volume, TierKind::Flat]);
    let count = 1 + c.below(3);
    let ends = c.rising(count, 1, 1200);
    Tiers {
        kind: kind.unwrap_or(any),
        tiers: ends
            .into_iter()
            .map(|end| (end, c.once_in(2), price(c)))
            .collect(),
        beyond: if c.once_in(8) { None } else { Some(price(c)) },
    }
}

/// Edges that are worth testing, in the type of the subject.
fn level_of(c: &mut Choices<'_>, subject: Subject) -> Q {
    match subject {
        Subject::Share => q(c.between(60, 100), 100),
        Subject::Mark => q(c.between(20, 50), 10),
        Subject::Wait => q(c.between(1, 60), 1),
        Subject::Score => q(c.between(0, 100), 1),
    }
}

fn edges(c: &mut Choices<'_>, subject: Subject, up: bool) -> Vec<Q> {
    let mut all: Vec<Q> = (0..=c.below(4)).map(|_| level_of(c, subject)).collect();
    all.sort();
    all.dedup();
    if !up {
        all.reverse();
    }
    all
}

fn ladder(
    c: &mut Choices<'_>,
    made: &Contract,
    subject: Subject,
    value: impl Fn(&mut Choices<'_>) -> Q,
) -> Ladder {
    let up = !c.once_in(3);
    Ladder {
        up,
        bands: edges(c, subject, up)
            .into_iter()
            .map(|edge| (edge, c.once_in(3), value(c)))
            .collect(),
        otherwise: value(c),
        no_value: made.may_have_none(subject).then(|| value(c)),
    }
}

fn measured(c: &mut Choices<'_>, made: &Contract) -> Subject {
    let mut all = vec![Subject::Share, Subject::Mark, Subject::Wait];
    if made.scorecard.is_some() {
        all.push(Subject::Score);
    }
    c.pick(&all)
}

fn scorecard(c: &mut Choices<'_>, made: &Contract) -> Vec<(i64, Subject, Ladder)> {
    let first = c.between(1, 98);
    let second = c.between(1, 99 - first);
    [
        (first, Subject::Share),
        (second, Subject::Mark),
        (100 - first - second, Subject::Wait),
    ]
    .into_iter()
    .map(|(weight, subject)| {
        let ladder = ladder(c, made, subject, |c| q(c.between(0, 100), 1));
        (weight, subject, ladder)
    })
    .collect()
}

fn some_charges(c: &mut Choices<'_>, made: &Contract) -> Vec<usize> {
    (0..made.charges.len()).filter(|_| c.once_in(2)).collect()
}

fn adjust(c: &mut Choices<'_>, made: &Contract) -> Adjust {
    let by = measured(c, made);
    Adjust {
        targets: some_charges(c, made),
        by,
        ladder: ladder(c, made, by, |c| q(c.between(-200, 200), 1000)),
    }
}

/// An amount: fixed, or a number of thousandths of something.
fn amount(c: &mut Choices<'_>, made: &Contract, fixed: i64, share: i64) -> Amount {
    match c.below(4) {
        0 => Amount::OfCharges(q(c.between(0, share), 1000)),
        1 => Amount::Fixed(q(c.between(0, fixed * 100), 100)),
        2 => Amount::OfCharge(q(c.between(0, share), 1000), c.below(made.charges.len())),
        _ => Amount::OfAdjusted(q(c.between(0, share), 1000)),
    }
}

fn level(c: &mut Choices<'_>, made: &Contract) -> Level {
    let subject = c.pick(&[Subject::Share, Subject::Mark, Subject::Wait]);
    let target = level_of(c, subject);
    // A critical level is no better than the target.
    let worse = |level: Q| match subject {
        Subject::Wait => level.max(target.clone()),
        Subject::Share | Subject::Mark | Subject::Score => level.min(target.clone()),
    };
    let critical = c.maybe(2, |c| (worse(level_of(c, subject)), c.once_in(2)));
    let critical_credit = critical
        .as_ref()
        .and_then(|_| c.maybe(2, |c| amount(c, made, 9_000, 200)));
    let repeats = c.below(3);
    let repeats = c.rising(repeats, 2, 5);
    Level {
        subject,
        target,
        every: c.pick(&[Every::Month, Every::Month, Every::Month, Every::Quarter]),
        critical,
        excused_above: c.maybe(2, |c| q(c.between(90, 130), 100)),
        grace: c.maybe(5, |c| i32::try_from(c.between(1, 3)).unwrap()),
        no_value_excused: c.once_in(2),
        excused_breaks: c.once_in(4),
        credit: amount(c, made, 9_000, 200),
        critical_credit,
        repeats: repeats
            .into_iter()
            .map(|months| (months, q(c.between(10, 40), 10)))
            .collect(),
        earn_back: c.maybe(2, |c| (c.between(1, 3), level_of(c, subject))),
        terminate: (0..c.below(3))
            .map(|_| {
                let failures = c.between(1, 4);
                let months = c.maybe(2, |c| i32::try_from(c.between(2, 8)).unwrap());
                (failures, months)
            })
            .collect(),
    }
}

fn award(c: &mut Choices<'_>, made: &Contract) -> Award {
    let terms = match c.below(3) {
        0 => {
            let subject = measured(c, made);
            let up = c.once_in(2);
            let bands = edges(c, subject, up)
                .into_iter()
                .map(|edge| {
                    let value = q(c.between(0, 500_000), 100);
                    (edge, c.once_in(3), value, c.once_in(2))
                })
                .collect();
            let no_value = made.may_have_none(subject);
            Terms::Bands(
                subject,
                Rising {
                    up,
                    bands,
                    no_value,
                },
            )
        }
        1 => Terms::Amount(amount(c, made, 9_000, 100)),
        _ => Terms::Steps(
            price(c),
            c.pick(&[Steps::Full, Steps::Started, Steps::Exact]),
            c.between(1, 50),
            c.once_in(2),
            c.between(0, 800),
        ),
    };
    Award {
        bonus: c.once_in(2),
        every: c.pick(&[
            Every::Month,
            Every::Month,
            Every::Quarter,
            Every::ContractYear,
            Every::CalendarYear,
        ]),
        terms,
        when_offered_above: c.maybe(4, |c| c.between(0, 800)),
    }
}

fn limit(c: &mut Choices<'_>, made: &Contract) -> Option<Limit> {
    let levels = (0..made.levels.len()).filter(|_| c.once_in(4)).collect();
    let limit = Limit {
        credits: !c.once_in(4),
        reductions: c.once_in(2),
        bonuses: c.once_in(4),
        levels,
        to: amount(c, made, 9_000, 150),
        every: c.pick(&[
            Every::Month,
            Every::Month,
            Every::Quarter,
            Every::ContractYear,
            Every::CalendarYear,
        ]),
    };
    let any = limit.credits || limit.reductions || limit.bonuses || !limit.levels.is_empty();
    any.then_some(limit)
}
