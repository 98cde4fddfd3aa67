//! Braces, names and parts that are missing or in the wrong place.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::grammar::{Node, words};
use crate::syntax::lower::Lowering;
use crate::syntax::lower::item::Common;
use crate::syntax::mistakes::{Advice, Correction};
use crate::syntax::tree::Expr;
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
        self.say_mended(found, node, meant);
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
            let is_number = written
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'_');
            if is_number {
                let name = if word == "charge" { "fee" } else { "my_name" };
                return self.say(
                    Diagnostic::error("missing-name", at, format!("this {word} has no name"))
                        .because(
                            "everything else refers to it by its name, and the invoice shows it",
                        )
                        .help(format!(
                            "write a name before the amount: `{word} {name} {written} …`"
                        )),
                );
            }
            let with = format!("_{written}");
            let found = Diagnostic::error(
                "missing-name",
                place,
                format!("the name `{written}` begins with a digit"),
            )
            .because("a word that begins with a digit is read as a number");
            let corrections = self.everywhere(written, &with);
            let edits = corrections.iter().map(|one| Edit {
                span: self.span_of(one.start, one.end),
                text: with.clone(),
            });
            let found = found.mended_by(Fix {
                title: format!("write `{with}`"),
                edits: edits.collect(),
                safe: true,
            });
            return self.repairs.push(Advice {
                found: Some(found),
                corrections,
                first: true,
                sure: true,
            });
        }
        let found = Diagnostic::error("missing-name", at, format!("this {word} has no name"))
            .because("everything else refers to it by its name");
        if let Some(name) = name_of_title(behind) {
            let with = format!("{name} ");
            let found = found.mended_by(Fix {
                title: format!("name it `{name}`"),
                edits: vec![Edit {
                    span: self.span_of(start, start),
                    text: with.clone(),
                }],
                safe: true,
            });
            return self.repairs.push(Advice {
                found: Some(found),
                corrections: vec![Correction {
                    start,
                    end: start,
                    with,
                }],
                first: true,
                sure: true,
            });
        }
        self.say(found.help(format!(
            "give it a name of letters, digits and `_`: `{word} my_name`"
        )));
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
        let with = format!("my_{word}");
        let found = self.help_mended(found, node, &with);
        // With the new name, other places that use it can be read as well.
        let (start, end) = self.ends(node);
        self.repairs.push(Advice {
            found: Some(found),
            corrections: vec![Correction { start, end, with }],
            first: true,
            sure: true,
        });
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
        self.say_mended(found, node, &format!("\"{text}\""));
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

    /// `minimum 5_000 EUR per month`: the amount of a period, written as a rate. Whether it is that.
    pub(in crate::syntax::lower) fn repair_per_period(&mut self, item: &Node<'t>) -> bool {
        let (start, end) = self.ends(item);
        let text = self.text.get(start..end).unwrap_or_default();
        let period = ["month", "quarter"].into_iter().find_map(|period| {
            let at = text.find(&format!(" per {period}"))?;
            let behind = text.get(at + " per ".len() + period.len()..)?;
            let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            (ends && !behind.trim_start().starts_with("of")).then_some((at + 1, period))
        });
        let Some((at, period)) = period else {
            return false;
        };
        let (start, end) = (start + at, start + at + "per ".len() + period.len());
        let with = format!("each {period}");
        let span = self.span_of(start, end);
        let found = Diagnostic::error("another-word", span, "`each` belongs here, not `per`")
            .because("`per` makes a rate, `each` says how often something is settled")
            .mended_by(Fix {
                title: format!("write `{with}`"),
                edits: vec![Edit {
                    span,
                    text: with.clone(),
                }],
                safe: true,
            });
        self.repairs.push(Advice {
            found: Some(found),
            corrections: vec![Correction { start, end, with }],
            first: false,
            sure: true,
        });
        true
    }

    /// `limit credits to 10% of charges`
    pub(in crate::syntax::lower) fn repair_missing_period(
        &mut self,
        common: &Common,
        item: &Node<'t>,
    ) {
        let (start, end) = self.ends(item);
        let text = self.text.get(start..end).unwrap_or_default();
        let length = text.find('"').unwrap_or(text.len());
        let at = start + text.get(..length).unwrap_or_default().trim_end().len();
        let with = " each month".to_owned();
        let found = Diagnostic::error(
            "missing-part",
            common.place(),
            format!("{} does not say in which period", common.called()),
        )
        .because("10% of a month and 10% of a year are different limits")
        .help("or `each quarter`, `each contract year`, `each calendar year`, `over the term`")
        .mended_by(Fix {
            title: "write `each month`".to_owned(),
            edits: vec![Edit {
                span: self.span_of(at, at),
                text: with.clone(),
            }],
            safe: false,
        });
        self.repairs.push(Advice {
            found: Some(found),
            corrections: vec![Correction {
                start: at,
                end: at,
                with,
            }],
            first: false,
            sure: true,
        });
    }

    /// `for tickets { 0 to 1_000: 180 INR; … }`
    pub(in crate::syntax::lower) fn report_slabs_without_their_word(&mut self, node: &Node<'t>) {
        let at = self.first_word(node);
        let at = Span {
            end: at.start.saturating_add(1),
            ..at
        };
        self.say(
            Diagnostic::error(
                "missing-word",
                at,
                "the word that says how these prices work is missing before this",
            )
            .because("with `graduated` each unit has the price of its own slab, with `volume` all units have the price \
                      that is reached")
            .help("write the slabs like this: `graduated { first 1_000 at 180 EUR; up to 5_000 at 160 EUR; beyond at 150 EUR }`")
            .help("or with `volume` in place of `graduated`, if all units have the last price"),
        );
    }

    /// `90%-95%: 500 EUR`
    pub(in crate::syntax::lower) fn report_range_with_minus(&mut self, least: &Expr, most: &Expr) {
        let span = Span {
            start: least.span.end,
            end: most.span.start,
            ..least.span
        };
        let found = Diagnostic::error(
            "another-word",
            span,
            "a range is written with `to`, not with `-`",
        )
        .because("`-` subtracts")
        .mended_by(Fix {
            title: "write `to`".to_owned(),
            edits: vec![Edit {
                span,
                text: " to ".to_owned(),
            }],
            safe: true,
        });
        self.found.add_line(|| found);
    }

    /// Corrections of all places where the text has that word.
    fn everywhere(&self, written: &str, with: &str) -> Vec<Correction> {
        let is_letter = |c: char| c.is_alphanumeric() || c == '_';
        let places = self.text.match_indices(written).filter(|(at, _)| {
            let before = self.text.get(..*at).unwrap_or_default();
            let behind = self.text.get(at + written.len()..).unwrap_or_default();
            !before.ends_with(is_letter) && !behind.starts_with(is_letter)
        });
        let all = places.take(60).map(|(start, _)| Correction {
            start,
            end: start + written.len(),
            with: with.to_owned(),
        });
        all.collect()
    }

    /// `charge fee 500 EUR per month in advance`
    pub(in crate::syntax::lower) fn report_fixed_in_advance(&mut self, start: usize, end: usize) {
        let text = self.text.get(..start).unwrap_or_default();
        let start = text.trim_end().len();
        let span = self.span_of(start, end);
        let found = Diagnostic::error(
            "fixed-in-advance",
            span,
            "a fixed amount is the same in advance",
        )
        .because("only a quantity is billed by a forecast and trued up later; when the invoice is due is said with \
                  `invoice monthly, due in … days`")
        .mended_by(Fix {
            title: "leave it out".to_owned(),
            edits: vec![Edit {
                span,
                text: String::new(),
            }],
            safe: true,
        });
        self.found.add_line(|| found);
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

/// A name made of the title where a name belongs.
fn name_of_title(text: &str) -> Option<String> {
    let title = text.strip_prefix('"')?;
    let title = title.get(..title.find(['"', '\n'])?)?;
    let mut name = String::new();
    for letter in title.chars().take(40) {
        match letter {
            _ if letter.is_ascii_alphanumeric() => name.push(letter.to_ascii_lowercase()),
            _ if letter.is_alphanumeric() => name.push(letter),
            _ if !name.is_empty() && !name.ends_with('_') => name.push('_'),
            _ => {}
        }
    }
    let name = name.trim_end_matches('_');
    name.starts_with(char::is_alphabetic)
        .then(|| name.to_owned())
}
