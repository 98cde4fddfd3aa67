//! The one integration-test binary: a module for each feature.

mod syntax;
