//! Broken data, cut off, mutated or random, goes through reading and computing.

use std::io::Cursor;

use quidpro::data::{self, Mode, Options};
use quidpro::driver::{Invoicing, Loaded, load, schema};

use super::pipeline::NoFiles;

fn reference() -> (Loaded, String) {
    let text = include_str!("../../../contracts/reference_r1.quid");
    let rows = include_str!("../../../contracts/reference_r1.csv");
    let few: Vec<&str> = rows.lines().take(6).collect();
    let loaded = load("reference_r1.quid", text, &NoFiles);
    assert!(loaded.is_sound());
    (loaded, format!("{}\n", few.join("\n")))
}

/// Reads and computes. Every problem must have words.
fn computed(loaded: &Loaded, bytes: &[u8], name: &str, mode: Mode) {
    let program = &loaded.contracts[0].compiled.as_ref().unwrap().program;
    let options = Options {
        mode,
        sheet: None,
        keep_text: mode == Mode::Whole,
    };
    match data::open(name, None, Cursor::new(bytes), &schema(program), &options) {
        Ok(reader) => {
            let mut invoicing = Invoicing::new(program);
            for row in reader {
                match row {
                    Ok(row) => {
                        let _ = invoicing.compute(&row);
                    }
                    Err(problem) => assert!(!problem.to_string().is_empty()),
                }
            }
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
}

#[test]
fn every_prefix_of_a_table() {
    let (loaded, table) = reference();
    for end in 0..table.len() {
        let cut = &table.as_bytes()[..end];
        computed(&loaded, cut, "data.csv", Mode::Whole);
        computed(&loaded, cut, "data.csv", Mode::Streaming);
    }
}

#[test]
fn mutations_of_a_table_under_every_name() {
    let (loaded, table) = reference();
    let mut state: u64 = 7;
    let mut next = |end: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % end
    };
    for _ in 0..300 {
        let mut bytes = table.clone().into_bytes();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes[at] = b"\"\n,;\t-.%9\xff\0"[next(11)],
                1 => {
                    bytes.remove(at);
                }
                2 => {
                    let piece = bytes[at..].iter().take(20).copied().collect::<Vec<_>>();
                    let to = next(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => bytes.truncate(at + 1),
            }
        }
        for name in ["data.csv", "data.json", "data.xlsx", "data"] {
            computed(&loaded, &bytes, name, Mode::Whole);
        }
        computed(&loaded, &bytes, "data.csv", Mode::Streaming);
    }
}
