//! The page: valid markup that needs nothing from elsewhere, whatever the contract says.

use std::collections::BTreeSet;

use quidpro::report::findings::html;

use super::fixture::{clean, support};

const NAMES: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "nav", "ol",
    "ul", "li", "a", "b", "main", "section", "div", "pre", "span", "mark", "article", "code",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "aria-label",
];

/// A tag: its name, and its attributes with their values.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// Reads a page strictly: known tags, each closed in order, known attributes in quotation marks, and no other `<` or
/// `>`. Any `&` must begin one of the references that are written.
pub fn sound(page: &str) -> Result<Vec<String>, String> {
    let body = page
        .strip_prefix("<!DOCTYPE html>\n")
        .ok_or("no document type")?;
    let (before, rest) = body.split_once("<style>").ok_or("no style")?;
    let (style, after) = rest.split_once("</style>").ok_or("the style is open")?;
    if style.contains('<') {
        return Err("markup in the style".to_owned());
    }
    let mut open = Vec::new();
    let mut ids = Vec::new();
    let mut links = Vec::new();
    for part in [before, after] {
        let mut rest = part;
        while let Some((text, tail)) = rest.split_once('<') {
            check_text(text)?;
            let (inside, tail) = tail.split_once('>').ok_or("a tag is open")?;
            rest = tail;
            if let Some(name) = inside.strip_prefix('/') {
                if open.pop().as_deref() != Some(name) {
                    return Err(format!("</{name}> closes something else"));
                }
                continue;
            }
            let tag = tag(inside)?;
            for (key, value) in &tag.attributes {
                match key.as_str() {
                    "id" => ids.push(value.clone()),
                    "href" => links.push(
                        value
                            .strip_prefix('#')
                            .ok_or("a link leads away")?
                            .to_owned(),
                    ),
                    _ => {}
                }
            }
            if tag.name != "meta" {
                open.push(tag.name);
            }
        }
        check_text(rest)?;
    }
    let distinct: BTreeSet<&String> = ids.iter().collect();
    if distinct.len() != ids.len() {
        return Err("an id stands twice".to_owned());
    }
    match links.iter().find(|link| !distinct.contains(link)) {
        Some(link) => Err(format!("`{link}` leads nowhere")),
        None if open.is_empty() => Ok(ids),
        None => Err(format!("{open:?} are open")),
    }
}

fn tag(inside: &str) -> Result<Tag, String> {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    if !NAMES.contains(&name) {
        return Err(format!("<{name}>"));
    }
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let (key, tail) = rest.split_once("=\"").ok_or(format!("<{inside}>"))?;
        let (value, tail) = tail.split_once('"').ok_or(format!("<{inside}>"))?;
        if !ATTRIBUTES.contains(&key) {
            return Err(format!("`{key}` in <{inside}>"));
        }
        check_text(value)?;
        attributes.push((key.to_owned(), value.to_owned()));
        rest = tail.strip_prefix(' ').unwrap_or(tail);
    }
    Ok(Tag {
        name: name.to_owned(),
        attributes,
    })
}

fn check_text(text: &str) -> Result<(), String> {
    if text.contains('>') || text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        return Err(format!("{text:?}"));
    }
    let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
    match text
        .split('&')
        .skip(1)
        .find(|rest| !known.iter().any(|known| rest.starts_with(known)))
    {
        Some(rest) => Err(format!("&{rest}")),
        None => Ok(()),
    }
}

#[test]
fn the_page_is_sound() {
    let (support, clean) = (support(), clean());
    let all = [support.all(), clean.all()].concat();
    let ids = sound(&html::render(&all, "2 contracts")).unwrap();
    assert!((1..=4).all(|number| ids.contains(&format!("finding-{number}"))));
    sound(&html::render(&clean.all(), "clean.quid")).unwrap();
    sound(&html::render(&[], "0 contracts")).unwrap();
}

#[test]
fn unsound_pages_are_seen() {
    let support = support();
    let page = html::render(&support.all(), "x");
    for (from, to) in [
        ("</pre>", ""),
        ("<article ", "<script "),
        ("<article ", "<article onclick=\"x\" "),
        ("&lt;b&gt;", "<b>"),
        ("&amp;", "&"),
        ("href=\"#finding-1\"", "href=\"https://example.com\""),
        ("href=\"#finding-1\"", "href=\"#finding-9\""),
    ] {
        assert!(page.contains(from), "{from}");
        sound(&page.replace(from, to)).unwrap_err();
    }
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let page = html::render(&support().all(), "x");
    for word in [
        "http:",
        "https:",
        "src=",
        "url(",
        "@import",
        "<script",
        "<link",
        "javascript",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("default-src 'none'"));
    for word in [
        "prefers-color-scheme: dark",
        "@media print",
        "break-inside: avoid",
    ] {
        assert!(page.contains(word), "{word}");
    }
}

/// The page has the whole text of every file, line by line, and nothing is left out between the rows.
#[test]
fn the_page_has_the_whole_contract() {
    let support = support();
    let page = html::render(&support.all(), "x");
    let mut shown = String::new();
    for part in page.split("<pre>").skip(1) {
        let (lines, _) = part.split_once("</pre>").unwrap();
        shown.push_str(&without_tags(lines));
    }
    let mut wanted = String::new();
    for text in [super::fixture::CONTRACT, super::fixture::LIBRARY] {
        for (at, line) in text.lines().enumerate() {
            wanted.push_str(&format!("{}{line}\n", at + 1));
        }
    }
    assert_eq!(shown, wanted);
}

/// Each finding is in the row that begins with its line.
#[test]
fn findings_stand_beside_their_clauses() {
    let page = html::render(&support().all(), "x");
    let rows: Vec<&str> = page.split("<div class=\"row\">").skip(1).collect();
    let of = |message: &str| {
        let row = rows.iter().find(|row| {
            row.contains("<article") && row.contains(&format!("class=\"message\">{message}"))
        });
        without_tags(row.unwrap_or_else(|| panic!("no {message} in {page}")))
            .trim()
            .to_owned()
    };
    assert!(of("a price in EUR").starts_with("4  charge desk"));
    assert!(of("a tenth of a point").starts_with("5  service level"));
    assert!(of("nothing is called").starts_with("2\tmetric speed"));
    assert!(page.contains("<mark class=\"error\">4.20 EUR per hour</mark>"));
    assert!(page.contains("}</mark><mark class=\"error point\"></mark>\n"));
}

fn without_tags(markup: &str) -> String {
    let mut out = String::new();
    for (at, part) in markup.split('<').enumerate() {
        out.push_str(match part.split_once('>') {
            Some((_, text)) if at > 0 => text,
            _ => part,
        });
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
