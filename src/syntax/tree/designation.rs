//! The name of an item where another text refers to it: `service level answer_speed`, `limit credits each month`.

use std::fmt;

use crate::catalogue;

use super::{
    AdjustTarget, AwardKind, Every, Expr, ExprKind, FloorKind, IndexTarget, Item, ItemKind,
    LimitPeriod, LimitSubject, Name, Path, ShareItem, Text,
};

/// The words that name an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Designation {
    /// The words that it begins with: `service level`.
    pub kind: &'static str,
    /// What it declares, or what it is about; nothing for items that a contract has only once.
    pub names: Vec<String>,
    /// What distinguishes it from others about the same thing: `each month`, `by cx`.
    pub detail: Option<String>,
}

impl Designation {
    fn of_one(kind: &'static str) -> Self {
        Self {
            kind,
            names: Vec::new(),
            detail: None,
        }
    }

    fn named(kind: &'static str, name: &str) -> Self {
        Self {
            names: vec![name.to_owned()],
            ..Self::of_one(kind)
        }
    }

    /// Whether both are about the same thing, whatever else distinguishes them.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.kind == other.kind && sorted(&self.names) == sorted(&other.names)
    }

    /// Whether those words name it, with or without its detail.
    #[must_use]
    pub fn is_written(&self, words: &str) -> Written {
        let mut words: Vec<&str> = words
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !matches!(*word, "" | "and" | "on"))
            .collect();
        for kind in self.kind.split(' ') {
            if words.first() != Some(&kind) {
                return Written::No;
            }
            words.remove(0);
        }
        words.sort_unstable();
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.sort_unstable();
        if words == names {
            return if self.detail.is_some() {
                Written::Short
            } else {
                Written::Whole
            };
        }
        let Some(detail) = &self.detail else {
            return Written::No;
        };
        names.extend(detail.split(' '));
        names.sort_unstable();
        if words == names {
            Written::Whole
        } else {
            Written::No
        }
    }
}

/// How much of a designation the words give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// They name something else.
    No,
    /// All but the detail.
    Short,
    /// All of it.
    Whole,
}

impl fmt::Display for Designation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind)?;
        if !self.names.is_empty() {
            write!(out, " {}", self.names.join(", "))?;
        }
        match &self.detail {
            Some(detail) => write!(out, " {detail}"),
            None => Ok(()),
        }
    }
}

/// The head of an item: its kind, the name that it declares, and its title for people to read.
struct Head<'i> {
    kind: catalogue::ItemKind,
    name: Option<&'i Name>,
    title: Option<&'i Text>,
}

impl Item {
    /// The one place that knows where each kind of item keeps its name and title.
    fn head(&self) -> Head<'_> {
        use catalogue::ItemKind as Kind;
        let bare = |kind| Head {
            kind,
            name: None,
            title: None,
        };
        let named = |kind, name, title| Head {
            kind,
            name: Some(name),
            title,
        };
        let titled = |kind, title| Head {
            kind,
            name: None,
            title: Some(title),
        };
        match &self.kind {
            ItemKind::Customer(party) => titled(Kind::Customer, &party.name),
            ItemKind::Supplier(party) => titled(Kind::Supplier, &party.name),
            ItemKind::Currency(_) => bare(Kind::Currency),
            ItemKind::Term(_) => bare(Kind::Term),
            ItemKind::Invoice(_) => bare(Kind::Invoice),
            ItemKind::Round(_) => bare(Kind::Round),
            ItemKind::PartMonths(_) => bare(Kind::PartMonths),
            ItemKind::Language(_) => bare(Kind::Language),
            ItemKind::Unit(one) => named(Kind::Unit, &one.singular, None),
            ItemKind::Dimension(one) => named(Kind::Dimension, &one.name, None),
            ItemKind::Objective(one) => named(Kind::Objective, &one.name, one.title.as_ref()),
            ItemKind::Records(one) => named(Kind::Records, &one.name, one.title.as_ref()),
            ItemKind::Input(one) => named(Kind::Input, &one.name, one.title.as_ref()),
            ItemKind::Metric(one) => named(Kind::Metric, &one.name, one.title.as_ref()),
            ItemKind::Let(one) => named(Kind::Let, &one.name, one.title.as_ref()),
            ItemKind::Charge(one) => named(Kind::Charge, &one.name, one.title.as_ref()),
            ItemKind::Scorecard(one) => named(Kind::Scorecard, &one.name, one.title.as_ref()),
            ItemKind::Adjust(one) => Head {
                title: one.title.as_ref(),
                ..bare(Kind::Adjust)
            },
            ItemKind::ServiceLevel(one) => named(Kind::ServiceLevel, &one.name, one.title.as_ref()),
            ItemKind::Points(one) => named(Kind::Points, &one.name, one.title.as_ref()),
            ItemKind::AtRisk(one) => Head {
                kind: Kind::AtRisk,
                name: one.name.as_ref(),
                title: one.title.as_ref(),
            },
            ItemKind::Award(one) => {
                let kind = match one.kind {
                    AwardKind::Credit => Kind::Credit,
                    AwardKind::Bonus if one.in_every_month => Kind::RetentionBonus,
                    AwardKind::Bonus => Kind::Bonus,
                };
                named(kind, &one.name, one.title.as_ref())
            }
            ItemKind::Limit(_) => bare(Kind::Limit),
            ItemKind::Share(share) => match share.as_ref() {
                ShareItem::Currency(_) => bare(Kind::ShareCurrency),
                ShareItem::Gain(one) => named(Kind::ShareGain, &one.name, one.title.as_ref()),
            },
            ItemKind::Index(_) => bare(Kind::Index),
            ItemKind::Floor(floor) => bare(match floor.kind {
                FloorKind::Minimum => Kind::Minimum,
                FloorKind::Maximum => Kind::Maximum,
            }),
            ItemKind::Applied(_) => bare(Kind::Applied),
            ItemKind::Small(_) => bare(Kind::Small),
            ItemKind::Only(_) => bare(Kind::OneCounts),
            ItemKind::Commitment(one) => named(Kind::Commitment, &one.name, one.title.as_ref()),
            ItemKind::Holdback(one) => named(Kind::Holdback, &one.name, one.title.as_ref()),
            ItemKind::Tax(one) => named(Kind::Tax, &one.name, one.title.as_ref()),
            ItemKind::Notice(one) => named(Kind::Notice, &one.name, Some(&one.text)),
            ItemKind::Partnership(_) => bare(Kind::Partnership),
            ItemKind::Scenario(one) => titled(Kind::Scenario, &one.name),
        }
    }

    /// Returns which clause it is.
    #[must_use]
    pub fn what(&self) -> catalogue::ItemKind {
        self.head().kind
    }

    /// The name that the item declares, if it has one.
    #[must_use]
    pub fn declared_name(&self) -> Option<&Name> {
        self.head().name
    }

    /// The item's title for people to read, if it has one.
    #[must_use]
    pub fn title(&self) -> Option<&Text> {
        self.head().title
    }

    /// The words that name the item.
    #[must_use]
    pub fn designation(&self) -> Designation {
        let head = self.head();
        let words = head.kind.words();
        let about = |names: Vec<String>, detail: Option<String>| Designation {
            kind: words,
            names,
            detail,
        };
        match &self.kind {
            ItemKind::Adjust(adjust) => about(
                charges(&adjust.target),
                name_of(&adjust.by).map(|name| format!("by {name}")),
            ),
            ItemKind::Limit(limit) => about(
                limit.subjects.iter().map(subject).collect(),
                Some(period(&limit.period)),
            ),
            ItemKind::Index(index) => about(
                index.targets.iter().map(target).collect(),
                Some(format!("by {}", path(&index.by))),
            ),
            ItemKind::Share(share) => match share.as_ref() {
                ShareItem::Currency(share) => about(
                    charges(&share.target),
                    Some(format!("by {}", path(&share.by))),
                ),
                ShareItem::Gain(share) => Designation::named(words, &share.name.text),
            },
            ItemKind::Applied(item) => Designation {
                kind: awards(&item.kinds),
                names: Vec::new(),
                detail: Some("applied".to_owned()),
            },
            ItemKind::Small(_) => Designation {
                kind: "credits",
                names: Vec::new(),
                detail: Some("below".to_owned()),
            },
            ItemKind::Only(only) => Designation {
                kind: "only",
                names: only.of.iter().map(path).collect(),
                detail: None,
            },
            ItemKind::Partnership(clause) => Designation::of_one(clause.kind.word()),
            ItemKind::Scenario(scenario) => {
                Designation::named(words, &format!("\"{}\"", scenario.name.text))
            }
            _ => match head.name {
                Some(name) => Designation::named(words, &name.text),
                None => Designation::of_one(words),
            },
        }
    }
}

impl Every {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Month => "each month",
            Self::Quarter => "each quarter",
            Self::ContractYear => "each contract year",
            Self::CalendarYear => "each calendar year",
        }
    }
}

fn period(period: &LimitPeriod) -> String {
    match period {
        LimitPeriod::Each(every) => every.words().to_owned(),
        LimitPeriod::Rolling(months) => match &months.kind {
            ExprKind::Number(count) => format!("each rolling {count} months"),
            _ => "each rolling".to_owned(),
        },
        LimitPeriod::Term => "over the term".to_owned(),
    }
}

fn subject(subject: &LimitSubject) -> String {
    match subject {
        LimitSubject::Credits(_) => "credits".to_owned(),
        LimitSubject::Reductions(_) => "reductions".to_owned(),
        LimitSubject::Bonuses(_) => "bonuses".to_owned(),
        LimitSubject::Named(named) => path(named),
    }
}

fn awards(kinds: &[AwardKind]) -> &'static str {
    match kinds {
        [AwardKind::Credit] => "credits",
        [AwardKind::Bonus] => "bonuses",
        _ => "credits and bonuses",
    }
}

fn charges(target: &AdjustTarget) -> Vec<String> {
    match target {
        AdjustTarget::AllCharges(_) => vec!["charges".to_owned()],
        AdjustTarget::Named(paths) => paths.iter().map(path).collect(),
    }
}

fn target(target: &IndexTarget) -> String {
    match target {
        IndexTarget::Charges(_) => "charges".to_owned(),
        IndexTarget::Named(named) => path(named),
    }
}

fn path(path: &Path) -> String {
    match &path.member {
        Some(member) => format!("{}.{}", path.name.text, member.text),
        None => path.name.text.clone(),
    }
}

fn name_of(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name(named) => Some(path(named)),
        _ => None,
    }
}

fn sorted(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names
}
