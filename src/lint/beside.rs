//! Rules about a text and its waivers rather than about what a contract says. They have a page, a level and a name like
//! all rules, and are checked separately.

use super::rule::{Basis, Category, Rule, RuleFix, Safety, Status};
use super::settings::Level;

/// A waiver that has ended.
pub const EXPIRED_WAIVER: Rule = Rule {
    name: "expired-waiver",
    category: Category::Governance,
    level: Level::Error,
    status: Status::Stable,
    basis: Basis::Presence,
    since: "0.2.0",
    page: "A waiver has ended, and the finding that it accepted counts again.

A waiver says until when the parties accept a finding. After that day nobody has accepted it.

```text
waive no-grace-period until 2025-12-31 because \"the service runs unchanged\"
```

To fix it, fix what the waiver is about, or agree again, with a later date and the reason why it still applies.",
    thresholds: &[],
    fix: None,
    check: |_| Vec::new(),
};

/// A waiver that covers nothing.
pub const UNUSED_WAIVER: Rule = Rule {
    name: "unused-waiver",
    category: Category::Clarity,
    level: Level::Warning,
    status: Status::Stable,
    basis: Basis::Presence,
    since: "0.2.0",
    page: "A waiver covers no finding.

A waiver that covers nothing hides the next real finding of its kind, and a reader looks in vain for what was accepted. The
rule reports waivers of rules that ran, in a contract without errors.

To fix it, delete the waiver.",
    thresholds: &[],
    fix: Some(RuleFix {
        title: "delete the waiver",
        safety: Safety::Safe,
    }),
    check: |_| Vec::new(),
};

/// An invisible character.
pub const HIDDEN_CHARACTER: Rule = Rule {
    name: "hidden-character",
    category: Category::Clarity,
    level: Level::Error,
    status: Status::Stable,
    basis: Basis::Presence,
    since: "0.2.0",
    page: "The text has a character that is invisible, or that changes the order in which other characters are shown.

What the parties read is then not what is computed: a mark that changes the direction of writing can make a clause look like a
comment, and two names that differ only in a zero-width space are two names. Such characters come with text that is copied from
a web page or a word processor, or somebody put them there on purpose (Unicode Technical Report 36 describes how).

The rule ignores marks that an emoji or a letter of another script needs.

To fix it, delete the character. The finding names it and shows where it is.",
    thresholds: &[],
    fix: Some(RuleFix {
        title: "delete the character",
        safety: Safety::Unsafe,
    }),
    check: |_| Vec::new(),
};

/// A name that looks like another one.
pub const LOOKALIKE_NAME: Rule = Rule {
    name: "lookalike-name",
    category: Category::Clarity,
    level: Level::Error,
    status: Status::Stable,
    basis: Basis::Presence,
    since: "0.2.0",
    page: "A name has letters of several scripts, or looks exactly like another name or a word of the language.

The Cyrillic `\u{441}` and the Latin `c` look the same and are two different letters: `\u{441}sat` is not `csat`, and no reader of the
contract can see that. Unicode Technical Standard 39 lists the letters that look alike.

The rule ignores names in one script, whatever that is, and names of Latin letters that differ in spelling:
[confusable-names](confusable-names.md) reports those.

To fix it, type the name again.",
    thresholds: &[],
    fix: None,
    check: |_| Vec::new(),
};

/// All of them, by name.
pub const ALL: &[Rule] = &[
    EXPIRED_WAIVER,
    HIDDEN_CHARACTER,
    LOOKALIKE_NAME,
    UNUSED_WAIVER,
];
