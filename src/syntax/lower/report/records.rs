//! Records whose parts do not fit together.

use crate::diagnostic::Diagnostic;
use crate::syntax::lower::Lowering;
use crate::syntax::tree::Name;
use crate::text::Span;

/// The types that a field can have.
const TYPES: &str = "`text`, `time in \"Europe/Madrid\"`, `date`, `duration in seconds`, `whole number`, `number to 0.01` or \
                     `one of { yes, no }`";

impl<'t> Lowering<'t> {
    pub(in crate::syntax::lower) fn report_records_by(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "records-by",
                at,
                "after `by`, records name who reports them",
            )
            .help("write `by supplier`, `by customer` or `by both`; a dimension is a field: `queue : one of { voice, chat }`"),
        );
    }

    pub(in crate::syntax::lower) fn report_field_without_type(&mut self, field: &Name) {
        let name = &field.text;
        self.say(
            Diagnostic::error(
                "field-without-type",
                field.span,
                format!("the field `{name}` does not say what it holds"),
            )
            .because("the type decides how the column is read and what it can be compared with")
            .help(format!("write one of these after `{name} :` {TYPES}")),
        );
    }

    pub(in crate::syntax::lower) fn report_choice_of_nothing(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "field-without-type",
                at,
                "`one of` needs the values that the field can have",
            )
            .help("write `one of { answered, abandoned }`, or the name of a dimension: `one of queue`"),
        );
    }

    pub(in crate::syntax::lower) fn report_rank_of_no_percentile(&mut self, at: Span) {
        self.say(
            Diagnostic::error(
                "rank-of-no-percentile",
                at,
                "`nearest rank` is said of a percentile only",
            )
            .help("remove it, or write `90th percentile of wait of calls, nearest rank`"),
        );
    }

    pub(in crate::syntax::lower) fn report_average_of_records(&mut self, at: Span, field: &Name) {
        let name = &field.text;
        self.say(
            Diagnostic::error("average-of-records", at, "an input is no average")
                .because("an average has no end of decimals, and nothing is rounded on the way to an invoice")
                .help(format!(
                    "count its two parts, `sum of {name} of …` and `count of …`, and divide them in a metric, which is exact"
                )),
        );
    }
}
