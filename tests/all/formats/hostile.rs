//! No text of a contract, a message or a path breaks out of a format or gets lost in it.

use proptest::prelude::*;
use quidpro::diagnostic::{Diagnostic, Severity};
use quidpro::report::findings::{
    ContractFindings, concise, full, github, gitlab, html, json, jsonl, junit, narrated, rdjson,
    sarif,
};
use quidpro::text::{Sources, Span};
use serde_json::Value;

use super::fixture::Checked;
use super::html::sound;
use super::schemas::hold;

/// Texts, some of which have a meaning in one format or another.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        prop::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\t",
            "%0A",
            "%0D%0A",
            "%",
            "::error::",
            "::",
            ":",
            ",",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "<script>alert(1)</script>",
            "</pre>",
            "</style>",
            "<",
            ">",
            "\"",
            "'",
            "\" onload=\"x",
            "&",
            "&amp;",
            "&#0;",
            "&#x1b;",
            "\0",
            "\u{1b}[31m",
            "\u{7}",
            "\u{85}",
            "\u{9b}",
            "\u{2028}",
            "\u{202e}",
            "\u{2066}",
            "\u{feff}",
            "\u{fffe}",
            "\u{ffff}",
            "{0}",
            "{",
            "}",
            "[a](1)",
            "](",
            "`",
            "``",
            "\\",
            "\\n",
            "e\u{301}",
            "💬",
            "日本",
            "<?xml?>",
            "=",
            "/",
            "..",
            " ",
        ])
        .prop_map(str::to_owned),
        "[a-z ]{1,8}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat())
}

fn severity() -> impl Strategy<Value = Severity> {
    prop::sample::select(vec![Severity::Error, Severity::Warning, Severity::Info])
}

/// A finding: its words, and its places as fractions of the two texts.
type Drawn = (Severity, [String; 5], [(usize, usize); 2]);

fn drawn() -> impl Strategy<Value = Drawn> {
    let place = || (0_usize..40, 0_usize..40);
    (
        severity(),
        [text(), text(), text(), text(), text()],
        [place(), place()],
    )
}

/// A contract and a file that it uses, with odd names, odd texts, and findings in both.
fn checked() -> impl Strategy<Value = Checked> {
    let names = (text(), text());
    let texts = (text(), text());
    (names, texts, prop::collection::vec(drawn(), 1..4)).prop_map(|(names, texts, findings)| {
        let mut sources = Sources::new();
        // A name that starts from the top of the repository.
        let file = format!("x{}", names.0);
        let first = sources.add(file.as_str(), texts.0);
        let second = sources.add(format!("y{}", names.1), texts.1);
        let findings = findings
            .into_iter()
            .enumerate()
            .map(|(at, (severity, words, places))| {
                let [message, here, there, why, help] = words;
                let span =
                    |file, (start, length): (usize, usize)| Span::new(file, start, start + length);
                let (own, other) = if at % 2 == 0 {
                    (first, second)
                } else {
                    (second, first)
                };
                let mut finding = Diagnostic::error("odd-text", span(own, places[0]), message)
                    .here(here)
                    .and_at(span(other, places[1]), there)
                    .because(why)
                    .help(help);
                finding.severity = severity;
                finding
            })
            .collect();
        Checked {
            file,
            sources,
            findings,
        }
    })
}

/// A URI without the beginning of an absolute path: `file://`, or `file:///C:`.
fn path_of(uri: &str) -> &str {
    let Some(path) = uri.strip_prefix("file://") else {
        return uri;
    };
    match path.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => &path[3..],
        _ => path,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_report_fits_its_schema(checked in checked()) {
        hold(&checked.all());
    }

    #[test]
    fn pages_are_sound(checked in checked(), subject in text()) {
        let page = html::render(&checked.all(), &subject);
        if let Err(error) = sound(&page) {
            panic!("{error}\n{page}");
        }
    }

    #[test]
    fn workflow_commands_are_read_as_they_were_meant(checked in checked()) {
        let text = github::render(&checked.all());
        let commands: Vec<Command> = text.split_terminator('\n').map(Command::read).collect();
        let ordered = in_order(&checked);
        prop_assert_eq!(commands.len(), ordered.len());
        for (command, finding) in commands.iter().zip(ordered) {
            let word = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            prop_assert_eq!(&command.word, word);
            let keys: Vec<&str> = command.properties.iter().map(|(key, _)| key.as_str()).collect();
            prop_assert!(keys.starts_with(&["title", "file", "line", "endLine"]), "{:?}", keys);
            prop_assert_eq!(&command.properties[0].1, "odd-text");
            let file = checked.sources.name(finding.primary.span.file);
            prop_assert_eq!(plain(&command.properties[1].1), plain(file));
            let meant = format!("{}\nwhy: {}\nhelp: {}", finding.message, finding.why[0], finding.help[0]);
            prop_assert_eq!(plain(&command.message), plain(&meant));
        }
    }

    #[test]
    fn texts_are_lost_in_no_format(checked in checked()) {
        let all = checked.all();
        let value = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
        let (own, gitlab) = (value(&json::render(&all)), value(&gitlab::render(&all)));
        let (sarif, rdjson) = (value(&sarif::render(&all, &|_| None)), value(&rdjson::render(&all)));
        let jsonl = jsonl::render(&all);
        prop_assert_eq!(jsonl.split_terminator('\n').count(), checked.findings.len());
        for (at, finding) in in_order(&checked).into_iter().enumerate() {
            let file = checked.sources.name(finding.primary.span.file);
            prop_assert_eq!(own[at]["message"].as_str(), Some(finding.message.as_str()));
            prop_assert_eq!(own[at]["file"].as_str(), Some(file));
            prop_assert_eq!(gitlab[at]["description"].as_str(), Some(finding.message.as_str()));
            prop_assert_eq!(gitlab[at]["location"]["path"].as_str(), Some(file));
            let remark = &rdjson["diagnostics"][at];
            prop_assert!(remark["message"].as_str().unwrap().starts_with(&finding.message));
            prop_assert_eq!(remark["location"]["path"].as_str(), Some(file));
            let result = &sarif["runs"][0]["results"][at];
            let message = result["message"]["text"].as_str().unwrap();
            // Single braces start placeholders, and `](` makes a link.
            let single = message.replace("{{", "").replace("}}", "").contains(['{', '}']);
            prop_assert!(!single, "{}", message);
            prop_assert!(!message.contains("]("));
            let read = message.replace("{{", "{").replace("}}", "}");
            prop_assert!(read.starts_with(&finding.message.replace("](", "] (")));
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            let path = path_of(uri);
            prop_assert!(path.is_ascii() && !path.contains([' ', '<', '>', '"', '\\', ':', '#', '?']), "{}", uri);
        }
    }

    #[test]
    fn nothing_steers_a_terminal(checked in checked()) {
        let all = checked.all();
        for text in [
            full::render(&checked.findings, &checked.sources, false),
            concise::render(&checked.findings, &checked.sources, false),
            narrated::render(&all),
            github::render(&all),
            junit::render(&all, |_| Some(Severity::Error)),
            html::render(&all, "x"),
        ] {
            let steers = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!text.contains(steers), "{:?}", text);
        }
    }

    #[test]
    fn the_order_of_findings_does_not_matter(checked in checked()) {
        let mut turned = checked.findings.clone();
        turned.sort_by_key(|finding| std::cmp::Reverse(finding.primary.span));
        let mut places: Vec<Span> = turned.iter().map(|finding| finding.primary.span).collect();
        places.dedup();
        prop_assume!(places.len() == turned.len());
        let other = [ContractFindings { findings: &turned, ..checked.all()[0] }];
        prop_assert_eq!(sarif::render(&checked.all(), &|_| None), sarif::render(&other, &|_| None));
        prop_assert_eq!(html::render(&checked.all(), "x"), html::render(&other, "x"));
        prop_assert_eq!(narrated::render(&checked.all()), narrated::render(&other));
    }
}

fn in_order(checked: &Checked) -> Vec<&Diagnostic> {
    let mut ordered: Vec<&Diagnostic> = checked.findings.iter().collect();
    ordered.sort_by_key(|finding| finding.primary.span);
    ordered
}

/// The letters and digits, and the other characters that are never replaced with visible ones.
fn plain(text: &str) -> String {
    let keeps = |c: &char| c.is_ascii_graphic() && *c != '?';
    text.chars().filter(keeps).collect()
}

/// A workflow command as GitHub's runner reads it from a line.
#[derive(Debug)]
struct Command {
    word: String,
    properties: Vec<(String, String)>,
    message: String,
}

impl Command {
    fn read(line: &str) -> Self {
        let inside = line.strip_prefix("::").unwrap();
        let (head, message) = inside.split_once("::").unwrap();
        let (word, properties) = head.split_once(' ').unwrap();
        let properties = properties.split(',').map(|property| {
            let (key, value) = property.split_once('=').unwrap();
            let value = value.replace("%3A", ":").replace("%2C", ",");
            (key.to_owned(), unescaped(&value))
        });
        Self {
            word: word.to_owned(),
            properties: properties.collect(),
            message: unescaped(message),
        }
    }
}

fn unescaped(text: &str) -> String {
    text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%")
}
