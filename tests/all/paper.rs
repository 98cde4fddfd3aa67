//! The paper against the text: each number of the contract that pays is in the paper, and each number of the paper is in
//! the contract.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quidpro::driver::{self, Files, Loaded, worked_examples};
use quidpro::report::facts::{ContractFacts, VersionHead};
use quidpro::report::paper::{Clause, Paper, Part, json, paper, text};
use quidpro::syntax::tree::{Item, ItemKind};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files beside the contract, below the root.
struct Beside;

impl Files for Beside {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = Path::new(from).parent().unwrap().join(path);
        let text = fs::read_to_string(Path::new(ROOT).join(&name)).map_err(|e| e.to_string())?;
        Ok((name.to_str().unwrap().to_owned(), text))
    }
}

fn load(name: &str) -> Loaded {
    let text = fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    driver::load(name, &text, &Beside)
}

fn paper_of(loaded: &Loaded, file: &str, examples: bool) -> Paper {
    let checked = loaded.contracts.last().unwrap();
    let versions = checked.versions();
    let heads: Vec<VersionHead> = versions
        .iter()
        .map(|version| VersionHead {
            from: version.from,
            amendment: version.contract.plan.amendment.clone(),
        })
        .collect();
    let facts = ContractFacts {
        file,
        sources: &loaded.sources,
        contract: versions.last().unwrap().contract,
        versions: &heads,
        shown: heads.len() - 1,
        waivers: &[],
    };
    let worked = if examples {
        worked_examples(checked)
    } else {
        Vec::new()
    };
    paper(facts, worked)
}

/// All contracts of the project that can be computed.
fn all() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "quid") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(ROOT).join("contracts"), &mut found);
    found.sort();
    let names = found.iter().map(|path| {
        let path = path.strip_prefix(ROOT).unwrap();
        path.to_str().unwrap().to_owned()
    });
    names.filter(|name| !name.contains("standard/")).collect()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The numbers of a text: `4.2`, `80%`, `-5%`, days as `2026-04-01` and months as `2026-04`. Thousands are grouped by a comma or
/// `_`, and days may be written in words.
fn numbers(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .replace(
            [
                '(', ')', '“', '”', '"', ':', ';', '{', '}', '<', '>', '=', '/', '*', '+', '\u{a0}',
            ],
            " ",
        )
        .replace(", ", " , ")
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',']).to_owned())
        .collect();
    let month = |word: &str| {
        MONTHS
            .iter()
            .position(|month| *month == word)
            .map(|at| at + 1)
    };
    let is_year = |word: &String| word.len() == 4 && word.chars().all(|sign| sign.is_ascii_digit());
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        at += 1;
        if let Some(of_year) = month(word)
            && words.get(at).is_some_and(is_year)
        {
            found.insert(format!("{}-{of_year:02}", words[at]));
            at += 1;
            continue;
        }
        if let (Some(next), Some(year)) = (words.get(at), words.get(at + 1))
            && let Some(of_year) = month(next)
            && is_year(year)
            && word.len() <= 2
            && word.chars().all(|sign| sign.is_ascii_digit())
        {
            found.insert(format!("{year}-{of_year:02}-{:0>2}", word));
            at += 2;
            continue;
        }
        found.extend(number(word));
    }
    found
}

fn number(word: &str) -> Option<String> {
    let date = |length: usize| {
        word.len() == length
            && word.chars().enumerate().all(|(at, sign)| {
                if at == 4 || at == 7 {
                    sign == '-'
                } else {
                    sign.is_ascii_digit()
                }
            })
    };
    if date(10) || date(7) {
        return Some(word.to_owned());
    }
    let plain = word.replace([',', '_'], "");
    let bare = plain.trim_start_matches('-');
    if !bare.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let percent = bare.ends_with('%');
    let bare = bare.trim_end_matches('%');
    let bare = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .unwrap_or(bare);
    if !bare
        .chars()
        .all(|sign| sign.is_ascii_digit() || sign == '.')
    {
        return None;
    }
    let bare = match bare.split_once('.') {
        Some((whole, decimals)) => match decimals.trim_end_matches('0') {
            "" => whole.to_owned(),
            rest => format!("{whole}.{rest}"),
        },
        None => bare.to_owned(),
    };
    let sign = if plain.starts_with('-') { "-" } else { "" };
    Some(format!("{sign}{bare}{}", if percent { "%" } else { "" }))
}

/// The text of an item without its comments, without texts in quotation marks, and without `nominal …`, which no invoice
/// reads. What is in quotation marks is given apart.
fn bare(text: &str) -> (String, String) {
    let (mut code, mut quoted) = (String::new(), String::new());
    let (mut inside, mut comment) = (false, false);
    for sign in text.chars() {
        match sign {
            '\n' => comment = false,
            '#' if !inside => comment = true,
            '"' if !comment => {
                inside = !inside;
                code.push(' ');
                quoted.push(' ');
                continue;
            }
            _ => {}
        }
        if comment {
            continue;
        }
        if inside {
            quoted.push(sign);
        } else {
            code.push(sign);
        }
    }
    while let Some(at) = code.find("nominal ") {
        let rest = &code[at + 8..];
        let end = rest.find([' ', '\n']).unwrap_or(rest.len());
        code.replace_range(at..at + 8 + end, "");
    }
    (code, quoted)
}

/// Whether an item says nothing that belongs in a contract on paper.
fn is_left_out(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Scenario(_) | ItemKind::Language(_))
}

/// What the contract writes: its own numbers, and those within texts.
fn of_contract(loaded: &Loaded) -> (BTreeSet<String>, BTreeSet<String>) {
    let checked = loaded.contracts.last().unwrap();
    let (mut code, mut quoted) = (String::new(), String::new());
    let head = loaded.sources.slice(checked.contract.span);
    quoted.push_str(&bare(head.split('{').next().unwrap()).1);
    for item in checked
        .contract
        .items
        .iter()
        .filter(|item| !is_left_out(item))
    {
        let (own, texts) = bare(loaded.sources.slice(item.span));
        code.push_str(&format!("\n{own}\n"));
        quoted.push_str(&format!("\n{texts}\n"));
    }
    // `-5%` begins with a sign only where no value comes before it.
    (numbers(&code.replace(',', " , ")), numbers(&quoted))
}

/// The numbers of the paper, without those of its clauses and without the worked examples.
fn of_paper(paper: &Paper) -> BTreeSet<String> {
    of_clauses(paper.articles.iter().flat_map(|article| &article.clauses))
}

#[test]
fn each_number_that_pays_is_on_paper_and_each_number_on_paper_is_in_the_contract() {
    let mut wrong = String::new();
    let names = all();
    assert!(names.len() > 60, "only {} contracts", names.len());
    for name in names {
        let loaded = load(&name);
        if !loaded.is_sound() || loaded.contracts.is_empty() {
            continue;
        }
        let paper = paper_of(&loaded, &name, false);
        let (own, quoted) = of_contract(&loaded);
        let written = of_paper(&paper);
        let missing: Vec<&String> = own.difference(&written).collect();
        let dates: BTreeSet<String> = paper
            .articles
            .iter()
            .filter(|article| article.title == "Amendments")
            .flat_map(|article| &article.clauses)
            .flat_map(|clause| &clause.parts)
            .flat_map(|part| match part {
                Part::Text(text) => numbers(text),
                _ => BTreeSet::new(),
            })
            .collect();
        let invented: Vec<&String> = written
            .iter()
            .filter(|number| {
                !own.contains(*number) && !quoted.contains(*number) && !dates.contains(*number)
            })
            .collect();
        if !missing.is_empty() || !invented.is_empty() {
            wrong.push_str(&format!(
                "{name}\n  not on paper: {missing:?}\n  not in the contract: {invented:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The numbers of what clauses say.
fn of_clauses<'c>(clauses: impl Iterator<Item = &'c Clause>) -> BTreeSet<String> {
    let mut all = String::new();
    for clause in clauses {
        all.push_str(&format!("{} \n", clause.title));
        for part in &clause.parts {
            match part {
                Part::Text(text) => all.push_str(text),
                Part::List(list) => all.push_str(&list.join("\n")),
                Part::Table(_, rows) => rows
                    .iter()
                    .for_each(|row| all.push_str(&format!("{}\n", row.join(" | ")))),
            }
            all.push('\n');
        }
    }
    numbers(&all)
}

#[test]
fn each_clause_on_paper_has_the_numbers_of_its_clause_in_the_text() {
    let mut wrong = String::new();
    let mut compared = 0;
    for name in all() {
        let loaded = load(&name);
        if !loaded.is_sound() || loaded.contracts.is_empty() {
            continue;
        }
        let paper = paper_of(&loaded, &name, false);
        let (_, quoted) = of_contract(&loaded);
        let clauses: Vec<&Clause> = paper
            .articles
            .iter()
            .flat_map(|article| &article.clauses)
            .collect();
        let items = &loaded.contracts.last().unwrap().contract.items;
        let items: Vec<&Item> = items.iter().filter(|item| !is_left_out(item)).collect();
        let designations: BTreeSet<String> = items
            .iter()
            .map(|item| item.designation().to_string())
            .collect();
        for designation in designations {
            let own = items
                .iter()
                .filter(|item| item.designation().to_string() == designation);
            let code: String = own
                .map(|item| bare(loaded.sources.slice(item.span)).0 + "\n")
                .collect();
            let own = numbers(&code.replace(',', " , "));
            let mut its = clauses
                .iter()
                .filter(|clause| clause.designation.as_ref() == Some(&designation))
                .peekable();
            if its.peek().is_none() {
                continue;
            }
            compared += 1;
            let written = of_clauses(its.copied());
            let missing: Vec<&String> = own.difference(&written).collect();
            let invented: Vec<&String> = written
                .iter()
                .filter(|number| !own.contains(*number) && !quoted.contains(*number))
                .collect();
            if !missing.is_empty() || !invented.is_empty() {
                wrong.push_str(&format!(
                    "{name}, {designation}\n  not on paper: {missing:?}\n  not in the clause: {invented:?}\n"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(compared > 800, "only {compared} clauses");
}

#[test]
fn every_clause_of_the_text_has_a_place_on_paper() {
    for name in all() {
        let loaded = load(&name);
        if !loaded.is_sound() || loaded.contracts.is_empty() {
            continue;
        }
        let paper = paper_of(&loaded, &name, false);
        let clauses: Vec<_> = paper
            .articles
            .iter()
            .flat_map(|article| &article.clauses)
            .collect();
        let facts = &loaded.contracts.last().unwrap().contract.facts;
        for head in &facts.heads {
            use quidpro::catalogue::ItemKind as Kind;
            // Units, dimensions and figures have tables; the rest is not for the paper, or a general provision.
            if matches!(
                head.kind,
                Kind::Unit
                    | Kind::Dimension
                    | Kind::Input
                    | Kind::Scenario
                    | Kind::Language
                    | Kind::PartMonths
                    | Kind::Waiver
            ) {
                continue;
            }
            let known = clauses
                .iter()
                .filter(|clause| clause.designation.as_ref() == Some(&head.designation));
            assert!(
                known.count() >= 1,
                "{name}: no clause for `{}`",
                head.designation
            );
        }
    }
}

#[test]
fn the_paper_of_each_whole_contract() {
    for contract in ["service_desk", "retail_care", "claims_processing"] {
        let name = format!("contracts/whole/{contract}/{contract}.quid");
        let loaded = load(&name);
        let paper = paper_of(&loaded, &name, true);
        insta::assert_snapshot!(format!("paper_{contract}"), text::render(&paper));
        let document: serde_json::Value = serde_json::from_str(&json::render(&paper)).unwrap();
        let schema =
            fs::read_to_string(Path::new(ROOT).join("docs/schema/paper.schema.json")).unwrap();
        let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        if let Err(error) = schema.validate(&document) {
            panic!("{error} at {}", error.instance_path());
        }
    }
}

#[test]
fn worked_examples_are_what_the_scenarios_expect() {
    for contract in ["service_desk", "retail_care", "claims_processing"] {
        let name = format!("contracts/whole/{contract}/{contract}.quid");
        let loaded = load(&name);
        let checked = loaded.contracts.last().unwrap();
        let results = driver::run_scenarios_of(checked);
        let worked = worked_examples(checked);
        assert_eq!(results.len(), worked.len());
        for (result, worked) in results.iter().zip(&worked) {
            assert!(result.mismatches.is_empty(), "{name}: {}", result.name);
            assert_eq!(result.name, worked.name);
        }
    }
    let name = "contracts/whole/service_desk/service_desk.quid";
    let loaded = load(name);
    let paper = paper_of(&loaded, name, true);
    let page = text::render(&paper);
    // `A good month`: charge desk, licences, total
    for amount in ["GBP 186,000.00", "GBP 5,150.00", "GBP 240,360.00"] {
        assert!(page.contains(amount), "{amount}");
    }
}

#[cfg(all(feature = "docx", feature = "xlsx"))]
#[test]
fn a_word_document_has_every_sentence_and_the_same_bytes_each_time() {
    use std::io::{Cursor, Read};

    use quidpro::report::paper::docx;

    let name = "contracts/whole/service_desk/service_desk.quid";
    let loaded = load(name);
    let paper = paper_of(&loaded, name, true);
    let bytes = docx::render(&paper).unwrap();
    assert_eq!(bytes, docx::render(&paper).unwrap());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut document = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut document)
        .unwrap();
    let said = document
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    for clause in paper.articles.iter().flat_map(|article| &article.clauses) {
        for part in &clause.parts {
            if let Part::Text(text) = part {
                assert!(said.contains(text.as_str()), "{text}");
            }
        }
    }
}
