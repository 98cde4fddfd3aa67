//! The JSON Schema of the file, made from the keys and rules that the reader uses.

use serde_json::{Map, Value, json};

use crate::lint::{Category, Rule, everything};

use super::keys::{self, Key};

/// The schema as text.
#[must_use]
pub fn text() -> String {
    // There are only texts, lists and tables, so serialising cannot fail.
    let text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    format!("{text}\n")
}

fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "quidpro.toml: how Quidpro checks the contracts below this file's folder",
        "type": "object",
        "additionalProperties": false,
        "properties": properties(keys::FILE),
        "$defs": {
            "level": { "enum": keys::LEVELS },
            "figure": {
                "description": "A whole number, or a percentage or decimal in quotation marks.",
                "anyOf": [
                    { "type": "integer" },
                    { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)? *%?$" },
                ],
            },
        },
    })
}

fn properties(known: &[Key]) -> Value {
    let each = known.iter().map(|key| {
        let mut schema = of_key(key.name);
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), key.meaning.into());
        }
        (key.name.to_owned(), schema)
    });
    Value::Object(each.collect::<Map<_, _>>())
}

fn of_key(name: &str) -> Value {
    match name {
        "extends" | "exclude" | "paths" => json!({
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
            ],
        }),
        "preview" => json!({ "type": "boolean" }),
        "fail-on" => json!({ "enum": keys::FAILING }),
        "because" => json!({ "type": "string", "pattern": "\\S" }),
        "categories" => categories(),
        "rules" => rules(),
        "journal" => json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties(keys::JOURNAL_KEYS),
        }),
        "side" => json!({ "enum": keys::SIDES }),
        "accounts" | "cost-centres" | "tax-codes" => json!({
            "type": "object",
            "additionalProperties": { "type": "string" },
        }),
        "overrides" => json!({
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [keys::PATHS.name, keys::BECAUSE.name],
                "properties": properties(keys::OVERRIDE),
            },
        }),
        _ => json!({ "type": "string" }),
    }
}

fn categories() -> Value {
    let known = Category::ALL.into_iter();
    let each = known
        .filter(|category| *category != Category::Correctness)
        .map(|category| {
            let level = json!({ "$ref": "#/$defs/level" });
            (category.name().to_owned(), level)
        });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": each.collect::<Map<_, _>>(),
    })
}

fn rules() -> Value {
    let each = everything()
        .filter(|rule| rule.category != Category::Correctness)
        .map(|rule| (rule.name.to_owned(), of_rule(rule)));
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": each.collect::<Map<_, _>>(),
    })
}

fn of_rule(rule: &Rule) -> Value {
    let figures = rule.thresholds.iter().map(|threshold| {
        let schema = json!({
            "$ref": "#/$defs/figure",
            "description": threshold.meaning,
            "default": threshold.default,
        });
        (threshold.name.to_owned(), schema)
    });
    let level = json!({ "$ref": "#/$defs/level", "description": keys::LEVEL.meaning });
    let properties: Map<String, Value> = std::iter::once((keys::LEVEL.name.to_owned(), level))
        .chain(figures)
        .collect();
    json!({
        "description": rule.summary(),
        "anyOf": [
            { "$ref": "#/$defs/level" },
            { "type": "object", "additionalProperties": false, "properties": properties },
        ],
    })
}
