//! Broken texts: cut off, mutated, spliced, random.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files where the core must not"
)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::pipeline::{contract, through};

fn contracts() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "quid"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read_to_string(path).unwrap();
    paths.iter().map(read).collect()
}

/// A contract with most forms of the language, small enough to be cut at every place.
fn sample() -> String {
    contract(
        "dimension channel { voice, chat }
input offered : calls \"Calls\" from \"ACD\" by both between 0 and 9_000 nominal 5
input handled : contacts by channel
input x : number if missing, last known value
metric sl is timeliness, percent to 0.1%, higher is better { offered / (offered + 1); if nothing to measure, no value }
let trend : calls = previous offered, at first 0
charge a for handled { voice graduated { first 10 at 1 EUR; beyond at 2 EUR }; chat 2.10 EUR per contact }
charge d for offered metered each quarter volume, keeping earlier prices { up to 10 at 2 EUR; beyond at 1 EUR }
charge e for offered { baseline 5 calls at 9 EUR; deadband 10% franchise; above up to 20%: 4 EUR; beyond as at 20%; below 2 EUR back }
charge f at cost of a, at most 4 EUR, plus 8%, at most 5 EUR
charge g for handled { voice 1 EUR; chat 1.5 x voice rounded up to 0.1 EUR }
charge b = if offered > 3 and not (offered is 4) then 5 EUR else 6 EUR
scorecard cx { 100% sl { below 70%: 0; otherwise 100; no value: 50 } }
adjust a by cx { below 60: -10%; otherwise +5% }
service level s on sl { target 80% each month; critical below 70%; excused in the first 2 months; no value excused
credit 2% of charges, critical 5% of charges; repeated 2 months x 1.5; earn back after 2 months at 90% or better
terminate after 3 failures in a row; counts from the 2nd miss in 3 months; tolerated month keeps the run
persistent after 2 failures in 3 months: 5 EUR on top of the credit }
service level s2 on sl of the quarter { target 80% each quarter; no value failed; credit 5 EUR; earn back 50% at the end of the contract year with an average of 85% or better
raised after 4 quarters in a row above target, to the mean of target and average, at most 99%; repeated 50% more each further failure, compounding }
bonus w each quarter on sl of this month { above 90%: 3 EUR; above 95%: 5 EUR on top of the former; no value: 0 EUR } when offered of the quarter > 1
credit v = 2 EUR per full 3 calls of offered above 5
limit credits and reductions to 12% of charges of the contract year so far each contract year
maximum 900 EUR each month
minimum 6 EUR each month
tax vat 20% of total
notice n \"Many\" when sum of offered over last 3 months > 9
scenario \"One\" for 2026-01 to 2026-02 { given offered = 1 then 2, handled.voice = 3; expect total = 5 EUR }",
    )
}

#[test]
fn the_sample_is_read_as_a_contract() {
    let (loaded, out) = through(&sample(), None);
    assert_eq!(loaded.contracts.len(), 1, "{out}");
    assert!(loaded.is_sound(), "{out}");
}

#[test]
fn every_prefix_of_the_sample() {
    let text = sample();
    for end in 0..text.len() {
        let (loaded, _) = through(&text[..end], None);
        assert!(!loaded.is_sound() || text[end..].trim().is_empty());
    }
}

#[test]
fn prefixes_of_every_contract() {
    for text in contracts() {
        let ends: Vec<usize> = (0..text.len()).step_by(89).collect();
        for end in ends {
            if text.is_char_boundary(end) {
                let _ = through(&text[..end], None);
            }
        }
    }
}

/// The same random numbers in every run.
fn random<T: Strategy>(cases: u32, strategy: T, check: impl Fn(T::Value)) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(&strategy, |value| {
            check(value);
            Ok(())
        })
        .unwrap();
}

/// The words, numbers and other characters of a text, in order.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[test]
fn tokens_moved_doubled_and_left_out() {
    let all = [contracts(), vec![sample()]].concat();
    let edits = prop::collection::vec((any::<u32>(), any::<u32>(), 0..4_u8), 1..6);
    random(150, (0..all.len(), edits), |(which, edits)| {
        let mut tokens = tokens(&all[which]);
        for (from, to, how) in edits {
            let from = from as usize % tokens.len();
            let to = to as usize % tokens.len();
            match how {
                0 => tokens.swap(from, to),
                1 => {
                    tokens.remove(from);
                }
                2 => tokens.insert(to, tokens[from]),
                _ => {
                    let piece: Vec<&str> = tokens[from..].iter().take(12).copied().collect();
                    tokens.splice(to..to, piece);
                }
            }
        }
        let _ = through(&tokens.concat(), None);
    });
}

#[test]
fn bytes_changed() {
    let all = [contracts(), vec![sample()]].concat();
    let edits = prop::collection::vec((any::<u32>(), any::<u8>()), 1..8);
    random(120, (0..all.len(), edits), |(which, edits)| {
        let mut bytes = all[which].clone().into_bytes();
        for (at, byte) in edits {
            let at = at as usize % bytes.len();
            bytes[at] = byte;
        }
        let _ = through(&String::from_utf8_lossy(&bytes), None);
    });
}

#[test]
fn random_bytes() {
    random(200, prop::collection::vec(any::<u8>(), 0..400), |bytes| {
        let _ = through(&String::from_utf8_lossy(&bytes), None);
        let text = contract(&String::from_utf8_lossy(&bytes));
        let _ = through(&text, None);
    });
}

/// An amendment with most of its forms, after the contract that it amends.
fn amended() -> String {
    format!(
        "{}\namendment a1 \"First\" to robust effective 2026-03-01 \"Amendment 1\" {{
replace charge b = if offered > 3 then 5 EUR else 7 EUR \"1\"
add input letters : calls \"Letters\" from \"Post\"
add charge post for letters at 0.50 EUR
remove minimum \"2\"; remove limit credits and reductions each contract year
replace service level s on sl {{ target 85% each month; no value excused; credit 2% of charges; repeated 2 months x 2 }}
scenario \"Two\" for 2026-02 to 2026-03 {{ given offered = 1 then 2, handled.voice = 3, handled.chat = 1, x = 1, letters = 4; expect post = 0 EUR then 2 EUR }}
}}
amendment a2 to robust effective 2026-05-01 {{ remove service level s; replace term 2026-01-01 to 2027-12-31 }}
",
        sample()
    )
}

/// Months before, at and after both dates.
const MONTHS: &str = "month,offered,handled.voice,handled.chat,x,letters
2026-01,4,30,2,1,
2026-02,2,30,2,,
2026-03,4,20,2,1,7
2026-04,4,30,2,1,7
2026-05,4,30,2,1,7
2026-06,4,30,2,1,7
";

#[test]
fn an_amended_contract_is_computed() {
    let (loaded, out) = through(&amended(), Some(MONTHS));
    assert!(loaded.is_sound(), "{out}");
    assert!(
        out.contains("Amendment   a1, First, effective 2026-03-01 (Amendment 1)"),
        "{out}"
    );
    assert!(
        out.contains("Amendment   a2, effective 2026-05-01"),
        "{out}"
    );
}

#[test]
fn prefixes_of_amendments() {
    let text = amended();
    let begun = text.find("amendment").unwrap();
    for end in (begun..text.len()).step_by(7) {
        let (loaded, _) = through(&text[..end], Some(MONTHS));
        assert!(!loaded.is_sound() || text[..end].trim_end().ends_with('}'));
    }
}

/// Words of an amendment are left out, doubled, or moved.
#[test]
fn mutations_of_amendments() {
    let text = amended();
    let begun = text.find("amendment").unwrap();
    let words: Vec<&str> = text[begun..].split_inclusive(' ').collect();
    random(
        60,
        (0..words.len(), 0..words.len(), 0..4_u8),
        |(from, to, how)| {
            let mut words = words.clone();
            match how {
                0 => {
                    words.remove(from);
                }
                1 => words.insert(to, words[from]),
                2 => words.swap(from, to),
                _ => {
                    let word = words.remove(from);
                    words.insert(to.min(words.len()), word);
                }
            }
            let _ = through(&(text[..begun].to_owned() + &words.concat()), Some(MONTHS));
        },
    );
}
