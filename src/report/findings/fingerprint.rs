//! Names for findings that stay the same while other lines of the file change.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Found;

/// Gives each finding of a run its fingerprint. It depends on the file, the kind of finding, the words to which it
/// points, and the number of equal findings before it. Lines, and spaces between words, do not count.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<[u8; 32], u64>,
}

impl Fingerprints {
    /// The fingerprint of the next finding of the run, as 32 hexadecimal digits. No two findings have the same one.
    pub(super) fn next(&mut self, found: Found<'_>) -> String {
        let alike = of_parts(found);
        let before = self.seen.entry(alike).or_default();
        let digest = Sha256::new()
            .chain_update(alike)
            .chain_update(before.to_be_bytes())
            .finalize();
        *before += 1;
        digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// Hashes the parts. Each is preceded by its length, so that no two lists of parts give the same bytes.
fn of_parts(found: Found<'_>) -> [u8; 32] {
    let words = found.sources.slice(found.finding.primary.span);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut digest = Sha256::new();
    for part in [found.file(), found.finding.code, &words] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}
