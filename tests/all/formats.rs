//! The formats in which other programs receive findings: checked against their schemas, the columns that each counts,
//! and texts that try to break out of them.

mod columns;
mod fingerprints;
mod fixture;
mod hostile;
mod html;
mod schemas;
mod snapshots;
mod suppressed;
mod xsd;
