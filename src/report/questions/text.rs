//! Questions for people, clause by clause.

use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, blanks, hanging, pad_left, width};
use crate::review::{About, Question};

use super::{ContractQuestions, counted, effect, others, sentence, together, written};

/// The questions of a contract, numbered. Each has what happens today and what answers it.
#[must_use]
pub fn render(contract: ContractQuestions<'_>) -> String {
    let questions = contract.questions;
    let title = questions.title.as_ref().unwrap_or(&questions.contract);
    let mut out = hanging("", &on_one_line(title));
    out += &hanging("", contract.file);
    out += &hanging("", &counted(questions.all.len()));
    let digits = questions.all.len().to_string().len();
    let mut before: Option<Option<&About>> = None;
    for (number, question) in (1..).zip(&questions.all) {
        let about = question.about.as_ref();
        if before != Some(about) {
            out += &format!("\n{}", heading(about));
            before = Some(about);
        }
        out += "\n";
        out += &one(contract, question, &pad_left(&format!("{number}"), digits));
    }
    out += &at_once(contract);
    out
}

/// The clause that answers several questions at once.
fn at_once(contract: ContractQuestions<'_>) -> String {
    let Some(clause) = together(contract) else {
        return String::new();
    };
    let numbers: Vec<String> = clause.numbers.iter().map(ToString::to_string).collect();
    let Some((last, first)) = numbers.split_last() else {
        return String::new();
    };
    let mut out = format!(
        "\n{}",
        hanging(
            "",
            &format!(
                "One clause answers {} and {last}, {}:",
                first.join(", "),
                clause.place
            )
        )
    );
    out += &format!("\n    {} {{\n", clause.word);
    for statement in &clause.statements {
        out += &hanging("      ", &on_one_line(statement));
    }
    out + "    }\n"
}

fn heading(about: Option<&About>) -> String {
    let text = match about {
        None => "Not about a single clause".to_owned(),
        Some(about) => match &about.clause {
            Some(clause) => format!("{} · {}", on_one_line(clause), about.item),
            None => about.item.clone(),
        },
    };
    let text = hanging("", &text);
    let longest = text.lines().map(width).max().unwrap_or(0).min(WIDTH);
    format!("{text}{}\n", "─".repeat(longest))
}

fn one(contract: ContractQuestions<'_>, question: &Question, number: &str) -> String {
    let left = blanks(width(number) + 2);
    let mut out = hanging(&format!("{number}. "), &sentence(&question.question));
    for (at, today) in question.today.iter().enumerate() {
        let first = if at == 0 { "today" } else { "" };
        let text = today.strip_prefix("today ").unwrap_or(today);
        out += &field(&left, first, &sentence(text));
    }
    if let Some(fix) = &question.answer {
        for (at, (words, places)) in written(fix, contract.sources).iter().enumerate() {
            let first = if at == 0 { "answer" } else { "" };
            out += &field(&left, first, &on_one_line(words));
            let how = format!("{places}: {} ({})", fix.title, effect(question));
            out += &field(&left, "", &how);
        }
    }
    for (at, help) in others(question).enumerate() {
        let first = if at == 0 && question.answer.is_none() {
            "answer"
        } else {
            "or"
        };
        out += &field(&left, first, &sentence(help));
    }
    out
}

fn field(left: &str, name: &str, text: &str) -> String {
    let name = crate::report::layout::pad_right(name, 7);
    hanging(&format!("{left}{name} "), text)
}
