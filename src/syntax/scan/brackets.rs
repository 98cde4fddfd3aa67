//! The nesting of parentheses and braces.

use crate::diagnostic::Diagnostic;

use super::{Last, Scanner};

/// How deep parentheses and braces may be nested. The grammar and everything after it recur with them.
const DEEPEST: usize = 50;

/// The brackets that are open.
#[derive(Default)]
pub(super) struct Brackets {
    open: Vec<Bracket>,
    /// Where the nesting became too deep, and how many brackets have been opened since.
    too_deep: Option<(usize, usize)>,
}

struct Bracket {
    sign: u8,
    /// Whether it opens the arguments of a function.
    call: bool,
    /// Whether it opens a clause of the partnership, whose words are free.
    facts: bool,
}

impl Brackets {
    /// Whether a comma may be between two numbers here.
    pub(super) fn in_call(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.call)
    }

    /// Whether the words here are free.
    pub(super) fn in_facts(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.facts)
    }
}

impl Scanner<'_> {
    pub(super) fn open(&mut self, sign: u8) {
        if let Some((_, opened)) = &mut self.brackets.too_deep {
            *opened += 1;
        } else if self.brackets.open.len() >= DEEPEST {
            self.brackets.too_deep = Some((self.at, 1));
            let span = self.span(self.at, self.at + 1);
            self.found.say(|| {
                Diagnostic::error("too-deep", span, "this is nested too deeply")
                    .here(format!("{DEEPEST} brackets are already open here"))
                    .because("nobody can check such a clause by reading it")
                    .help("give the inner parts names with `let`")
            });
        } else {
            let word = match self.last {
                Last::Word(start, end) => self.slice(start, end),
                _ => "",
            };
            self.brackets.open.push(Bracket {
                sign,
                call: sign == b'(' && matches!(word, "min" | "max" | "abs"),
                facts: sign == b'{' && self.opens_facts(),
            });
        }
        self.step(1);
    }

    pub(super) fn close(&mut self, sign: u8) {
        self.step(1);
        if let Some((start, opened)) = &mut self.brackets.too_deep {
            *opened -= 1;
            if *opened == 0 {
                let start = *start;
                self.cut_too_deep(start);
            }
            return;
        }
        if sign == b'}' {
            while self
                .brackets
                .open
                .last()
                .is_some_and(|last| last.sign == b'(')
            {
                self.brackets.open.pop();
            }
        } else if self
            .brackets
            .open
            .last()
            .is_some_and(|last| last.sign == b'{')
        {
            return;
        }
        self.brackets.open.pop();
    }

    pub(super) fn finish_brackets(&mut self) {
        if let Some((start, _)) = self.brackets.too_deep {
            self.cut_too_deep(start);
        }
    }

    /// Replaces what is nested too deeply with a plain value.
    fn cut_too_deep(&mut self, start: usize) {
        self.edits.drop_from(start);
        let with = if self.byte(start) == b'(' { "0" } else { " " };
        self.edits.replace(start, self.at, with);
        self.brackets.too_deep = None;
    }

    /// Forgets the brackets that an item before this one has left open; `within` of them may contain it.
    pub(super) fn begin_item(&mut self, within: usize) {
        if self.brackets.too_deep.is_none() {
            self.brackets.open.truncate(within);
        }
    }

    pub(super) fn has_open_brackets(&self) -> bool {
        self.brackets.open.len() > 1
    }

    /// Whether the brace at the scanner's place opens a clause of the partnership: its line says so.
    fn opens_facts(&self) -> bool {
        if self.brackets.open.len() != 1 {
            return false;
        }
        let from = self.at.saturating_sub(80);
        let from = (from..self.at)
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(self.at);
        let line = self.slice(from, self.at);
        let line = line.rsplit('\n').next().unwrap_or_default().trim_start();
        let changed = ["add ", "replace "];
        let changed = changed.iter().find_map(|word| line.strip_prefix(word));
        let line = changed.unwrap_or(line).trim_start();
        let word = line.split(|c: char| !c.is_alphabetic()).next();
        matches!(
            word,
            Some(
                "training"
                    | "knowledge"
                    | "quality"
                    | "feedback"
                    | "escalation"
                    | "governance"
                    | "tools"
                    | "transition"
                    | "exit"
                    | "renewal"
                    | "measurement"
            )
        )
    }
}
