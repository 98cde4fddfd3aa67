//! A long text that the rules still have to check, as it is at one moment, so that another thread can run them
//! meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::driver::load;

use super::analysis::Overlay;
use super::document::Document;
use super::findings;
use super::world::World;

/// A text in one state, with everything else that an editor has open.
#[derive(Clone, Debug)]
pub struct Pending {
    pub(super) uri: String,
    pub(super) name: String,
    pub(super) text: Arc<str>,
    pub(super) documents: BTreeMap<String, Document>,
    /// The state of the text, so that findings for an earlier state are not taken for those of a later one.
    pub(super) state: String,
}

impl Pending {
    /// Returns all findings. This can take a while, and needs nothing from the server.
    #[must_use]
    pub fn check(&self, world: &dyn World) -> Vec<Diagnostic> {
        let documents = &self.documents;
        let user = Some(self.name.as_str());
        let files = Overlay {
            user,
            documents,
            world,
        };
        let loaded = load(&self.name, &self.text, &files);
        findings::of(world, &loaded)
    }
}
