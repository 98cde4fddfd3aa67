//! Records, and what an input is counted from.

use crate::quantity::Exact;
use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Comparison, Counted, CountedField, CountedWhat, DimensionItem, FieldType, ItemKind, Name,
    Number, RecordField, RecordPeriod, RecordTest, RecordValue, Records,
};
use super::Lowering;
use super::body::Statement;
use super::climb::comparison;
use super::file::ItemParts;
use super::measures::Attributes;

impl<'t> Lowering<'t> {
    pub(super) fn records(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("records", &node);
        let mut has = Attributes::default();
        let (mut fields, mut leaves_out) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_records => {}
                Rule::records_body => {
                    common.no_more_title();
                    let (read, left_out) = self.record_fields(part);
                    (fields, leaves_out) = (Some(read), left_out);
                }
                Rule::source | Rule::by_dimension => {
                    common.no_more_title();
                    self.attribute_of(&mut has, part);
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        self.report_all_twice(&common, &has.twice);
        if let Some(dimension) = &has.dimension
            && !common.broken
        {
            self.report_records_by(dimension.name.span);
        }
        if fields.is_none() && !common.broken {
            self.report_missing_block(
                &common,
                "what a record says: `{ id : text, key; started : time in \"Europe/Madrid\" }`",
            );
        }
        let records = Records {
            name: common.name?,
            title: common.title,
            source: has.source,
            reporter: has.reporter,
            fields: fields?,
            leaves_out,
        };
        Some((ItemKind::Records(records), common.clause))
    }

    fn record_fields(&mut self, node: Node<'t>) -> (Vec<RecordField>, Option<Span>) {
        let (mut fields, mut leaves_out) = (Vec::new(), None);
        let what = "this list of fields";
        self.body(node, Rule::only_records, what, |this, statement| {
            let Statement { node, broken } = statement;
            if node.as_rule() == Rule::left_out {
                leaves_out = Some(this.span(&node));
            } else {
                fields.extend(this.record_field(node, broken));
            }
        });
        (fields, leaves_out)
    }

    fn record_field(&mut self, node: Node<'t>, broken: bool) -> Option<RecordField> {
        let mut parts = Children::of(node);
        let name = self.name(&parts.next()?);
        let mut field = RecordField {
            kind: None,
            kind_span: name.span,
            key: None,
            may_be_missing: None,
            dates: None,
            name,
        };
        let mut typed = false;
        while let Some(part) = parts.next() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::field_key => field.key = Some(span),
                Rule::field_missing => field.may_be_missing = Some(span),
                Rule::field_dates => field.dates = Some(span),
                Rule::string => {}
                _ => {
                    typed = true;
                    field.kind_span = span;
                    field.kind = self.field_type(part);
                }
            }
        }
        if !typed && !broken {
            self.report_field_without_type(&field.name);
        }
        Some(field)
    }

    fn field_type(&mut self, node: Node<'t>) -> Option<FieldType> {
        let rule = node.as_rule();
        let mut parts = Children::of(node.clone());
        Some(match rule {
            Rule::field_text => FieldType::Text,
            Rule::field_date => FieldType::Date,
            Rule::field_whole => FieldType::Whole,
            Rule::field_time => {
                let zone = parts.find(Rule::string);
                FieldType::Time(zone.map(|zone| self.string(&zone)))
            }
            Rule::field_number => {
                let step = parts.find(Rule::number);
                FieldType::Number(step.map(|step| self.number(&step)))
            }
            Rule::field_duration => {
                let unit = parts.find(Rule::word_token);
                FieldType::Duration(unit.map(|unit| self.name(&unit)))
            }
            Rule::field_between => self.field_between(node)?,
            Rule::field_choice => {
                let span = self.span(&node);
                parts.take(Rule::k_one_of);
                match parts.next() {
                    Some(part) if part.as_rule() == Rule::members => {
                        FieldType::OneOf(DimensionItem {
                            name: Name {
                                text: String::new(),
                                span: self.span(&part),
                            },
                            members: self.members(part),
                        })
                    }
                    Some(part) => FieldType::OneOf(DimensionItem {
                        name: self.name(&part),
                        members: Vec::new(),
                    }),
                    None => {
                        self.report_choice_of_nothing(span);
                        return None;
                    }
                }
            }
            _ => return None,
        })
    }

    fn field_between(&mut self, node: Node<'t>) -> Option<FieldType> {
        let mut in_service_hours = None;
        let mut names = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::word_token => names.push(self.name(&part)),
                Rule::in_service_hours => in_service_hours = Some(self.span(&part)),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        Some(FieldType::Between {
            from: names.next()?,
            to: names.next()?,
            in_service_hours,
            less: names.next(),
        })
    }

    /// What is written after `=` in an input.
    pub(super) fn counted_from(&mut self, node: Node<'t>) -> Option<Counted> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let first = parts.next()?;
        let what = if let Some(periods) = parts.take(Rule::record_periods) {
            CountedWhat::Periods(period(words(&periods)), self.span(&periods))
        } else {
            self.counted_what(first, &mut parts)?
        };
        let test = parts.take(Rule::record_where);
        let test = test.and_then(|test| self.record_tests(test));
        let mut counted = Counted { what, test, span };
        if let CountedWhat::Of {
            field: CountedField::Percentile(.., nearest),
            ..
        } = &mut counted.what
        {
            *nearest = parts.take(Rule::nearest_rank).is_some();
        } else if let Some(rank) = parts.take(Rule::nearest_rank) {
            self.report_rank_of_no_percentile(self.span(&rank));
        }
        Some(counted)
    }

    fn counted_what(&mut self, first: Node<'t>, parts: &mut Children<'t>) -> Option<CountedWhat> {
        let field = if first.as_rule() == Rule::k_count_of {
            CountedField::Count
        } else {
            let name = parts.take(Rule::word_token).map(|name| self.name(&name))?;
            parts.take(Rule::k_of);
            match words(&first) {
                text if text.starts_with("average") => {
                    self.report_average_of_records(self.span(&first), &name);
                    return None;
                }
                text if text.starts_with("sum") => CountedField::Sum(name),
                text if text.starts_with("distinct") => CountedField::Distinct(name),
                text if text.starts_with("least") => CountedField::Least(name),
                text if text.starts_with("greatest") => CountedField::Greatest(name),
                text => {
                    let share = self.rank_of(text, self.span(&first));
                    CountedField::Percentile(share, name, false)
                }
            }
        };
        let records = parts.take(Rule::word_token).map(|name| self.name(&name))?;
        let dated_by = parts.take(Rule::dated_by);
        let dated_by = dated_by
            .and_then(|dated| Children::of(dated).find(Rule::word_token))
            .map(|name| self.name(&name));
        Some(CountedWhat::Of {
            field,
            records,
            dated_by,
        })
    }

    /// The number of `90th percentile of`.
    fn rank_of(&mut self, text: &str, span: Span) -> Number {
        let digits = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .and_then(|end| text.get(..end))
            .unwrap_or_default();
        let value = Exact::parse_decimal(digits).unwrap_or_else(|_| {
            self.report_long_number(span);
            Exact::zero()
        });
        Number { value, span }
    }

    /// Conditions joined by `and` and `or`: `and` binds first.
    fn record_tests(&mut self, node: Node<'t>) -> Option<RecordTest> {
        let (mut any, mut all) = (Vec::new(), Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::record_join if words(&part) == "or" => {
                    any.push(joined(std::mem::take(&mut all), RecordTest::All)?);
                }
                Rule::record_test => all.push(self.record_test(part)?),
                _ => {}
            }
        }
        any.push(joined(all, RecordTest::All)?);
        joined(any, RecordTest::Any)
    }

    fn record_test(&mut self, node: Node<'t>) -> Option<RecordTest> {
        let mut negated = false;
        for part in node.into_inner() {
            let test = match part.as_rule() {
                Rule::not => {
                    negated = !negated;
                    continue;
                }
                Rule::record_group => self.record_tests(part)?,
                Rule::record_followed => self.record_followed(part)?,
                _ => self.record_compare(part)?,
            };
            return Some(if negated {
                RecordTest::Not(Box::new(test))
            } else {
                test
            });
        }
        None
    }

    fn record_followed(&mut self, node: Node<'t>) -> Option<RecordTest> {
        let span = self.span(&node);
        let (mut same, mut number, mut unit) = (Vec::new(), None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::number => number = Some(self.number(&part)),
                Rule::word_token if number.is_none() => same.push(self.name(&part)),
                Rule::word_token => unit = Some(self.name(&part)),
                _ => {}
            }
        }
        Some(RecordTest::Followed {
            same,
            number: number?,
            unit: unit?,
            span,
        })
    }

    fn record_compare(&mut self, node: Node<'t>) -> Option<RecordTest> {
        let mut parts = Children::of(node);
        let name = parts.take(Rule::word_token).map(|name| self.name(&name))?;
        let next = parts.next()?;
        match next.as_rule() {
            Rule::is_missing => {
                let negated = words(&next)
                    .split_ascii_whitespace()
                    .any(|word| word == "not");
                let test = RecordTest::Missing(name);
                Some(if negated {
                    RecordTest::Not(Box::new(test))
                } else {
                    test
                })
            }
            Rule::k_between => {
                let low = parts.take(Rule::record_value);
                let low = low.and_then(|low| self.record_value(low))?;
                parts.take(Rule::k_and);
                let high = parts.take(Rule::record_value);
                let high = high.and_then(|high| self.record_value(high))?;
                Some(RecordTest::All(vec![
                    RecordTest::Compare(name.clone(), Comparison::AtLeast, low),
                    RecordTest::Compare(name, Comparison::AtMost, high),
                ]))
            }
            _ => {
                let comparison = comparison(words(&next))?;
                let value = parts.take(Rule::record_value);
                let value = value.and_then(|value| self.record_value(value))?;
                Some(RecordTest::Compare(name, comparison, value))
            }
        }
    }

    fn record_value(&mut self, node: Node<'t>) -> Option<RecordValue> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let negative = parts
            .take(Rule::sign)
            .is_some_and(|sign| words(&sign) == "-");
        let first = parts.next()?;
        Some(match first.as_rule() {
            Rule::string => RecordValue::Text(self.string(&first)),
            Rule::calendar => RecordValue::Date(self.date(&first)?, span),
            Rule::number => {
                let mut number = self.number(&first);
                if negative {
                    number.value = number.value.negate();
                }
                if parts.take(Rule::pct).is_some() {
                    parts.take(Rule::k_of);
                    let of = parts.take(Rule::word_token).map(|of| self.name(&of));
                    RecordValue::Share(number, of, span)
                } else {
                    let unit = parts.take(Rule::word_token).map(|unit| self.name(&unit));
                    RecordValue::Number(number, unit, span)
                }
            }
            _ => RecordValue::Word(self.name(&first)),
        })
    }
}

/// One alone, or several together.
fn joined(
    mut tests: Vec<RecordTest>,
    together: impl FnOnce(Vec<RecordTest>) -> RecordTest,
) -> Option<RecordTest> {
    if tests.len() < 2 {
        return tests.pop();
    }
    Some(together(tests))
}

fn period(text: &str) -> RecordPeriod {
    if text.starts_with("days") {
        RecordPeriod::Day
    } else if text.starts_with("weeks") {
        RecordPeriod::Week
    } else {
        RecordPeriod::HalfHour
    }
}
