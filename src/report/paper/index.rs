//! Prices that follow an index, and shares of currency and gain, in prose.

use crate::model::facts::{
    ChargeTarget, GainBand, Index, IndexAgainst, IndexLink, IndexTarget, PartPeriod, PartyShare,
    RateDeadband, ShareCurrency, ShareGain, Threshold,
};

use super::charges::tier_reach;
use super::translate::grouped;
use super::words::{Words, capital, list, month, month_name, period, settled};
use super::{Clause, Part};

/// The indexations, one clause each.
pub(super) fn indices(words: &Words<'_>, indices: &[Index]) -> Vec<Clause> {
    indices.iter().map(|one| index(words, one)).collect()
}

fn index(words: &Words<'_>, index: &Index) -> Clause {
    let Index {
        head,
        targets,
        by,
        base,
        base_month,
        first,
        value_of,
        fixed,
        threshold,
        least,
        most,
        factor,
        prices,
        against,
        links,
    } = index;
    let targets: Vec<String> = targets
        .iter()
        .map(|target| match target {
            IndexTarget::Charges => "all charges".to_owned(),
            IndexTarget::Named(link) => words.link(link),
        })
        .collect();
    let first = first.to_string();
    let (year, of_year) = first.split_once('-').unwrap_or(("", ""));
    let adjusted = month_name(of_year.parse().unwrap_or(1));
    let compared = match against {
        Some(IndexAgainst::YearBefore) => {
            "with its value at the adjustment before, at first with the base"
        }
        Some(IndexAgainst::LastAdjustment) => {
            "with its value when the change last passed the threshold, at first with the base"
        }
        Some(IndexAgainst::Base) | None => "with the base",
    };
    let text = format!(
        "Every amount of money stated in {} follows {}. The base is {} of {}. Prices are adjusted each {adjusted} from {year} on, by a \
         factor that holds until the next adjustment and is one before the first. The factor is found in these steps:",
        list(&targets, "and"),
        words.link(by),
        grouped(&base.to_string()),
        month(*base_month),
    );
    let mut steps = vec![format!(
        "the change is the index’s value for the last {} before the adjustment, compared {compared}, as a share of the latter",
        month_name(*value_of)
    )];
    if let Some(Threshold { level, only_above }) = threshold {
        let level = words.value(level);
        steps.push(match only_above {
            Some(false) => format!("of a change, up or down, of more than {level} the whole counts, and of any other change nothing"),
            Some(true) | None => format!("of a change, up or down, only what lies above {level} counts"),
        });
    }
    if let Some(fixed) = fixed {
        steps.push(format!(
            "{} of each price is fixed, and only the rest takes on the change that counts",
            words.value(fixed)
        ));
    }
    if let Some(factor) = factor {
        steps.push(format!("the factor is {}", words.rounded(factor)));
    }
    match (least, most) {
        (None, None) => {}
        (least, most) => {
            let least = least
                .as_ref()
                .map(|least| format!("at least {}", words.value(least)));
            let most = most
                .as_ref()
                .map(|most| format!("at most {}", words.value(most)));
            let bounds: Vec<String> = least.into_iter().chain(most).collect();
            let lost = match against {
                Some(IndexAgainst::YearBefore | IndexAgainst::LastAdjustment) => {
                    "what a bound cuts off is lost"
                }
                Some(IndexAgainst::Base) | None => {
                    "what a bound cuts off comes back in later years"
                }
            };
            steps.push(format!(
                "the factor changes by {} a year; {lost}",
                list(&bounds, "and")
            ));
        }
    }
    if matches!(
        against,
        Some(IndexAgainst::YearBefore | IndexAgainst::LastAdjustment)
    ) {
        steps.push("the factor in force before is multiplied by the result".to_owned());
    }
    if let Some(prices) = prices {
        steps.push(format!(
            "each price is multiplied by the factor and {}",
            words.rounded(prices)
        ));
    }
    let mut parts = vec![Part::Text(text), Part::List(steps)];
    for link in links {
        let IndexLink {
            from,
            by,
            new_value,
            old_value,
        } = link;
        parts.push(Part::Text(format!(
            "From {} on, values are read from {}, of which {} count as {} of the index before it.",
            month(*from),
            words.link(by),
            grouped(&new_value.to_string()),
            grouped(&old_value.to_string())
        )));
    }
    parts.push(Part::Text(
        "Edges of bands, ends of tiers and percentages do not follow the index.".to_owned(),
    ));
    Clause {
        title: "Price index".to_owned(),
        ..words.clause(head, parts)
    }
}

fn targets(words: &Words<'_>, target: &ChargeTarget) -> String {
    match target {
        ChargeTarget::All => "the Charges".to_owned(),
        ChargeTarget::Named(links) => words.links(links),
    }
}

/// The shares of currency and of gain, one clause each.
pub(super) fn shares(
    words: &Words<'_>,
    currency: &[ShareCurrency],
    gain: &[ShareGain],
) -> Vec<Clause> {
    let currency = currency.iter().map(|one| share_currency(words, one));
    currency
        .chain(gain.iter().map(|one| share_gain(words, one)))
        .collect()
}

fn share(words: &Words<'_>, share: &PartyShare) -> String {
    let PartyShare { share, to_customer } = share;
    let whose = if *to_customer { "Customer" } else { "Supplier" };
    format!("{} by the {whose}", words.value(share))
}

fn share_currency(words: &Words<'_>, one: &ShareCurrency) -> Clause {
    let ShareCurrency {
        head,
        target,
        base,
        by,
        beyond,
        share: whose,
        up_to,
        down_to,
    } = one;
    let mut text = format!(
        "A change of {} from the agreed rate of {} changes the cost of {}. Of that change of cost, {} is borne or gained",
        words.link(by),
        words.value(base),
        targets(words, target),
        words.value(&whose.share)
    );
    text += if whose.to_customer {
        " by the Customer: a rise is added to the invoice, and a fall is taken off."
    } else {
        " by the Supplier, and the rest by the Customer: the Customer’s share of a rise is added to the invoice, and of a fall is taken off."
    };
    let bounds = [
        up_to
            .as_ref()
            .map(|up| format!("a rate above {} counts as that rate", words.value(up))),
        down_to
            .as_ref()
            .map(|down| format!("a rate below {} counts as that rate", words.value(down))),
    ];
    let bounds: Vec<String> = bounds.into_iter().flatten().collect();
    if !bounds.is_empty() {
        text += &format!(" {}.", capital(&list(&bounds, "and")));
    }
    if let Some(RateDeadband { level, deductible }) = beyond {
        let level = words.value(level);
        let counted = match deductible {
            Some(true) => "of a larger one only what lies beyond counts",
            Some(false) => "a larger one counts as a whole",
            None => "a larger one counts",
        };
        text += &format!(" A change of at most {level}, up or down, changes nothing; {counted}.");
    }
    text += " Where the rate states how much of the other currency one unit of the invoice’s currency buys, the cost changes in the inverse proportion.";
    Clause {
        title: "Exchange rate".to_owned(),
        ..words.clause(head, vec![Part::Text(text)])
    }
}

fn share_gain(words: &Words<'_>, one: &ShareGain) -> Clause {
    let ShareGain {
        head,
        actual,
        target,
        every,
        part,
        gain,
        pain,
    } = one;
    let every = every.unwrap_or(crate::model::facts::Every::Month);
    let mut text = format!(
        "{} is compared with a target of {} and settled {}.",
        capital(&words.value(actual)),
        words.value(target),
        settled(every)
    );
    text += " What is below the target is the gain, what is above it the loss. Bands are shares of the target, and each share below is \
             taken of the part that falls into its band. A gain shared by the Supplier and a loss shared by the Customer are added to \
             the invoice; a gain shared by the Customer and a loss shared by the Supplier are taken off.";
    if let Some(part) = part {
        text += &format!(" {}", part_period(*part, period(every)));
    }
    let mut parts = vec![Part::Text(text)];
    for (which, bands) in [("gain", gain), ("loss", pain)] {
        match bands.as_deref() {
            None | Some([]) => parts.push(Part::Text(format!("A {which} is not shared."))),
            Some(bands) => {
                let rows = bands.iter().enumerate().map(|(at, band)| {
                    let GainBand {
                        reach,
                        share: whose,
                    } = band;
                    vec![tier_reach(words, reach, at == 0), share(words, whose)]
                });
                let column = if which == "gain" { "Gain" } else { "Loss" };
                parts.push(Part::Table(vec![column, "Shared"], rows.collect()));
            }
        }
    }
    words.clause(head, parts)
}

/// How much of an amount for a period is due for a part of one.
pub(super) fn part_period(part: PartPeriod, period: &str) -> String {
    match part {
        PartPeriod::ProRata => format!(
            "For a {period} that is only partly in the term it is due in proportion to its months within the term."
        ),
        PartPeriod::InFull => {
            format!("For a {period} that is only partly in the term it is due in full.")
        }
    }
}
