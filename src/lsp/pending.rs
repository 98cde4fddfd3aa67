//! A long text whose rules are to be asked, as it is at one moment: so that another thread can ask them meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::driver::load;

use super::analysis::Overlay;
use super::document::Document;
use super::findings;
use super::world::World;

/// A text with everything that an editor has open beside it, in one state.
#[derive(Clone, Debug)]
pub struct Pending {
    pub(super) uri: String,
    pub(super) name: String,
    pub(super) text: Arc<str>,
    pub(super) documents: BTreeMap<String, Document>,
    /// What the text was in, so that findings of a former state are not taken for those of a later one.
    pub(super) state: String,
}

impl Pending {
    /// All findings. This can take a while, and needs nothing of the server.
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
