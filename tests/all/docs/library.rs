//! `docs/standard.md` lists the standard library: both have the same metrics.

use std::collections::BTreeMap;

use quidpro::syntax::parse;
use quidpro::syntax::tree::ItemKind;
use quidpro::text::FileId;

use super::read;

#[test]
fn the_page_lists_the_library() {
    let listed = listed();
    let defined = defined();
    let missing: Vec<&String> = defined
        .keys()
        .filter(|name| !listed.contains_key(*name))
        .collect();
    let unknown: Vec<&String> = listed
        .keys()
        .filter(|name| !defined.contains_key(*name))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/standard.md does not list {missing:?}"
    );
    assert!(
        unknown.is_empty(),
        "docs/standard.md lists what the library does not have: {unknown:?}"
    );
    for (name, kind) in &defined {
        assert_eq!(
            listed.get(name),
            Some(kind),
            "the kind of `{name}` in docs/standard.md"
        );
    }
}

#[test]
fn every_metric_of_the_library_says_what_it_is_and_what_it_leaves_open() {
    let text = library();
    for contract in parse(FileId(0), &text).tree.contracts {
        for item in contract.items {
            let ItemKind::Metric(metric) = &item.kind else {
                continue;
            };
            let name = &metric.name.text;
            assert!(metric.title.is_some(), "`{name}` has no title");
            assert!(metric.kind.is_some(), "`{name}` has no kind");
            assert!(
                !metric.statements.is_empty(),
                "`{name}` does not say what counts with nothing to measure"
            );
        }
    }
}

fn library() -> String {
    read("contracts/standard/contact_centre.quid")
}

/// The kind and better side of each metric in the library.
fn defined() -> BTreeMap<String, String> {
    let text = library();
    let parsed = parse(FileId(0), &text);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let items = parsed
        .tree
        .contracts
        .into_iter()
        .flat_map(|contract| contract.items);
    items
        .filter_map(|item| match &item.kind {
            ItemKind::Metric(metric) => {
                let kind = metric
                    .kind
                    .as_ref()
                    .map_or_else(String::new, |kind| kind.text.clone());
                let better = match metric.higher_is_better {
                    Some(true) => " ↑",
                    Some(false) => " ↓",
                    None => "",
                };
                Some((metric.name.text.clone(), format!("{kind}{better}")))
            }
            _ => None,
        })
        .collect()
}

/// The kind and better side of each metric on the page: rows that begin with a name and have the kind in the third
/// column.
fn listed() -> BTreeMap<String, String> {
    let text = read("docs/standard.md");
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, _, kind, _, _, _] = cells.as_slice() else {
            return None;
        };
        let name = name.strip_prefix('`')?.strip_suffix('`')?;
        let (word, rest) = kind.split_once(',')?;
        let better = match rest.chars().last() {
            Some('↑') => " ↑",
            Some('↓') => " ↓",
            _ => "",
        };
        Some((name.to_owned(), format!("{word}{better}")))
    });
    rows.collect()
}
