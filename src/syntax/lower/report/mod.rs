//! What to report about a text that could not be read, could be read only in part, or means less than it should.

mod changes;
mod meaning;
mod records;
mod structure;

use crate::diagnostic::{Diagnostic, Edit, Fix};

use super::super::grammar::{Node, Rule, words};
use super::super::mistakes::Unread;
use super::Lowering;

impl<'t> Lowering<'t> {
    fn say(&mut self, found: Diagnostic) {
        self.found.say(|| found);
    }

    /// Reports a finding about a node that something else is written for; the line to write is its help.
    fn say_mended(&mut self, found: Diagnostic, node: &Node<'t>, with: &str) {
        let found = self.help_mended(found, node, with);
        self.found.add_line(|| found);
    }

    /// The finding with the edit that replaces a node.
    fn help_mended(&self, found: Diagnostic, node: &Node<'t>, with: &str) -> Diagnostic {
        found.mended_by(Fix {
            title: format!("write `{}`", with.trim()),
            edits: vec![Edit {
                span: self.span(node),
                text: with.to_owned(),
            }],
            safe: true,
        })
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

    /// Two formulas on one line are one that could not be read; the first begins at `from`, the second at `start`.
    pub(in crate::syntax::lower) fn report_two_on_a_line(&mut self, from: usize, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest.find(['\n', ';', '}']).unwrap_or(rest.len());
        let end = start + rest.get(..length).unwrap_or_default().trim_end().len();
        self.unread_part(from, (start, end), Rule::only_metric);
    }

    fn unread(&mut self, from: usize, node: &Node<'t>, only: Rule) {
        let place = self.ends(node);
        self.unread_part(from, place, only);
    }

    fn unread_part(&mut self, from: usize, (start, end): (usize, usize), only: Rule) {
        if self.found.is_full() {
            return self.found.only_count();
        }
        let unread = Unread {
            text: self.text,
            from,
            start,
            end,
            only,
        };
        let (file, places) = (self.file, self.places);
        let advice = unread.explain(|start, end| places.span(file, start, end));
        if !advice.corrections.is_empty() {
            self.repairs.push(advice);
        } else if let Some(found) = advice.found {
            self.say(found);
        }
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
