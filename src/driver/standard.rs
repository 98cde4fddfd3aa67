//! The libraries that ship with the program.

/// The name and text of each library.
pub const STANDARD: &[(&str, &str)] = &[(
    "contact_centre",
    include_str!("../../contracts/standard/contact_centre.quid"),
)];
