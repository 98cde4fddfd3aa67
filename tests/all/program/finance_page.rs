//! The commands on `docs/finance.md`, run as they are written there, one after the other. The page has what they print.

use std::fs;

use super::run_in;

/// The page with the output of its commands, as the program prints it now.
fn written_anew(page: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let text = block.join("\n") + "\n";
        let commands: Vec<&str> = block
            .iter()
            .copied()
            .filter(|line| line.starts_with("$ "))
            .collect();
        if let Some(name) = info.strip_prefix("csv ") {
            fs::write(folder.path().join(name), &text).unwrap();
        } else if info == "quid" && !folder.path().join("desk.quid").exists() {
            fs::write(folder.path().join("desk.quid"), &text).unwrap();
        }
        if info == "text" && !commands.is_empty() {
            for command in commands {
                let words: Vec<&str> = command.split_whitespace().skip(2).collect();
                let done = run_in(folder.path(), &words);
                out.push_str(&format!("{command}\n{}{}", done.out, done.err));
            }
        } else {
            out.push_str(&text);
        }
        out.push_str("```\n");
    }
    out
}

#[test]
fn the_page_has_what_the_program_prints() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/finance.md");
    let page = fs::read_to_string(path).unwrap();
    let anew = written_anew(&page);
    if page != anew {
        fs::write(path, anew).unwrap();
        panic!("docs/finance.md was stale and is written anew; read it and run again");
    }
}
