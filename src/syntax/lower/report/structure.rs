//! Braces, names and parts that are missing or in the wrong place.

use crate::diagnostic::Diagnostic;
use crate::syntax::grammar::{Node, words};
use crate::syntax::lower::Lowering;
use crate::syntax::lower::item::Common;
use crate::text::Span;

impl<'t> Lowering<'t> {
    pub(in crate::syntax::lower) fn report_missing_open(
        &mut self,
        common: &Common,
        node: &Node<'t>,
    ) {
        let at = self.span(node);
        self.say(
            Diagnostic::error(
                "missing-brace",
                at,
                format!("{} has no `{{`", common.called()),
            )
            .here("a `{` is missing before this")
            .because("what belongs to it goes between `{` and `}`"),
        );
    }

    pub(in crate::syntax::lower) fn report_missing_close(
        &mut self,
        opened: Option<Span>,
        node: &Node<'t>,
        what: &str,
    ) {
        // If even the `{` is missing, that has been reported.
        let Some(opened) = opened else { return };
        let at = self.span(node);
        self.say(
            Diagnostic::error(
                "missing-brace",
                at,
                format!("the `{{` of {what} is never closed"),
            )
            .here("a `}` is missing before this")
            .and_at(opened, "opened here")
            .because("only what is between the braces belongs to it")
            .help("put a `}` after its last line"),
        );
    }

    pub(in crate::syntax::lower) fn report_missing_block(&mut self, common: &Common, help: &str) {
        if common.broken {
            return;
        }
        let message = format!("{} has no `{{ … }}`", common.called());
        self.say(
            Diagnostic::error("missing-block", common.place(), message)
                .help(format!("write {help}")),
        );
    }

    pub(in crate::syntax::lower) fn report_misspelt_contract(&mut self, node: &Node<'t>) {
        let word = words(node);
        let at = self.span(node);
        let meant =
            if strsim::osa_distance(word, "library") < strsim::osa_distance(word, "contract") {
                "library"
            } else {
                "contract"
            };
        let found = Diagnostic::error(
            "misspelt-word",
            at,
            format!("`{word}` does not begin a contract"),
        )
        .here(format!("did you mean `{meant}`?"));
        let found = self.help_mended(found, node, meant);
        self.say(found);
    }

    /// Items outside a contract; `closed_at` is where the contract before them ends.
    pub(in crate::syntax::lower) fn report_stray_items(
        &mut self,
        node: &Node<'t>,
        closed_at: Option<Span>,
    ) {
        let at = self.first_word(node);
        let text = words(node);
        let word = text.split_whitespace().next().unwrap_or_default();
        let found = Diagnostic::error(
            "outside-contract",
            at,
            format!("this `{word}` is outside any contract"),
        )
        .because("only what is between the braces of a contract belongs to it");
        self.say(match closed_at {
            Some(closed) => {
                let brace = Span {
                    start: closed.end.saturating_sub(1),
                    ..closed
                };
                found
                    .and_at(brace, "the contract before it ends here")
                    .help("delete an extra `}` before it, or move the last `}` to the end")
            }
            None => found.help("put it into one: `contract my_contract \"Title\" { … }`"),
        });
    }

    pub(in crate::syntax::lower) fn report_missing_name(
        &mut self,
        at: Span,
        word: &str,
        node: &Node<'t>,
    ) {
        let start = node.as_span().start();
        let behind = self.text.get(start..).unwrap_or_default();
        let length = behind
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(behind.len());
        let written = behind.get(..length).unwrap_or_default();
        if written.starts_with(|c: char| c.is_ascii_digit()) {
            let place = self.span_of(start, start + length);
            return self.say(
                Diagnostic::error(
                    "missing-name",
                    place,
                    format!("the name `{written}` begins with a digit"),
                )
                .because("a word that begins with a digit is read as a number")
                .help(format!(
                    "begin it with a letter or `_`: `{word} _{written}`"
                )),
            );
        }
        self.say(
            Diagnostic::error("missing-name", at, format!("this {word} has no name"))
                .because("everything else refers to it by its name")
                .help(format!(
                    "give it a name of letters, digits and `_`: `{word} my_name`"
                )),
        );
    }

    pub(in crate::syntax::lower) fn report_reserved(&mut self, node: &Node<'t>, what: &str) {
        let word = words(node);
        let at = self.span(node);
        let found = Diagnostic::error(
            "reserved-name",
            at,
            format!("`{word}` is a word of the language and cannot name a {what}"),
        )
        .because("a reader could not distinguish the name from the word");
        let found = self.help_mended(found, node, &format!("my_{word}"));
        self.say(found);
    }

    pub(in crate::syntax::lower) fn report_second_clause(&mut self, first: Span, second: Span) {
        self.say(
            Diagnostic::error("second-clause", second, "this item names its clause twice")
                .and_at(first, "the clause is named here")
                .because("messages and invoices quote one clause for each item")
                .help("put both into one text: `\"Annex 2, 4 and 5\"`"),
        );
    }

    pub(in crate::syntax::lower) fn report_missing_quotes(&mut self, node: &Node<'t>) {
        let text = words(node);
        let at = self.span(node);
        let found = Diagnostic::error(
            "missing-quotes",
            at,
            format!("the name `{text}` is not in quotation marks"),
        )
        .because("they show where a name of several words ends");
        let found = self.help_mended(found, node, &format!("\"{text}\""));
        self.say(found);
    }

    pub(in crate::syntax::lower) fn report_waiver_of_nothing(&mut self, at: Span) {
        self.say(
            Diagnostic::error("waiver-of-nothing", at, "nothing comes after this waiver")
                .because("a waiver is about the item, or the contract, that comes right after it")
                .help("move it before the item that the finding is about, or delete it"),
        );
    }

    /// An item does not say something that it must say.
    pub(in crate::syntax::lower) fn lacks(&mut self, common: &Common, what: &str, help: &str) {
        if !common.broken {
            self.report_lack(common.place(), &common.called(), what, help);
        }
    }

    pub(in crate::syntax::lower) fn report_lack(
        &mut self,
        at: Span,
        subject: &str,
        what: &str,
        help: &str,
    ) {
        self.say(
            Diagnostic::error("missing-part", at, format!("{subject} does not say {what}"))
                .help(format!("write {help}")),
        );
    }

    pub(in crate::syntax::lower) fn report_empty_formula(&mut self, at: Span, common: &Common) {
        self.say(
            Diagnostic::error(
                "empty-formula",
                at,
                format!("{} has no formula", common.called()),
            )
            .because("it could not be computed")
            .help("write how it is computed: `{ resolved_first / handled }`"),
        );
    }

    /// A formula after another one; on the same line they are probably one formula with a missing sign.
    pub(in crate::syntax::lower) fn report_two_formulas(
        &mut self,
        first: Span,
        second: Span,
        same_line: bool,
    ) {
        let found = if same_line {
            Diagnostic::error("missing-operator", second, "nothing joins these two values")
                .here("a sign such as `/` or `*` is missing before this")
                .and_at(first, "the value before it")
                .help("write the sign between them; a name is one word: `my_name`")
        } else {
            Diagnostic::error("two-formulas", second, "this is a second formula")
                .and_at(first, "the first one is here")
                .because("a metric has one value, so it has one formula")
                .help("join them with a sign, or make this one a separate `let`")
        };
        self.say(found);
    }
}
