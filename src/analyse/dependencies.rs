//! Which names an item refers to in the computed month, and which in earlier months only.

use std::collections::BTreeSet;

use crate::syntax::tree::{
    Adjust, AdjustTarget, Along, AtRisk, Award, AwardTerms, Bands, Baseline, Builtin, Charge,
    Commitment, CountedWhat, Earned, Expr, ExprKind, Fallback, FallbackKind, Holdback, Index,
    Input, Let, Limit, LimitSubject, Metric, MetricStatement, Months, Name, Only, Path, Points,
    PointsStatement, PointsTerms, Price, Pricing, Reach, Release, Scorecard, ServiceLevel,
    ShareItem, SlCredit, SlStatement, SlabPrice, TierReach, Tiers, Window, WindowKind,
};
use crate::text::Span;

/// Something that an item refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A declared name.
    Name(String),
    /// A sum over a stage.
    Stage(Builtin),
}

/// A reference with its place.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// What is referred to.
    pub(super) target: Target,
    /// Where.
    pub(super) span: Span,
    /// Whether only earlier months are read, so that the definition may come later.
    pub(super) earlier: bool,
}

/// Collects the references of an item.
#[derive(Default)]
pub(super) struct References {
    pub(super) found: Vec<Reference>,
    /// The names among them, as they are written.
    pub(super) names: Vec<Name>,
    /// The names that are read over several months, with the months.
    pub(super) over: Vec<(String, Window)>,
    /// Where a name is read over several months, and the name.
    pub(super) measured_over: Vec<(Span, Path)>,
    /// Where something is read of a whole period, and which.
    pub(super) whole: Vec<(Span, Window)>,
    earlier: bool,
}

impl References {
    fn path(&mut self, path: &Path) {
        self.names.push(path.name.clone());
        self.found.push(Reference {
            target: Target::Name(path.name.text.clone()),
            span: path.span,
            earlier: self.earlier,
        });
    }

    fn stage(&mut self, builtin: Builtin, span: Span) {
        let earlier = self.earlier;
        self.found.push(Reference {
            target: Target::Stage(builtin),
            span,
            earlier,
        });
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(_)
            | ExprKind::Percent(_)
            | ExprKind::PercentagePoints(_)
            | ExprKind::Quantity(..)
            | ExprKind::Month(_)
            | ExprKind::Date(_)
            | ExprKind::Flag(_)
            | ExprKind::ByAgreement
            | ExprKind::Broken => {}
            ExprKind::Name(path) => self.path(path),
            ExprKind::TotalOf(path) => {
                self.path(path);
                if path.is_points() {
                    self.stage(Builtin::Points, expr.span);
                }
            }
            ExprKind::Builtin(builtin) => self.stage(*builtin, expr.span),
            ExprKind::Sum(terms) => terms.iter().for_each(|(_, term)| self.expr(term)),
            ExprKind::Product(factors) => factors.iter().for_each(|(_, factor)| self.expr(factor)),
            ExprKind::Negate(a)
            | ExprKind::Not(a)
            | ExprKind::Units(_, a)
            | ExprKind::InARow(a)
            | ExprKind::AsPercent(a) => {
                self.expr(a);
            }
            ExprKind::Rounded(a, rounded) => {
                self.expr(a);
                self.expr(&rounded.step);
            }
            ExprKind::Of(a, b) | ExprKind::Compare(a, _, b) | ExprKind::IfKnown(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Between(a, b, c) => [a, b, c].into_iter().for_each(|one| self.expr(one)),
            ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Call(_, all) => {
                all.iter().for_each(|one| self.expr(one))
            }
            ExprKind::If(arms, otherwise) => {
                for (condition, value) in arms {
                    self.expr(condition);
                    self.expr(value);
                }
                self.expr(otherwise);
            }
            ExprKind::Steps(steps) => {
                self.expr(&steps.subject);
                self.expr(&steps.level);
            }
            ExprKind::Bands(subject, bands) => {
                self.expr(subject);
                self.bands(bands);
            }
            ExprKind::OfMonths(of, months) => {
                self.over(of, months, expr.span);
                self.expr(of);
            }
            ExprKind::Dated(first, later) => {
                self.expr(first);
                later.iter().for_each(|later| self.expr(&later.value));
            }
            ExprKind::Window(_, of, window) => {
                let earlier = matches!(window.kind, WindowKind::Previous(_));
                self.maybe_earlier(of, earlier);
            }
            ExprKind::Previous(of, first) => {
                self.maybe_earlier(of, true);
                if let Some(first) = first {
                    self.expr(first);
                }
            }
        }
    }

    /// Only a bare name can be read before it is computed.
    fn maybe_earlier(&mut self, of: &Expr, earlier: bool) {
        let before = self.earlier;
        self.earlier = before || (earlier && matches!(of.kind, ExprKind::Name(_)));
        self.expr(of);
        self.earlier = before;
    }

    fn over(&mut self, of: &Expr, months: &Months, span: Span) {
        let path = match &of.kind {
            ExprKind::Name(path) => Some(path),
            _ => None,
        };
        self.over_path(path, months, span);
    }

    fn over_path(&mut self, path: Option<&Path>, months: &Months, span: Span) {
        let Months::Over(window, along) = months else {
            return;
        };
        if let Some(path) = path {
            self.over.push((path.name.text.clone(), window.clone()));
            self.measured_over.push((span, path.clone()));
        }
        if *along == Along::Whole {
            self.whole.push((span, window.clone()));
        }
    }

    fn bands(&mut self, bands: &Bands) {
        for band in &bands.bands {
            match &band.reach {
                Reach::Side(_, at) | Reach::Exactly(at) => self.expr(at),
                Reach::Range(from, to) => {
                    self.expr(&from.at);
                    self.expr(&to.at);
                }
                Reach::Otherwise | Reach::NoValue => {}
            }
            self.expr(&band.value);
        }
    }

    fn fallback(&mut self, fallback: &Fallback) {
        if let FallbackKind::Value(value) = &fallback.kind {
            self.expr(value);
        }
    }

    pub(super) fn metric(&mut self, metric: &Metric) {
        metric.formula.iter().for_each(|formula| self.expr(formula));
        for statement in &metric.statements {
            match statement {
                MetricStatement::Needs(condition, fallback, _) => {
                    self.expr(condition);
                    fallback.iter().for_each(|fallback| self.fallback(fallback));
                }
                MetricStatement::IfMissing(fallback, _)
                | MetricStatement::IfNothingToMeasure(fallback, _) => self.fallback(fallback),
                MetricStatement::Rounded(rounded) => self.expr(&rounded.step),
            }
        }
    }

    pub(super) fn measured(&mut self, path: &Path) {
        self.path(path);
    }

    pub(super) fn input(&mut self, input: &Input) {
        if let Some(counted) = &input.counted
            && matches!(counted.what, CountedWhat::Periods(..))
        {
            for name in counted.test.iter().flat_map(|test| test.names()) {
                self.names.push(name.clone());
                self.found.push(Reference {
                    target: Target::Name(name.text.clone()),
                    span: name.span,
                    earlier: self.earlier,
                });
            }
        }
        input
            .if_missing
            .iter()
            .for_each(|fallback| self.fallback(fallback));
    }

    pub(super) fn definition(&mut self, definition: &Let) {
        self.expr(&definition.value);
    }

    pub(super) fn scorecard(&mut self, card: &Scorecard) {
        for arm in &card.arms {
            self.expr(&arm.weight);
            self.path(&arm.metric);
            self.bands(&arm.bands);
        }
    }

    pub(super) fn charge(&mut self, charge: &Charge) {
        if let Some(advance) = &charge.advance {
            self.expr(&advance.forecast);
        }
        match &charge.pricing {
            Pricing::Amount(amount) => self.expr(amount),
            Pricing::AtCost(terms) => {
                self.expr(&terms.cost);
                for amount in [&terms.most_cost, &terms.margin, &terms.most] {
                    amount.iter().for_each(|amount| self.expr(amount));
                }
            }
            Pricing::For(quantity, price) => {
                self.expr(quantity);
                self.price(price);
            }
            Pricing::Card(path, arms) => {
                self.path(path);
                let (before, names) = (self.found.len(), self.names.len());
                arms.iter().for_each(|arm| self.price(&arm.price));
                // In a rate card, the name of a member is its rate.
                let within = self.found.split_off(before);
                let members: BTreeSet<&str> =
                    arms.iter().map(|arm| arm.member.text.as_str()).collect();
                let is_member = |name: &str| members.contains(name);
                let rates = self.names.split_off(names);
                let rates = rates.into_iter().filter(|name| !is_member(&name.text));
                self.names.extend(rates);
                self.found
                    .extend(within.into_iter().filter(|found| match &found.target {
                        Target::Name(name) => !is_member(name),
                        Target::Stage(_) => true,
                    }));
            }
        }
    }

    fn price(&mut self, price: &Price) {
        match price {
            Price::Rate(rate) => self.expr(rate),
            Price::Tiers(tiers) => self.tiers(tiers),
            Price::Packages { size, price } => {
                self.expr(size);
                self.expr(price);
            }
            Price::Metered(_, price) => self.price(price),
            Price::Baseline(baseline) => self.baseline(baseline),
        }
    }

    fn baseline(&mut self, baseline: &Baseline) {
        self.expr(&baseline.units);
        self.expr(&baseline.price);
        let deadband = baseline.deadband.iter();
        deadband.for_each(|deadband| self.expr(&deadband.share));
        for slab in [&baseline.above, &baseline.below]
            .into_iter()
            .flat_map(|side| &side.slabs)
        {
            slab.up_to.iter().for_each(|end| self.expr(end));
            match &slab.price {
                SlabPrice::Rate(rate) | SlabPrice::AsAt(rate) => self.expr(rate),
                SlabPrice::ByAgreement => {}
            }
        }
    }

    fn tiers(&mut self, tiers: &Tiers) {
        for tier in &tiers.tiers {
            match &tier.reach {
                TierReach::More(at) | TierReach::UpTo(at) => self.expr(at),
                TierReach::Beyond => {}
            }
            tier.price.iter().for_each(|price| self.expr(price));
        }
    }

    pub(super) fn award(&mut self, award: &Award) {
        match &award.terms {
            AwardTerms::Amount(amount) => self.expr(amount),
            AwardTerms::Bands(subject, bands) => {
                self.expr(subject);
                self.bands(bands);
            }
        }
        award.when.iter().for_each(|when| self.expr(when));
    }

    pub(super) fn service_level(&mut self, level: &ServiceLevel) {
        self.path(&level.metric);
        if let Some((months, span)) = &level.months {
            self.over_path(Some(&level.metric), months, *span);
        }
        for statement in &level.statements {
            match statement {
                SlStatement::Target(value, ..)
                | SlStatement::Critical(_, value, _)
                | SlStatement::ExcusedWhen(value, ..) => self.expr(value),
                SlStatement::Credit(SlCredit::Amounts(ordinary, severe), _) => {
                    self.expr(ordinary);
                    severe.iter().for_each(|severe| self.expr(severe));
                }
                SlStatement::Credit(SlCredit::Bands(bands), _) => self.bands(bands),
                SlStatement::EarnBack(terms, _) => self.expr(&terms.level),
                SlStatement::EarnBackYearly(terms, _) => {
                    terms.share.iter().for_each(|share| self.expr(share));
                    match &terms.earned {
                        Earned::Average { level, .. } => self.expr(level),
                        Earned::When(condition) => self.expr(condition),
                    }
                }
                SlStatement::Raised(raised, _) => {
                    raised.bound.iter().for_each(|(_, bound)| self.expr(bound));
                    let rounded = raised.rounded.iter();
                    rounded.for_each(|rounded| self.expr(&rounded.step));
                }
                SlStatement::Repeated(repeated, _) => {
                    for repeat in &repeated.steps {
                        self.expr(&repeat.factor);
                    }
                    repeated.growth.iter().for_each(|growth| self.expr(growth));
                    repeated.most.iter().for_each(|most| self.expr(most));
                }
                SlStatement::Persistent(persistent, _) => self.expr(&persistent.amount),
                SlStatement::Grace(..)
                | SlStatement::Terminate(..)
                | SlStatement::Applied(..)
                | SlStatement::InPlace(..)
                | SlStatement::CountsFrom(..)
                | SlStatement::Tolerated(..)
                | SlStatement::NoValue(..)
                | SlStatement::ExcusedBreaks(..) => {}
            }
        }
    }

    pub(super) fn points(&mut self, points: &Points) {
        match &points.terms {
            PointsTerms::Amount(amount) => self.expr(amount),
            PointsTerms::Bands(subject, bands) => {
                self.expr(subject);
                self.bands(bands);
            }
        }
        for statement in &points.statements {
            match statement {
                PointsStatement::ExcusedWhen(condition, _) => self.expr(condition),
                PointsStatement::Repeated(repeat, _) => self.expr(&repeat.factor),
                PointsStatement::Grace(..)
                | PointsStatement::ExcusedBreaks(..)
                | PointsStatement::NoValueExcused(_) => {}
            }
        }
    }

    pub(super) fn commitment(&mut self, commitment: &Commitment) {
        self.expr(&commitment.amount);
        for counted in &commitment.counted {
            // The total in this place is the total before commitments, so this is not a circle.
            if counted.kind != ExprKind::Builtin(Builtin::Total) {
                self.expr(counted);
            }
        }
        commitment.price.iter().for_each(|price| self.expr(price));
    }

    pub(super) fn holdback(&mut self, holdback: &Holdback) {
        self.expr(&holdback.amount);
        match &holdback.release {
            Release::InFull(when) => when.iter().for_each(|when| self.expr(when)),
            Release::By(measure, bands) => {
                self.expr(measure);
                self.bands(bands);
            }
        }
    }

    /// The service levels wait for the amount, not the amount for them.
    pub(super) fn at_risk(&mut self, pool: &AtRisk) {
        self.expr(&pool.amount);
        let before = std::mem::replace(&mut self.earlier, true);
        pool.allocations().for_each(|one| self.path(&one.level));
        self.earlier = before;
    }

    pub(super) fn adjust(&mut self, adjust: &Adjust) {
        match &adjust.target {
            AdjustTarget::AllCharges(_) => {}
            AdjustTarget::Named(paths) => paths.iter().for_each(|path| self.path(path)),
        }
        self.expr(&adjust.by);
        self.bands(&adjust.bands);
    }

    pub(super) fn only(&mut self, only: &Only) {
        only.of.iter().for_each(|path| self.path(path));
        only.chosen_by.iter().for_each(|path| self.path(path));
        only.when.iter().for_each(|when| self.expr(when));
    }

    pub(super) fn share(&mut self, share: &ShareItem) {
        match share {
            ShareItem::Currency(share) => {
                if let AdjustTarget::Named(paths) = &share.target {
                    paths.iter().for_each(|path| self.path(path));
                }
                self.path(&share.by);
                self.expr(&share.base);
            }
            ShareItem::Gain(share) => {
                self.expr(&share.actual);
                self.expr(&share.target);
            }
        }
    }

    /// What an index is computed from.
    pub(super) fn index(&mut self, index: &Index) {
        self.path(&index.by);
        index.links.iter().for_each(|link| self.path(&link.by));
        let terms = [&index.fixed, &index.least, &index.most];
        terms.into_iter().flatten().for_each(|term| self.expr(term));
        if let Some(threshold) = &index.threshold {
            self.expr(&threshold.level);
        }
        for rounded in [&index.factor, &index.prices].into_iter().flatten() {
            self.expr(&rounded.step);
        }
    }

    pub(super) fn limit(&mut self, limit: &Limit) {
        for subject in &limit.subjects {
            if let LimitSubject::Named(path) = subject {
                self.path(path);
            }
        }
        self.expr(&limit.to);
    }
}
