//! As much of XML Schema as `junit-10.xsd` uses: which elements may be in which, their attributes, and where text may
//! be.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// The elements that a schema declares.
pub struct Xsd {
    elements: BTreeMap<String, Element>,
}

#[derive(Clone, Debug, Default)]
struct Element {
    children: BTreeSet<String>,
    /// The attributes, and whether each is required.
    attributes: BTreeMap<String, bool>,
    has_text: bool,
}

impl Xsd {
    pub fn new(schema: &str) -> Self {
        let mut elements: BTreeMap<String, Element> = BTreeMap::new();
        // The element that is being declared; nothing within a type that has a name of its own.
        let mut open: Option<String> = None;
        let mut depth = 0;
        let mut reader = Reader::from_str(schema);
        loop {
            let (start, is_empty) = match reader.read_event().unwrap() {
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::End(_) => {
                    depth -= 1;
                    if depth == 1 {
                        open = None;
                    }
                    continue;
                }
                Event::Eof => break,
                _ => continue,
            };
            let attributes = attributes(&start).unwrap();
            let word = name_of(&start);
            let named = attributes.get("name").cloned();
            if depth == 1 && word == "xs:element" {
                let element = Element {
                    // Text alone, or a type whose text comes before its parts.
                    has_text: attributes.contains_key("type"),
                    ..Element::default()
                };
                elements.insert(named.clone().unwrap(), element);
                open = named;
            } else if let Some(element) = open.as_ref().and_then(|open| elements.get_mut(open)) {
                match word.as_str() {
                    "xs:element" => {
                        element.children.insert(attributes["ref"].clone());
                    }
                    "xs:attribute" => {
                        let required = attributes.get("use").is_some_and(|uses| uses == "required");
                        element.attributes.insert(named.unwrap(), required);
                    }
                    "xs:complexType" => {
                        element.has_text =
                            attributes.get("mixed").is_some_and(|mixed| mixed == "true");
                    }
                    _ => {}
                }
            }
            if is_empty {
                if depth == 1 {
                    open = None;
                }
            } else {
                depth += 1;
            }
        }
        assert!(elements.contains_key("testsuites"));
        Self { elements }
    }

    /// Checks that the document is well-formed and conforms to the schema.
    pub fn validate(&self, document: &str) -> Result<(), String> {
        let mut open: Vec<String> = Vec::new();
        let mut reader = Reader::from_str(document);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => {
                    self.start(&start, open.last())?;
                    open.push(name_of(&start));
                }
                Event::Empty(start) => self.start(&start, open.last())?,
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(text) => {
                    self.text(&text, open.last())?;
                }
                Event::GeneralRef(reference) => {
                    let known = reference.is_char_ref()
                        || ["amp", "lt", "gt", "quot", "apos"]
                            .iter()
                            .any(|known| **known == *reference);
                    if !known {
                        return Err(format!("unknown reference {reference:?}"));
                    }
                    self.text("&", open.last())?;
                }
                Event::Decl(_) => {}
                Event::Eof if open.is_empty() => return Ok(()),
                Event::Eof => return Err(format!("{open:?} are not closed")),
                other => return Err(format!("{other:?} has no place in a report")),
            }
        }
    }

    fn start(&self, start: &BytesStart<'_>, within: Option<&String>) -> Result<(), String> {
        let name = name_of(start);
        let element = self
            .elements
            .get(&name)
            .ok_or(format!("unknown <{name}>"))?;
        if let Some(within) = within
            && !self.elements[within].children.contains(&name)
        {
            return Err(format!("<{name}> in <{within}>"));
        }
        let given = attributes(start)?;
        if let Some(unknown) = given
            .keys()
            .find(|key| !element.attributes.contains_key(*key))
        {
            return Err(format!("<{name}> has `{unknown}`"));
        }
        match element
            .attributes
            .iter()
            .find(|(key, required)| **required && !given.contains_key(*key))
        {
            Some((missing, _)) => Err(format!("<{name}> has no `{missing}`")),
            None => Ok(()),
        }
    }

    fn text(&self, text: &str, within: Option<&String>) -> Result<(), String> {
        if let Some(wrong) = text.chars().find(|character| !is_xml(*character)) {
            return Err(format!("XML cannot hold {wrong:?}"));
        }
        let has_text = within.is_some_and(|within| self.elements[within].has_text);
        if !has_text && !text.trim().is_empty() {
            return Err(format!("{text:?} in {within:?}"));
        }
        Ok(())
    }
}

fn name_of(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

/// The attributes with their values, decoded.
fn attributes(start: &BytesStart<'_>) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = attribute.key.as_ref().to_owned();
        let value = unescape(&attribute.value).map_err(|error| error.to_string())?;
        if let Some(wrong) = value.chars().find(|character| !is_xml(*character)) {
            return Err(format!("XML cannot hold {wrong:?}"));
        }
        found.insert(key, value.into_owned());
    }
    Ok(found)
}

/// The characters of XML 1.0.
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
