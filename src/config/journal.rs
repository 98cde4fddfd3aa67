//! The accounts of a journal: `[journal]`.

use std::collections::BTreeMap;

/// Whose books a journal is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Who pays: charges are expenses.
    #[default]
    Customer,
    /// Who is paid: charges are income.
    Supplier,
}

/// The accounts of a journal. The tables are asked for a line's name first and for its kind then, each with the contract's
/// name before it (`desk/handling`) before it is asked without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Whose books it is for.
    pub side: Side,
    /// Accounts. `balance` is what is owed: the payable, or the receivable.
    pub accounts: BTreeMap<String, String>,
    /// Cost centres.
    pub cost_centres: BTreeMap<String, String>,
    /// Tax codes.
    pub tax_codes: BTreeMap<String, String>,
}

/// What a table has for a line.
#[must_use]
pub fn looked_up<'t>(
    table: &'t BTreeMap<String, String>,
    contract: &str,
    line: &str,
    kind: &str,
) -> Option<&'t str> {
    // A member of a rate card is asked for by its own name, and by that of the charge.
    let charge = line.split_once('.').map_or(line, |(charge, _)| charge);
    let keys = [line, charge, kind];
    keys.iter().find_map(|key| {
        let own = table.get(&format!("{contract}/{key}"));
        own.or_else(|| table.get(*key)).map(String::as_str)
    })
}
