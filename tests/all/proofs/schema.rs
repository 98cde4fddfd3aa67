//! The JSON document fits its schema, and every project contract has verdicts.

use std::fs;
use std::path::Path;

use quidpro::driver::load;
use quidpro::prove::{Prover, Question, prove};
use quidpro::report::proofs::{ContractProofs, json};
use serde_json::Value;

use crate::clause::NoFiles;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn document(name: &str, questions: &[Question]) -> Value {
    let text = fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    let loaded = load(name, &text, &NoFiles);
    let checked = &loaded.contracts[0];
    let prover = Prover::new(
        &checked.contract,
        checked.compiled.as_ref().unwrap(),
        20_000,
    );
    let proofs = prove(&prover, questions);
    let text = json::render(ContractProofs {
        file: name,
        proofs: &proofs,
    });
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_document_fits_its_schema() {
    let schema =
        fs::read_to_string(Path::new(ROOT).join("docs/schema/proofs.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for name in [
        "contracts/cases/t10_insurer.quid",
        "contracts/cases/w05_helpdesk_points.quid",
        "contracts/cases/w06_answer_bonus.quid",
    ] {
        let document = document(name, &Question::ALL);
        if let Err(error) = schema.validate(&document) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
    }
    let mut document = document(
        "contracts/cases/t10_insurer.quid",
        &[Question::NegativeInvoice],
    );
    document["verdicts"][0]["outcome"] = Value::from("maybe");
    assert!(schema.validate(&document).is_err());
}
