//! The registry and the pages in `docs/rules/` are generated from the rules' files. A stale one is rewritten, and the
//! test fails once.

use std::fs;
use std::path::{Path, PathBuf};

use quidpro::lint::{ALL, Category, Rule, Status, everything};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Writes the text if the file differs. Returns whether it did.
fn renew(path: &Path, text: &str) -> bool {
    if fs::read_to_string(path).unwrap_or_default() == text {
        return false;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    true
}

fn files() -> Vec<String> {
    let folder = root().join("src/lint/rules");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names
}

#[test]
fn the_registry_lists_every_rule() {
    let names = files();
    let modules: String = names.iter().map(|name| format!("mod {name};\n")).collect();
    let rules: String = names
        .iter()
        .map(|name| format!("    {name}::RULE,\n"))
        .collect();
    let text = format!(
        "//! The rules, one in each file. This list is written by the tests; do not edit it.\n\n{modules}\nuse super::rule::Rule;\n\n\
         /// All rules, by name.\npub const ALL: &[Rule] = &[\n{rules}];\n"
    );
    let stale = renew(&root().join("src/lint/rules/mod.rs"), &text);
    assert!(
        !stale,
        "src/lint/rules/mod.rs was stale and is written anew; run again"
    );
    for (name, rule) in names.iter().zip(ALL) {
        assert_eq!(
            name.replace('_', "-"),
            rule.name,
            "a rule's file has its name"
        );
    }
}

#[test]
fn the_pages_are_those_of_the_rules() {
    let folder = root().join("docs/rules");
    let mut stale = Vec::new();
    for rule in everything() {
        if renew(&folder.join(format!("{}.md", rule.name)), &page(rule)) {
            stale.push(rule.name);
        }
    }
    let known: Vec<String> = everything()
        .map(|rule| format!("{}.md", rule.name))
        .collect();
    for entry in fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name != "README.md" && !known.contains(&name) {
            fs::remove_file(entry.path()).unwrap();
            stale.push("a page without a rule");
        }
    }
    if renew(&folder.join("README.md"), &index()) {
        stale.push("README.md");
    }
    assert!(
        stale.is_empty(),
        "docs/rules was stale and is written anew; run again: {stale:?}"
    );
}

fn page(rule: &Rule) -> String {
    let status = match rule.status {
        Status::Stable => "stable",
        Status::Preview => "preview",
    };
    let level = format!("{:?}", rule.level).to_lowercase();
    let thresholds: String = rule
        .thresholds
        .iter()
        .map(|known| {
            format!(
                "| `{}` | {} | {} |\n",
                known.name, known.default, known.meaning
            )
        })
        .collect();
    let settings = if thresholds.is_empty() {
        String::new()
    } else {
        format!("\n## Settings\n\n| name | usual | meaning |\n|---|---|---|\n{thresholds}")
    };
    format!(
        "# {}\n\n{} · {level} · {status} since {}\n\n{}{settings}",
        rule.name,
        rule.category,
        rule.since,
        rule.markdown()
    )
}

fn index() -> String {
    let section = |category: Category| {
        let mut rules: Vec<&Rule> = everything()
            .filter(|rule| rule.category == category)
            .collect();
        rules.sort_by_key(|rule| rule.name);
        let rows: String = rules.into_iter().map(row).collect();
        if rows.is_empty() {
            return String::new();
        }
        let about = about(category);
        format!(
            "\n## {category}\n\n{about}\n\n| rule | level | what it finds |\n|---|---|---|\n{rows}"
        )
    };
    let sections: String = Category::ALL.into_iter().map(section).collect();
    format!(
        "# The rules\n\nEach page says what a rule finds, why it matters, with an example that has it and one that does not, and how to \
         fix it; where an edit can fix it, the page names the fix and says whether it is safe. The pages are written from the rules \
         themselves, and their examples are run by the tests. `quidpro rules` lists them, `quidpro rule NAME` shows a page. How to set their levels and figures, and how to accept a \
         finding, is in [checking.md](../checking.md).\n\n{NOTES}{sections}"
    )
}

/// What readers of other lists may look for here but will not find as a rule.
const NOTES: &str = "Some patterns that lists of contract mistakes name are not here, because the language does not let them be written: \
    a percentage names its base in its place (`share-without-percent`, `open-base`), an earn-back returns at most what was deducted \
    (`earn-back-share`, and the forms after good months return the credit itself), and an amendment takes effect within the term \
    (`effective-outside-term`).\n";

fn about(category: Category) -> &'static str {
    match category {
        Category::Correctness => {
            "What the language itself refuses: contradictions, and cases in which two readings would pay differently. These are always \
             errors, and cannot be waived. Listed are those that drafters meet most."
        }
        Category::Incentive => "What the money rewards.",
        Category::Measurement => "What is measured, and how.",
        Category::Governance => "How the partnership works.",
        Category::Risk => "What can go wrong, and who bears it.",
        Category::Clarity => "How well the text can be read.",
        Category::Question => "What the text leaves open.",
    }
}

fn row(rule: &Rule) -> String {
    let level = format!("{:?}", rule.level).to_lowercase();
    format!(
        "| [{0}]({0}.md) | {level} | {1} |\n",
        rule.name,
        rule.summary()
    )
}
