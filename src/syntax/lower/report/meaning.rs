//! Signs, numbers and forms that cannot mean what they say.

use crate::calendar::{MONTH_NAMES, Month};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::grammar::{Node, words};
use crate::syntax::lower::Lowering;
use crate::syntax::lower::commitments::every_length;
use crate::syntax::tree::Every;
use crate::text::Span;

impl<'t> Lowering<'t> {
    pub(in crate::syntax::lower) fn report_not_a_month(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(
            Diagnostic::error(
                "not-a-month",
                at,
                format!("`{}` is not a month", words(node)),
            )
            .help("write the year and the number of the month: `2026-02`"),
        );
    }

    /// `for 0 months`, `for 1.5 months`
    pub(in crate::syntax::lower) fn report_odd_months(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(
            Diagnostic::error(
                "odd-months",
                at,
                format!("`{}` is no number of months", words(node)),
            )
            .help("write a whole number from 1 to 1,200: `for 17 months`"),
        );
    }

    pub(in crate::syntax::lower) fn report_not_a_date(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let text = words(node);
        let found = Diagnostic::error("not-a-date", at, format!("`{text}` is not a date"));
        // A day after the last one of its month is most likely meant as the last one.
        let month = text.get(..7).and_then(Month::parse);
        let day = text.get(8..).and_then(|day| day.parse::<u32>().ok());
        match (month, day) {
            (Some(month), Some(day)) if day > month.days() => {
                let last = format!("{month}-{}", month.days());
                let name = MONTH_NAMES
                    .get(month.number() as usize - 1)
                    .copied()
                    .unwrap_or_default();
                let found =
                    found.because(format!("{name} {} has {} days", month.year(), month.days()));
                self.say_mended(found, node, &last);
            }
            _ => self.say(
                found.help("write the year, month and day of a day that exists: `2026-02-28`"),
            ),
        }
    }

    pub(in crate::syntax::lower) fn report_not_a_month_name(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let message = format!("`{}` is not the name of a month", words(node));
        self.say(
            Diagnostic::error("not-a-month", at, message)
                .help("write it in full with a capital letter: `January`, `October`"),
        );
    }

    pub(in crate::syntax::lower) fn report_not_a_year(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let message = format!("`{}` is not a year", words(node));
        self.say(
            Diagnostic::error("not-a-year", at, message).help("write its four digits: `2027`"),
        );
    }

    pub(in crate::syntax::lower) fn report_long_number(&mut self, at: Span) {
        self.say(
            Diagnostic::error("long-number", at, "this number has more than 60 digits").because(
                "no amount and no count needs that many, so it is most likely a typing error",
            ),
        );
    }

    pub(in crate::syntax::lower) fn report_missing_colon(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let start = node.as_span().start();
        let found = Diagnostic::error(
            "missing-colon",
            at,
            "there is no `:` between the edge of this band and its value",
        );
        let before = self.text.get(..start).unwrap_or_default().trim_end().len();
        let found = found.mended_by(Fix {
            title: "write `:`".to_owned(),
            edits: vec![Edit {
                span: self.span_of(before, start),
                text: ": ".to_owned(),
            }],
            safe: true,
        });
        self.found.add_line(|| found);
    }

    pub(in crate::syntax::lower) fn report_equals_for_colon(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let found = Diagnostic::error(
            "wrong-sign",
            at,
            format!("`{}` is written where a `:` belongs", words(node)),
        )
        .because("`:` comes before a type or the value of a band, `=` before a definition");
        self.say_mended(found, node, ":");
    }

    pub(in crate::syntax::lower) fn report_colon_for_assign(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        let found = Diagnostic::error("wrong-sign", at, "`:` is written where a `=` belongs")
            .because("`=` comes before a definition, `:` before a type or the value of a band");
        let start = node.as_span().start();
        let is_apart = self
            .text
            .get(..start)
            .is_some_and(|before| before.ends_with([' ', '\t']));
        self.say_mended(found, node, if is_apart { "=" } else { " =" });
    }

    pub(in crate::syntax::lower) fn report_wrong_better(&mut self, node: &Node<'t>) {
        let text = words(node);
        let direction = if text.contains("higher") {
            "higher"
        } else {
            "lower"
        };
        let at = self.span(node);
        let found = Diagnostic::error(
            "wrong-direction-words",
            at,
            format!("`{text}` is not a direction"),
        );
        self.say_mended(found, node, &format!("{direction} is better"));
    }

    pub(in crate::syntax::lower) fn report_step_mode(&mut self, at: Span, word: Option<&str>) {
        let message = match word {
            Some(word) => format!("`per {word} …` and `or part of one` say different things"),
            None => "this leaves open whether part of a step counts".to_owned(),
        };
        self.say(
            Diagnostic::error("step-not-stated", at, message)
                .because("1.9 points are 1 full point, 2 started points or 1.9 exact points, and each costs a \
                          different amount")
                .help("write `per full …`, `per started …` or `per exact …`"),
        );
    }

    pub(in crate::syntax::lower) fn report_long_chain(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "too-deep",
                at,
                "this expression has too many steps in a row",
            )
            .because("nobody can check such a clause by reading it")
            .help("give parts of it names with `let`"),
        );
    }

    pub(in crate::syntax::lower) fn report_chained_comparison(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "chained-comparison",
                at,
                "there are two comparisons in a row",
            )
            .because("a comparison has two sides, and its answer is yes or no")
            .help("write `a < b and b < c`, or `b between a and c` with both ends included"),
        );
    }

    pub(in crate::syntax::lower) fn report_rate_card_of_expression(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "rate-card-of-expression",
                at,
                "a rate card prices one input, and this is an expression",
            )
            .because("each line of it names a member of the input's dimension")
            .help("write `for handled { voice 4.20 EUR per contact }`"),
        );
    }

    pub(in crate::syntax::lower) fn report_card_in_card(&mut self, node: &Node<'t>) {
        let at = self.span(node);
        self.say(
            Diagnostic::error(
                "card-in-card",
                at,
                "a rate card is inside another rate card",
            )
            .help("write a rate, tiers or packages after the member"),
        );
    }

    pub(in crate::syntax::lower) fn report_metered_rate(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "metered-rate",
                at,
                "a rate costs the same, whatever period its units are counted over",
            )
            .because("only tiers and packages depend on how many units there were before")
            .help("remove the period, or write tiers after it: `graduated { first 10_000 at 4.20 EUR; beyond at 3.60 \
                   EUR }`"),
        );
    }

    pub(in crate::syntax::lower) fn report_baseline_not_each_month(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "not-each-month",
                at,
                "a baseline is compared with the units of each month",
            )
            .help("write `each month`; a yearly price can be written as `600_000 GBP per year`, of which each month \
                   is a twelfth"),
        );
    }

    pub(in crate::syntax::lower) fn report_back_above(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "back-above",
                at,
                "units above the baseline are paid for, and not paid back",
            )
            .help("remove `back`"),
        );
    }

    pub(in crate::syntax::lower) fn report_not_back(&mut self, at: Span) {
        self.say(
            Diagnostic::error("missing-back", at, "this does not say that it is paid back")
                .because("units below the baseline lower the price, but this reads like a charge")
                .help("append `back`: `30 GBP per ticket back`"),
        );
    }

    pub(in crate::syntax::lower) fn report_not_each_month(&mut self, at: Span, word: &str) {
        self.say(
            Diagnostic::error(
                "not-each-month",
                at,
                format!("a {word} is settled each month"),
            )
            .help(format!(
                "write `{word} 60_000 EUR each month`; for a longer period, commit to an amount: \
                 `commitment spend 700_000 EUR of charges each contract year`"
            )),
        );
    }

    pub(in crate::syntax::lower) fn report_held_each_month(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "not-each-month",
                at,
                "a holdback is taken off each month's invoice",
            )
            .because("the period in which it is released comes after that")
            .help("write `each month, released each quarter …`"),
        );
    }

    pub(in crate::syntax::lower) fn report_trued_up_at_once(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "trued-up-at-once",
                at,
                "what is trued up in the same month is not billed in advance",
            )
            .help("write `trued up the next month`, or remove `in advance …` and bill what is delivered"),
        );
    }

    pub(in crate::syntax::lower) fn report_other_period(&mut self, at: Span, every: Every) {
        let period = every_length(every);
        self.say(
            Diagnostic::error(
                "other-period",
                at,
                format!("the amount is for each {period}, and this names another period"),
            )
            .help(format!("write `for a part {period}`")),
        );
    }

    pub(in crate::syntax::lower) fn report_reporter_here(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "reporter-here",
                at,
                "only inputs and metrics say who reports them",
            )
            .because("everything else is computed from them")
            .help("remove it, or name a dimension: `by channel`"),
        );
    }

    pub(in crate::syntax::lower) fn report_no_such_miss(&mut self, at: Span) {
        self.say(
            Diagnostic::error("not-a-count", at, "misses are counted from 1st to 1200th")
                .help("write `counts from the 4th miss in 12 months`"),
        );
    }

    pub(in crate::syntax::lower) fn report_twice(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "said-twice",
                at,
                "this repeats something that was already said",
            )
            .because("only one of the two could apply")
            .help("delete one of them"),
        );
    }

    pub(in crate::syntax::lower) fn report_points_twice(&mut self, at: Span, called: &str) {
        self.say(
            Diagnostic::error(
                "said-twice",
                at,
                format!("{called} are stated after `=`, and also by bands"),
            )
            .because("only one of the two could count")
            .help(
                "name what the bands measure instead: `points response on csat each month { … }`",
            ),
        );
    }
}
