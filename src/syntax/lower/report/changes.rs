//! What is wrong with the changes of an amendment.

use crate::diagnostic::Diagnostic;
use crate::syntax::grammar::{Node, Rule, words};
use crate::syntax::lower::Lowering;
use crate::text::Span;

impl<'t> Lowering<'t> {
    pub(in crate::syntax::lower) fn report_bad_change(&mut self, node: &Node<'t>) {
        self.unread(node.as_span().start(), node, Rule::only_change);
    }

    /// An item that does not say whether it is added or replaces another.
    pub(in crate::syntax::lower) fn report_bare_item(&mut self, node: &Node<'t>) {
        let at = self.first_word(node);
        let word = words(node).split_whitespace().next().unwrap_or_default();
        self.say(
            Diagnostic::error(
                "bare-item",
                at,
                format!("this `{word}` does not say what it does to the contract"),
            )
            .because("it could be new, or replace one that the contract has")
            .help(format!(
                "write `add {word} …` or `replace {word} …`; a `remove` needs only the item's name"
            )),
        );
    }

    pub(in crate::syntax::lower) fn report_changed_scenario(&mut self, at: Span) {
        self.say(
            Diagnostic::error("changed-scenario", at, "a scenario is not part of the agreement")
                .because("it shows what a text means, and each text has its own")
                .help("write the scenario alone, without `add` or `replace`; it runs under the contract as amended"),
        );
    }

    pub(in crate::syntax::lower) fn report_empty_change(&mut self, node: &Node<'t>) {
        let at = self.first_word(node);
        let word = words(node).split_whitespace().next().unwrap_or_default();
        let help = match word {
            "remove" => "name the item: `remove charge chat`",
            "replace" => {
                "write the whole item as it reads from now on: `replace charge handling for handled at 4.40 EUR`"
            }
            _ => "write the item: `add charge chat for chats at 2.80 EUR`",
        };
        self.say(
            Diagnostic::error(
                "empty-change",
                at,
                format!("this `{word}` does not say what"),
            )
            .help(help),
        );
    }
}
