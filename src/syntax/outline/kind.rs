//! What tokens and parts are.

use crate::catalogue::ItemKind;

/// What a part of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The whole file.
    File,
    /// `use …`
    Use,
    /// `contract … { … }`
    Contract,
    /// `library … { … }`
    Library,
    /// `amendment … { … }`
    Amendment,
    /// `add …`, `replace …` or `remove …` in an amendment; what is added is an item in it.
    Change,
    /// One item of a contract.
    Item(ItemKind),
    /// `{ … }`, with its braces; the closing one may be missing.
    Block,
    /// A statement in a block: `target 80% each month`, `needs …`, `given …`, a formula, a fact.
    Statement,
    /// A row of a table: a band, a tier, a slab, a price of a card, an arm of a scorecard, a category of a pool.
    Row,
    /// A part of an item or statement that begins with words of its own: `from "ACD"`, `each month`, `rounded …`.
    Clause,
    /// A formula, a condition, an amount.
    Expression,
    /// `( … )`, or a function with its arguments.
    Group,
    /// What could not be read.
    Bad,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word of the language.
    Keyword,
    /// A name in its declaration.
    Name,
    /// A name where it is used.
    Reference,
    /// A unit or a currency.
    Unit,
    /// `min`, `max`, `abs`
    Function,
    /// A word from a list, such as a kind of metric or a purpose.
    Choice,
    /// A name for a text, such as `vat`.
    Property,
    /// A free word: in the clauses of the partnership, in the name of a party, and in what could not be read.
    Word,
    /// Digits with their `_` and decimal point, or with the ending of `2nd`.
    Number,
    /// `2026-01` or `2026-01-31`, or a year
    Date,
    /// A text with its quotation marks.
    Text,
    /// From `#` to the end of the line.
    Comment,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `(`
    OpenParenthesis,
    /// `)`
    CloseParenthesis,
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `.` between a name and its member
    Point,
    /// `%`
    Percent,
    /// `+ - * / = < > <= >= <>`
    Operator,
    /// `+` or `-` that belongs to what comes after it
    Sign,
    /// A sign that the language does not have.
    Unknown,
}
