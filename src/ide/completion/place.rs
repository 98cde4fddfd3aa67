//! What the drafter is about to write at a place, from the words before it.

use crate::catalogue::ItemKind;
use crate::syntax::outline::{Kind, Node, Outline, Token, TokenKind};
use crate::text::Span;

use super::super::declarations::Declared;

/// The kinds of things that can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing that could be listed: within a text or a comment, or where a new name is given.
    Nothing,
    /// Blocks of a file.
    File,
    /// Changes of an amendment.
    Changes,
    /// Items.
    Items,
    /// Statements in the block of an item.
    Statements(ItemKind),
    /// Facts of a partnership clause that begins with this word.
    Facts(String),
    /// Lines of a rate card for this input.
    Card(String),
    /// Bands.
    Bands,
    /// Libraries.
    Library,
    /// Rules of the checker.
    Rules,
    /// Types of values.
    Types,
    /// Units.
    Units {
        /// Whether a number comes before, so that currencies are listed first.
        after_number: bool,
    },
    /// Currencies.
    Currencies,
    /// Kinds of metrics.
    Kinds,
    /// Purposes of objectives.
    Purposes,
    /// Members of the dimension of this name.
    Members(String),
    /// Names of these things.
    Names(&'static [Declared]),
    /// Dimensions.
    Dimensions {
        /// Whether a party can also be named there.
        with_parties: bool,
    },
    /// Charges.
    Targets,
    /// The things that a limit can bound.
    Limited,
    /// Inputs of a scenario.
    Given,
    /// The things that a scenario can expect.
    Expected,
    /// Items by the words that name them.
    Designations,
    /// Any value, with those of the wanted kind first.
    Values(Option<Wanted>),
    /// These words.
    Words(&'static [&'static str]),
}

/// Which values are wanted first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Money.
    Money,
    /// Numbers of something.
    Count,
    /// Something like this name.
    Like(String),
}

const MEASURES: &[Declared] = &[
    Declared::Item(ItemKind::Metric),
    Declared::Item(ItemKind::Scorecard),
];

/// Returns the letters before the place, and what can be written there.
pub(super) fn place(outline: &Outline, text: &str, at: usize) -> (Span, Place) {
    let none = Span {
        start: u32::try_from(at).unwrap_or(u32::MAX),
        end: u32::try_from(at).unwrap_or(u32::MAX),
        ..outline.root.span
    };
    if let Some(token) = outline.token_at(at) {
        let inside = (token.span.start as usize) < at;
        let is_open = at < token.span.end as usize
            || token.kind == TokenKind::Comment
            || (token.kind == TokenKind::Text && !closed(text, token.span));
        if inside && is_open && matches!(token.kind, TokenKind::Comment | TokenKind::Text) {
            return (none, Place::Nothing);
        }
    }
    let word = word_before(text, at);
    let replace = Span {
        start: u32::try_from(word).unwrap_or(u32::MAX),
        ..none
    };
    let reading = Reading {
        outline,
        text,
        at: word,
    };
    (replace, reading.place())
}

fn closed(text: &str, span: Span) -> bool {
    let written = text.get(span.range()).unwrap_or_default();
    written.len() > 1 && written.ends_with('"')
}

/// Returns where the word begins that ends at a place.
fn word_before(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let word = before.trim_end_matches(|letter: char| {
        letter.is_alphanumeric() || letter == '_' || letter == '-'
    });
    let start = word.len();
    // A word begins with a letter; digits before it are a number.
    let letters = before.get(start..).unwrap_or_default();
    match letters.find(|letter: char| letter.is_alphabetic() || letter == '_') {
        Some(0) => start,
        _ => at,
    }
}

struct Reading<'o> {
    outline: &'o Outline,
    text: &'o str,
    /// Where the word begins that is being written.
    at: usize,
}

impl<'o> Reading<'o> {
    fn place(&self) -> Place {
        let (owner, block) = self.block();
        let phrase = self.phrase(owner, block);
        let Some(last) = phrase.last() else {
            return self.beginning(owner);
        };
        if let Some(place) = self.after(last, phrase, owner) {
            return place;
        }
        if self.begins_line() {
            return self.beginning(owner);
        }
        self.following(phrase)
    }

    /// Returns the innermost braces around the place, with their owner.
    fn block(&self) -> (&'o Node, Option<&'o Node>) {
        let path = self.outline.path_to(self.at);
        let holds = |node: &&&Node| {
            let closes = self.words(node.span).ends_with('}');
            node.kind == Kind::Block
                && (node.span.start as usize) < self.at
                && (self.at < node.span.end as usize || !closes)
        };
        let found = path.iter().rposition(|node| holds(&node));
        // A block that was never closed ends with its last word.
        let (owners, block) = match found {
            Some(at) => (path.get(..at).unwrap_or_default(), path.get(at).copied()),
            None => return self.open_block(),
        };
        let owner = owners.iter().rfind(|node| {
            !matches!(
                node.kind,
                Kind::Clause | Kind::Row | Kind::Statement | Kind::Block
            )
        });
        (owner.copied().unwrap_or(&self.outline.root), block)
    }

    /// Returns the innermost braces that open before the place and are never closed.
    fn open_block(&self) -> (&'o Node, Option<&'o Node>) {
        let mut owner = &self.outline.root;
        let mut found = None;
        let mut node = &self.outline.root;
        while let Some(last) = node
            .children
            .iter()
            .rfind(|child| (child.span.start as usize) < self.at && child.kind != Kind::Bad)
        {
            if last.kind == Kind::Block {
                if self.words(last.span).ends_with('}') && self.at >= last.span.end as usize {
                    break;
                }
                found = Some(last);
                owner = node;
            }
            node = last;
        }
        (owner, found)
    }

    /// Returns the words of the clause that the place is in, up to the place.
    fn phrase(&self, owner: &Node, block: Option<&Node>) -> &'o [Token] {
        let before = self
            .outline
            .tokens
            .partition_point(|token| token.span.end as usize <= self.at);
        let tokens = self.outline.tokens.get(..before).unwrap_or_default();
        let opened = block.map_or(0, |block| block.span.start as usize + 1);
        let holder = block.unwrap_or(&self.outline.root);
        let is_items = matches!(
            owner.kind,
            Kind::File | Kind::Contract | Kind::Library | Kind::Amendment
        );
        let item = holder
            .children
            .iter()
            .rfind(|child| (child.span.start as usize) < self.at && child.kind != Kind::Bad);
        let from = if is_items {
            item.map_or(opened, |item| item.span.start as usize)
        } else {
            self.statement_start(tokens, opened)
        };
        let start = tokens.partition_point(|token| (token.span.start as usize) < from);
        let phrase = tokens.get(start..).unwrap_or_default();
        let comment = phrase
            .iter()
            .rposition(|token| token.kind == TokenKind::Comment)
            .map_or(0, |at| at + 1);
        phrase.get(comment..).unwrap_or_default()
    }

    /// Returns where the current statement begins: after the last `;`, line break or opening brace before the place.
    fn statement_start(&self, tokens: &[Token], opened: usize) -> usize {
        let mut depth = 0_usize;
        for token in tokens.iter().rev() {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            if start < opened {
                break;
            }
            match token.kind {
                TokenKind::CloseBrace => depth += 1,
                TokenKind::OpenBrace => depth = depth.saturating_sub(1),
                TokenKind::Semicolon if depth == 0 => return end,
                _ => {}
            }
            let before = self.text.get(..start).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            if depth == 0 && line.trim().is_empty() && !self.begins_line() {
                return start;
            }
        }
        if self.begins_line() { self.at } else { opened }
    }

    /// Whether only blanks come before the word on its line.
    fn begins_line(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim().is_empty()
    }

    /// Returns what can begin within the braces of an owner.
    fn beginning(&self, owner: &Node) -> Place {
        match owner.kind {
            Kind::File => Place::File,
            Kind::Contract | Kind::Library => Place::Items,
            Kind::Amendment => Place::Changes,
            Kind::Item(ItemKind::Partnership) => Place::Facts(self.first_words(owner)),
            Kind::Item(ItemKind::Charge) => match self.priced(owner) {
                Some(input) => Place::Card(input),
                None => Place::Values(Some(Wanted::Money)),
            },
            Kind::Item(
                ItemKind::Adjust
                | ItemKind::Credit
                | ItemKind::Bonus
                | ItemKind::RetentionBonus
                | ItemKind::Points
                | ItemKind::Holdback,
            ) => Place::Bands,
            Kind::Item(ItemKind::AtRisk) => Place::Names(&[Declared::Item(ItemKind::ServiceLevel)]),
            Kind::Item(kind) => Place::Statements(kind),
            _ => Place::Nothing,
        }
    }

    /// Returns the input that a charge is for.
    fn priced(&self, charge: &Node) -> Option<String> {
        let mut tokens = self.outline.tokens_in(charge.span).iter();
        tokens.find(|token| self.words(token.span) == "for")?;
        let input = tokens.next()?;
        (input.kind == TokenKind::Reference).then(|| self.words(input.span).to_owned())
    }

    fn first_words(&self, node: &Node) -> String {
        let tokens = self.outline.tokens_in(node.span).iter();
        let words: Vec<&str> = tokens
            .take_while(|token| token.kind == TokenKind::Keyword)
            .map(|token| self.words(token.span))
            .collect();
        words.join(" ")
    }

    /// Returns what must follow a word that leaves something open.
    fn after(&self, last: &Token, phrase: &[Token], owner: &Node) -> Option<Place> {
        let first = phrase.first().map_or("", |token| self.words(token.span));
        let word = self.words(last.span);
        match last.kind {
            TokenKind::Point => {
                let named = phrase.iter().rev().nth(1)?;
                return Some(Place::Members(self.words(named.span).to_owned()));
            }
            TokenKind::Colon if matches!(first, "input" | "let") => return Some(Place::Types),
            TokenKind::Number if last.span.end as usize <= self.at => {
                return Some(Place::Units { after_number: true });
            }
            TokenKind::Operator => return Some(self.compared(word, phrase)),
            TokenKind::OpenParenthesis => return Some(Place::Values(None)),
            TokenKind::Comma => return self.in_list(phrase, owner),
            TokenKind::Keyword | TokenKind::Word | TokenKind::Reference => {}
            _ => return None,
        }
        Some(match word {
            "use" => Place::Words(&["standard"]),
            "standard" => Place::Library,
            "waive" => Place::Rules,
            "is" if first == "metric" => Place::Kinds,
            "on" if first == "share" => Place::Targets,
            "on" => Place::Names(MEASURES),
            "by" if first == "input" => Place::Dimensions { with_parties: true },
            "by" if matches!(first, "adjust" | "holdback") => Place::Names(MEASURES),
            "by" if matches!(first, "index" | "share") => {
                Place::Names(&[Declared::Item(ItemKind::Input)])
            }
            "by" if word_before_last(self, phrase) == "measured" => {
                Place::Names(&[Declared::Item(ItemKind::Metric)])
            }
            "by" if matches!(
                first,
                "metric" | "let" | "charge" | "service" | "credit" | "bonus"
            ) =>
            {
                Place::Dimensions {
                    with_parties: false,
                }
            }
            "purpose" => Place::Purposes,
            "adjust" | "index" => Place::Targets,
            "limit" => Place::Limited,
            "for" if first == "charge" => Place::Names(&[
                Declared::Item(ItemKind::Input),
                Declared::Item(ItemKind::Let),
            ]),
            "to" if first == "amendment" => Place::Names(&[Declared::Contract]),
            "remove" => Place::Designations,
            "add" | "replace" if first == word => Place::Items,
            "currency" => Place::Currencies,
            "per" => Place::Units {
                after_number: false,
            },
            "given" => Place::Given,
            "expect" => Place::Expected,
            "of" => Place::Values(Some(self.share_of(phrase))),
            "when" | "if" | "and" | "or" | "not" | "then" | "else" | "total" | "previous"
            | "than" | "below" | "above" | "least" | "most" | "needs" | "between" | "cost" => {
                Place::Values(self.left_side(phrase))
            }
            "each" => Place::Words(&["month", "quarter", "contract year", "calendar year"]),
            "over" | "last" => {
                Place::Words(&["last 3 months", "contract year", "calendar quarter"])
            }
            _ => return None,
        })
    }

    /// Returns what can follow a comma: the same as before it.
    fn in_list(&self, phrase: &[Token], owner: &Node) -> Option<Place> {
        let opener = phrase.iter().rev().find(|token| {
            token.kind == TokenKind::Keyword || token.kind == TokenKind::OpenParenthesis
        })?;
        match self.words(opener.span) {
            "given" => Some(Place::Given),
            "expect" => Some(Place::Expected),
            "(" => Some(Place::Values(None)),
            "adjust" | "index" => Some(Place::Targets),
            "limit" => Some(Place::Limited),
            "purpose" => Some(Place::Purposes),
            "by" => Some(Place::Names(&[Declared::Item(ItemKind::Metric)])),
            "currency" => Some(Place::Currencies),
            _ if owner.kind == Kind::Item(ItemKind::Scenario) => {
                let first = phrase.first().map(|token| self.words(token.span));
                Some(if first == Some("expect") {
                    Place::Expected
                } else {
                    Place::Given
                })
            }
            "is" => Some(Place::Types),
            _ => None,
        }
    }

    /// Returns what `of` refers to: money after `%` or money, and a number of something after a price.
    fn share_of(&self, phrase: &[Token]) -> Wanted {
        let before = phrase.iter().rev().nth(1);
        match before.map(|token| token.kind) {
            Some(TokenKind::Unit) => Wanted::Count,
            _ => Wanted::Money,
        }
    }

    /// Returns what is compared: money after the `=` of a charge, and after a comparison sign something like its left
    /// side.
    fn compared(&self, sign: &str, phrase: &[Token]) -> Place {
        let first = phrase.first().map_or("", |token| self.words(token.span));
        match sign {
            "=" if matches!(first, "charge" | "credit" | "bonus") => {
                Place::Values(Some(Wanted::Money))
            }
            "=" if matches!(first, "given" | "expect") => Place::Nothing,
            "<" | ">" | "<=" | ">=" | "<>" => Place::Values(self.left_side(phrase)),
            _ => Place::Values(None),
        }
    }

    fn left_side(&self, phrase: &[Token]) -> Option<Wanted> {
        let named = phrase
            .iter()
            .rfind(|token| token.kind == TokenKind::Reference)?;
        Some(Wanted::Like(self.words(named.span).to_owned()))
    }

    /// Returns the words that can follow in a clause that could end here.
    fn following(&self, phrase: &[Token]) -> Place {
        let first = phrase.first().map_or("", |token| self.words(token.span));
        let has = |word: &str| phrase.iter().any(|token| self.words(token.span) == word);
        match first {
            "input" if has(":") => Place::Words(&[
                "by",
                "from",
                "between",
                "in steps of",
                "nominal",
                "if missing,",
            ]),
            "metric" if !has("is") => Place::Words(&["is", "by"]),
            "metric" => Place::Words(&[
                "percent",
                "higher is better",
                "lower is better",
                "between",
                "from",
                "to",
            ]),
            "charge" => Place::Words(&[
                "for",
                "at",
                "per",
                "graduated {",
                "volume {",
                "flat {",
                "once in",
            ]),
            "service" | "credit" | "bonus" | "points" => {
                Place::Words(&["on", "by", "when", "each", "applied to the next invoice"])
            }
            "adjust" => Place::Words(&["by"]),
            "limit" => Place::Words(&["and", "to", "each", "over the term"]),
            "term" => Place::Words(&["to"]),
            "scenario" => Place::Words(&["for", "to"]),
            "amendment" => Place::Words(&["to", "effective"]),
            _ => Place::Words(&[
                "and",
                "or",
                "of",
                "over last",
                "otherwise",
                "rounded half up to",
            ]),
        }
    }

    fn words(&self, span: Span) -> &'o str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

fn word_before_last<'o>(reading: &Reading<'o>, phrase: &[Token]) -> &'o str {
    let before = phrase.iter().rev().nth(1);
    before.map_or("", |token| reading.words(token.span))
}
