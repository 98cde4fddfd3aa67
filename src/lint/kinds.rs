//! What the kinds of KPI measure.

/// What customers think of the service.
pub const SATISFACTION: &[&str] = &["satisfaction", "loyalty", "effort"];

/// Whether the work was done well, satisfaction included.
pub const QUALITY: &[&str] = &[
    "satisfaction",
    "loyalty",
    "effort",
    "resolution",
    "quality",
    "accuracy",
    "compliance",
];

/// How the work is done, and not how much of it there is or what it costs.
pub const WORK: &[&str] = &[
    "satisfaction",
    "loyalty",
    "effort",
    "resolution",
    "quality",
    "accuracy",
    "compliance",
    "timeliness",
    "abandonment",
    "availability",
];
