//! What all items have in common: a name, a title, a clause, and an end that may be unreadable.

use crate::text::Span;

use super::super::grammar::{Node, Rule};
use super::super::tree::{Name, Text};
use super::Lowering;

/// The common parts of an item, collected while its children are read.
pub(super) struct Common {
    /// What a drafter calls the item: `charge`.
    pub(super) word: &'static str,
    /// Its first word.
    pub(super) at: Span,
    pub(super) name: Option<Name>,
    pub(super) title: Option<Text>,
    pub(super) clause: Option<Text>,
    /// Whether the first text is the title.
    titled: bool,
    /// Whether a part of the item could not be read and has been reported.
    pub(super) broken: bool,
}

impl Common {
    /// From here on a text is a clause.
    pub(super) fn no_more_title(&mut self) {
        self.titled = false;
    }

    /// Its name, or its first word if it has none.
    pub(super) fn place(&self) -> Span {
        self.name.as_ref().map_or(self.at, |name| name.span)
    }

    /// The item as people call it: charge `handling`.
    pub(super) fn called(&self) -> String {
        match &self.name {
            Some(name) => format!("{} `{}`", self.word, name.text),
            None => format!("this `{}`", self.word),
        }
    }
}

impl<'t> Lowering<'t> {
    /// Begins an item whose first text, right after the name, is its title.
    pub(super) fn titled(&mut self, word: &'static str, item: &Node<'t>) -> Common {
        Common {
            titled: true,
            ..self.untitled(word, item)
        }
    }

    /// Begins an item whose texts are all clauses.
    pub(super) fn untitled(&mut self, word: &'static str, item: &Node<'t>) -> Common {
        Common {
            word,
            at: self.first_word(item),
            name: None,
            title: None,
            clause: None,
            titled: false,
            broken: std::mem::take(&mut self.broken),
        }
    }

    /// Takes the parts that all items have; returns any other.
    pub(super) fn common(
        &mut self,
        common: &mut Common,
        item: &Node<'t>,
        part: Node<'t>,
    ) -> Option<Node<'t>> {
        match part.as_rule() {
            Rule::name => common.name = Some(self.name(&part)),
            // A word of the language on the next line is not meant as the name.
            Rule::reserved_name if self.on_another_line(item, &part) => {
                self.report_missing_name(common.at, common.word, &part);
                common.broken = true;
            }
            Rule::reserved_name => {
                self.report_reserved(&part, common.word);
                common.name = Some(self.name(&part));
            }
            Rule::missing_name => {
                self.report_missing_name(common.at, common.word, &part);
                common.broken = true;
            }
            Rule::string => self.common_text(common, &part),
            Rule::bad_header => {
                common.broken = true;
                let is_block = matches!(common.word, "contract" | "library" | "amendment");
                let only = if is_block {
                    Rule::only_top
                } else {
                    Rule::only_item
                };
                self.report_broken(item, &part, only);
            }
            _ => return Some(part),
        }
        None
    }

    fn on_another_line(&self, item: &Node<'t>, part: &Node<'t>) -> bool {
        let (start, end) = (item.as_span().start(), part.as_span().start());
        self.text
            .get(start..end)
            .is_some_and(|between| between.contains('\n'))
    }

    fn common_text(&mut self, common: &mut Common, node: &Node<'t>) {
        let text = self.string(node);
        if common.titled {
            common.titled = false;
            common.title = Some(text);
        } else if let Some(first) = &common.clause {
            self.report_second_clause(first.span, text.span);
        } else {
            common.clause = Some(text);
        }
    }
}
