//! What is said of a text that could not be read as it stands.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::super::grammar::{Node, Rule, words};
use super::super::mistakes::Unread;
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

    /// The rest of an item or statement.
    pub(super) fn report_broken(&mut self, whole: &Node<'t>, rest: &Node<'t>, only: Rule) {
        self.unread(whole.as_span().start(), rest, only);
    }

    pub(super) fn report_bad_item(&mut self, node: &Node<'t>) {
        self.unread(node.as_span().start(), node, Rule::only_item);
    }

    pub(super) fn report_bad_top(&mut self, node: &Node<'t>) {
        if words(node).chars().all(|c| c == '}' || c.is_whitespace()) {
            return self.report_extra_brace(node);
        }
        self.unread(node.as_span().start(), node, Rule::only_top);
    }

    pub(super) fn report_bad_statement(&mut self, node: &Node<'t>, only: Rule) {
        self.unread(node.as_span().start(), node, only);
    }

    fn unread(&mut self, from: usize, node: &Node<'t>, only: Rule) {
        let start = node.as_span().start();
        let unread = Unread {
            text: self.text,
            from,
            start,
            end: start + words(node).len(),
            only,
        };
        let (file, places) = (self.file, self.places);
        self.found
            .say(|| unread.explain(|start, end| places.span(file, start, end)));
    }

    fn report_extra_brace(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(
            Diagnostic::error("extra-brace", at, "this `}` closes nothing")
                .because("everything that was opened before it is already closed")
                .help("delete it, or look for a `}` before it that closes too early"),
        );
    }

    pub(super) fn report_bad_fact(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let text = words(node);
        let sign = text
            .chars()
            .find(|c| {
                !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '"' | ',' | '-' | '_')
            })
            .unwrap_or(' ');
        self.say(
            Diagnostic::error(
                "unreadable",
                at,
                format!("`{sign}` has no place in a statement of words"),
            )
            .because("such a statement is made of words, numbers, percentages, texts and commas")
            .help("put it into a text: `\"…\"`"),
        );
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
