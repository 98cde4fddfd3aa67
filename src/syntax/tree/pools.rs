//! At-risk amounts: the most that the credits of some service levels may take, and how it is divided among them.

use crate::text::Span;

use super::{Every, Expr, Name, Path, Text};

/// `at risk 10% of charges each month { availability 50% { p1_response 40%, backlog 60% } }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// Its name, if it has one.
    pub name: Option<Name>,
    /// Its title.
    pub title: Option<Text>,
    /// The most that its service levels may cost together.
    pub amount: Expr,
    /// In which period.
    pub every: Every,
    /// Its categories and service levels.
    pub parts: Vec<PoolPart>,
    /// `categories may exceed 100%`
    pub may_exceed: Option<Span>,
}

/// A part of an at-risk amount: `availability 50% { … }`, or `csat_level 30%` for a service level that is in no
/// category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PoolPart {
    /// A category: its name, its share of the at-risk amount, and its service levels.
    Category {
        /// Its name, which only people use.
        name: Name,
        /// Its share of the at-risk amount.
        share: Expr,
        /// Its service levels.
        allocations: Vec<Allocation>,
    },
    /// A service level with its share of the at-risk amount.
    Level(Allocation),
}

/// `p1_response 40%`: what the miss of a service level costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// The service level, or one member of it.
    pub level: Path,
    /// Its share of the category, or of the whole amount.
    pub share: Expr,
}

impl AtRisk {
    /// All its service levels.
    pub fn allocations(&self) -> impl Iterator<Item = &Allocation> {
        self.parts.iter().flat_map(|part| match part {
            PoolPart::Category { allocations, .. } => allocations.as_slice(),
            PoolPart::Level(one) => std::slice::from_ref(one),
        })
    }
}
