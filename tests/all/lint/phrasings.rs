//! Anti-patterns in contracts that were written without looking at the rules: each in several phrasings, together with
//! contracts that only look like them.
//!
//! A file in `phrasings/` names at its head the rules that must find something in it (`# finds:`), and those that must
//! not (`# spares:`). Whatever else is found does not matter. Files that the contract uses come before it, each after a
//! line `#-- NAME`, and the contract comes after `#-- contract`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use quidpro::calendar::Date;
use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, Files, load};
use quidpro::lint::{ALL, Category, Settings};
use quidpro::report::findings::full;

/// A contract, with what is to be found in it.
struct Phrasing {
    name: String,
    finds: Vec<String>,
    spares: Vec<String>,
    text: String,
    others: Beside,
}

/// The files next to a contract.
struct Beside(BTreeMap<String, String>);

impl Files for Beside {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        let text = self.0.get(path);
        text.map(|text| (path.to_owned(), text.clone()))
            .ok_or_else(|| format!("`{path}` is not there"))
    }
}

fn phrasings() -> Vec<Phrasing> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/lint/phrasings");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            phrasing(name, &fs::read_to_string(file).unwrap())
        })
        .collect()
}

fn phrasing(name: String, text: &str) -> Phrasing {
    let mut parts = text.split("\n#-- ");
    let head = parts.next().unwrap();
    let mut others: BTreeMap<String, String> = parts
        .map(|part| {
            let (name, text) = part.split_once('\n').unwrap();
            (name.trim().to_owned(), text.to_owned())
        })
        .collect();
    let text = others.remove("contract").unwrap_or_else(|| head.to_owned());
    Phrasing {
        name,
        finds: listed(head, "# finds:"),
        spares: listed(head, "# spares:"),
        text,
        others: Beside(others),
    }
}

fn listed(head: &str, mark: &str) -> Vec<String> {
    let lines = head.lines().filter_map(|line| line.strip_prefix(mark));
    lines
        .flat_map(|line| line.split(','))
        .map(|name| name.trim().to_owned())
        .collect()
}

impl Phrasing {
    fn found(&self) -> (Vec<Diagnostic>, String) {
        let loaded = load(&format!("{}.quid", self.name), &self.text, &self.others);
        let broken = full::render(&loaded.diagnostics, &loaded.sources, false);
        assert!(
            !loaded.diagnostics.iter().any(Diagnostic::is_error),
            "{broken}"
        );
        let settings = Settings {
            preview: true,
            ..Settings::default()
        };
        let found = loaded.check(&Checking {
            settings: &settings,
            today: Date::constant(2026, 1, 1),
        });
        let shown = full::render(&found, &loaded.sources, false);
        (found, shown)
    }
}

#[test]
fn each_phrasing_gives_its_findings_and_spares_what_it_only_resembles() {
    let mut wrong = String::new();
    for phrasing in phrasings() {
        let (found, _) = phrasing.found();
        let has = |name: &String| found.iter().any(|finding| finding.code == name);
        for name in phrasing.finds.iter().filter(|name| !has(name)) {
            wrong += &format!("{}: {name} finds nothing\n", phrasing.name);
        }
        for name in phrasing.spares.iter().filter(|name| has(name)) {
            let of = found.iter().find(|finding| finding.code == name).unwrap();
            wrong += &format!("{}: {name} finds: {}\n", phrasing.name, of.message);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_rule_about_money_and_measures_is_tried_in_three_phrasings_and_beside_one_that_is_fine() {
    let phrasings = phrasings();
    let known: Vec<&str> = ALL.iter().map(|rule| rule.name).collect();
    for phrasing in &phrasings {
        for name in phrasing.finds.iter().chain(&phrasing.spares) {
            assert!(known.contains(&name.as_str()), "{}: {name}", phrasing.name);
        }
    }
    let count = |rule: &str, of: fn(&Phrasing) -> &Vec<String>| {
        let all = phrasings.iter();
        all.filter(|one| of(one).iter().any(|name| name == rule))
            .count()
    };
    let mut thin = String::new();
    for rule in ALL {
        let tried = matches!(
            rule.category,
            Category::Incentive | Category::Measurement | Category::Risk
        );
        let (bad, good) = (
            count(rule.name, |one| &one.finds),
            count(rule.name, |one| &one.spares),
        );
        if tried && (bad < 3 || good < 1) {
            thin += &format!("{}: {bad} bad, {good} good\n", rule.name);
        }
    }
    assert!(thin.is_empty(), "{thin}");
}
