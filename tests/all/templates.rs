//! The contracts that `quidpro init` can start from: each is sound and wise, computes its data, and its examples come out.
#![allow(
    clippy::disallowed_methods,
    reason = "a test writes into a folder of its own, and reads it"
)]

use std::path::Path;
use std::process::Command;

use quidpro::calendar::Date;
use quidpro::driver::{Checking, Files, load};
use quidpro::lint::Settings;
use quidpro::report::findings::full;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _from: &str, _path: &str) -> Result<(String, String), String> {
        Err("there is no such file".to_owned())
    }
}

const NAMES: &[&str] = &[
    "support_by_contact",
    "per_resolution",
    "it_service_desk",
    "collections",
    "field_service",
    "claims",
];

fn quidpro(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_quidpro"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    (ran.status.code().unwrap(), said)
}

fn folder(name: &str) -> tempfile::TempDir {
    tempfile::Builder::new().prefix(name).tempdir().unwrap()
}

#[test]
fn the_list_names_them_all() {
    let folder = folder("list");
    let (code, said) = quidpro(folder.path(), &["init", "--list"]);
    assert_eq!(code, 0, "{said}");
    let listed: Vec<&str> = said
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, NAMES);
}

#[test]
fn each_is_written_under_its_own_name_or_another_and_works() {
    for template in NAMES {
        let folder = folder(template);
        let (code, said) = quidpro(folder.path(), &["init", "--template", template]);
        assert_eq!(code, 0, "{said}");
        let (code, said) = quidpro(folder.path(), &["init", "ours", "--template", template]);
        assert_eq!(code, 0, "{said}");
        for name in [template, &"ours"] {
            let contract = format!("{name}.quid");
            let data = format!("{name}.csv");
            let (code, said) = quidpro(folder.path(), &["check", &contract]);
            assert_eq!(
                (code, said.as_str()),
                (0, format!("no findings in {contract}\n").as_str())
            );
            let (code, said) = quidpro(folder.path(), &["test", &contract]);
            assert_eq!(code, 0, "{said}");
            let (code, said) = quidpro(folder.path(), &["fmt", "--check", &contract]);
            assert_eq!(code, 0, "{said}");
            let (code, said) = quidpro(folder.path(), &["invoice", &contract, "--data", &data]);
            assert_eq!(code, 0, "{said}");
        }
    }
}

#[test]
fn an_unknown_one_is_answered_with_the_list() {
    let folder = folder("unknown");
    let (code, said) = quidpro(folder.path(), &["init", "--template", "it_service_desk_uk"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is no template"), "{said}");
}

#[test]
fn they_have_no_findings_of_any_kind() {
    let settings = Settings::default();
    let checking = Checking {
        settings: &settings,
        today: Date::constant(2026, 1, 1),
    };
    let mut wrong = String::new();
    for name in NAMES {
        let path = format!("contracts/templates/{name}.quid");
        let text = std::fs::read_to_string(&path).unwrap();
        let loaded = load(&path, &text, &NoFiles);
        wrong += &full::render(&loaded.check(&checking), &loaded.sources, false);
    }
    assert!(wrong.is_empty(), "{wrong}");
}
