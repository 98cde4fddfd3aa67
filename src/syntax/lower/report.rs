//! What is said of a text that could not be read as it stands.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::super::grammar::{Node, Rule, words};
use super::Lowering;
use super::item::Common;

impl<'t> Lowering<'t> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.found.say(|| diagnostic);
    }

    pub(super) fn report_missing(&mut self, at: Span, what: &str, help: &str) {
        self.say(
            Diagnostic::error("missing-part", at, format!("{what} is missing"))
                .help(format!("write {help}")),
        );
    }

    pub(super) fn report_missing_block(&mut self, common: &Common, help: &str) {
        let at = common.name.as_ref().map_or(common.at, |name| name.span);
        let message = format!("{} has no `{{ … }}`", common.called());
        self.say(Diagnostic::error("missing-block", at, message).help(format!("write {help}")));
    }

    pub(super) fn report_missing_name(&mut self, at: Span, word: &str) {
        let message = format!("this {word} has no name");
        self.say(Diagnostic::error("missing-name", at, message).help(format!(
            "give it a name of letters, digits and `_`: `{word} my_name`"
        )));
    }

    pub(super) fn report_reserved(&mut self, node: &Node<'t>, what: &str) {
        let word = words(node);
        let message = format!("`{word}` is a word of the language and cannot name a {what}");
        let at = self.span(node);
        self.say(
            Diagnostic::error("reserved-name", at, message)
                .help(format!("add to it: `{word}_1`, or `my_{word}`")),
        );
    }

    pub(super) fn report_second_clause(&mut self, first: Span, second: Span) {
        self.say(
            Diagnostic::error(
                "second-clause",
                second,
                "this item already names its clause",
            )
            .and_at(first, "the clause is named here"),
        );
    }

    pub(super) fn report_broken(&mut self, whole: &Node<'t>, rest: &Node<'t>, only: Rule) {
        let _ = (whole, only);
        self.unreadable(rest);
    }

    pub(super) fn report_bad_item(&mut self, node: &Node<'t>) {
        self.unreadable(node);
    }

    pub(super) fn report_bad_top(&mut self, node: &Node<'t>) {
        self.unreadable(node);
    }

    pub(super) fn report_bad_statement(&mut self, node: &Node<'t>, within: Rule) {
        let _ = within;
        self.unreadable(node);
    }

    pub(super) fn report_bad_fact(&mut self, node: &Node<'t>) {
        self.unreadable(node);
    }

    fn unreadable(&mut self, node: &Node<'t>) {
        let text = words(node);
        let trimmed = text.trim();
        let start = node.as_span().start() + (text.len() - text.trim_start().len());
        let line = trimmed.lines().next().unwrap_or_default();
        let span = self.span_of(start, start + line.len());
        let message = format!("`{}` cannot be read here", short(line));
        self.say(Diagnostic::error("unreadable", span, message));
    }

    pub(super) fn report_misspelt_contract(&mut self, node: &Node<'t>) {
        let message = format!("`{}` is not a word that begins a block", words(node));
        let at = self.span(node);
        self.say(
            Diagnostic::error("misspelt-word", at, message)
                .help("write `contract`, or `library` for definitions that contracts use"),
        );
    }

    pub(super) fn report_missing_open(&mut self, common: &Common, node: &Node<'t>) {
        let message = format!("{} has no `{{`", common.called());
        let at = self.span(node);
        self.say(Diagnostic::error("missing-brace", at, message));
    }

    pub(super) fn report_missing_close(
        &mut self,
        opened: Option<Span>,
        node: &Node<'t>,
        what: &str,
    ) {
        let Some(opened) = opened else { return };
        let message = format!("{what} is not closed");
        let at = self.span(node);
        self.say(
            Diagnostic::error("missing-brace", at, message)
                .here("a `}` is missing here")
                .and_at(opened, "this `{` is never closed"),
        );
    }

    pub(super) fn report_stray_items(&mut self, node: &Node<'t>, closed_at: Option<Span>) {
        let at = self.span(node);
        let _ = closed_at;
        self.say(Diagnostic::error(
            "outside-contract",
            at,
            "this stands outside of any contract",
        ));
    }

    pub(super) fn report_missing_quotes(&mut self, at: Span, text: &str) {
        self.say(
            Diagnostic::error(
                "missing-quotes",
                at,
                format!("`{text}` needs quotation marks"),
            )
            .help(format!("write `\"{text}\"`")),
        );
    }

    pub(super) fn report_not_a_month(&mut self, node: &Node<'t>) {
        let message = format!("`{}` is not a month", words(node));
        let at = self.span(node);
        self.say(
            Diagnostic::error("not-a-month", at, message).help("write a month like `2026-02`"),
        );
    }

    pub(super) fn report_not_a_date(&mut self, node: &Node<'t>) {
        let message = format!("`{}` is not a date", words(node));
        let at = self.span(node);
        self.say(
            Diagnostic::error("not-a-date", at, message).help("write a date like `2026-02-01`"),
        );
    }

    pub(super) fn report_long_number(&mut self, at: Span) {
        self.say(Diagnostic::error(
            "long-number",
            at,
            "this number has more than 60 digits",
        ));
    }

    pub(super) fn report_step_mode(&mut self, at: Span, word: Option<&str>) {
        let message = match word {
            Some(word) => format!("`per {word} …` and `or part of one` say different things"),
            None => "this leaves open whether a part of a step counts".to_owned(),
        };
        self.say(
            Diagnostic::error("step-not-stated", at, message)
                .help("write `per full …`, `per started …` or `per exact …`"),
        );
    }

    pub(super) fn report_long_chain(&mut self, at: Span) {
        self.say(Diagnostic::error(
            "too-deep",
            at,
            "this expression has too many steps in a row",
        ));
    }

    pub(super) fn report_chained_comparison(&mut self, at: Span) {
        self.say(
            Diagnostic::error("chained-comparison", at, "two comparisons stand in a row")
                .help("write `a < b and b < c`, or `b between a and c`"),
        );
    }

    pub(super) fn report_missing_colon(&mut self, band: &Node<'t>, at: &Node<'t>) {
        let _ = band;
        let at = self.span(at);
        self.say(Diagnostic::error(
            "missing-colon",
            at,
            "a `:` is missing before the value",
        ));
    }

    pub(super) fn report_equals_for_colon(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let message = format!("`:` stands here, not `{}`", words(node));
        self.say(Diagnostic::error("wrong-sign", at, message).help("write `:`"));
    }

    pub(super) fn report_colon_for_assign(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(Diagnostic::error("wrong-sign", at, "`=` stands here, not `:`").help("write `=`"));
    }

    pub(super) fn report_rate_card_of_expression(&mut self, at: Span) {
        self.say(Diagnostic::error(
            "rate-card-of-expression",
            at,
            "a rate card prices one input by its members",
        ));
    }

    pub(super) fn report_card_in_card(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(Diagnostic::error(
            "card-in-card",
            at,
            "a rate card within a rate card",
        ));
    }

    pub(super) fn report_not_each_month(&mut self, at: Span, word: &str) {
        self.say(
            Diagnostic::error(
                "not-each-month",
                at,
                format!("a {word} is settled each month"),
            )
            .help(format!("write `{word} 60_000 EUR each month`")),
        );
    }

    pub(super) fn report_reporter_here(&mut self, at: Span) {
        self.say(Diagnostic::error(
            "reporter-here",
            at,
            "only inputs and metrics say who reports them",
        ));
    }

    pub(super) fn report_twice(&mut self, at: Span) {
        self.say(Diagnostic::error("said-twice", at, "this is said twice"));
    }

    pub(super) fn report_wrong_better(&mut self, node: &Node<'t>) {
        let direction = if words(node).contains("higher") {
            "higher"
        } else {
            "lower"
        };
        let at = self.span(node);
        let message = format!("`{}` does not say which is better", words(node));
        self.say(
            Diagnostic::error("wrong-direction-words", at, message)
                .help(format!("write `{direction} is better`")),
        );
    }

    pub(super) fn report_two_formulas(&mut self, first: Span, second: Span) {
        self.say(
            Diagnostic::error(
                "two-formulas",
                second,
                "a metric has one formula, and this is a second one",
            )
            .and_at(first, "the first one is here"),
        );
    }

    pub(super) fn report_empty_formula(&mut self, at: Span, common: &Common) {
        let message = format!("{} has no formula", common.called());
        self.say(Diagnostic::error("empty-formula", at, message));
    }
}

/// The beginning of a text, for a message.
fn short(text: &str) -> String {
    let mut taken: String = text.chars().take(40).collect();
    if taken.len() < text.len() {
        taken.push('…');
    }
    taken
}
