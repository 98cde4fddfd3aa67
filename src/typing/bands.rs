//! Bands: values chosen by a measurement. The ladder, the table, and the list of rising steps become intervals.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Band as ProgramBand, BandEnd, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Band, Bands, Comparison, Edge, Reach, Ruling};
use crate::text::Span;

use super::coverage::{Flaw, Interval, flaws};
use super::{Context, Share, Typed};

/// The subject of bands: a value, and its name in messages.
pub struct BandsOf<'v> {
    /// The measured value.
    pub subject: &'v Typed,
    /// The place in words, as in "{the points} must be …".
    pub what: &'v str,
    /// The type that every value must have. If none is required, it is the type of the first value.
    pub wanted: Option<Type>,
    /// The value where there is no band.
    pub default: Default,
}

/// The value of a measurement for which there is no band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// The contract must state it: every value that can be observed needs a band.
    MustBeStated,
    /// Nothing is due.
    Zero,
}

/// Bands with their values.
#[derive(Clone, Debug)]
pub struct TypedBands {
    /// The value as a whole.
    pub value: Typed,
    /// The intervals, in the order of the contract, without `otherwise` and `no value`.
    pub intervals: Vec<Interval>,
    /// The values, band by band, including `otherwise` and `no value`.
    pub values: Vec<Typed>,
}

/// Which values need a band.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    /// Everything that can be observed.
    Everything,
    /// Values between a two-ended band and its neighbours. Values outside all bands are left out on purpose, and so are
    /// those between a band that only ends and one that only begins.
    Between,
    /// None: `otherwise` covers the rest.
    Nothing,
}

struct Arm<'t> {
    band: &'t Band,
    interval: Interval,
    value: Typed,
}

impl Context<'_> {
    /// The value that the bands give for a measurement.
    pub fn bands(&mut self, of: &BandsOf<'_>, bands: &Bands) -> TypedBands {
        let mut wanted = of.wanted.clone();
        let mut arms = Vec::new();
        let mut otherwise: Option<(&Band, Typed)> = None;
        let mut no_value: Option<(&Band, Typed)> = None;
        for band in &bands.bands {
            let value = self.band_value(band, &mut wanted, of.what);
            match &band.reach {
                Reach::Otherwise | Reach::NoValue => {
                    let last = band.reach == Reach::Otherwise;
                    let (word, slot) = if last {
                        ("otherwise", &mut otherwise)
                    } else {
                        ("no value", &mut no_value)
                    };
                    match slot {
                        Some((first, _)) => self.stated_twice(word, first.span, band.span),
                        None => *slot = Some((band, value)),
                    }
                }
                Reach::Side(..) | Reach::Range(..) | Reach::Exactly(..) => {
                    if let Some(interval) = self.interval(&band.reach, of.subject) {
                        arms.push(Arm {
                            band,
                            interval,
                            value,
                        });
                    }
                }
            }
        }
        let kind = wanted.unwrap_or(Type::Unknown);
        let readable =
            arms.len() + usize::from(otherwise.is_some()) + usize::from(no_value.is_some())
                == bands.bands.len();
        if of.subject.is_unknown() || !readable || kind == Type::Unknown {
            return self.unknown_bands(bands.span);
        }
        let ends: Vec<Interval> = arms.iter().map(|arm| arm.interval.clone()).collect();
        if self.shape(&mut arms, of) {
            let only_one = arms.len() == 1;
            for (arm, ends) in arms.iter().zip(&ends) {
                let reach = (ends, &arm.interval);
                self.refuse_certain_band(of.subject, reach, only_one, arm.band.span);
            }
            let asked = match (&otherwise, of.default) {
                (Some(_), _) => Asked::Nothing,
                (None, Default::MustBeStated) => Asked::Everything,
                (None, Default::Zero) => Asked::Between,
            };
            self.prove_complete(&arms, of, bands.span, asked);
        }
        self.check_no_value(of, no_value.is_some(), bands.span);
        let value = self.bands_node(
            of,
            &arms,
            otherwise.as_ref(),
            no_value.as_ref(),
            &kind,
            bands.span,
        );
        let intervals = arms.iter().map(|arm| arm.interval.clone()).collect();
        let mut values: Vec<Typed> = arms.into_iter().map(|arm| arm.value).collect();
        values.extend(otherwise.map(|(_, value)| value));
        values.extend(no_value.map(|(_, value)| value));
        TypedBands {
            value,
            intervals,
            values,
        }
    }

    fn unknown_bands(&mut self, span: Span) -> TypedBands {
        TypedBands {
            value: self.unknown(span),
            intervals: Vec::new(),
            values: Vec::new(),
        }
    }

    fn band_value(&mut self, band: &Band, wanted: &mut Option<Type>, what: &str) -> Typed {
        let value = self.expression(&band.value);
        match wanted {
            Some(kind) => {
                let kind = kind.clone();
                let value = if kind.currency().is_some() {
                    self.demand_amount(value, what)
                } else {
                    self.demand(value, &kind, what)
                };
                Typed {
                    span: band.span,
                    ..value
                }
            }
            None => {
                if !value.is_unknown() && !value.constant.as_ref().is_some_and(Exact::is_zero) {
                    *wanted = Some(value.kind.clone());
                } else if value.kind == Type::Number {
                    *wanted = wanted.clone().or(None);
                }
                if wanted.is_none() {
                    *wanted = Some(value.kind.clone())
                        .filter(|kind| !matches!(kind, Type::Number | Type::Unknown));
                }
                value
            }
        }
    }

    /// The interval that a band's words name, in the unit of the subject.
    fn interval(&mut self, reach: &Reach, subject: &Typed) -> Option<Interval> {
        match reach {
            Reach::Side(comparison, at) => {
                let edge = self.edge(at, subject)?;
                Some(match comparison {
                    Comparison::Below => Interval {
                        low: None,
                        high: Some((edge, false)),
                    },
                    Comparison::AtMost => Interval {
                        low: None,
                        high: Some((edge, true)),
                    },
                    Comparison::Above => Interval {
                        low: Some((edge, false)),
                        high: None,
                    },
                    Comparison::AtLeast => Interval {
                        low: Some((edge, true)),
                        high: None,
                    },
                    Comparison::Is | Comparison::IsNot => Interval {
                        low: Some((edge.clone(), true)),
                        high: Some((edge, true)),
                    },
                })
            }
            Reach::Exactly(at) => {
                let edge = self.edge(at, subject)?;
                Some(Interval {
                    low: Some((edge.clone(), true)),
                    high: Some((edge, true)),
                })
            }
            Reach::Range(from, to) => {
                let low = self.edge(&from.at, subject)?;
                let high = self.edge(&to.at, subject)?;
                if low > high {
                    self.turned_band(from.at.span.to(to.at.span));
                    return None;
                }
                let included = |edge: Edge| edge == Edge::Included;
                Some(Interval {
                    low: Some((low, included(from.edge))),
                    high: Some((high, included(to.edge))),
                })
            }
            Reach::Otherwise | Reach::NoValue => None,
        }
    }

    fn turned_band(&mut self, span: Span) {
        let text = self.quote(span);
        self.report(
            Diagnostic::error(
                "turned-band",
                span,
                format!("the band `{text}` ends before it begins"),
            )
            .help("write the smaller value first"),
        );
    }

    fn edge(&mut self, at: &crate::syntax::tree::Expr, subject: &Typed) -> Option<Exact> {
        let value = self.unindexed(|cx| cx.expression(at));
        let subject_only = Typed {
            literal: false,
            ..subject.clone()
        };
        let value = self
            .unify(&subject_only, &value, "compared with", value.span)?
            .1;
        self.demand_constant(&value, "the edge of a band")
    }

    /// Makes the bands of a one-sided list disjoint, as their words say. If they do not say how, reports a finding and
    /// returns false.
    fn shape(&mut self, arms: &mut [Arm<'_>], of: &BandsOf<'_>) -> bool {
        let uppers = arms.iter().all(|arm| arm.interval.low.is_none());
        let lowers = arms.iter().all(|arm| arm.interval.high.is_none());
        if arms.len() < 2 || !(uppers || lowers) {
            return true;
        }
        if ascends(arms) {
            if lowers {
                return self.rising(arms, of, false);
            }
            ladder_up(arms);
        } else if descends(arms) {
            if uppers {
                return self.rising(arms, of, true);
            }
            ladder_down(arms);
        } else {
            self.out_of_order(arms);
            return false;
        }
        true
    }

    /// `above 3%: a; above 5%: b in place of the former`: later bands are inside earlier ones.
    fn rising(&mut self, arms: &mut [Arm<'_>], of: &BandsOf<'_>, downwards: bool) -> bool {
        let unruled = arms.iter().skip(1).any(|arm| arm.band.ruling.is_none());
        if unruled {
            self.ask_for_ruling(arms, of, downwards);
            return false;
        }
        for at in 1..arms.len() {
            let Some((before, rest)) = arms.split_at_mut_checked(at) else {
                return false;
            };
            let (Some(former), Some(arm)) = (before.last_mut(), rest.first_mut()) else {
                return false;
            };
            if downwards {
                former.interval.low = arm
                    .interval
                    .high
                    .as_ref()
                    .map(|(at, included)| (at.clone(), !included));
            } else {
                former.interval.high = arm
                    .interval
                    .low
                    .as_ref()
                    .map(|(at, included)| (at.clone(), !included));
            }
            if arm.band.ruling == Some(Ruling::OnTop) {
                let kind = arm.value.kind.clone();
                let node = self.node(
                    Op::Sum(Box::new([former.value.node, arm.value.node])),
                    kind.clone(),
                    arm.band.span,
                );
                let constant = match (&former.value.constant, &arm.value.constant) {
                    (Some(a), Some(b)) => Some(a.add(b)),
                    _ => None,
                };
                arm.value = Typed::new(node, kind, arm.band.span).with_constant(constant);
            }
        }
        true
    }

    fn ask_for_ruling(&mut self, arms: &[Arm<'_>], of: &BandsOf<'_>, downwards: bool) {
        let Some((former, arm)) = arms
            .iter()
            .zip(arms.iter().skip(1))
            .find(|(_, arm)| arm.band.ruling.is_none())
        else {
            return;
        };
        let (a, b) = (
            self.quote(former.band.value.span),
            self.quote(arm.band.value.span),
        );
        let subject = self.quote(of.subject.span);
        let side = if downwards { "below" } else { "above" };
        let sum = match (&former.value.constant, &arm.value.constant) {
            (Some(a), Some(b)) => format!(
                "{} or {}",
                Figure::new(b.clone(), arm.value.kind.clone()),
                Figure::new(a.add(b), arm.value.kind.clone())
            ),
            _ => format!("{b}, or {a} and {b}"),
        };
        let finding = Diagnostic::error(
            "open-ruling",
            arm.band.span,
            format!("the contract does not say whether `{b}` replaces `{a}` or is added to it"),
        )
        .here(format!(
            "a value {side} this edge of `{subject}` is also {side} the former one"
        ))
        .and_at(former.band.span, "the former band")
        .because(format!("the two readings pay differently: {sum}"))
        .help("append `in place of the former` or `on top of the former`");
        self.report(finding);
    }

    fn out_of_order(&mut self, arms: &[Arm<'_>]) {
        let rising = arms
            .iter()
            .zip(arms.iter().skip(1))
            .filter(|(a, b)| edge_of(a) < edge_of(b))
            .count();
        let mostly_up = rising * 2 >= arms.len().saturating_sub(1);
        let wrong = arms.iter().zip(arms.iter().skip(1)).find(|(a, b)| {
            if mostly_up {
                edge_of(a) >= edge_of(b)
            } else {
                edge_of(a) <= edge_of(b)
            }
        });
        let Some((former, arm)) = wrong else { return };
        let same = edge_of(former) == edge_of(arm);
        let direction = if mostly_up { "rise" } else { "fall" };
        let message = if same {
            "two bands have the same edge, so one of them can never apply".to_owned()
        } else {
            format!("this band is out of order: the bands around it {direction}")
        };
        self.report(
            Diagnostic::error("band-out-of-order", arm.band.span, message)
                .and_at(former.band.span, "the band before it")
                .because(
                    "the first band that fits counts, so a band after a wider one can never apply",
                )
                .help("put the bands in the order of their edges"),
        );
    }

    /// Finds values in no band, if every value needs a band, and values in two bands.
    fn prove_complete(&mut self, arms: &[Arm<'_>], of: &BandsOf<'_>, span: Span, asked: Asked) {
        let intervals: Vec<Interval> = arms.iter().map(|arm| arm.interval.clone()).collect();
        for flaw in flaws(&intervals, of.subject.domain.as_ref()) {
            match flaw {
                Flaw::Gap { witness, after } => {
                    let needed = match asked {
                        Asked::Everything => true,
                        Asked::Between => lies_between(&witness, after, arms),
                        Asked::Nothing => false,
                    };
                    if needed {
                        self.gap(&witness, after, arms, of, span, asked);
                    }
                }
                Flaw::Overlap {
                    witness,
                    bands: (first, second),
                } => {
                    if let (Some(first), Some(second)) = (arms.get(first), arms.get(second)) {
                        self.overlap(&witness, first, second, of);
                    }
                }
            }
        }
    }

    fn gap(
        &mut self,
        witness: &Exact,
        after: Option<usize>,
        arms: &[Arm<'_>],
        of: &BandsOf<'_>,
        span: Span,
        asked: Asked,
    ) {
        let value = Figure::new(witness.clone(), of.subject.kind.clone());
        let place = after
            .and_then(|at| arms.get(at))
            .map_or(span, |arm| arm.band.span);
        let subject = self.quote(of.subject.span);
        let grid = of
            .subject
            .domain
            .as_ref()
            .and_then(|domain| domain.grid.clone());
        let mut finding = Diagnostic::error("band-gap", place, format!("{value} is in no band"))
            .here(if arms.is_empty() {
                "there is no band for what is measured"
            } else if after.is_some() {
                "the bands leave a gap after this one"
            } else {
                "the bands leave a gap before the first one"
            })
            .because(match asked {
                Asked::Between => format!(
                    "in a month with `{subject}` at {value}, between two bands, nothing would be due"
                ),
                Asked::Everything | Asked::Nothing => {
                    format!("a month with `{subject}` at {value} could not be invoiced")
                }
            });
        if let Some(origin) = &of.subject.origin {
            finding = finding.and_at(
                origin.declared,
                format!("`{}` is declared here", origin.name),
            );
        }
        finding = match (grid, after.is_some() && after != Some(arms.len().saturating_sub(1))) {
            (None, true) => finding.help(format!(
                "write the bands as a ladder (`below …: …; below …: …; otherwise …`), or round `{subject}` before it is \
                 compared: `rounded half up to 0.1%` in its definition"
            )),
            _ => finding.help("add the missing band, or `otherwise …`"),
        };
        if asked == Asked::Between {
            finding = finding.help("if nothing is due there, say so: `otherwise 0 …`");
        }
        self.report(finding);
    }

    fn overlap(&mut self, witness: &Exact, first: &Arm<'_>, second: &Arm<'_>, of: &BandsOf<'_>) {
        let value = Figure::new(witness.clone(), of.subject.kind.clone());
        self.report(
            Diagnostic::error(
                "band-overlap",
                second.band.span,
                format!("{value} is in two bands"),
            )
            .here("in this one")
            .and_at(first.band.span, "and in this one")
            .because("a band's edge belongs to exactly one band")
            .help(
                "write `above …` or `to below …` on one side, so that the edge is in only one band",
            ),
        );
    }

    fn check_no_value(&mut self, of: &BandsOf<'_>, stated: bool, span: Span) {
        if !of.subject.optional || stated {
            return;
        }
        let subject = self.quote(of.subject.span);
        let mut finding = Diagnostic::error(
            "possibly-no-value",
            span,
            format!(
                "`{subject}` has no value in some months, and these bands do not say what applies then"
            ),
        )
        .help("add a band `no value: …`");
        if let Some(origin) = &of.subject.origin {
            finding = finding.and_at(
                origin.declared,
                format!("`{}` is declared with `no value` here", origin.name),
            );
        }
        self.report(finding);
    }

    fn bands_node(
        &mut self,
        of: &BandsOf<'_>,
        arms: &[Arm<'_>],
        otherwise: Option<&(&Band, Typed)>,
        no_value: Option<&(&Band, Typed)>,
        kind: &Type,
        span: Span,
    ) -> Typed {
        let pieces: Vec<(Interval, Span, &Typed)> = arms
            .iter()
            .map(|arm| (arm.interval.clone(), arm.band.span, &arm.value))
            .chain(otherwise.map(|(band, value)| {
                (
                    Interval {
                        low: None,
                        high: None,
                    },
                    band.span,
                    value,
                )
            }))
            .collect();
        let zero = (otherwise.is_none() && of.default == Default::Zero)
            .then(|| self.number(0, kind.clone(), span));
        let value = self.select(
            of.subject,
            &pieces,
            no_value.map(|(_, value)| value.node),
            zero,
            kind,
            span,
        );
        self.graph
            .label(value, StepKind::Band, self.quote(of.subject.span), None);
        let mut typed = Typed::new(value, kind.clone(), span);
        typed.optional = of.subject.optional && no_value.is_none();
        typed.share = self.common_share(
            of.subject,
            &pieces,
            no_value.is_some(),
            zero.is_some(),
            span,
        );
        typed
    }

    pub(super) fn select(
        &mut self,
        subject: &Typed,
        pieces: &[(Interval, Span, &Typed)],
        no_value: Option<NodeId>,
        zero: Option<NodeId>,
        kind: &Type,
        span: Span,
    ) -> NodeId {
        let mut bands: Vec<ProgramBand> = pieces
            .iter()
            .map(|(interval, span, value)| ProgramBand {
                low: interval.low.clone(),
                high: interval.high.clone(),
                value: value.node,
                span: *span,
            })
            .collect();
        let open: BandEnd = None;
        bands.extend(zero.map(|value| ProgramBand {
            low: open.clone(),
            high: open,
            value,
            span,
        }));
        self.node(
            Op::Bands(subject.node, bands.into(), no_value),
            kind.clone(),
            span,
        )
    }

    /// The share and the base for the invoice line, if every band is a share of the same base.
    pub(super) fn common_share(
        &mut self,
        subject: &Typed,
        pieces: &[(Interval, Span, &Typed)],
        has_no_value: bool,
        has_default: bool,
        span: Span,
    ) -> Option<Box<Share>> {
        let shares: Vec<(&Interval, Span, Share)> = pieces
            .iter()
            .filter(|(_, _, value)| !value.constant.as_ref().is_some_and(Exact::is_zero))
            .map(|(interval, span, value)| {
                value.share.clone().map(|share| (interval, *span, *share))
            })
            .collect::<Option<_>>()?;
        let (_, _, first) = shares.first()?;
        let base = first.base.clone();
        let kind = first.rate.kind.clone();
        let same = shares.iter().all(|(_, _, share)| {
            self.quote(share.base.span) == self.quote(base.span) && share.rate.kind == kind
        });
        if !same {
            return None;
        }
        let rates: Vec<(Interval, Span, Typed)> = shares
            .into_iter()
            .map(|(interval, span, share)| (interval.clone(), span, share.rate))
            .collect();
        let borrowed: Vec<(Interval, Span, &Typed)> = rates
            .iter()
            .map(|(interval, span, rate)| (interval.clone(), *span, rate))
            .collect();
        let zero = (has_default || borrowed.len() < pieces.len())
            .then(|| self.number(0, kind.clone(), span));
        let no_value = has_no_value.then(|| self.number(0, kind.clone(), span));
        let node = self.select(subject, &borrowed, no_value, zero, &kind, span);
        Some(Box::new(Share {
            rate: Typed::new(node, kind, span),
            base,
        }))
    }
}

/// Whether a value in a gap is between two bands, at least one of which has two ends, as in tables.
fn lies_between(value: &Exact, after: Option<usize>, arms: &[Arm<'_>]) -> bool {
    let next = arms
        .iter()
        .filter(|arm| {
            arm.interval
                .low
                .as_ref()
                .is_some_and(|(low, _)| low >= value)
        })
        .min_by(|a, b| a.interval.low.cmp(&b.interval.low));
    let before = after.and_then(|at| arms.get(at));
    let two_ends = |arm: &Arm<'_>| arm.interval.low.is_some() && arm.interval.high.is_some();
    match (before, next) {
        (Some(before), Some(next)) => two_ends(before) || two_ends(next),
        _ => false,
    }
}

fn edge_of<'a>(arm: &'a Arm<'_>) -> Option<&'a Exact> {
    arm.interval
        .high
        .as_ref()
        .or(arm.interval.low.as_ref())
        .map(|(at, _)| at)
}

fn ascends(arms: &[Arm<'_>]) -> bool {
    arms.iter()
        .zip(arms.iter().skip(1))
        .all(|(a, b)| edge_order(a, b).is_lt())
}

fn descends(arms: &[Arm<'_>]) -> bool {
    arms.iter()
        .zip(arms.iter().skip(1))
        .all(|(a, b)| edge_order(a, b).is_gt())
}

/// Orders one-sided bands by their edge; `below 5` ends before `at most 5`, and `at least 5` begins before `above 5`.
fn edge_order(a: &Arm<'_>, b: &Arm<'_>) -> std::cmp::Ordering {
    let key = |arm: &Arm<'_>| match (&arm.interval.low, &arm.interval.high) {
        (_, Some((at, included))) => (at.clone(), *included),
        (Some((at, included)), None) => (at.clone(), !included),
        (None, None) => (Exact::zero(), false),
    };
    key(a).cmp(&key(b))
}

/// `below a; below b`: each band begins where the one before it ends.
fn ladder_up(arms: &mut [Arm<'_>]) {
    for at in 1..arms.len() {
        let former = arms.get(at - 1).and_then(|arm| arm.interval.high.clone());
        if let Some(arm) = arms.get_mut(at) {
            arm.interval.low = former.map(|(edge, included)| (edge, !included));
        }
    }
}

/// `at least b; at least a`: each band ends where the one before it begins.
fn ladder_down(arms: &mut [Arm<'_>]) {
    for at in 1..arms.len() {
        let former = arms.get(at - 1).and_then(|arm| arm.interval.low.clone());
        if let Some(arm) = arms.get_mut(at) {
            arm.interval.high = former.map(|(edge, included)| (edge, !included));
        }
    }
}
