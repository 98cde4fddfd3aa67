//! Reads the text of a file, and reports every mistake with its place.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Severity;
use crate::lint::{self, Category, Level, Rule, read_figure};
use crate::typing::suggestion;

use super::keys::{self, Key};
use super::{Config, FailOn, Journal, Layer, Override, Pattern, Problem, Side};

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            return Err(vec![Problem {
                message: format!("this is not TOML: {}", error.message()),
                place: error.span().unwrap_or(0..0),
                help: None,
            }]);
        }
    };
    let mut reader = Reader::default();
    let config = reader.file(table.get_ref());
    if reader.problems.is_empty() {
        Ok(config)
    } else {
        reader.problems.sort_by_key(|problem| problem.place.start);
        Err(reader.problems)
    }
}

type Value<'t> = Spanned<DeValue<'t>>;

#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn file(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        self.refuse_others(table, keys::FILE, "the file");
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "extends" => config.extends = self.texts(value, keys::EXTENDS),
                "fail-on" => config.fail_on = self.fail_on(value),
                "baseline" => config.baseline = self.text(value, keys::BASELINE),
                "exclude" => config.exclude = self.patterns(value, keys::EXCLUDE),
                "journal" => config.journal = self.journal(value),
                "overrides" => config.overrides = self.overrides(value),
                name => self.layer_key(name, value, &mut config.layer),
            }
        }
        config
    }

    /// Reads a key that both files and overrides have.
    fn layer_key(&mut self, name: &str, value: &Value<'_>, layer: &mut Layer) {
        match name {
            "preview" => layer.preview = self.flag(value, keys::PREVIEW),
            "categories" => self.categories(value, layer),
            "rules" => self.rules(value, layer),
            _ => {}
        }
    }

    fn journal(&mut self, value: &Value<'_>) -> Option<Journal> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_kind(value, keys::JOURNAL, "a table: `[journal]`");
            return None;
        };
        self.refuse_others(table, keys::JOURNAL_KEYS, "`[journal]`");
        let mut journal = Journal::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "side" => match self.text(value, keys::SIDE)?.as_str() {
                    "customer" => journal.side = Side::Customer,
                    "supplier" => journal.side = Side::Supplier,
                    _ => {
                        let help = Some(one_of(&keys::SIDES));
                        self.problem(value.span(), "this does not say whose journal it is", help);
                    }
                },
                "accounts" => journal.accounts = self.named(value, keys::ACCOUNTS),
                "cost-centres" => journal.cost_centres = self.named(value, keys::COST_CENTRES),
                "tax-codes" => journal.tax_codes = self.named(value, keys::TAX_CODES),
                _ => {}
            }
        }
        Some(journal)
    }

    /// A table of texts.
    fn named(&mut self, value: &Value<'_>, key: Key) -> BTreeMap<String, String> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_kind(value, key, "a table of texts");
            return BTreeMap::new();
        };
        let mut named = BTreeMap::new();
        for (name, value) in table {
            if let Some(text) = self.text(value, key) {
                named.insert(name.get_ref().to_string(), text);
            }
        }
        named
    }

    fn overrides(&mut self, value: &Value<'_>) -> Vec<Override> {
        let DeValue::Array(parts) = value.get_ref() else {
            self.wrong_kind(value, keys::OVERRIDES, "`[[overrides]]` tables");
            return Vec::new();
        };
        let parts = parts.iter();
        parts.filter_map(|part| self.one_override(part)).collect()
    }

    fn one_override(&mut self, value: &Value<'_>) -> Option<Override> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_kind(value, keys::OVERRIDES, "`[[overrides]]` tables");
            return None;
        };
        self.refuse_others(table, keys::OVERRIDE, "an override");
        let (mut paths, mut because) = (None, None);
        let mut layer = Layer::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "paths" => paths = Some(self.patterns(value, keys::PATHS)),
                "because" => because = Some((self.text(value, keys::BECAUSE)?, value.span())),
                name => self.layer_key(name, value, &mut layer),
            }
        }
        let place = table
            .iter()
            .map(|(key, _)| key.span())
            .min_by_key(|span| span.start)
            .unwrap_or_else(|| value.span());
        let Some(paths) = paths else {
            let help = "write patterns of paths: `paths = [\"samples/**\"]`";
            let message = "this override does not say which contracts it is about";
            self.problem(place, message, Some(help.to_owned()));
            return None;
        };
        let Some((because, _)) = because.filter(|(text, _)| !text.trim().is_empty()) else {
            let help = "write the reason, for those who read it later: `because = \"samples of single clauses\"`";
            self.problem(
                place,
                "this override does not say why",
                Some(help.to_owned()),
            );
            return None;
        };
        Some(Override {
            paths,
            because,
            layer,
        })
    }

    fn patterns(&mut self, value: &Value<'_>, key: Key) -> Vec<Pattern> {
        let texts = self.texts(value, key);
        let mut patterns = Vec::new();
        for (text, place) in texts {
            match Pattern::read(&text) {
                Ok(pattern) => patterns.push(pattern),
                Err((message, help)) => self.problem(place, message, Some(help.to_owned())),
            }
        }
        patterns
    }

    fn categories(&mut self, value: &Value<'_>, layer: &mut Layer) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong_kind(value, keys::CATEGORIES, "a table: `[categories]`");
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let known = Category::ALL.into_iter();
            match known.clone().find(|category| category.name() == name) {
                Some(Category::Correctness) => self.correctness(key.span(), name),
                Some(category) => {
                    if let Some(level) = self.level(value) {
                        layer.categories.insert(category, level);
                    }
                }
                None => self.unknown(key.span(), "category", name, known.map(Category::name)),
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>, layer: &mut Layer) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong_kind(value, keys::RULES, "a table: `[rules]`");
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match lint::find(name) {
                Some(rule) if rule.category == Category::Correctness => {
                    self.correctness(key.span(), name);
                }
                Some(rule) => self.rule(rule, value, layer),
                None => self.unknown(key.span(), "rule", name, lint::names()),
            }
        }
    }

    /// Reads the setting of a rule: `"error"`, or `{ level = "error", share = "8%" }`.
    fn rule(&mut self, rule: &Rule, value: &Value<'_>, layer: &mut Layer) {
        let DeValue::Table(table) = value.get_ref() else {
            if let Some(level) = self.level(value) {
                layer.rules.insert(rule.name.to_owned(), level);
            }
            return;
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if name == keys::LEVEL.name {
                if let Some(level) = self.level(value) {
                    layer.rules.insert(rule.name.to_owned(), level);
                }
                continue;
            }
            let figures = rule.thresholds.iter().map(|threshold| threshold.name);
            if !figures.clone().any(|known| known == name) {
                let known = figures.chain([keys::LEVEL.name]);
                self.unknown(key.span(), &format!("key of `{}`", rule.name), name, known);
                continue;
            }
            let figure = match value.get_ref() {
                DeValue::String(text) => read_figure(text),
                DeValue::Integer(number) => read_figure(number.as_str()),
                _ => None,
            };
            match figure {
                Some(figure) => {
                    let key = (rule.name.to_owned(), name.to_owned());
                    layer.thresholds.insert(key, figure);
                }
                None => {
                    let help = "write a whole number, or a percentage in quotation marks: `\"8%\"`";
                    self.problem(value.span(), "this is not a figure", Some(help.to_owned()));
                }
            }
        }
    }

    fn correctness(&mut self, place: Range<usize>, name: &str) {
        let message =
            format!("you cannot choose a level for `{name}`: what it finds is always an error");
        let help = "a contract that contradicts itself cannot be computed; delete this line";
        self.problem(place, message, Some(help.to_owned()));
    }

    fn level(&mut self, value: &Value<'_>) -> Option<Level> {
        let word = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Boolean(false) => "false",
            DeValue::Boolean(true) => "true",
            _ => "",
        };
        match word {
            "off" => Some(Level::Off),
            "info" => Some(Level::Info),
            "warning" => Some(Level::Warning),
            "error" => Some(Level::Error),
            _ => {
                let help = one_of(&keys::LEVELS);
                self.problem(value.span(), "this is not a level", Some(help));
                None
            }
        }
    }

    fn fail_on(&mut self, value: &Value<'_>) -> Option<FailOn> {
        let word = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            _ => "",
        };
        match word {
            "error" => Some(FailOn::Severity(Severity::Error)),
            "warning" => Some(FailOn::Severity(Severity::Warning)),
            "info" => Some(FailOn::Severity(Severity::Info)),
            "never" => Some(FailOn::Never),
            _ => {
                let message = "this does not say what makes a check fail";
                self.problem(value.span(), message, Some(one_of(&keys::FAILING)));
                None
            }
        }
    }

    fn flag(&mut self, value: &Value<'_>, key: Key) -> Option<bool> {
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong_kind(value, key, "`true` or `false`");
        None
    }

    fn text(&mut self, value: &Value<'_>, key: Key) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.to_string());
        }
        self.wrong_kind(value, key, "a text in quotation marks");
        None
    }

    /// Reads a text, or an array of texts.
    fn texts(&mut self, value: &Value<'_>, key: Key) -> Vec<(String, Range<usize>)> {
        let values = match value.get_ref() {
            DeValue::Array(values) => values.iter().collect(),
            _ => vec![value],
        };
        let each = values.into_iter();
        each.filter_map(|value| Some((self.text(value, key)?, value.span())))
            .collect()
    }

    fn refuse_others(&mut self, table: &DeTable<'_>, known: &[Key], of: &str) {
        let names = known.iter().map(|key| key.name);
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !names.clone().any(|known| known == name) {
                self.unknown(key.span(), &format!("key of {of}"), name, names.clone());
            }
        }
    }

    fn unknown<'n>(
        &mut self,
        place: Range<usize>,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let close = suggestion(name, known.clone());
        let help = match close {
            Some(close) => Some(format!("did you mean `{close}`?")),
            None if known.clone().count() <= 12 => Some(one_of(&known.collect::<Vec<_>>())),
            None => Some("`quidpro rules` lists the rules".to_owned()),
        };
        self.problem(place, format!("`{name}` is not a {what}"), help);
    }

    fn wrong_kind(&mut self, value: &Value<'_>, key: Key, wanted: &str) {
        let message = format!("`{}` takes {wanted}", key.name);
        self.problem(value.span(), message, None);
    }

    fn problem(&mut self, place: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.problems.push(Problem {
            message: message.into(),
            place,
            help,
        });
    }
}

fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => format!("write {last}"),
        Some((last, others)) => format!("write {} or {last}", others.join(", ")),
        None => String::new(),
    }
}
