//! Edits that write an answer into a contract: a statement in a block, words after an item, an item, a partnership
//! clause.

use crate::catalogue::ItemKind;
use crate::diagnostic::{Edit, Fix};
use crate::model::facts::{Head, PartnershipKind};
use crate::text::Span;

use super::subject::Subject;

/// Edits that answer a question without changing what the contract pays.
pub fn as_today(subject: &Subject<'_>, title: impl Into<String>, edits: Vec<Edit>) -> Option<Fix> {
    fix(subject, title, edits, true)
}

/// The end of the title of a fix that writes down an agreement. The fix changes no payment, but its figures and names
/// are for the parties to agree, so nobody should keep it unread.
pub const FOR_EXAMPLE: &str = ", for example";

/// Edits that write down something that changes no payment and that only the parties can know.
pub fn agreed(subject: &Subject<'_>, title: &str, edits: Vec<Edit>) -> Option<Fix> {
    fix(subject, format!("{title}{FOR_EXAMPLE}"), edits, false)
}

/// Edits after which the contract may pay something else.
pub fn otherwise(subject: &Subject<'_>, title: impl Into<String>, edits: Vec<Edit>) -> Option<Fix> {
    fix(subject, title, edits, false)
}

/// Makes a fix if only the text under check is edited. What was signed stays as it is, and a library belongs to others.
fn fix(
    subject: &Subject<'_>,
    title: impl Into<String>,
    edits: Vec<Edit>,
    safe: bool,
) -> Option<Fix> {
    let (checked, _) = subject.sources.iter().next()?;
    let ours = subject.contract.span.file == checked;
    let editable = edits.iter().all(|edit| edit.span.file == checked);
    (ours && editable && !edits.is_empty()).then(|| Fix {
        title: title.into(),
        edits,
        safe,
    })
}

/// A statement at the end of the item's block, if it has one.
pub fn statement(subject: &Subject<'_>, item: Span, text: &str) -> Option<Edit> {
    let words = subject.sources.slice(item);
    let block = Block::of(words)?;
    let inside = words.get(block.open + 1..block.close)?;
    let body_ends = block.open + 1 + inside.trim_end().len();
    let insert = |at: usize, text: String| Edit {
        span: Span::new(
            item.file,
            item.start as usize + at,
            item.start as usize + at,
        ),
        text,
    };
    let last_line = inside.get(inside.trim_end().len()..)?;
    if last_line.contains('\n') {
        let before = words.get(..body_ends)?;
        let indent = if inside.trim().contains('\n') || before.ends_with('{') {
            indent(before)
        } else {
            "    "
        };
        return Some(insert(body_ends, format!("\n{indent}{text}")));
    }
    let before = inside.trim_end();
    let gap = if before.is_empty() || before.ends_with(';') {
        " "
    } else {
        "; "
    };
    Some(insert(body_ends, format!("{gap}{text}")))
}

/// Words after all others of the item, but before its reference to the paper contract.
pub fn behind(subject: &Subject<'_>, item: &Head, text: &str) -> Option<Edit> {
    let end = match &item.clause {
        Some(clause) => clause.span.start,
        None => item.span.end,
    };
    let words = subject.sources.slice(Span { end, ..item.span });
    let at = item.span.start as usize + words.trim_end().len();
    Some(Edit {
        span: Span::new(item.span.file, at, at),
        text: text.to_owned(),
    })
}

/// An item of its own, before the contract's scenarios, or at the end of the contract.
pub fn item(subject: &Subject<'_>, text: &str) -> Option<Edit> {
    let contract = subject.contract;
    let file = contract.span.file;
    let words = subject.sources.slice(contract.span);
    let block = Block::of(words)?;
    let start = contract.span.start as usize;
    let behind = subject
        .heads()
        .take_while(|item| item.kind != ItemKind::Scenario)
        .last();
    let at = behind.map_or(start + block.open + 1, |item| item_end(subject, item));
    Some(Edit {
        span: Span::new(file, at, at),
        text: format!("\n  {text}"),
    })
}

/// A statement of a partnership clause: in the first clause of its kind, or in a new one.
pub fn fact(subject: &Subject<'_>, kind: PartnershipKind, text: &str) -> Option<Edit> {
    let clause = subject.partnership(kind).next();
    match clause {
        Some(clause) => statement(subject, clause.span, text),
        None => item(subject, &format!("{} {{ {text} }}", kind.word())),
    }
}

/// The place after the item and the comment on its last line.
fn item_end(subject: &Subject<'_>, item: &Head) -> usize {
    let words = subject.sources.slice(item.span);
    let end = item.span.start as usize + words.trim_end().len();
    let file = subject.sources.get(item.span.file);
    let rest = file
        .and_then(|file| file.text.get(end..))
        .unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    if line.trim_start().starts_with('#') {
        end + line.trim_end().len()
    } else {
        end
    }
}

/// The indentation of the last line of the text.
fn indent(text: &str) -> &str {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let blanks = line.len() - line.trim_start().len();
    line.get(..blanks).unwrap_or_default()
}

/// The places of the braces of an item's last block in its text.
struct Block {
    open: usize,
    close: usize,
}

impl Block {
    /// The last block at the outermost level. Braces in quoted texts and comments do not count.
    fn of(text: &str) -> Option<Self> {
        let (mut depth, mut open, mut found) = (0_usize, 0, None);
        let mut quoted = false;
        let mut comment = false;
        for (at, sign) in text.char_indices() {
            match sign {
                '\n' => (quoted, comment) = (false, false),
                _ if comment => {}
                '"' => quoted = !quoted,
                _ if quoted => {}
                '#' => comment = true,
                '{' => {
                    if depth == 0 {
                        open = at;
                    }
                    depth += 1;
                }
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        found = Some(Self { open, close: at });
                    }
                }
                _ => {}
            }
        }
        found
    }
}
