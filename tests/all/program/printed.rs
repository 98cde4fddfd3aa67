//! The commands on some pages of the documents, run as they are written there from the root of the project. The pages
//! have what they print.

use std::fs;
use std::path::Path;

use super::run_in;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The page with the output of its commands, as the program prints it now.
fn written_anew(page: &str) -> String {
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line != "```text" {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match block
            .first()
            .filter(|first| first.starts_with("$ quidpro "))
        {
            Some(command) => {
                let words: Vec<&str> = command.split_whitespace().skip(2).collect();
                let done = run_in(Path::new(ROOT), &words);
                out.push_str(&format!("{command}\n{}{}", done.out, done.err));
            }
            None => block.iter().for_each(|line| {
                out.push_str(line);
                out.push('\n');
            }),
        }
        out.push_str("```\n");
    }
    out
}

#[track_caller]
fn holds(name: &str) {
    let path = Path::new(ROOT).join("docs").join(name);
    let page = fs::read_to_string(&path).unwrap();
    assert!(page.contains("$ quidpro "), "docs/{name} shows no command");
    let anew = written_anew(&page);
    if page != anew {
        fs::write(path, anew).unwrap();
        panic!("docs/{name} was stale and is written anew; read it and run again");
    }
}

#[test]
fn the_redline_has_what_the_program_prints() {
    holds("redline.md");
}

#[test]
fn the_paper_has_what_the_program_prints() {
    holds("paper.md");
}
