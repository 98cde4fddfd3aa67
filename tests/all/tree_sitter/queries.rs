//! The queries name only what the grammar has.

use tree_sitter::Query;

#[test]
fn every_query_fits_the_grammar() {
    for (name, text) in [
        ("highlights", tree_sitter_quid::HIGHLIGHTS_QUERY),
        ("locals", tree_sitter_quid::LOCALS_QUERY),
        ("tags", tree_sitter_quid::TAGS_QUERY),
        ("folds", tree_sitter_quid::FOLDS_QUERY),
        ("indents", tree_sitter_quid::INDENTS_QUERY),
    ] {
        let query = Query::new(&tree_sitter_quid::LANGUAGE.into(), text);
        assert!(query.is_ok(), "{name}.scm: {}", query.unwrap_err());
    }
}
