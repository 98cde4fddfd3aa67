//! A rule: its name, what it is about, how much it matters, its page and its check.

use std::fmt;

use crate::diagnostic::Diagnostic;

use super::settings::Level;
use super::subject::Subject;

/// The subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// The contract contradicts itself. Such a finding cannot be waived.
    Correctness,
    /// What the pay rewards.
    Incentive,
    /// What is measured, and how.
    Measurement,
    /// How the partnership works.
    Governance,
    /// What can go wrong, and who bears the cost.
    Risk,
    /// How easy the text is to read.
    Clarity,
    /// What the text leaves open.
    Question,
}

impl Category {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::Correctness,
        Self::Incentive,
        Self::Measurement,
        Self::Governance,
        Self::Risk,
        Self::Clarity,
        Self::Question,
    ];

    /// Its name, as configuration writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Incentive => "incentive",
            Self::Measurement => "measurement",
            Self::Governance => "governance",
            Self::Risk => "risk",
            Self::Clarity => "clarity",
            Self::Question => "question",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How settled a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Its findings change only with a new version of the language.
    Stable,
    /// It may still change. It is on only if a setting asks for it.
    Preview,
}

/// A figure that a rule compares with, and that configuration can set.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Its name: `share`.
    pub name: &'static str,
    /// Its usual value, as it would be written: `10%` or `3`.
    pub default: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Whether a fix may be applied without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// The contract pays the same afterwards, in every month that can happen, and nobody has a new obligation.
    Safe,
    /// It may pay something else, or give the parties a new obligation.
    Unsafe,
}

/// The edit that fixes a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleFix {
    /// What it does, in the imperative.
    pub title: &'static str,
    /// Whether it may be applied without review.
    pub safety: Safety,
}

/// The basis for a rule's conclusions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// What the contract says.
    Presence,
    /// What the contract does not say. If a clause that moves money could not be understood, such a rule would think it
    /// absent, and would blame the contract for what it has. So the rule waits until the clause is fixed.
    Absence,
}

/// A rule. It is named after the bad pattern, so that its name reads well after "allow".
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name in kebab case, unique among all findings of the program.
    pub name: &'static str,
    /// Its subject.
    pub category: Category,
    /// How much it matters unless configuration says otherwise.
    pub level: Level,
    /// How settled it is.
    pub status: Status,
    /// The basis for its conclusions.
    pub basis: Basis,
    /// The version that introduced it.
    pub since: &'static str,
    /// Its page: lines of Markdown, each with one leading space.
    pub page: &'static str,
    /// The figures that configuration can set.
    pub thresholds: &'static [Threshold],
    /// The edit that fixes it, if one can.
    pub fix: Option<RuleFix>,
    /// The check that finds it. The caller fills in level and name.
    pub check: fn(&Subject<'_>) -> Vec<Diagnostic>,
}

impl Rule {
    /// Its page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let lines = self.page.lines();
        let page = lines
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        match &self.fix {
            Some(fix) => format!("{page}\n{}\n", fix.sentences()),
            None => page,
        }
    }

    /// The first sentence of its page.
    #[must_use]
    pub fn summary(&self) -> String {
        let page = self.markdown();
        let first = page.split("\n\n").next().unwrap_or_default();
        first.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl RuleFix {
    /// A sentence on its effect, and on whether the program can make it alone.
    #[must_use]
    pub fn sentences(&self) -> String {
        let title = self.title;
        match self.safety {
            Safety::Safe => format!(
                "A safe fix can {title}. The contract pays the same afterwards, in every month, and nobody has a new \
                 obligation."
            ),
            Safety::Unsafe => format!(
                "An unsafe fix can {title}. It changes what is paid, or what the parties owe each other: read it \
                 before you keep it."
            ),
        }
    }
}

/// The fix that a rule declares, if any.
pub(super) const fn only(fixes: &[RuleFix]) -> Option<RuleFix> {
    match fixes {
        [fix, ..] => Some(*fix),
        [] => None,
    }
}

/// The basis that a rule declares, or what the contract says if it declares none.
pub(super) const fn basis(stated: &[Basis]) -> Basis {
    match stated {
        [basis, ..] => *basis,
        [] => Basis::Presence,
    }
}

/// Declares a rule as `RULE`, with the doc comment as its page and the function `check` of the same file.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])*
        $name:literal: $category:ident, $level:ident, $status:ident since $since:literal
        $(from $basis:ident)?
        $(, $threshold:literal = $default:literal $meaning:literal)*
        $(; $safety:ident fix $title:literal)*
    ) => {
        #[doc = "The rule's entry in the registry."]
        pub const RULE: $crate::lint::Rule = $crate::lint::Rule {
            name: $name,
            category: $crate::lint::Category::$category,
            level: $crate::lint::Level::$level,
            status: $crate::lint::Status::$status,
            basis: $crate::lint::rule::basis(&[$($crate::lint::Basis::$basis)?]),
            since: $since,
            page: concat!($($doc, "\n"),*),
            thresholds: &[$($crate::lint::Threshold { name: $threshold, default: $default, meaning: $meaning }),*],
            fix: $crate::lint::rule::only(&[$($crate::lint::RuleFix {
                title: $title,
                safety: $crate::lint::Safety::$safety,
            }),*]),
            check,
        };
    };
}

pub(super) use rule;
