//! The contracts that `quidpro init` can start from: one for each trade, with two months of data and a worked example.

/// A contract to start from.
pub(super) struct Template {
    /// Its name, and that of the contract in it.
    pub(super) name: &'static str,
    /// What it is for, in one line.
    pub(super) what: &'static str,
    /// The contract.
    pub(super) contract: &'static str,
    /// Its data, as CSV.
    pub(super) data: &'static str,
}

macro_rules! template {
    ($name:literal, $what:literal) => {
        Template {
            name: $name,
            what: $what,
            contract: include_str!(concat!("../../contracts/templates/", $name, ".quid")),
            data: include_str!(concat!("../../contracts/templates/", $name, ".csv")),
        }
    };
}

/// The contract that `quidpro init` writes if no template is named: it explains every part.
pub(super) static STARTER: Template = Template {
    name: "starter",
    what: "a support contract that explains every part",
    contract: include_str!("../../contracts/starter.quid"),
    data: include_str!("../../contracts/starter.csv"),
};

/// The trades.
pub(super) static TEMPLATES: &[Template] = &[
    template!(
        "support_by_contact",
        "customer support, paid by contact, with a price for each channel"
    ),
    template!(
        "per_resolution",
        "support that is paid only for problems that stay solved"
    ),
    template!(
        "it_service_desk",
        "an IT service desk around a baseline, with service levels by priority"
    ),
    template!(
        "collections",
        "overdue invoices: a commission, and how customers are treated"
    ),
    template!(
        "field_service",
        "visits at a price for each kind, spare parts at cost, repair at the first visit"
    ),
    template!(
        "claims",
        "claims handling by line of business, with speed and accuracy at risk"
    ),
];
