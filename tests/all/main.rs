//! The one integration-test binary: a file per feature.

#[cfg(test)]
mod report;
