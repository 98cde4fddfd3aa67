//! Answers to an editor's questions about a contract, as plain data: places and words, without a protocol.
//!
//! Everything is read from a [`crate::driver::Loaded`], which exists for any text, and from the outline of the text,
//! which exists in spite of mistakes of any kind. Nothing here opens a file or knows how a position is counted.

mod amounts;
mod calls;
mod curve;
mod declarations;
mod flow;
mod folding;
mod hover;
mod index;
mod inlay;
mod lenses;
mod links;
mod references;
mod rename;
mod selection;
mod symbols;
mod tokens;

pub mod completion;

pub use amounts::{LineAmount, MonthAmounts, newest_month};
pub use calls::{Call, Clause, clause_at, incoming, outgoing};
pub use curve::{Curve, CurvePoint, payout_curve};
pub use declarations::{Declaration, Declared};
pub use folding::{Fold, FoldKind, folds};
pub use hover::{Hover, hover, rule_at};
pub use index::{Index, Word};
pub use inlay::{Inlay, inlays};
pub use lenses::{Lens, LensKind, lenses};
pub use links::{Link, LinkTarget, links};
pub use references::{Occurrence, occurrences};
pub use rename::{Refusal, Renamed, rename, renameable};
pub use selection::selections;
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{Paint, PaintKind, paints};
