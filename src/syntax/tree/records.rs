//! Records: what happened, one record each, and what an input is counted from.

use crate::calendar::Date;
use crate::text::Span;

use super::{Comparison, DimensionItem, Name, Number, Reporter, Text};

/// `records calls from "ACD" by supplier { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// Its name, which is also the name of its table.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The system that the records come from.
    pub source: Option<Text>,
    /// Who reports them.
    pub reporter: Option<(Reporter, Span)>,
    /// What a record says.
    pub fields: Vec<RecordField>,
    /// `bad records are left out`: a month counts although some of its records cannot be used.
    pub leaves_out: Option<Span>,
}

/// One value of a record: `wait : duration in seconds`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordField {
    /// Its name, which is also the name of its column.
    pub name: Name,
    /// Its type; nothing where it could not be read, which has been reported.
    pub kind: Option<FieldType>,
    /// Where the type is written.
    pub kind_span: Span,
    /// `key`: it tells a record from every other.
    pub key: Option<Span>,
    /// `may be missing`
    pub may_be_missing: Option<Span>,
    /// `dates the record`: its day decides in which month the record counts.
    pub dates: Option<Span>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// `text`
    Text,
    /// `time in "Europe/Madrid"`; without a zone, the one of the clause on measurement.
    Time(Option<Text>),
    /// `date`
    Date,
    /// `whole number`
    Whole,
    /// `number to 0.01`
    Number(Option<Number>),
    /// `duration in seconds`: the unit in which the column has it.
    Duration(Option<Name>),
    /// `duration from opened to resolved in service hours, less waiting`
    Between {
        /// The time at which it begins.
        from: Name,
        /// The time at which it ends.
        to: Name,
        /// Whether only service hours count.
        in_service_hours: Option<Span>,
        /// A duration for which the clock stopped.
        less: Option<Name>,
    },
    /// `one of { voice, chat }`, or `one of queue` for the members of a dimension, which then has no members here.
    OneOf(DimensionItem),
}

/// What an input is counted from: all after `=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is counted, and of what.
    pub what: CountedWhat,
    /// The condition after `where`.
    pub test: Option<RecordTest>,
    /// All of it.
    pub span: Span,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountedWhat {
    /// `count of calls`, `sum of wait of calls`, …
    Of {
        /// What of them.
        field: CountedField,
        /// The records.
        records: Name,
        /// `dated by resolved`: another field than usual decides in which month a record counts.
        dated_by: Option<Name>,
    },
    /// `count of days where …`
    Periods(RecordPeriod, Span),
}

/// What is made of the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountedField {
    /// `count of`
    Count,
    /// `sum of FIELD of`
    Sum(Name),
    /// `distinct FIELD of`
    Distinct(Name),
    /// `least of FIELD of`
    Least(Name),
    /// `greatest of FIELD of`
    Greatest(Name),
    /// `90th percentile of FIELD of`, with where the number is; whether `nearest rank` is written.
    Percentile(Number, Name, bool),
}

/// Parts of a month that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordPeriod {
    /// `days`
    Day,
    /// `weeks`, Monday to Sunday
    Week,
    /// `half hours`
    HalfHour,
}

/// A condition on a record, or on a part of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordTest {
    /// `not …`
    Not(Box<RecordTest>),
    /// `… and …`
    All(Vec<RecordTest>),
    /// `… or …`
    Any(Vec<RecordTest>),
    /// `resolved is missing`
    Missing(Name),
    /// `wait at most 20 seconds`
    Compare(Name, Comparison, RecordValue),
    /// `followed by another of the same customer within 7 days`
    Followed {
        /// What is the same.
        same: Vec<Name>,
        /// How many.
        number: Number,
        /// Of what: `days`.
        unit: Name,
        /// All of it.
        span: Span,
    },
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordValue {
    /// `"text"`
    Text(Text),
    /// `2026-01-31`
    Date(Date, Span),
    /// `20`, `20 seconds`
    Number(Number, Option<Name>, Span),
    /// `80% of offered`
    Share(Number, Option<Name>, Span),
    /// A member, or another field.
    Word(Name),
}

impl RecordValue {
    /// Where it is.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::Date(_, span) | Self::Number(_, _, span) | Self::Share(_, _, span) => *span,
            Self::Word(name) => name.span,
        }
    }
}

impl RecordTest {
    /// The inputs that a condition on a part of a month reads.
    #[must_use]
    pub fn names(&self) -> Vec<&Name> {
        match self {
            Self::Not(one) => one.names(),
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::names).collect(),
            Self::Missing(name) => vec![name],
            Self::Compare(
                name,
                _,
                RecordValue::Word(other) | RecordValue::Share(_, Some(other), _),
            ) => {
                vec![name, other]
            }
            Self::Compare(name, ..) => vec![name],
            Self::Followed { .. } => Vec::new(),
        }
    }
}
