//! Facts for people: the same document, clause by clause, without empty members.

use serde_json::{Map, Value as Json};

use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{hanging, pad_right, width};

use super::ContractFacts;
use super::document::document;

/// Members that the first lines of the page and of a clause have already shown, or that only programs need.
const SAID: &[&str] = &[
    "contract",
    "title",
    "file",
    "versions",
    "designation",
    "name",
    "clause",
    "from_library",
    "place",
    "form",
];

/// The facts as a page of text.
#[must_use]
pub fn render(contract: ContractFacts<'_>) -> String {
    let Json::Object(all) = document(contract) else {
        return String::new();
    };
    let title = text_of(&all, "title").or_else(|| text_of(&all, "contract"));
    let mut out = hanging(
        "",
        &on_one_line(&format!(
            "{} · {}",
            title.unwrap_or_default(),
            contract.file
        )),
    );
    for version in list_of(&all, "versions") {
        out += &self::version(version);
    }
    for (name, value) in all
        .iter()
        .filter(|(name, _)| !SAID.contains(&name.as_str()))
    {
        if !is_empty(value) {
            let body = section(value);
            out += &format!("\n{}\n{body}", capital(&words(name)));
        }
    }
    out
}

fn text_of<'j>(object: &'j Map<String, Json>, name: &str) -> Option<&'j str> {
    object.get(name).and_then(Json::as_str)
}

fn list_of<'j>(object: &'j Map<String, Json>, name: &str) -> &'j [Json] {
    let list = object.get(name).and_then(Json::as_array);
    list.map_or(&[], Vec::as_slice)
}

/// A version of an amended contract; empty for the only version.
fn version(version: &Json) -> String {
    let Json::Object(version) = version else {
        return String::new();
    };
    let shown = version.get("shown") == Some(&Json::Bool(true));
    let mark = if shown { " (shown here)" } else { "" };
    let amendment = version.get("amendment").and_then(Json::as_object);
    let text = match amendment {
        Some(amendment) => {
            let title = text_of(amendment, "title").map(|title| format!(" “{title}”"));
            format!(
                "as amended by {}{} from {}{mark}",
                text_of(amendment, "name").unwrap_or_default(),
                title.unwrap_or_default(),
                text_of(amendment, "effective").unwrap_or_default()
            )
        }
        None => format!("as first agreed{mark}"),
    };
    hanging("", &on_one_line(&text))
}

/// The content under a heading.
fn section(value: &Json) -> String {
    match value {
        Json::Array(all) if all.iter().all(|one| !one.is_object()) => plain(value)
            .map(|text| hanging("  ", &on_one_line(&text)))
            .unwrap_or_default(),
        Json::Array(all) => all.iter().map(clause).collect(),
        Json::Object(one) => rows(one, 2),
        _ => plain(value)
            .map(|text| hanging("  ", &on_one_line(&text)))
            .unwrap_or_default(),
    }
}

/// A clause: its name, title and reference to the paper contract on the first line, then what it says.
fn clause(one: &Json) -> String {
    let Json::Object(one) = one else {
        return String::new();
    };
    let mut one = one.clone();
    let names = ["name", "designation", "rule", "about"];
    let named_by = names.into_iter().find(|name| text_of(&one, name).is_some());
    let name = named_by.and_then(|name| one.shift_remove(name));
    let mut head = name
        .as_ref()
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    if let Some(title) = text_of(&one, "title") {
        head += &format!(" “{title}”");
    }
    if let Some(clause) = text_of(&one, "clause") {
        head += &format!(" · {clause}");
    }
    hanging("  ", &on_one_line(&head)) + &rows(&one, 4)
}

/// The members of an object that are not empty, one on each line. Members that have members themselves come below them.
fn rows(object: &Map<String, Json>, margin: usize) -> String {
    let said = object
        .iter()
        .filter(|(name, value)| !SAID.contains(&name.as_str()) && !is_empty(value));
    let said: Vec<(&String, &Json)> = said.collect();
    let names = said.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let mut out = String::new();
    for (key, value) in said {
        let (name, blanks) = (words(key), " ".repeat(margin));
        let is_word = WORDS.contains(&key.as_str()) && value.is_string();
        match plain(value) {
            Some(text) => {
                let text = if is_word { words(&text) } else { text };
                let first = format!("{blanks}{}  ", pad_right(&name, names));
                out += &hanging(&first, &on_one_line(&text));
            }
            None => {
                out += &format!("{blanks}{name}\n");
                out += &below(value, margin + 2);
            }
        }
    }
    out
}

/// A value that has members itself.
fn below(value: &Json, margin: usize) -> String {
    match value {
        Json::Object(one) => rows(one, margin),
        Json::Array(all) => {
            let each = all.iter().map(|one| match (one, plain(one)) {
                (_, Some(text)) => hanging(&" ".repeat(margin), &on_one_line(&text)),
                (Json::Object(one), None) => {
                    let blanks = " ".repeat(margin);
                    let text = rows(one, margin + 2);
                    let rest = text.get(margin + 2..).unwrap_or_default();
                    format!("{blanks}- {rest}")
                }
                _ => String::new(),
            });
            each.collect()
        }
        _ => String::new(),
    }
}

/// Whether a value says nothing.
fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Array(all) => all.is_empty(),
        _ => false,
    }
}

/// A value that fits on one line: words, a figure, a band, or a list of them.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(holds) => Some(if *holds { "yes" } else { "no" }.to_owned()),
        Json::Array(all) if all.iter().all(|one| !one.is_object()) => {
            let all: Option<Vec<String>> = all.iter().map(plain).collect();
            Some(all?.join(", "))
        }
        Json::Object(one) => {
            if let Some(words) = text_of(one, "words") {
                return Some(words.to_owned());
            }
            if one.len() == 2
                && let (Some(value), Some(unit)) = (text_of(one, "value"), one.get("unit"))
            {
                return Some(match unit.as_str() {
                    Some("%") => format!("{value}%"),
                    Some(unit) => format!("{value} {unit}"),
                    None => value.to_owned(),
                });
            }
            let value = one.get("value").and_then(plain)?;
            match text_of(one, "reach") {
                Some(reach) => Some(format!("{reach}: {value}")),
                None => text_of(one, "name").map(|name| format!("{name} {value}")),
            }
        }
        _ => None,
    }
}

/// Members whose texts are words of the document, such as `half_up`, and not names from the contract.
const WORDS: &[&str] = &[
    "applied_to",
    "applies_to",
    "beside_the_credit",
    "better",
    "comparison",
    "compared_with",
    "counts",
    "earlier_units",
    "every",
    "good_is",
    "kind",
    "metered_over",
    "mode",
    "no_value",
    "outside_of_it",
    "part_months",
    "part_period",
    "period",
    "priced",
    "reach",
    "released_every",
    "ruling",
    "then",
    "to",
    "trued_up",
    "with",
    "within",
    "year",
];

fn words(key: &str) -> String {
    key.replace('_', " ")
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string());
    first.unwrap_or_default() + signs.as_str()
}
