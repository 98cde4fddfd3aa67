//! Rules that are about a text and its waivers, and not about what a contract says: they have a page, a level and a name like
//! all rules, and are looked for beside them.

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
    page: "A waiver has ended, and what it accepted counts again.

A waiver says until when the parties accept a finding. After that day nobody has accepted it.

```text
waive no-grace-period until 2025-12-31 because \"the service runs unchanged\"
```

To fix it, fix what the waiver is about; or agree anew, with a later date and the reason why it still holds.",
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

A waiver that waives nothing hides the next real finding of its kind, and whoever reads the contract looks in vain for what was
accepted. It is said of a rule that was looked for, in a contract without errors.

To fix it, delete the waiver.",
    thresholds: &[],
    fix: Some(RuleFix {
        title: "delete the waiver",
        safety: Safety::Safe,
    }),
    check: |_| Vec::new(),
};

/// A character that nobody sees.
pub const HIDDEN_CHARACTER: Rule = Rule {
    name: "hidden-character",
    category: Category::Clarity,
    level: Level::Error,
    status: Status::Stable,
    basis: Basis::Presence,
    since: "0.2.0",
    page: "The text has a character that cannot be seen, or that changes the order in which other characters are shown.

What the parties read is then not what is computed: a mark that turns the direction of writing can show a clause as a comment,
and two names that differ in a space of no width are two names. Such characters come with texts that are copied from a web
page or a word processor, or somebody put them there (Unicode Technical Report 36 describes how).

Marks that an emoji or a letter of another script needs to be drawn are left alone.

To fix it, delete the character. The finding names it, and says between which words it is.",
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

The Cyrillic `\u{441}` and the Latin `c` are drawn alike and are two letters: `\u{441}sat` is not `csat`, and nobody who reads the
contract can see that. Which letters look alike is taken from Unicode Technical Standard 39.

A name in one script, whatever it is, is left alone, and so are names of Latin letters that differ in spelling, which
[confusable-names](confusable-names.md) looks for.

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
