//! The libraries that ship with the program.

/// Name and text of each library.
pub const STANDARD: &[(&str, &str)] = &[(
    "contact_centre",
    include_str!("../../contracts/standard/contact_centre.quid"),
)];
