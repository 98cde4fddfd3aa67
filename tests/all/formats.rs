//! The formats in which other programs take findings: held to their schemas, to the columns that each counts, and to
//! texts that try to break out of them.

mod columns;
mod fingerprints;
mod fixture;
mod hostile;
mod html;
mod schemas;
mod snapshots;
mod suppressed;
mod xsd;
