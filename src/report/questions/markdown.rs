//! Questions as Markdown, to send with a draft.

use crate::report::escape::markdown::{code, plain};
use crate::review::About;

use super::{ContractQuestions, counted, effect, others, sentence, written};

/// The questions of a contract under the headings of its clauses.
#[must_use]
pub fn render(contract: ContractQuestions<'_>) -> String {
    let questions = contract.questions;
    let title = questions.title.as_ref().unwrap_or(&questions.contract);
    let mut out = format!(
        "# {}: open questions\n\n{}. {}\n",
        plain(title),
        code(contract.file),
        counted(questions.all.len())
    );
    let mut before: Option<Option<&About>> = None;
    for (number, question) in (1..).zip(&questions.all) {
        let about = question.about.as_ref();
        if before != Some(about) {
            out += &format!("\n## {}\n", heading(about));
            before = Some(about);
        }
        out += &format!(
            "\n{number}. **{}** ({})\n",
            sentence(&question.question),
            question.rule
        );
        for today in &question.today {
            out += &format!("   - {}\n", sentence(today));
        }
        if let Some(fix) = &question.answer {
            for (words, place) in written(fix, contract.sources) {
                let words = code(words);
                out += &format!("   - Answer: {words} {place} ({})\n", effect(question));
            }
        }
        for help in others(question) {
            let first = if question.answer.is_some() {
                "Or"
            } else {
                "Answer"
            };
            out += &format!("   - {first}: {}\n", sentence(help));
        }
    }
    out
}

fn heading(about: Option<&About>) -> String {
    match about {
        None => "Not about a single clause".to_owned(),
        Some(about) => match &about.clause {
            Some(clause) => format!("{} · {}", plain(clause), code(&about.item)),
            None => code(&about.item),
        },
    }
}
