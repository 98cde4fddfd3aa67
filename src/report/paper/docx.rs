//! A contract in prose as a Word document, to be edited, printed and signed.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Paragraph, Run, RunFonts, Table, TableCell, TableRow,
};

use crate::report::escape::terminal::on_one_line;

use super::{Article, Clause, Paper, Part, Worked, letter, number};

/// Sizes in half points.
const BODY: usize = 21;
const CLAUSE: usize = 22;
const ARTICLE: usize = 26;
const TITLE: usize = 36;

/// Indentation of what a clause says, in twentieths of a point.
const INDENT: i32 = 567;

/// The whole paper, as the bytes of a file.
///
/// # Errors
/// If the archive cannot be written.
pub fn render(paper: &Paper) -> Result<Vec<u8>, String> {
    let document = Docx::new()
        .default_fonts(RunFonts::new().ascii("Georgia").hi_ansi("Georgia"))
        .default_size(BODY);
    let mut page = Page(document);
    page.add(text(&paper.title, TITLE, true).align(AlignmentType::Center));
    for (at, article) in paper.articles.iter().enumerate() {
        page.article(at, article);
    }
    for (role, name) in &paper.signatures {
        page.add(text(&format!("{role}, {name}"), BODY, false).keep_next(true));
        page.add(text(
            &format!("Date, name, signature: {}", "_".repeat(40)),
            BODY,
            false,
        ));
    }
    page.examples(paper);
    page.index(paper);
    let mut bytes = Cursor::new(Vec::new());
    let packed = page.0.build().pack(&mut bytes);
    packed.map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// A paragraph. Nothing in it can control a reader.
fn text(words: &str, size: usize, bold: bool) -> Paragraph {
    let run = Run::new().add_text(on_one_line(words)).size(size);
    let run = if bold { run.bold() } else { run };
    Paragraph::new().add_run(run)
}

/// The document while it grows.
struct Page(Docx);

impl Page {
    fn add(&mut self, paragraph: Paragraph) {
        self.0 = std::mem::take(&mut self.0).add_paragraph(paragraph);
    }

    fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        let row = |cells: &[String], bold: bool| {
            let cells = cells
                .iter()
                .map(|cell| TableCell::new().add_paragraph(text(cell, BODY, bold)));
            TableRow::new(cells.collect())
        };
        let all =
            std::iter::once(row(head, true)).chain(rows.iter().map(|cells| row(cells, false)));
        let table = Table::new(all.collect());
        self.0 = std::mem::take(&mut self.0).add_table(table);
        self.add(Paragraph::new());
    }

    fn article(&mut self, at: usize, article: &Article) {
        let title = format!("{}. {}", at + 1, article.title);
        self.add(text(&title, ARTICLE, true).keep_next(true).outline_lvl(0));
        for (position, clause) in article.clauses.iter().enumerate() {
            self.clause(&number(at, position), clause);
        }
    }

    fn clause(&mut self, number: &str, clause: &Clause) {
        let reference = clause.reference.as_ref();
        let reference = reference.map_or_else(String::new, |reference| format!(" ({reference})"));
        let title = format!("{number}  {}{reference}", clause.title);
        self.add(text(&title, CLAUSE, true).keep_next(true).outline_lvl(1));
        for part in &clause.parts {
            match part {
                Part::Text(words) => {
                    self.add(text(words, BODY, false).indent(Some(INDENT), None, None, None))
                }
                Part::List(all) => {
                    for (at, words) in all.iter().enumerate() {
                        let item = text(&format!("{} {words}", letter(at)), BODY, false);
                        self.add(item.indent(Some(INDENT), None, None, None));
                    }
                }
                Part::Table(head, rows) => {
                    let head: Vec<String> = head.iter().map(|one| (*one).to_owned()).collect();
                    self.table(&head, rows);
                }
            }
        }
    }

    fn new_page(&mut self, title: &str) {
        self.add(Paragraph::new().add_run(Run::new().add_break(BreakType::Page)));
        self.add(text(title, ARTICLE, true).keep_next(true).outline_lvl(0));
    }

    fn examples(&mut self, paper: &Paper) {
        if paper.examples.is_empty() {
            return;
        }
        self.new_page("Schedule: worked examples");
        let opening = "The amounts below are computed from the figures given. They illustrate the clauses and do not add to them.";
        self.add(text(opening, BODY, false));
        if !paper.assumed.is_empty() {
            let rows = paper
                .assumed
                .iter()
                .map(|(term, value)| vec![term.clone(), value.clone()]);
            let head = ["Unless an example states otherwise", "Value"].map(str::to_owned);
            self.table(&head, &rows.collect::<Vec<_>>());
        }
        for (at, one) in paper.examples.iter().enumerate() {
            self.example(at, one);
        }
    }

    fn example(&mut self, at: usize, one: &Worked) {
        let title = format!("Example {}: {}", at + 1, one.name);
        self.add(text(&title, CLAUSE, true).keep_next(true));
        let months: Vec<String> = one.months.iter().map(ToString::to_string).collect();
        for (title, rows) in [("Given", one.given_rows()), ("Result", one.result_rows())] {
            if !rows.is_empty() {
                let head = std::iter::once(title.to_owned()).chain(months.iter().cloned());
                self.table(&head.collect::<Vec<_>>(), &rows);
            }
        }
    }

    fn index(&mut self, paper: &Paper) {
        self.new_page("Index: from each clause to the text");
        let mut rows = Vec::new();
        for (at, article) in paper.articles.iter().enumerate() {
            for (position, clause) in article.clauses.iter().enumerate() {
                if let (Some((file, line)), Some(designation)) =
                    (&clause.place, &clause.designation)
                {
                    rows.push(vec![
                        number(at, position),
                        designation.clone(),
                        format!("{file}, line {line}"),
                    ]);
                }
            }
        }
        let head = ["Clause", "In the text", "Place"].map(str::to_owned);
        self.table(&head, &rows);
    }
}
