//! Records, and what inputs are counted from: names resolved, values in whole steps of their field.
//!
//! Every number of a record is a whole number of steps: a duration of milliseconds, a number of its declared step, a date of
//! days. What is compared with it has been brought to the same steps, so that no reader rounds.

use crate::calendar::ServiceHours;
use crate::quantity::Exact;
use crate::syntax::tree::{Comparison, Name, RecordPeriod, Reporter, Text};
use crate::text::Span;

use super::Head;

/// A set of records: what happened, one record each.
#[derive(Clone, Debug)]
pub struct Records {
    /// The clause.
    pub head: Head,
    /// The system that they come from.
    pub source: Option<Text>,
    /// Who reports them.
    pub reporter: Option<Reporter>,
    /// What a record says.
    pub fields: Vec<Field>,
    /// The field that tells a record from every other.
    pub key: Option<FieldId>,
    /// The field whose day decides in which month a record counts, unless an input says otherwise.
    pub dated_by: Option<FieldId>,
    /// Whether a month counts although some of its records cannot be used.
    pub leaves_out_bad: bool,
}

/// When the service is open, from the clause on measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The zone of its hours.
    pub zone: String,
    /// Its hours.
    pub hours: ServiceHours,
}

/// The position of a field in its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub usize);

/// One value of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, which is also the name of its column.
    pub name: Name,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether a record may be without it.
    pub may_be_missing: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A moment. Its day is the day of this zone, a name of the IANA database.
    Time(String),
    /// A day.
    Date,
    /// A number with at most so many decimals.
    Number(u32),
    /// A duration, reported in a unit of so many milliseconds.
    Duration(i64),
    /// One of these.
    OneOf(Vec<String>),
    /// How long it took from one time to another.
    Between(Between),
    /// Something that could not be understood, which has been reported.
    Unknown,
}

/// How long it took from one time to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// The time at which it begins.
    pub from: FieldId,
    /// The time at which it ends.
    pub to: FieldId,
    /// Whether only service hours count.
    pub in_service_hours: bool,
    /// A duration for which the clock stopped.
    pub less: Option<FieldId>,
}

impl FieldKind {
    /// How many decimals its steps are of what is reported: three for a duration, which is reported in seconds.
    #[must_use]
    pub fn decimals(&self) -> Option<u32> {
        match self {
            Self::Number(decimals) => Some(*decimals),
            Self::Duration(_) | Self::Between(_) => Some(3),
            Self::Text | Self::Time(_) | Self::Date | Self::OneOf(_) | Self::Unknown => None,
        }
    }
}

/// What an input is counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is counted.
    pub what: CountedWhat,
    /// The words after `=`.
    pub words: String,
    /// Where they are.
    pub span: Span,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountedWhat {
    /// Something of a set of records.
    Of(CountedOf),
    /// Parts of a month in which something holds.
    Periods(CountedPeriods),
}

/// Something of a set of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedOf {
    /// The records, by their position among the contract's.
    pub records: usize,
    /// What is made of them.
    pub fold: RecordFold,
    /// Which of them count.
    pub test: Option<Test>,
    /// The field whose day decides in which month a record counts.
    pub dated_by: FieldId,
    /// The field that divides them among the members of the input's dimension.
    pub by: Option<FieldId>,
}

/// What is made of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordFold {
    /// How many there are.
    Count,
    /// The sum of a field.
    Sum(FieldId),
    /// How many different values a field has.
    Distinct(FieldId),
    /// The least value of a field.
    Least(FieldId),
    /// The greatest value of a field.
    Greatest(FieldId),
    /// The least value of a field that this percentage of the values do not exceed.
    Percentile(Exact, FieldId),
}

impl RecordFold {
    /// The field that it reads.
    #[must_use]
    pub fn field(&self) -> Option<FieldId> {
        match self {
            Self::Count => None,
            Self::Sum(field)
            | Self::Distinct(field)
            | Self::Least(field)
            | Self::Greatest(field)
            | Self::Percentile(_, field) => Some(*field),
        }
    }

    /// Whether the values of two sets of records add up to that of both.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        matches!(self, Self::Count | Self::Sum(_))
    }
}

/// Parts of a month in which something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedPeriods {
    /// Which parts.
    pub every: RecordPeriod,
    /// The inputs whose values of that part are compared.
    pub inputs: Vec<String>,
    /// What must hold.
    pub test: Test,
}

/// A condition on a record, or on a part of a month. A comparison with a missing value neither holds nor fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It does not hold.
    Not(Box<Test>),
    /// All hold.
    All(Vec<Test>),
    /// At least one holds.
    Any(Vec<Test>),
    /// A field has no value.
    Missing(FieldId),
    /// A field, or an input by its position, compared with something.
    Compare(FieldId, Comparison, Against),
    /// Another record with the same values comes within so many milliseconds after this one.
    Followed(Vec<FieldId>, i64),
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// A number of steps of the field.
    Steps(i64),
    /// A moment or a day is before, on or after a day: the number of days since 1970-01-01.
    Day(i64),
    /// A text or a member.
    Text(String),
    /// Another field.
    Field(FieldId),
    /// A multiple of another input's value.
    Times(Exact, FieldId),
}

impl Test {
    /// The fields that it reads.
    pub fn fields(&self) -> Vec<FieldId> {
        match self {
            Self::Not(one) => one.fields(),
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::fields).collect(),
            Self::Missing(field) => vec![*field],
            Self::Compare(field, _, Against::Field(other) | Against::Times(_, other)) => {
                vec![*field, *other]
            }
            Self::Compare(field, ..) => vec![*field],
            Self::Followed(same, _) => same.clone(),
        }
    }
}
