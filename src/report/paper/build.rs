//! The articles of a contract, in order.

use crate::model::facts::{AwardKind, Facts, PartnershipKind, PartyRole};
use crate::report::facts::ContractFacts;

use super::words::Words;
use super::{
    Article, Clause, Paper, Worked, awards, bounds, charges, definitions, frame, index, levels,
    partnership, quality, records, settling,
};

/// A contract in prose, with its worked examples.
#[must_use]
pub fn paper(contract: ContractFacts<'_>, mut examples: Vec<Worked>) -> Paper {
    let words = Words::of(contract.sources, contract.contract);
    for one in &mut examples {
        for (column, _) in &mut one.given {
            *column = named(&words, column);
        }
        for (what, _) in &mut one.results {
            *what = named(&words, what);
        }
    }
    let heading = &contract.contract.heading;
    let parties = &words.facts.frame.parties;
    let signatures = parties.iter().map(|party| {
        let role = match party.role {
            PartyRole::Customer => "For the Customer",
            PartyRole::Supplier => "For the Supplier",
        };
        (role, party.name.text.clone())
    });
    let assumed = words.facts.inputs.iter().filter_map(|input| {
        let nominal = input.nominal.as_ref()?;
        Some((
            words.term(&input.head),
            definitions::nominal(&words, nominal),
        ))
    });
    Paper {
        contract: contract.contract.name.text.clone(),
        title: heading
            .title
            .clone()
            .unwrap_or_else(|| heading.contract.clone()),
        file: contract.file.to_owned(),
        articles: articles(&words, contract),
        signatures: signatures.collect(),
        assumed: if examples.is_empty() {
            Vec::new()
        } else {
            assumed.collect()
        },
        examples,
    }
}

/// The term for a name of the text, with its member if it has one; other words stay what they are.
fn named(words: &Words<'_>, name: &str) -> String {
    let (plain, member) = match name.split_once('.') {
        Some((plain, member)) => (plain, Some(member)),
        None => (name, None),
    };
    let mut heads = words.facts.heads.iter();
    let head = heads.find(|head| head.name.is_some() && head.name() == plain);
    match (head, member) {
        (Some(head), Some(member)) => {
            format!("{} for {}", words.term(head), member.replace('_', " "))
        }
        (Some(head), None) => words.term(head),
        (None, _) => name.replace('_', " "),
    }
}

fn articles(words: &Words<'_>, contract: ContractFacts<'_>) -> Vec<Article> {
    // Every kind of fact is named here: a new one cannot be left out of the paper.
    let Facts {
        heads: _,
        frame: of_frame,
        units,
        dimensions,
        objectives,
        records: record_sets,
        service,
        inputs,
        metrics,
        definitions: values,
        charges: prices,
        scorecards,
        adjustments,
        levels: service_levels,
        points,
        pools,
        awards: all_awards,
        limits,
        floors,
        commitments,
        holdbacks,
        indices,
        currency_shares,
        gain_shares,
        applied,
        small,
        only,
        taxes,
        notices,
    } = words.facts;
    let credits = awards::awards(words, all_awards, AwardKind::Credit);
    let bonuses = awards::awards(words, all_awards, AwardKind::Bonus);
    let is_money = !credits.is_empty() || !bonuses.is_empty() || !service_levels.is_empty();
    let mut settlement =
        general_settlement(is_money, !credits.is_empty() || !service_levels.is_empty());
    settlement.extend(settling::choices(words, only));
    settlement.extend(settling::small(words, small));
    if !limits.is_empty() {
        settlement.push(Clause::general(
            "Limits in general",
            bounds::limits_in_general(),
        ));
    }
    settlement.extend(bounds::limits(words, limits));
    settlement.extend(settling::application(words, applied));
    let mut invoice = bounds::floors(words, floors);
    invoice.push(Clause::general("Order of computation", ORDER));
    invoice.extend(frame::invoice(words, of_frame, taxes));
    let mut measured = definitions::divisions(words, dimensions, units);
    measured.extend(definitions::inputs(words, inputs));
    measured.extend(records::records(
        words,
        record_sets,
        inputs,
        service.as_ref(),
    ));
    measured.extend(definitions::metrics(words, metrics));
    measured.extend(definitions::values(words, values));
    let shares = index::shares(words, currency_shares, gain_shares);
    let mut quality = quality::scorecards(words, scorecards);
    quality.extend(quality::adjustments(words, adjustments));
    quality.extend(shares);
    let of = |wanted: fn(PartnershipKind) -> bool| partnership::clauses(words, wanted);
    let mut all = vec![
        (
            "Parties, term and purpose",
            frame::agreement(words, of_frame, objectives),
        ),
        ("Definitions", measured),
        ("Charges", charges::charges(words, prices)),
        ("Indexation", index::indices(words, indices)),
        ("Quality and shared risk", quality),
        ("Service levels", levels::levels(words, service_levels)),
        ("Service points", awards::points(words, points)),
        ("Amounts at risk", awards::pools(words, pools)),
        ("Credits", credits),
        ("Bonuses", bonuses),
        ("Limits and settlement", settlement),
        ("Retention", bounds::holdbacks(words, holdbacks)),
        ("Commitments", bounds::commitments(words, commitments)),
        ("Invoice, rounding and payment", invoice),
        ("Notices", settling::notices(words, notices)),
        (
            "Data and corrections",
            of(|kind| kind == PartnershipKind::Measurement),
        ),
        (
            "Cooperation",
            of(|kind| {
                !matches!(
                    kind,
                    PartnershipKind::Measurement | PartnershipKind::Exit | PartnershipKind::Renewal
                )
            }),
        ),
        (
            "Renewal and exit",
            of(|kind| matches!(kind, PartnershipKind::Exit | PartnershipKind::Renewal)),
        ),
        ("Amendments", amendments(contract)),
    ];
    let used = |word: &str| {
        all.iter()
            .any(|(_, clauses)| clauses.iter().any(|clause| clause.says(word)))
    };
    let mut general = reading();
    general.extend(definitions::sums(used));
    if let Some((_, clauses)) = all.get_mut(1) {
        general.append(clauses);
        *clauses = general;
    }
    let articles = all.into_iter().filter(|(_, clauses)| !clauses.is_empty());
    articles
        .map(|(title, clauses)| Article { title, clauses })
        .collect()
}

/// How the paper is read.
fn reading() -> Vec<Clause> {
    vec![Clause::general(
        "How this agreement is read",
        "A term in quotation marks has the meaning that its clause gives it. In numbers a comma separates thousands and a point \
             decimals. A month is a calendar month, and is in the term if any of its days is. A contract year is twelve months, counted \
             from the month in which the term begins; calendar quarters end in March, June, September and December. The last month \
             of the term ends every period. A formula is read from left to right, multiplication and division before addition and \
             subtraction, and brackets before both.",
    )]
}

/// The order in which an invoice is computed.
const ORDER: &str = "An invoice is computed in this order: charges, with indexed prices; adjustments and shares; credits and bonuses with their \
     repetition; choices among credits, small credits and limits; settlement on this or a later invoice; returned credits; amounts held back and \
     released; maximum, then minimum; commitments; taxes. An amount that cannot be computed because a figure is missing, or because a \
     clause leaves it to agreement, keeps the month from being invoiced until it can be.";

fn general_settlement(is_money: bool, has_credits: bool) -> Vec<Clause> {
    let mut clauses = Vec::new();
    if is_money {
        let credits = if has_credits {
            " A credit is taken off the invoice, and a bonus is added to it."
        } else {
            " A bonus is added to the invoice."
        };
        clauses.push(Clause::general(
            "Credits and bonuses in general",
            format!(
                "Credits and bonuses are stated above zero; below zero they count as zero.{credits} Where nothing else is agreed they are \
                 settled on the invoice of the month in which they arise."
            ),
        ));
    }
    clauses
}

fn amendments(contract: ContractFacts<'_>) -> Vec<Clause> {
    let mut clauses = vec![Clause::general(
        "Amendments",
        "An amendment replaces, adds or removes whole clauses from the month in which it takes \
         effect; earlier months are computed under the earlier text. Runs of failures, limits of several months and amounts that are open go on \
         under an amended clause unless the amendment says otherwise.",
    )];
    let versions = contract.versions.iter().take(contract.shown + 1);
    for version in versions {
        let Some(amendment) = &version.amendment else {
            continue;
        };
        let title = amendment
            .title
            .as_ref()
            .map_or_else(|| amendment.name.clone(), Clone::clone);
        let signed = amendment.signed.map_or_else(String::new, |day| {
            format!(", signed on {}", super::words::day(day))
        });
        let from = version.from.map_or_else(String::new, |from| {
            format!(
                " It applies to {} and later months.",
                super::words::month(from)
            )
        });
        clauses.push(Clause {
            reference: amendment.clause.clone(),
            ..Clause::general(
                &title,
                format!(
                    "This text includes the amendment “{title}”, effective {}{signed}.{from}",
                    super::words::day(amendment.effective)
                ),
            )
        });
    }
    clauses
}
