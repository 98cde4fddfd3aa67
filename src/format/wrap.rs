//! Where a line that is too long continues on the next one.

use std::ops::Range;

use crate::catalogue::ItemKind;
use crate::syntax::outline::{Kind, Node, TokenKind};

use super::layout::{Layout, item_of};
use super::page::{WIDTH, width};

/// The places before which a line may end.
pub(super) struct Breaks {
    /// Tokens before which a line must end.
    forced: Vec<usize>,
    /// Tokens before which a line may end, in levels: breaks of the first level are preferred to all others.
    levels: [Vec<usize>; 4],
}

impl Breaks {
    /// Finds the places among the tokens of a node.
    pub(super) fn of(layout: &Layout<'_, '_>, node: &Node, tokens: Range<usize>) -> Self {
        let mut breaks = Self {
            forced: Vec::new(),
            levels: [const { Vec::new() }; 4],
        };
        if tokens.clone().any(|at| layout.source.mark(at).free) {
            return breaks;
        }
        breaks.parts(layout, node);
        breaks.signs(layout, tokens.clone());
        for level in breaks.levels.iter_mut().chain([&mut breaks.forced]) {
            level.retain(|at| tokens.start < *at && *at < tokens.end);
            level.sort_unstable();
        }
        breaks
    }

    /// Lets the parts of a node begin lines. The parts of a list do so where the drafter broke the line.
    fn parts(&mut self, layout: &Layout<'_, '_>, node: &Node) {
        let source = layout.source;
        if layout.has_own_breaks(node) {
            for pair in node.children.windows(2) {
                if layout.broken_between(pair)
                    && let Some(next) = pair.last()
                {
                    self.forced.push(source.tokens_of(next).start);
                }
            }
        }
        let is_metric = item_of(node) == Some(ItemKind::Metric);
        let parts = match node.kind {
            Kind::Change => node.children.first().map_or(&[][..], |item| &item.children),
            _ => &node.children,
        };
        for part in parts.iter().filter(|part| part.kind == Kind::Clause) {
            let start = source.tokens_of(part).start;
            let level = usize::from(is_metric && !matches!(source.written(start), "is" | "by"));
            if let Some(level) = self.levels.get_mut(level) {
                level.push(start);
            }
        }
    }

    /// Adds the places after commas, before `then`, and before the signs and words that join two amounts or conditions.
    fn signs(&mut self, layout: &Layout<'_, '_>, tokens: Range<usize>) {
        let source = layout.source;
        let mut depth = 0usize;
        let [_, second, third, last] = &mut self.levels;
        for at in tokens {
            let before = at.checked_sub(1).and_then(|before| source.kind(before));
            match source.kind(at) {
                Some(TokenKind::OpenParenthesis) => depth += 1,
                Some(TokenKind::CloseParenthesis) => depth = depth.saturating_sub(1),
                _ => {}
            }
            let word = source.written(at);
            if depth == 0 && (before == Some(TokenKind::Comma) || word == "then" || word == "else")
            {
                second.push(at);
            }
            let joins = matches!(word, "and" | "or" | "+" | "-" | "*" | "/")
                && source.kind(at) != Some(TokenKind::Sign);
            if joins && depth == 0 {
                third.push(at);
            } else if joins || before == Some(TokenKind::Comma) {
                last.push(at);
            }
        }
    }

    /// Fills lines with tokens. The first line begins at `left`, the others at `hang`.
    pub(super) fn fill(
        &self,
        layout: &Layout<'_, '_>,
        tokens: Range<usize>,
        left: usize,
        hang: usize,
    ) -> Vec<String> {
        let mut filling = Filling {
            breaks: self,
            layout,
            hang,
            lines: Vec::new(),
            at: left,
            from: None,
        };
        for part in split(tokens, &self.forced) {
            filling.add(part, 0);
            filling.end_line();
        }
        filling.lines
    }
}

struct Filling<'f, 's, 't> {
    breaks: &'f Breaks,
    layout: &'f Layout<'s, 't>,
    hang: usize,
    lines: Vec<String>,
    /// The column at which the current line begins.
    at: usize,
    /// The tokens in it.
    from: Option<Range<usize>>,
}

impl Filling<'_, '_, '_> {
    /// Adds tokens to the line, or begins a new line with them. Tokens too long for a line are broken at the next
    /// level.
    fn add(&mut self, tokens: Range<usize>, level: usize) {
        let joined = self.from.as_ref().map_or(tokens.start, |from| from.start)..tokens.end;
        if self.at + width(&self.shown(joined.clone())) <= WIDTH {
            self.from = Some(joined);
            return;
        }
        let Some(places) = self.breaks.levels.get(level) else {
            // There is no place left to break at.
            if self.from.is_some() && tokens.start != joined.start {
                self.end_line();
                self.from = Some(tokens);
            } else {
                self.from = Some(joined);
            }
            return;
        };
        let parts = split(tokens.clone(), places);
        if parts.len() == 1 {
            return self.add(tokens, level + 1);
        }
        for part in parts {
            let alone = self.hang + width(&self.shown(part.clone()));
            if alone > WIDTH {
                self.add(part, level + 1);
                continue;
            }
            let joined = self.from.as_ref().map_or(part.start, |from| from.start)..part.end;
            if self.from.is_some() && self.at + width(&self.shown(joined.clone())) > WIDTH {
                self.end_line();
                self.from = Some(part);
            } else {
                self.from = Some(joined);
            }
        }
    }

    fn end_line(&mut self) {
        if let Some(from) = self.from.take() {
            let line = self.shown(from);
            self.lines.push(line);
            self.at = self.hang;
        }
    }

    /// Returns the tokens of a line, followed by the comma that a continued list needs.
    fn shown(&self, tokens: Range<usize>) -> String {
        let goes_on = self.layout.source.mark(tokens.end).begins_entry;
        let mut line = self.layout.source.flat(tokens);
        if goes_on {
            line.push(',');
        }
        line
    }
}

fn split(tokens: Range<usize>, places: &[usize]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = tokens.start;
    let first = places.partition_point(|&at| at <= tokens.start);
    let behind = places.partition_point(|&at| at < tokens.end);
    for &at in places.get(first..behind).unwrap_or_default() {
        if from < at && at < tokens.end {
            parts.push(from..at);
            from = at;
        }
    }
    parts.push(from..tokens.end);
    parts
}
