//! What to report about a text that could not be read, could be read only in part, or means less than it should.

mod changes;
mod meaning;
mod structure;

use crate::diagnostic::Diagnostic;

use super::super::findings::mended_line;
use super::super::grammar::{Node, Rule, words};
use super::super::mistakes::Unread;
use super::Lowering;

impl<'t> Lowering<'t> {
    fn say(&mut self, found: Diagnostic) {
        self.found.say(|| found);
    }

    /// The line around a node with the node replaced, as the line to write.
    fn help_mended(&self, found: Diagnostic, node: &Node<'t>, with: &str) -> Diagnostic {
        let start = node.as_span().start();
        match mended_line(self.text, start, start + words(node).len(), with) {
            Some(line) => found.help(format!("write `{line}`")),
            None => found.help(format!("write `{with}`")),
        }
    }

    /// The rest of an item or statement.
    pub(in crate::syntax::lower) fn report_broken(
        &mut self,
        whole: &Node<'t>,
        rest: &Node<'t>,
        only: Rule,
    ) {
        self.unread(whole.as_span().start(), rest, only);
    }

    pub(in crate::syntax::lower) fn report_bad_item(&mut self, node: &Node<'t>) {
        self.unread(node.as_span().start(), node, Rule::only_item);
    }

    pub(in crate::syntax::lower) fn report_bad_top(&mut self, node: &Node<'t>) {
        if words(node).chars().all(|c| c == '}' || c.is_whitespace()) {
            return self.report_extra_brace(node);
        }
        self.unread(node.as_span().start(), node, Rule::only_top);
    }

    pub(in crate::syntax::lower) fn report_bad_statement(&mut self, node: &Node<'t>, only: Rule) {
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

    pub(in crate::syntax::lower) fn report_bad_fact(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let sign = words(node)
            .chars()
            .find(|c| !c.is_alphanumeric() && !matches!(c, ' ' | '\t' | '"' | ',' | '-' | '_'))
            .unwrap_or(' ');
        self.say(
            Diagnostic::error(
                "unreadable",
                at,
                format!("`{sign}` does not belong in a statement of words"),
            )
            .because("such a statement is made of words, numbers, percentages, texts and commas")
            .help("put it into a text: `\"…\"`"),
        );
    }

    fn report_extra_brace(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(
            Diagnostic::error("extra-brace", at, "this `}` closes nothing")
                .because("everything that was opened before it is already closed")
                .help("delete it, or look for an earlier `}` that closes too early"),
        );
    }
}
