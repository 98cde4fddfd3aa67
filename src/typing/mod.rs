//! Gives expressions their types and turns them into nodes. Everything here works on a [`Context`], which has the
//! declarations so far, the nodes so far, and the findings.

mod arithmetic;
mod bands;
mod context;
mod coverage;
mod dated;
mod demand;
mod expression;
mod facts;
mod grouped;
mod indexing;
mod literal;
mod names;
mod over;
mod part_month;
mod reach;
mod scope;
mod typed;
mod unify;
mod window;

pub use bands::{BandsOf, Default as BandsDefault, TypedBands};
pub use context::{Context, ContractRounding, Totals};
pub use coverage::Domain;
pub use indexing::{Indexing, PriceRounding};
pub use names::suggestion;
pub use over::{Over, OverTime, Refused, adds_up, words as months_words};
pub use reach::Outcome;
pub use scope::{Dimension, Symbol, SymbolValue};
pub use typed::{Origin, Share, Typed};
