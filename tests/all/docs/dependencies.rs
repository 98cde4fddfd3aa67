//! `docs/dependencies.md` gives a reason for every dependency.

use std::collections::BTreeSet;

use super::read;

#[test]
fn every_dependency_is_justified() {
    let needed = dependencies();
    let justified = listed();
    let missing: Vec<&String> = needed.difference(&justified).collect();
    let unused: Vec<&String> = justified.difference(&needed).collect();
    assert!(
        missing.is_empty(),
        "docs/dependencies.md gives no reason for {missing:?}"
    );
    assert!(
        unused.is_empty(),
        "docs/dependencies.md lists {unused:?}, which nothing depends on"
    );
}

/// What the program, its tests, its fuzz targets and the Python package depend on, and what the extension for VS Code depends on.
fn dependencies() -> BTreeSet<String> {
    let mut found = crates("Cargo.toml");
    found.extend(crates("fuzz/Cargo.toml"));
    found.extend(crates("python/Cargo.toml"));
    found.remove("quidpro");
    let manifest: serde_json::Value =
        serde_json::from_str(&read("editors/vscode/package.json")).expect("a manifest is JSON");
    for table in ["dependencies", "devDependencies"] {
        let packages = manifest[table].as_object().expect("a table of packages");
        found.extend(packages.keys().cloned());
    }
    found
}

/// The names in the tables of a manifest.
fn crates(manifest: &str) -> BTreeSet<String> {
    let text = read(manifest);
    let mut within = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with('[') {
            within = line.ends_with("dependencies]");
        } else if within && let Some((name, _)) = line.split_once(" = ") {
            found.insert(name.trim().to_owned());
        }
    }
    found
}

/// The names in the first columns of the page's tables.
fn listed() -> BTreeSet<String> {
    let text = read("docs/dependencies.md");
    let cells = text.lines().filter_map(|line| {
        line.strip_prefix("| `")?
            .split('|')
            .next()
            .map(str::to_owned)
    });
    cells
        .flat_map(|cell| {
            let names = format!("`{cell}");
            let quoted = names
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>();
            quoted
                .into_iter()
                .filter(|name| !name.is_empty() && name != "xlsx" && name != "lsp")
        })
        .collect()
}
