//! The order in which definitions are computed: each after those that it refers to. A circle is shown step by step.

use std::collections::BTreeMap;

use crate::catalogue::ORDER;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::components::{self, Refers};
use super::dependencies::{Reference, Target};

/// Something that has to be computed.
pub(super) struct Task {
    /// The name that others use for it.
    pub(super) target: Target,
    /// What it refers to.
    pub(super) references: Vec<Reference>,
    /// Where it is declared, for messages.
    pub(super) span: Span,
}

/// The order of tasks, by position, and the circles among them.
pub(super) struct Order {
    /// Positions, each after those that it needs. Tasks in a circle are left out.
    pub(super) positions: Vec<usize>,
    /// The circles.
    pub(super) circles: Vec<Diagnostic>,
}

/// Of a longer circle only the first steps and the end are shown.
const LONGEST_CIRCLE: usize = 8;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Fresh,
    Open,
    Done,
    Circular,
}

struct Search<'t> {
    tasks: &'t [Task],
    edges: &'t [Vec<Edge>],
    components: Vec<usize>,
    marks: Vec<Mark>,
    path: Vec<(usize, Span)>,
    order: Order,
}

/// A reference with the position of what it refers to.
struct Edge {
    target: usize,
    span: Span,
    earlier: bool,
}

impl Refers for Edge {
    fn target(&self) -> usize {
        self.target
    }
}

/// Orders the tasks. If possible, what an item reads of earlier months also comes before it; this does not count only
/// if the two need each other. Such a group is ordered by name, so that the order of the text never matters.
pub(super) fn order(tasks: &[Task]) -> Order {
    let edges = edges(tasks);
    let found = components::of(&edges);
    let mut components = vec![0; tasks.len()];
    for (number, members) in found.iter().enumerate() {
        for at in members {
            if let Some(slot) = components.get_mut(*at) {
                *slot = number;
            }
        }
    }
    let mut search = Search {
        tasks,
        edges: &edges,
        components,
        marks: vec![Mark::Fresh; tasks.len()],
        path: Vec::new(),
        order: Order {
            positions: Vec::new(),
            circles: Vec::new(),
        },
    };
    for mut members in found {
        members.sort_by_cached_key(|at| tasks.get(*at).map(|task| key(&task.target)));
        for at in members {
            search.visit(at);
        }
    }
    search.order
}

fn edges(tasks: &[Task]) -> Vec<Vec<Edge>> {
    let by_name: BTreeMap<String, usize> = tasks
        .iter()
        .enumerate()
        .map(|(at, task)| (key(&task.target), at))
        .collect();
    let of_task = |task: &Task| {
        let references = task.references.iter();
        let edges = references.filter_map(|reference| {
            Some(Edge {
                target: *by_name.get(&key(&reference.target))?,
                span: reference.span,
                earlier: reference.earlier,
            })
        });
        edges.collect()
    };
    tasks.iter().map(of_task).collect()
}

fn key(target: &Target) -> String {
    match target {
        Target::Name(name) => name.clone(),
        Target::Stage(builtin) => format!("<{builtin:?}>"),
    }
}

impl Search<'_> {
    /// Depth-first with an explicit stack, so that a long chain of definitions cannot exhaust the machine's.
    fn visit(&mut self, root: usize) {
        if self.mark(root) != Mark::Fresh {
            return;
        }
        let mut stack: Vec<(usize, usize)> = vec![(root, 0)];
        self.set(root, Mark::Open);
        let root_span = self.tasks.get(root).map(|task| task.span);
        self.path.extend(root_span.map(|span| (root, span)));
        while let Some((at, next)) = stack.pop() {
            let Some(edge) = self.edges.get(at).and_then(|edges| edges.get(next)) else {
                self.path.pop();
                if self.mark(at) == Mark::Open {
                    self.set(at, Mark::Done);
                    self.order.positions.push(at);
                }
                continue;
            };
            stack.push((at, next + 1));
            if edge.earlier || self.components.get(edge.target) != self.components.get(at) {
                continue;
            }
            match self.mark(edge.target) {
                Mark::Fresh => {
                    self.set(edge.target, Mark::Open);
                    self.path.push((edge.target, edge.span));
                    stack.push((edge.target, 0));
                }
                Mark::Open => self.circle(edge.target, edge.span),
                Mark::Done | Mark::Circular => {}
            }
        }
    }

    fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or(Mark::Done)
    }

    fn set(&mut self, at: usize, mark: Mark) {
        if let Some(slot) = self.marks.get_mut(at) {
            *slot = mark;
        }
    }

    fn circle(&mut self, target: usize, closing: Span) {
        let start = self
            .path
            .iter()
            .position(|(at, _)| *at == target)
            .unwrap_or(0);
        let steps: Vec<(usize, Span)> = self.path.iter().skip(start).copied().collect();
        for (at, _) in &steps {
            self.set(*at, Mark::Circular);
        }
        if steps.iter().any(|(at, _)| self.is_stage(*at)) {
            let finding = self.stage_circle(&steps, closing);
            self.order.circles.extend(finding);
            return;
        }
        let mut names: Vec<String> = steps
            .iter()
            .chain(steps.first())
            .map(|(at, _)| format!("`{}`", self.name(*at)))
            .collect();
        let left_out = names.len().saturating_sub(LONGEST_CIRCLE + 1);
        if left_out > 1 {
            let from = LONGEST_CIRCLE / 2;
            let between = std::iter::once(format!("{left_out} more"));
            names.splice(from..from + left_out, between);
        }
        let chain = names.join(" → ");
        let place = self.tasks.get(target).map_or(closing, |task| task.span);
        let mut finding = Diagnostic::error(
            "circular-definition",
            place,
            format!(
                "`{}` is defined in terms of itself: {chain}",
                self.name(target)
            ),
        )
        .here("computing this …");
        for (at, span) in steps.iter().skip(1).take(LONGEST_CIRCLE - 1) {
            finding = finding.and_at(*span, format!("… needs `{}` …", self.name(*at)));
        }
        finding = finding
            .and_at(closing, format!("… which needs `{}` again", self.name(target)))
            .because("no month could be computed: each value waits for the other")
            .help("break the circle at one step, for example with the value of the month before: `previous …`");
        self.order.circles.push(finding);
    }

    fn is_stage(&self, at: usize) -> bool {
        let target = self.tasks.get(at).map(|task| &task.target);
        matches!(target, Some(Target::Stage(_)))
    }

    /// A circle through a sum such as `charges`: an item needs a sum that needs the item.
    fn stage_circle(&self, steps: &[(usize, Span)], closing: Span) -> Option<Diagnostic> {
        // Each step with what it needs and where it says so.
        let places = steps.iter().skip(1).map(|(_, span)| *span).chain([closing]);
        let needed = steps.iter().cycle().skip(1).map(|(at, _)| *at);
        let uses: Vec<(usize, usize, Span)> = steps
            .iter()
            .zip(needed)
            .zip(places)
            .map(|(((at, _), needed), place)| (*at, needed, place))
            .collect();
        let first = uses
            .iter()
            .position(|(at, needed, _)| !self.is_stage(*at) && self.is_stage(*needed))?;
        let (item, stage, place) = *uses.get(first)?;
        let (item_name, stage_name) = (self.name(item), self.name(stage));
        let mut finding = Diagnostic::error(
            "used-too-early",
            place,
            format!(
                "`{item_name}` needs `{stage_name}`, which cannot be known before `{item_name}`"
            ),
        )
        .here(format!("`{item_name}` needs `{stage_name}` …"));
        let rest = uses.iter().cycle().skip(first + 1).take(uses.len() - 1);
        for (at, needed, place) in rest.take(LONGEST_CIRCLE) {
            let (name, part) = (self.name(*at), self.name(*needed));
            match (self.is_stage(*at), self.is_stage(*needed)) {
                (true, true) => {}
                (true, false) => {
                    finding = finding.and_at(*place, format!("… `{part}` is part of `{name}` …"));
                }
                (false, _) => {
                    finding = finding.and_at(*place, format!("… `{name}` needs `{part}` …"));
                }
            }
        }
        if stage_name == "total" {
            finding = finding.help(
                "write `of charges` if the sum of all charges is meant; a tax on the total is an item of its own: `tax vat 21% of total`",
            );
        }
        Some(
            finding
                .because(format!("amounts are computed in one order: {ORDER}"))
                .help(
                    "refer to something that is computed earlier, such as another charge by its name; or to the \
                     month before: `previous …`",
                ),
        )
    }

    fn name(&self, at: usize) -> String {
        use crate::syntax::tree::Builtin;
        match self.tasks.get(at).map(|task| &task.target) {
            Some(Target::Name(name)) if name.starts_with("at risk ") => "at risk".to_owned(),
            Some(Target::Name(name)) => name.clone(),
            Some(Target::Stage(Builtin::Points)) => "total points".to_owned(),
            Some(Target::Stage(Builtin::Charges)) => "charges".to_owned(),
            Some(Target::Stage(Builtin::Adjustments | Builtin::AdjustedCharges)) => {
                "adjusted charges".to_owned()
            }
            Some(Target::Stage(Builtin::Credits)) => "credits".to_owned(),
            Some(Target::Stage(Builtin::Bonuses)) => "bonuses".to_owned(),
            Some(Target::Stage(_)) => "total".to_owned(),
            None => String::new(),
        }
    }
}
