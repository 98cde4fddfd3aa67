//! Changes a text by its words and lines. Changing bytes alone rarely makes another contract that can be read.

/// Numbers that look random, the same for the same seed.
struct Choices(u64);

impl Choices {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }
}

const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "12",
    "0.005",
    "100%",
    "101%",
    "1_000_000",
    "99999999999999999999999999",
    "2026-02-29",
    "2027-12-31",
    "0001-01-01",
    "9999-12-31",
];

/// Changes a text in place, half of the time as the fuzzer itself would. Returns the new length.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut choices = Choices(u64::from(seed));
    if choices.below(2) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    let pieces = if choices.below(3) == 0 {
        text.split_inclusive('\n').collect()
    } else {
        words(&text)
    };
    let changed = change(pieces, &mut choices);
    let length = changed.len().min(most);
    data[..length].copy_from_slice(&changed.as_bytes()[..length]);
    length
}

fn change(mut pieces: Vec<&str>, choices: &mut Choices) -> String {
    for _ in 0..=choices.below(3) {
        if pieces.is_empty() {
            break;
        }
        let (from, to) = (choices.below(pieces.len()), choices.below(pieces.len()));
        match choices.below(6) {
            0 => pieces.swap(from, to),
            1 => {
                let end = (from + 1 + choices.below(4)).min(pieces.len());
                pieces.drain(from..end);
            }
            2 => pieces.insert(to, pieces[from]),
            3 => pieces[to] = pieces[from],
            4 => {
                let end = (from + 1 + choices.below(16)).min(pieces.len());
                let some: Vec<&str> = pieces[from..end].to_vec();
                pieces.splice(to..to, some);
            }
            _ => {
                let number = |piece: &str| piece.starts_with(|first: char| first.is_ascii_digit());
                let at = (from..pieces.len())
                    .find(|at| number(pieces[*at]))
                    .unwrap_or(to);
                pieces[at] = NUMBERS[choices.below(NUMBERS.len())];
            }
        }
    }
    pieces.concat()
}

/// The words, numbers, blanks and other characters of a text, in order.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let length = if in_word(first) {
            rest.find(|letter| !in_word(letter)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after;
    }
    words
}
