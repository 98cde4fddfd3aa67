//! What a program expects of its data.

use crate::data::{Column, Schema};
use crate::program::Program;

/// The columns of a program's data, in the order of its slots.
#[must_use]
pub fn schema(program: &Program) -> Schema {
    let columns = program.plan.slots.iter().map(|slot| Column {
        name: slot.name.clone(),
        input: slot.input.clone(),
        member: slot.member.clone(),
        dimension: slot.dimension.clone(),
        title: slot.title.clone(),
        source: slot.source.clone(),
        reporter: slot.reporter.map(str::to_owned),
        kind: slot.kind.clone(),
        whole: slot.whole,
        step: slot.step.clone(),
        least: slot.least.clone(),
        most: slot.most.clone(),
        may_be_missing: slot.may_be_missing,
    });
    Schema {
        columns: columns.collect(),
    }
}
