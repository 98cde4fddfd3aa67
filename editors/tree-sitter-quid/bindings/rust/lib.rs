//! The tree-sitter grammar of Quidpro contracts, for programs that read them as editors do.
//!
//! Give [`LANGUAGE`] to `tree_sitter::Parser::set_language`.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_quid() -> *const ();
}

/// The language.
#[allow(
    unsafe_code,
    reason = "the parser is generated C, and this is the one function that it offers"
)]
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_quid) };

/// Which colours what is shown in.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Which names are declared and used where.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// Which names a file declares, for an index.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");

/// What can be folded.
pub const FOLDS_QUERY: &str = include_str!("../../queries/folds.scm");

/// How lines are indented.
pub const INDENTS_QUERY: &str = include_str!("../../queries/indents.scm");
