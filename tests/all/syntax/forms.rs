//! Every form of the language, read into the tree.

use quidpro::syntax::tree::{
    Builtin, Comparison, Edge, ExprKind, FallbackKind, ItemKind, Let, MetricStatement, Reach,
    StepMode, TypeExpr,
};

use super::{EVERY_FORM, SAMPLE, findings, read};

#[test]
fn the_sample_reads_clean() {
    let parsed = read(SAMPLE);
    assert_eq!(findings(SAMPLE, &parsed.diagnostics), "nothing\n");
    assert_eq!(parsed.tree.contracts[0].items.len(), 45);
    assert_eq!(
        parsed.comments.len(),
        SAMPLE.lines().filter(|line| line.contains('#')).count()
    );
}

#[test]
fn every_form_reads_clean() {
    let parsed = read(EVERY_FORM);
    assert_eq!(findings(EVERY_FORM, &parsed.diagnostics), "nothing\n");
    assert_eq!(parsed.tree.uses.len(), 2);
    assert_eq!(parsed.tree.contracts.len(), 2);
}
