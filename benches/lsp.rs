//! How long an editor waits in a contract of 2,000 lines: for the findings after a keystroke, and for a completion and
//! a hover right after one. This is compared with reading and checking the text without a server.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement, with a text of its own"
)]

use std::time::{Duration, Instant};

use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Checking, Files, Loaded, load};
use quidpro::lint::Settings;
use quidpro::lsp::{Message, Notification, Request, Server, World};
use quidpro::syntax::parse;
use quidpro::text::FileId;
use serde_json::{Value, json};

const HEAD: &str = r#"contract long "A long contract" {
  customer "Streamly B.V."
  supplier "Bluebird Support Ltd"
  currency EUR
  term 2026-01-01 to 2028-12-31
  invoice monthly, due in 30 days
  round each line half up to 0.01 EUR
"#;

/// The clauses of one queue, with `@` for its number.
const QUEUE: &str = r#"
  # queue @
  input offered_@   : calls "Calls offered, queue @" from "ACD" nominal 1_000
  input in_time_@   : calls "Answered in time" from "ACD" nominal 850
  input surveys_@   : surveys from "Survey tool" by customer nominal 100
  input points_@    : points from "Survey tool" by customer nominal 430
  metric speed_@ "Answered in time" is timeliness, percent to 0.1%, higher is better "Annex 3, @.1" {
    in_time_@ / offered_@
  }
  metric csat_@ is satisfaction, 1 to 5 to 0.01, higher is better "Annex 3, @.2" {
    points_@ / surveys_@
    needs surveys_@ >= 50, otherwise average of last 3 months
  }
  charge calls_@ "Calls, queue @" for in_time_@ graduated {
    first 10_000 at 4.20 EUR
    next 20_000 at 3.90 EUR
    beyond at 3.60 EUR
  }
  scorecard cx_@ {
    60% speed_@ { below 70%: 0; below 80%: 50; otherwise 100 }
    40% csat_@  { below 3.5: 0; below 4.0: 50; otherwise 100 }
  }
  adjust calls_@ by cx_@ {
    below 60: -10%
    below 95: 0%
    otherwise +5%
  }
  service level fast_@ on speed_@ "Annex 4, @" {
    target 80% each month
    critical below 70%
    excused in the first 2 months
    credit 2% of calls_@, critical 5% of calls_@
    repeated 2 months x 1.5, 3 months x 2
    terminate after 3 failures in 6 months
  }
"#;

const TAIL: &str = r#"  limit credits and reductions to 12% of charges each month "Annex 5"
  minimum 10_000 EUR each month
  scenario "an ordinary month" for 2026-05 { expect no notice }
}
"#;

fn main() {
    let text = contract();
    let loaded = load("long.quid", &text, &NoFiles);
    assert!(loaded.is_sound(), "what is measured is a sound contract");
    println!("a contract of {} lines\n", text.lines().count());
    let reading = best(20, || {
        let _ = parse(FileId(0), &text);
    });
    let understanding = best(20, || {
        let _ = load("long.quid", &text, &NoFiles);
    });
    let mut editor = Editor::open(&text);
    let mut letter = String::from("a");
    let mut typing = |times: usize, then: &dyn Fn(&mut Editor)| {
        best(times, || {
            letter = if letter == "a" { "b" } else { "a" }.to_owned();
            editor.type_over(&letter);
            then(&mut editor);
        })
    };
    let rules = typing(1, &|editor| {
        editor.server.idle();
        let pending = editor.server.pending().unwrap();
        let found = pending.check(&NoFiles);
        // Rules do not run on a text that does not compile, so there would be little to measure.
        assert!(
            !found.iter().any(Diagnostic::is_error),
            "the text was broken"
        );
        assert!(!found.is_empty(), "the rules found nothing");
        editor.server.found(&pending, found);
    });
    let keystroke = typing(20, &|editor| assert!(!editor.server.idle().is_empty()));
    let completion = typing(20, &|editor| {
        editor.ask("textDocument/completion");
    });
    let hover = typing(20, &|editor| {
        editor.ask("textDocument/hover");
    });
    println!("{:<46} {:>9} {:>8}", "", "ms", "ratio");
    for (what, time) in [
        ("reading the text", reading),
        ("understanding it", understanding),
        ("a keystroke, up to its findings (below 50)", keystroke),
        ("a keystroke, and a completion (below 20)", completion),
        ("a keystroke, and a hover", hover),
        ("what the rules find, beside the session", rules),
    ] {
        let tenths = time.as_nanos() * 10 / reading.as_nanos().max(1);
        let micros = time.as_micros();
        println!(
            "{what:<46} {:>5}.{:03} {:>6}.{}",
            micros / 1000,
            micros % 1000,
            tenths / 10,
            tenths % 10
        );
    }
}

fn contract() -> String {
    let queue = QUEUE.lines().count();
    let count = (2_000 - HEAD.lines().count() - TAIL.lines().count()) / queue + 1;
    let queues = (1..=count).map(|at| QUEUE.replace('@', &at.to_string()));
    format!("{HEAD}{}{TAIL}", queues.collect::<String>())
}

/// The best of several times, which is what the work itself takes.
fn best(times: usize, mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(time).min().unwrap_or_default()
}

fn checked(loaded: &Loaded) -> Vec<Diagnostic> {
    loaded.check(&Checking {
        settings: &Settings::default(),
        today: "2026-06-30".parse().unwrap(),
    })
}

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}`"))
    }
}

impl World for NoFiles {
    fn text(&self, path: &str) -> Result<String, String> {
        Err(format!("there is no `{path}`"))
    }

    fn data(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn contracts(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn check(&self, _: &str, loaded: &Loaded) -> Vec<Diagnostic> {
        checked(loaded)
    }
}

const URI: &str = "file:///long.quid";

/// An editor whose cursor is in the formula of a metric in the middle of the text, and which types into that metric's
/// title.
struct Editor {
    server: Server,
    line: usize,
    /// The column of the title, in the line before the formula's.
    title: usize,
    version: i32,
}

impl Editor {
    fn open(text: &str) -> Self {
        let middle = text.len() / 2;
        let formula = text[middle..].find("    in_time_").unwrap() + middle;
        let mut editor = Self {
            server: Server::new(Box::new(NoFiles)),
            line: text[..formula].matches('\n').count(),
            title: text[..formula].lines().last().unwrap().find('"').unwrap() + 1,
            version: 1,
        };
        editor.send("initialize", json!({ "capabilities": {} }));
        let document = json!({ "uri": URI, "languageId": "quid", "version": 1, "text": text });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        editor.server.idle();
        editor
    }

    /// Replaces the first letter of the metric's title. The text differs each time, and remains sound.
    fn type_over(&mut self, letter: &str) {
        self.version += 1;
        let place = |column: usize| json!({ "line": self.line - 1, "character": column });
        let (start, end) = (place(self.title), place(self.title + 1));
        let change = json!({ "range": { "start": start, "end": end }, "text": letter });
        let document = json!({ "uri": URI, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.tell("textDocument/didChange", params);
    }

    fn ask(&mut self, method: &str) {
        let place = json!({ "line": self.line, "character": 5 });
        let told = self.send(
            method,
            json!({ "textDocument": { "uri": URI }, "position": place }),
        );
        let answered = matches!(
            told.as_slice(),
            [Message::Response(response)] if response.response_result.is_ok()
        );
        assert!(answered);
    }

    fn send(&mut self, method: &str, params: Value) -> Vec<Message> {
        self.server.handle(Message::Request(Request {
            id: self.version.into(),
            method: method.to_owned(),
            params,
        }))
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.server.handle(Message::Notification(Notification {
            method: method.to_owned(),
            params,
        }));
    }
}
