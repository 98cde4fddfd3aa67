//! A value of a sheet with only what it is made of, rewritten so that what cancels is gone.
//!
//! Each rewriting keeps the value in every month that can be invoiced. What limits cut is the main one: the parts that a
//! limit lets pass add up to what it allows, however it is shared out among them, so the shares need not be looked at.

use std::collections::{BTreeMap, HashMap};

use crate::program::{Band, Comparison, NodeId, Op};
use crate::quantity::Exact;

use super::forward::{Forward, flag, reachable};
use super::range::Range;

/// A value to be searched.
pub struct Query {
    /// The operations, each after those that it uses.
    pub ops: Vec<Op>,
    /// The value.
    pub root: NodeId,
}

impl Query {
    /// A value of these operations, where the figures lie in those ranges.
    #[must_use]
    pub fn of(ops: &[Op], root: NodeId, figures: &[Range]) -> Self {
        let mut query = Self::trimmed(ops, root);
        for _ in 0..3 {
            let before = query.ops.len();
            let pass = Forward::of(&query.ops, figures);
            let mut rewriting = Rewriting::of(&pass);
            for at in 0..query.ops.len() {
                rewriting.step(at);
            }
            let root = rewriting.place(query.root);
            let ops = std::mem::take(&mut rewriting.out);
            query = Self::trimmed(&ops, root);
            if query.ops.len() == before {
                break;
            }
        }
        query
    }

    fn trimmed(ops: &[Op], root: NodeId) -> Self {
        let mut wanted = vec![false; ops.len()];
        if let Some(own) = wanted.get_mut(root.0 as usize) {
            *own = true;
        }
        for (at, op) in ops.iter().enumerate().rev() {
            if wanted.get(at).copied().unwrap_or(false) {
                op.each_use(|used| {
                    if let Some(own) = wanted.get_mut(used.0 as usize) {
                        *own = true;
                    }
                });
            }
        }
        let mut places: Vec<NodeId> = vec![NodeId(u32::MAX); ops.len()];
        let mut kept = Vec::new();
        for ((op, place), wanted) in ops.iter().zip(0..).zip(wanted) {
            if !wanted {
                continue;
            }
            let id = NodeId(u32::try_from(kept.len()).unwrap_or(u32::MAX));
            let of = |id: NodeId| places.get(id.0 as usize).copied().unwrap_or(id);
            let renamed = op.mapped(of, |series| series);
            kept.push(renamed);
            let place: usize = place;
            if let Some(own) = places.get_mut(place) {
                *own = id;
            }
        }
        let root = places.get(root.0 as usize).copied().unwrap_or(root);
        Self { ops: kept, root }
    }
}

/// A sum of multiples of values, and a number.
#[derive(Clone, Default)]
struct Linear {
    terms: BTreeMap<NodeId, Exact>,
    number: Exact,
}

/// A sum of more values stays one value.
const MOST_TERMS: usize = 400;

/// What a limit lets pass of several amounts.
struct Limited {
    /// The amounts after the limit.
    after: Vec<NodeId>,
    /// What it allows of all together.
    allowed: NodeId,
}

struct Rewriting<'f> {
    pass: &'f Forward<'f>,
    out: Vec<Op>,
    known: HashMap<Op, NodeId>,
    /// Where each operation went.
    places: Vec<NodeId>,
    linear: HashMap<NodeId, Linear>,
    /// The sum that a comparison finds above its limit, and what is then allowed: by the new place of `min(sum, room)`.
    limits: HashMap<NodeId, Vec<NodeId>>,
    /// The amounts after each limit, by what it allows.
    limited: Vec<Limited>,
    /// The amounts that each sum of several is made of, by its new place.
    parts: HashMap<NodeId, Vec<NodeId>>,
    /// Whether the value at a new place is never below 0, and always there.
    sure: HashMap<NodeId, bool>,
}

impl<'f> Rewriting<'f> {
    fn of(pass: &'f Forward<'f>) -> Self {
        Self {
            pass,
            out: Vec::with_capacity(pass.ops.len()),
            known: HashMap::new(),
            places: Vec::with_capacity(pass.ops.len()),
            linear: HashMap::new(),
            limits: HashMap::new(),
            limited: Vec::new(),
            parts: HashMap::new(),
            sure: HashMap::new(),
        }
    }

    fn place(&self, id: NodeId) -> NodeId {
        self.places.get(id.0 as usize).copied().unwrap_or(id)
    }

    fn put(&mut self, op: Op) -> NodeId {
        if let Some(known) = self.known.get(&op) {
            return *known;
        }
        let id = NodeId(u32::try_from(self.out.len()).unwrap_or(u32::MAX));
        self.out.push(op.clone());
        self.known.insert(op, id);
        id
    }

    fn op(&self, id: NodeId) -> Option<&Op> {
        self.out.get(id.0 as usize)
    }

    fn step(&mut self, at: usize) {
        let (Some(op), Ok(place)) = (self.pass.ops.get(at), u32::try_from(at)) else {
            return;
        };
        let old = NodeId(place);
        let known = self.pass.at(old);
        let new = match known.only() {
            Some(value) => self.put(Op::Constant(value.clone())),
            None => self.rewritten(op),
        };
        if known.range.as_ref().is_some_and(Range::is_never_negative) {
            self.sure.insert(new, !known.absent);
        }
        self.places.push(new);
    }

    fn rewritten(&mut self, op: &Op) -> NodeId {
        let places = &self.places;
        let moved = op.mapped(
            |id| places.get(id.0 as usize).copied().unwrap_or(id),
            |series| series,
        );
        match &moved {
            Op::Sum(_) | Op::Subtract(..) | Op::Negate(_) => self.summed(&moved),
            Op::Multiply(a, b) => match (self.constant(*a), self.constant(*b)) {
                (Some(_), _) | (_, Some(_)) => self.summed(&moved),
                _ => self.put(moved),
            },
            Op::If(condition, then, otherwise) => self.chosen(op, *condition, *then, *otherwise),
            Op::Bands(..) => self.banded(op, moved),
            Op::Min(all) | Op::Max(all) if all.iter().all(|one| Some(one) == all.first()) => {
                all.first().copied().unwrap_or(NodeId(u32::MAX))
            }
            _ => self.put(moved),
        }
    }

    fn constant(&self, id: NodeId) -> Option<Exact> {
        match self.op(id) {
            Some(Op::Constant(value)) => Some(value.clone()),
            _ => None,
        }
    }

    // --- sums

    fn terms_of(&self, id: NodeId) -> Linear {
        if let Some(known) = self.linear.get(&id) {
            return known.clone();
        }
        match self.constant(id) {
            Some(number) => Linear {
                number,
                ..Linear::default()
            },
            None => Linear {
                terms: BTreeMap::from([(id, Exact::one())]),
                number: Exact::zero(),
            },
        }
    }

    fn summed(&mut self, op: &Op) -> NodeId {
        let mut sum = Linear::default();
        let one = Exact::one();
        match op {
            Op::Sum(all) => all
                .iter()
                .for_each(|part| sum.add(&self.terms_of(*part), &one)),
            Op::Subtract(a, b) => {
                sum.add(&self.terms_of(*a), &one);
                sum.add(&self.terms_of(*b), &one.negate());
            }
            Op::Negate(a) => sum.add(&self.terms_of(*a), &one.negate()),
            Op::Multiply(a, b) => {
                if let Some(by) = self.constant(*a) {
                    sum.add(&self.terms_of(*b), &by);
                } else if let Some(by) = self.constant(*b) {
                    sum.add(&self.terms_of(*a), &by);
                }
            }
            _ => {}
        }
        let one = Exact::one();
        let is_plain = sum.number.is_zero() && sum.terms.values().all(|factor| *factor == one);
        let parts: Option<Vec<NodeId>> = is_plain.then(|| sum.terms.keys().copied().collect());
        self.gather(&mut sum);
        if sum.terms.len() > MOST_TERMS {
            return self.put(op.clone());
        }
        if let Some(held) = self.held(&sum) {
            return held;
        }
        let id = self.written(sum);
        if let Some(parts) = parts.filter(|parts| parts.len() > 1) {
            self.parts.entry(id).or_insert(parts);
        }
        id
    }

    /// Puts what a limit allows in place of the amounts that it shares it out among.
    fn gather(&self, sum: &mut Linear) {
        for limited in self.limited.iter().rev() {
            let Some(factor) = limited
                .after
                .first()
                .and_then(|one| sum.terms.get(one))
                .cloned()
            else {
                continue;
            };
            let all = limited
                .after
                .iter()
                .all(|one| sum.terms.get(one) == Some(&factor));
            if all {
                for one in &limited.after {
                    sum.terms.remove(one);
                }
                let allowed = self.terms_of(limited.allowed);
                sum.add(&allowed, &factor);
            }
        }
    }

    /// `x + max(least - x, 0)` is `max(least, x)`: a minimum holds the invoice, and a maximum in the same way.
    fn held(&mut self, sum: &Linear) -> Option<NodeId> {
        let one = Exact::one();
        let ends: Vec<NodeId> = sum
            .terms
            .iter()
            .filter(|(_, factor)| **factor == one)
            .map(|(term, _)| *term)
            .filter(|term| matches!(self.op(*term), Some(Op::Max(_) | Op::Min(_))))
            .collect();
        // What comes last holds what came before it.
        for end in ends.into_iter().rev() {
            let op = self.op(end)?.clone();
            let (Op::Max(pair) | Op::Min(pair)) = &op else {
                continue;
            };
            let [a, b] = pair.as_ref() else { continue };
            let is_zero = |id: NodeId| self.constant(id).is_some_and(|value| value.is_zero());
            let distance = match (is_zero(*a), is_zero(*b)) {
                (true, false) => *b,
                (false, true) => *a,
                _ => continue,
            };
            let mut rest = sum.clone();
            rest.terms.remove(&end);
            let mut level = rest.clone();
            level.add(&self.terms_of(distance), &one);
            if level.terms.len() >= rest.terms.len() {
                continue;
            }
            let level = self.written(level);
            let rest = self.held(&rest).unwrap_or_else(|| self.written(rest));
            let both = Box::new([level, rest]);
            return Some(self.put(match op {
                Op::Max(_) => Op::Max(both),
                _ => Op::Min(both),
            }));
        }
        None
    }

    fn written(&mut self, sum: Linear) -> NodeId {
        let one = Exact::one();
        let mut parts = Vec::new();
        for (term, factor) in &sum.terms {
            if *factor == one {
                parts.push(*term);
            } else if *factor == one.negate() {
                parts.push(self.put(Op::Negate(*term)));
            } else {
                let by = self.put(Op::Constant(factor.clone()));
                parts.push(self.put(Op::Multiply(by, *term)));
            }
        }
        if !sum.number.is_zero() || parts.is_empty() {
            parts.push(self.put(Op::Constant(sum.number.clone())));
        }
        let id = match parts.as_slice() {
            [only] => *only,
            _ => self.put(Op::Sum(parts.into())),
        };
        self.linear.insert(id, sum);
        id
    }

    // --- choices

    fn chosen(&mut self, old: &Op, condition: NodeId, then: NodeId, otherwise: NodeId) -> NodeId {
        let Op::If(old_condition, ..) = old else {
            return self.put(Op::If(condition, then, otherwise));
        };
        let known = self.pass.at(*old_condition);
        if !known.absent {
            match known.range.as_ref().and_then(flag) {
                Some(true) => return then,
                Some(false) => return otherwise,
                None => {}
            }
        }
        if then == otherwise {
            return then;
        }
        if let Some(new) = self.limit(condition, then, otherwise) {
            return new;
        }
        if let Some(new) = self.after_limit(condition, then, otherwise) {
            return new;
        }
        if let Some(new) = self.adjusted(condition, then, otherwise) {
            return new;
        }
        self.put(Op::If(condition, then, otherwise))
    }

    /// `if sum > 0 then min(sum, room) else sum` is `min(sum, room)`, as a room is never below 0.
    fn limit(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Option<NodeId> {
        let Op::Min(all) = self.op(then)? else {
            return None;
        };
        let rooms: Vec<NodeId> = all
            .iter()
            .copied()
            .filter(|one| *one != otherwise)
            .collect();
        if rooms.len() == all.len() || !self.is_above_zero(condition, otherwise) {
            return None;
        }
        let sure = rooms
            .iter()
            .all(|room| self.sure.get(room) == Some(&true) || self.is_positive_constant(*room));
        if !sure {
            return None;
        }
        self.limits.insert(then, vec![otherwise]);
        Some(then)
    }

    fn is_positive_constant(&self, id: NodeId) -> bool {
        self.constant(id).is_some_and(|value| !value.is_negative())
    }

    fn is_above_zero(&self, condition: NodeId, value: NodeId) -> bool {
        match self.op(condition) {
            Some(Op::Compare(Comparison::Above, a, b)) => {
                *a == value && self.constant(*b).is_some_and(|zero| zero.is_zero())
            }
            _ => false,
        }
    }

    /// The sum that the condition finds above its limit, with what is then allowed.
    fn reached(&self, condition: NodeId) -> Option<(NodeId, NodeId)> {
        let compared = |id: NodeId| match self.op(id)? {
            Op::Compare(Comparison::Above, sum, room) => {
                let both = [
                    Op::Min(Box::new([*sum, *room])),
                    Op::Min(Box::new([*room, *sum])),
                ];
                let allowed = both.iter().find_map(|op| self.known.get(op))?;
                self.limits
                    .contains_key(allowed)
                    .then_some((*sum, *allowed))
            }
            _ => None,
        };
        let mut open = vec![condition];
        let mut seen = 0;
        while let Some(id) = open.pop() {
            seen += 1;
            if seen > 16 {
                return None;
            }
            if let Some(found) = compared(id) {
                return Some(found);
            }
            if let Some(Op::And(all)) = self.op(id) {
                open.extend(all.iter());
            }
        }
        None
    }

    /// Whether, where the limit is reached, the condition fails only for an amount of 0.
    fn holds_but_for(&self, condition: NodeId, sum: NodeId, own: NodeId) -> bool {
        let mut open = vec![condition];
        let mut seen = 0;
        while let Some(id) = open.pop() {
            seen += 1;
            let fine = match self.op(id) {
                Some(Op::And(all)) => {
                    open.extend(all.iter());
                    true
                }
                Some(Op::Compare(Comparison::Above, a, _)) => {
                    *a == sum || self.is_above_zero(id, sum) || self.is_above_zero(id, own)
                }
                _ => false,
            };
            if !fine || seen > 16 {
                return false;
            }
        }
        true
    }

    /// An amount after a limit: `if reached then cut else amount`.
    fn after_limit(
        &mut self,
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    ) -> Option<NodeId> {
        let (sum, allowed) = self.reached(condition)?;
        if !self.holds_but_for(condition, sum, otherwise) {
            return None;
        }
        if then == allowed && sum == otherwise {
            return Some(allowed);
        }
        let parts = self.parts_of(sum)?;
        let at = parts.iter().position(|part| *part == otherwise)?;
        let is_scaled = |id: NodeId| {
            match self.op(id) {
            Some(Op::Multiply(a, b)) => [(a, b), (b, a)].into_iter().any(|(part, share)| {
                *part == otherwise
                    && matches!(self.op(*share), Some(Op::Divide(above, below)) if *above == allowed && *below == sum)
            }),
            _ => false,
        }
        };
        let is_cut = match self.op(then)? {
            Op::Share {
                total,
                index,
                parts: shared,
                ..
            } => {
                *total == allowed
                    && shared.len() == parts.len()
                    && shared
                        .get(*index as usize)
                        .is_some_and(|own| is_scaled(*own))
            }
            _ => is_scaled(then),
        };
        if !is_cut || !parts.iter().all(|part| self.sure.contains_key(part)) {
            return None;
        }
        let new = self.put(Op::If(condition, then, otherwise));
        let known = self.limited.iter_mut().find(|one| one.allowed == allowed);
        match known {
            Some(limited) => {
                if let Some(own) = limited.after.get_mut(at) {
                    *own = new;
                }
            }
            None => {
                let mut after = vec![NodeId(u32::MAX); parts.len()];
                if let Some(own) = after.get_mut(at) {
                    *own = new;
                }
                self.limited.push(Limited { after, allowed });
            }
        }
        Some(new)
    }

    /// The amounts that a sum is made of, each once.
    fn parts_of(&self, sum: NodeId) -> Option<Vec<NodeId>> {
        let parts = self.parts.get(&sum)?;
        (parts.len() > 1).then(|| parts.clone())
    }

    /// `if c then x + (h - (if c then a else h)) else x` is the sum in both cases.
    fn adjusted(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Option<NodeId> {
        let mut rest = self.terms_of(then);
        rest.add(&self.terms_of(otherwise), &Exact::from_integer(-1));
        let mut taken = rest
            .terms
            .iter()
            .filter(|(_, factor)| **factor == Exact::from_integer(-1));
        let (choice, None) = (taken.next()?, taken.next()) else {
            return None;
        };
        let Op::If(own, _, held) = self.op(*choice.0)? else {
            return None;
        };
        let (own, held, choice) = (*own, *held, *choice.0);
        let mut expected = self.terms_of(held);
        expected.add(&self.terms_of(choice), &Exact::from_integer(-1));
        let same =
            own == condition && rest.number == expected.number && rest.terms == expected.terms;
        same.then_some(then)
    }

    fn banded(&mut self, old: &Op, moved: Op) -> NodeId {
        let (Op::Bands(old_subject, old_bands, _), Op::Bands(_, _, none)) = (old, &moved) else {
            return self.put(moved);
        };
        let known = self.pass.at(*old_subject);
        let Some(range) = known
            .range
            .as_ref()
            .filter(|_| none.is_none() || !known.absent)
        else {
            return self.put(moved);
        };
        let places: Vec<&Band> = reachable(range, old_bands).collect();
        let values: Vec<NodeId> = places.iter().map(|band| self.place(band.value)).collect();
        match values.split_first() {
            Some((first, rest)) if rest.iter().all(|one| one == first) && !known.absent => *first,
            _ => self.put(moved),
        }
    }
}

impl Linear {
    fn add(&mut self, other: &Self, factor: &Exact) {
        self.number = self.number.add(&other.number.multiply(factor));
        for (term, own) in &other.terms {
            let sum = self.terms.entry(*term).or_default();
            *sum = sum.add(&own.multiply(factor));
            if sum.is_zero() {
                self.terms.remove(term);
            }
        }
    }
}
