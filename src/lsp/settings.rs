//! What the user of an editor can choose.

use serde_json::Value;

/// The settings, which editors keep under `quidpro`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// Whether types and units are shown between the words; off by default.
    pub(super) inlay_hints: bool,
    /// Whether there are lines above clauses.
    pub(super) code_lenses: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            inlay_hints: false,
            code_lenses: true,
        }
    }
}

impl Settings {
    /// Takes over the settings in any form in which editors send them: `{ "quidpro": { "inlayHints": true } }`, without
    /// `quidpro`, or with `{ "enabled": true }` in place of the value.
    pub(super) fn update(&mut self, stated: &Value) {
        let stated = stated.get("quidpro").unwrap_or(stated);
        let flag = |name: &str| {
            let value = stated.get(name)?;
            value.get("enabled").unwrap_or(value).as_bool()
        };
        self.inlay_hints = flag("inlayHints").unwrap_or(self.inlay_hints);
        self.code_lenses = flag("codeLenses").unwrap_or(self.code_lenses);
    }
}
