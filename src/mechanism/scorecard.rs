//! Scorecards: points by band for several KPIs, weighted into one score.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Scorecard, ScorecardArm, Text};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Domain, Typed};

/// The weighted score: Σ weight × points. The weights must add up to 100%.
pub fn read(cx: &mut Context<'_>, card: &Scorecard, clause: Option<&Text>, span: Span) -> Typed {
    let mut terms = Vec::new();
    let mut weights = Exact::zero();
    let mut least = Exact::zero();
    let mut most = Exact::zero();
    let mut readable = !card.arms.is_empty();
    for arm in &card.arms {
        let Some((weight, node, range)) = read_arm(cx, arm) else {
            readable = false;
            continue;
        };
        weights = weights.add(&weight);
        least = least.add(&weight.multiply(&range.0));
        most = most.add(&weight.multiply(&range.1));
        terms.push(node);
    }
    if !readable {
        return cx.unknown(span);
    }
    // If a weight is missing, it is unknown how high the score can be.
    let is_whole = weights == Exact::one();
    check_weights(cx, &weights, card, span);
    let node = cx.sum(terms, Type::Score, span);
    let mut score = Typed::new(node, Type::Score, card.name.span);
    score.domain = is_whole.then_some(Domain {
        least: Some(least),
        most: Some(most),
        grid: None,
    });
    if let Some(rounded) = &card.rounded {
        score = cx.rounded(score, rounded);
    }
    score.node = cx.graph.alias(score.node, span);
    cx.graph.label(
        score.node,
        StepKind::Score,
        card.name.text.clone(),
        clause.map(|clause| clause.text.clone()),
    );
    score
}

/// The weight, the weighted points, and the least and greatest points of one KPI.
fn read_arm(cx: &mut Context<'_>, arm: &ScorecardArm) -> Option<(Exact, NodeId, (Exact, Exact))> {
    let weight = cx.expression(&arm.weight);
    let weight = cx.demand(weight, &Type::Percent, "a weight");
    let subject = cx.value_of(&arm.metric);
    let of = BandsOf {
        subject: &subject,
        what: "the points",
        wanted: Some(Type::Number),
        default: BandsDefault::MustBeStated,
    };
    let bands = cx.bands(&of, &arm.bands);
    let weight_value = cx.demand_constant(&weight, "a weight")?;
    if bands.value.is_unknown() {
        return None;
    }
    let mut points = Vec::new();
    for value in &bands.values {
        points.push(cx.demand_constant(value, "the points of a band")?);
    }
    let range = (points.iter().min()?.clone(), points.iter().max()?.clone());
    let node = cx.node(
        Op::Multiply(weight.node, bands.value.node),
        Type::Score,
        arm.span,
    );
    Some((weight_value, node, range))
}

fn check_weights(cx: &mut Context<'_>, weights: &Exact, card: &Scorecard, span: Span) {
    if *weights == Exact::one() {
        return;
    }
    let sum = Figure::new(weights.clone(), Type::Percent);
    let mut finding = Diagnostic::error(
        "weights-not-100",
        card.name.span,
        format!("the weights of `{}` add up to {sum}, not to 100%", card.name.text),
    )
    .because("a score is compared with fixed bands, so its best value must not depend on a mistake in the weights");
    for arm in &card.arms {
        let weight = cx.quote(arm.weight.span);
        finding = finding.and_at(arm.weight.span, weight);
    }
    let _ = span;
    cx.report(finding.help("change the weights so that they add up to 100%"));
}
