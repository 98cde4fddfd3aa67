//! The catalogue of clauses: what the language knows of each kind of item, in one table.
//!
//! A clause of the language is an item of a contract: a charge, a service level, a holdback. Its row says with which words it
//! begins, what it is for, what it declares, at which stage of a month it is computed, and how an editor shows it. Whatever
//! needs such a word takes it from here: the outline, messages, hover and completion, the editors' snippets, and the index of
//! clauses in the reference. The grammar reads the forms; they differ too much to be derived from a table.

mod clauses;
pub mod forms;
mod kind;

pub use clauses::CLAUSES;
pub use kind::ItemKind;

/// What the language knows of a clause.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// The words that it begins with: `service level`.
    pub words: &'static str,
    /// Which kind of item it is. The clauses of the partnership share one kind.
    pub kind: ItemKind,
    /// What such an item is called in a sentence: `at-risk amount`.
    pub noun: &'static str,
    /// What it is for, in one sentence without a full stop.
    pub meaning: &'static str,
    /// One as it is written, on one line; messages show it.
    pub example: &'static str,
    /// One with places to fill in, in the notation of editors: `charge ${1:name} ${2:1_000 EUR per month}`.
    pub snippet: &'static str,
    /// What names it.
    pub naming: Naming,
    /// When it is computed.
    pub stage: Stage,
    /// What an editor shows it as.
    pub role: Role,
    /// The heading under which the reference describes it.
    pub section: &'static str,
}

/// What names an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// It declares a name.
    Name,
    /// Its text is its name: `customer "Streamly"`.
    Title,
    /// Nothing: a contract has one, or what it is about tells it from others.
    Nameless,
}

/// The stages of a month, in the order of computation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// What holds for the whole contract: parties, term, rounding.
    Header,
    /// Words for what follows: units and dimensions.
    Declaration,
    /// Inputs, and values that are computed where they are needed.
    Definition,
    /// Prices that follow an index: with what they are prices of.
    Indexation,
    /// Failure points.
    Points,
    /// Prices for what is delivered.
    Charge,
    /// Charges corrected by measures, and what the parties share.
    Adjustment,
    /// Money back.
    Credit,
    /// Money on top.
    Bonus,
    /// Choices, limits, what is held back, maximum, minimum, commitments.
    Settlement,
    /// Taxes and notices, which may refer to anything.
    AfterTotal,
    /// Nothing is computed: it is checked, run as an example, or read by people.
    Record,
}

/// The order of computation, for messages.
pub const ORDER: &str = "inputs, metrics, charges, adjustments, credits and bonuses, limits, earn-back, holdback, maximum, \
                         minimum, commitments, tax";

/// What an editor shows an item as: its symbol and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A value that is reported.
    Input,
    /// A metric.
    Measure,
    /// A scorecard.
    Score,
    /// A value with a name.
    Definition,
    /// Something fixed, such as a currency.
    Constant,
    /// A unit.
    Unit,
    /// A dimension.
    Dimension,
    /// What is paid for something delivered.
    Price,
    /// Another amount of the statement: a commitment, a holdback, a tax.
    Amount,
    /// Failure points.
    Points,
    /// A level to reach.
    Level,
    /// What follows from a measure, or holds an amount within bounds.
    Consequence,
    /// What the contract is for.
    Goal,
    /// A worked example.
    Story,
    /// What holds for the whole contract, or for how the parties work together.
    Setting,
}

/// What the words that begin an item, a block or a change mean.
#[must_use]
pub fn meaning(words: &str) -> Option<&'static str> {
    let clause = CLAUSES.iter().find(|clause| clause.words == words);
    let mut others = forms::FILE.iter().chain(forms::CHANGES);
    clause
        .map(|clause| clause.meaning)
        .or_else(|| Some(others.find(|form| form.words == words)?.meaning))
}

/// The clause that a text begins with, whatever blanks and comments are between its words.
#[must_use]
pub fn beginning(text: &str) -> Option<&'static Clause> {
    let begins = |clause: &&Clause| match clause.kind {
        // They go on in several ways: `only the one chosen by …`, `bonuses applied to …`.
        ItemKind::OneCounts => begins_with("only", text),
        ItemKind::Applied => {
            begins_with("bonuses", text) || (begins_with("credits", text) && !is_small(text))
        }
        ItemKind::Small => is_small(text),
        _ => begins_with(clause.words, text),
    };
    CLAUSES.iter().find(begins)
}

/// `credits below 100 EUR …`, `credits at most 100 EUR …`
fn is_small(text: &str) -> bool {
    ["credits below", "credits at most"]
        .iter()
        .any(|words| begins_with(words, text))
}

fn begins_with(words: &str, text: &str) -> bool {
    let mut rest = text;
    words.split(' ').all(|word| {
        rest = after_blanks(rest);
        match rest.strip_prefix(word) {
            Some(after) if !after.starts_with(is_of_word) => {
                rest = after;
                true
            }
            _ => false,
        }
    })
}

fn is_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The text without the blanks and comments that it begins with.
fn after_blanks(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix('#') {
        rest = comment
            .split_once(['\n', '\r'])
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    rest
}
