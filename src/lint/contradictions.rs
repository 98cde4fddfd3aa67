//! What the language itself refuses: contradictions, and clauses whose two readings would pay differently.
//!
//! The stages of the program report these, whether rules run or not. Their pages are here. They cannot be waived or
//! turned down, because such a text yields no amount.

use super::rule::{Basis, Category, Rule, Status};
use super::settings::Level;

const fn refused(name: &'static str, page: &'static str) -> Rule {
    Rule {
        name,
        category: Category::Correctness,
        level: Level::Error,
        status: Status::Stable,
        basis: Basis::Presence,
        since: "0.1.0",
        page,
        thresholds: &[],
        fix: None,
        check: |_| Vec::new(),
    }
}

/// All of them, by name.
pub const ALL: &[Rule] = &[
    refused(
        "band-gap",
        "A value that can occur is in no band of a table.

A table in a signed contract may leave out values between two steps: 98.95% is neither in `98.0% to 98.9%` nor in
`99.0% to 100%`. A month with that value has no amount. The finding names such a value.

```quid bad
let minor = bands of csat { 1 to 3.9: 1; 4.0 to 5: 0 }
```

```quid good
let minor = bands of csat { below 4.0: 1; otherwise 0 }
```

To fix it, write a ladder, or round the KPI to the step of the table.",
    ),
    refused(
        "band-overlap",
        "A value that can occur is in two bands of a table.

At the edge both bands apply, and each party will read the one that suits it. The finding names such a value.

```quid bad
let minor = bands of fcr { 98% to 100%: 0; 90% to 98%: 1; below 90%: 2 }
```

```quid good
let minor = bands of fcr { above 98%: 0; above 90%: 1; otherwise 2 }
```

To fix it, say which band has the edge: `90% to below 98%`.",
    ),
    refused(
        "cannot-be-summed",
        "A metric is taken over several months, and its formula has no counts to add up.

A percentage that is reported each month does not say how much weight the month has.

```quid bad
input uptime : percent from \"Monitoring\" by both
metric up is availability, percent, higher is better { uptime }
bonus steady each quarter on up of the quarter { at least 99.9%: 500 EUR }
```

```quid good
input uptime : percent from \"Monitoring\" by both
metric up is availability, percent, higher is better { uptime }
bonus steady each quarter on up of this month { at least 99.9%: 500 EUR }
```

To fix it, write `up of this month`, or let a separate metric take the average: `average of up over calendar quarter`.",
    ),
    refused(
        "categories-above-100",
        "The categories of an at-risk amount add up to more than the whole.

Some contracts mean that: a miss then weighs more than its share, and the amount limits them all together. Others made a
mistake in adding up.

```quid bad
service level caring on csat { target 4 each month }
service level solving on fcr { target 70% each month }
at risk 10% of charges each month { care 70% { caring 100% } solving_it 40% { solving 100% } }
```

```quid good
service level caring on csat { target 4 each month }
service level solving on fcr { target 70% each month }
at risk 10% of charges each month { care 60% { caring 100% } solving_it 40% { solving 100% } }
```

To fix it, correct the shares, or write `categories may exceed 100%`.",
    ),
    refused(
        "circular-definition",
        "A value is defined in terms of itself.

No month can begin to compute it. Usually the value of the month before is meant, which is written `previous`.

```quid bad
let first = second + 1
let second = first + 1
```

```quid good
let second : number = (previous second, at first 0) + 1
```

To fix it, read the month before, or remove the reference.",
    ),
    refused(
        "critical-before-target",
        "A critical level is on the good side of the target, so every miss is critical.

The target then means nothing: every miss costs as much as the worst one. One of the two levels is most likely wrong.

```quid bad
service level answering on service_level { target 80% each month; critical below 90%; credit 2% of charges, critical 5% of charges }
```

```quid good
service level answering on service_level { target 80% each month; critical below 70%; credit 2% of charges, critical 5% of charges }
```

To fix it, write a critical level that is worse than the target.",
    ),
    refused(
        "division-by-zero",
        "A value is divided by something that is always zero.

```quid bad
let share = offered / 0
```

```quid good
let share = offered / 2
```

To fix it, correct the divisor. A divisor that is zero in some months is a separate question: `if nothing to measure, …`.",
    ),
    refused(
        "earn-back-share",
        "An earn-back would return more than was deducted.

A supplier that can earn back more than the credit gains by failing first. An earn-back returns at most the credit as it was
deducted, after all limits.

```quid bad
service level caring on csat { target 4 each month; credit 500 EUR; earn back 150% at the end of the contract year with an average of 4.4 or better }
```

```quid good
service level caring on csat { target 4 each month; credit 500 EUR; earn back 50% at the end of the contract year with an average of 4.4 or better }
```

To fix it, return at most `all`, and pay for more than that with a bonus.",
    ),
    refused(
        "effective-outside-term",
        "An amendment takes effect before the contract begins, or after it has ended.

It would change nothing, or it would change months that nobody invoices under this contract.

```quid bad
contract deal { currency EUR; term 2026-01-01 to 2027-12-31; round each line half up to 0.01 EUR; charge desk 100 EUR per month }
amendment a1 to deal effective 2028-07-01 { replace charge desk 120 EUR per month }
```

```quid good
contract deal { currency EUR; term 2026-01-01 to 2027-12-31; round each line half up to 0.01 EUR; charge desk 100 EUR per month }
amendment a1 to deal effective 2027-07-01 { replace charge desk 120 EUR per month }
```

To fix it, correct the date, or let the amendment also replace the `term`.",
    ),
    refused(
        "indexed-twice",
        "Two indices adjust the same amount.

A price that follows two indices rises twice for the same inflation.

```quid bad
input cpi : points nominal 100 \"Consumer prices\"
index charges by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before }
index handling by cpi { base 118.4 of 2025-10; each April from 2027 with the value of October before }
```

```quid good
input cpi : points nominal 100 \"Consumer prices\"
index handling by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before }
```

To fix it, name different charges.",
    ),
    refused(
        "language-not-read",
        "The contract names a version of the language that this program does not read.

A version says how a signed text is read. The finding lists each place that now reads differently, with words that keep what the contract pays.

```quid bad
language 1
```

```quid good
language 2
```

To fix it, settle the places in the list and write `language 2`. A higher version needs a newer program.",
    ),
    refused(
        "missing-price",
        "A member of a rate card, or the shortfall of a commitment, has no price.

Without a price it would be free, although nobody said so.

```quid bad
input contacts_in : contacts by channel { voice, email } nominal 10 \"Contacts\"
charge desk for contacts_in { voice 4.20 EUR per contact }
```

```quid good
input contacts_in : contacts by channel { voice, email } nominal 10 \"Contacts\"
charge desk for contacts_in { voice 4.20 EUR per contact; email 2.10 EUR per contact }
```

To fix it, give it a price, even if that is `0 EUR`.",
    ),
    refused(
        "missing-rounding",
        "The contract pays money and does not say how amounts are rounded.

Amounts can be rounded by the line or by the total, up or to the even cent. Over a year each pays something different.

```quid bad
contract deal { currency EUR; term 2026-01-01 to 2027-12-31; charge desk 100 EUR per month }
```

```quid good
contract deal { currency EUR; term 2026-01-01 to 2027-12-31; round each line half up to 0.01 EUR; charge desk 100 EUR per month }
```

To fix it, write `round each line half up to 0.01 EUR`.",
    ),
    refused(
        "open-base",
        "An item that is settled over several months uses something that each month has, and does not name the months.

10% `of charges` each quarter may mean the month's charges or the quarter's, which are about three times as much. The language
asks for the base of every percentage: a share of nothing is no amount.

```quid bad
limit credits to 4% of charges each quarter
```

```quid good
limit credits to 4% of charges of the quarter so far each quarter
```

To fix it, say which months: `charges of the quarter` or `charges of this month`.",
    ),
    refused(
        "open-deadband",
        "A deadband does not say whether the units within it count once the volume leaves it.

With `franchise`, all units from the baseline on count; with `deductible`, only those beyond the band.

```quid bad
charge desk for offered { baseline 20_000 calls at 50_000 EUR each month; deadband 10%; above 4 EUR per call; below nothing }
```

```quid good
charge desk for offered { baseline 20_000 calls at 50_000 EUR each month; deadband 10% deductible; above 4 EUR per call; below nothing }
```

To fix it, write `franchise` or `deductible`.",
    ),
    refused(
        "open-last-tier",
        "The contract does not say what applies beyond the last tier.

A month with that volume has no price.

```quid bad
charge desk for handled graduated { first 10_000 at 4.20 EUR; next 20_000 at 3.90 EUR }
```

```quid good
charge desk for handled graduated { first 10_000 at 4.20 EUR; next 20_000 at 3.90 EUR; beyond by agreement }
```

To fix it, add a last price, or write `beyond by agreement`.",
    ),
    refused(
        "open-limit",
        "A limit over several months does not say whether it applies from month to month, or once at the end.

A limit of 10% of the quarter's charges that is known only at the end of the quarter lets a credit pass. If it applies from
month to month, it cuts the same credit in January.

```quid bad
limit credits to 4% of charges of the quarter each quarter
```

```quid good
limit credits to 4% of charges of the whole quarter each quarter
```

To fix it, write `charges of the quarter so far` if what a month cuts lapses, or `charges of the whole quarter` if it is made up at the end.",
    ),
    refused(
        "open-measure",
        "A KPI that is measured each month decides something that is settled over several months, and the months are not named.

With 50%, 50% and 80%, the quarter as a whole misses a target of 80%, but its last month meets it.

```quid bad
service level speed on service_level { target 80% each quarter; credit 500 EUR }
```

```quid good
service level speed on service_level of the quarter { target 80% each quarter; credit 500 EUR }
```

To fix it, write `service_level of the quarter` for all its months together, or `service_level of this month`.",
    ),
    refused(
        "open-part-month",
        "The term begins or ends within a month, and the contract does not say how much of a monthly amount is due for it.

By actual days, by months of 30 days, or in full: each is usual somewhere, and each gives a different amount.

```quid bad
term 2026-01-15 to 2028-12-31
charge platform 12_000 EUR per month
# without: scenario
```

```quid good
term 2026-01-15 to 2028-12-31
part months by actual days
charge platform 12_000 EUR per month
# without: scenario
```

To fix it, write `part months by actual days`, or one of the other forms.",
    ),
    refused(
        "open-repricing",
        "Volume tiers count over several months, and the contract does not say whether a tier that is reached later reprices the
units before it.

Repricing them gives money back in the month in which the tier is reached; keeping their prices does not.

```quid bad
charge desk for handled metered each contract year volume { up to 10_000 at 4.20 EUR; beyond at 3.90 EUR }
```

```quid good
charge desk for handled metered each contract year volume, keeping earlier prices { up to 10_000 at 4.20 EUR; beyond at 3.90 EUR }
```

To fix it, write `repricing earlier units` or `keeping earlier prices`.",
    ),
    refused(
        "open-ruling",
        "A list of bands that get worse does not say whether a later amount replaces the former one or is added to it.

Below 70% is also below 80%. The two readings pay differently, and the finding shows by how much.

```quid bad
credit slow on service_level { below 80%: 800 EUR; below 70%: 2_000 EUR }
```

```quid good
credit slow on service_level { below 80%: 800 EUR; below 70%: 2_000 EUR in place of the former }
```

To fix it, write `in place of the former` or `on top of the former`.",
    ),
    refused(
        "other-currency",
        "An amount is in a currency that the contract does not invoice in.

Only a rate that the contract names converts one currency into another.

```quid bad
charge licences 5_000 USD per month
```

```quid good
currency EUR, USD
input usd_rate : EUR per USD nominal 0.92 EUR per USD \"Rate\"
charge licences = 5_000 USD * usd_rate
```

To fix it, list the currency, and convert with a rate.",
    ),
    refused(
        "points-as-share",
        "A difference of two percentages is used as a share.

98% minus 95% is three percentage points, not 3% of anything.

```quid bad
credit gap = (98% - fcr) of charges
```

```quid good
credit gap = ((98% - fcr) as percent) of charges
```

To fix it, say that you mean it: `(… ) as percent`.",
    ),
    refused(
        "possibly-no-value",
        "A KPI has no value in some months, and the place that uses it does not say what counts then.

```quid bad
metric care is satisfaction, 1 to 5, higher is better { survey_points / surveys; if nothing to measure, no value }
bonus caring on care { at least 4.5: 1_000 EUR }
```

```quid good
metric care is satisfaction, 1 to 5, higher is better { survey_points / surveys; if nothing to measure, no value }
bonus caring on care { at least 4.5: 1_000 EUR; no value: 0 EUR }
```

To fix it, say what counts: `no value: 0 EUR`, `no value excused`, or `… if known, otherwise …`.",
    ),
    refused(
        "share-without-percent",
        "A plain number is used where a share or a price is needed.

`5 of charges` may mean 5% or five times the charges.

```quid bad
credit odd = 5 of charges
```

```quid good
credit odd = 5% of charges
```

To fix it, write the percent sign, or `*`.",
    ),
    refused(
        "step-not-stated",
        "The contract does not say whether part of a step counts.

At 98.4%, a rate `per point` below 99% may count no full point, one started point, or 0.6 of a point.

```quid bad
credit drops = 1% of charges per percentage point of fcr below 70%
```

```quid good
credit drops = 1% of charges per full percentage point of fcr below 70%
```

To fix it, write `per full`, `per started` or `per exact`.",
    ),
    refused(
        "tier-out-of-order",
        "A tier ends before the previous one.

```quid bad
charge desk for handled graduated { up to 10_000 at 4.20 EUR; up to 5_000 at 3.90 EUR; beyond at 3.60 EUR }
```

```quid good
charge desk for handled graduated { up to 5_000 at 4.20 EUR; up to 10_000 at 3.90 EUR; beyond at 3.60 EUR }
```

To fix it, put the ends in order. `first` and `next` count what is added; `up to` counts from zero.",
    ),
    refused(
        "two-allocations",
        "A service level has two shares of the at-risk amount.

```quid bad
service level caring on csat { target 4 each month }
at risk 10% of charges each month { care 50% { caring 40% } more 50% { caring 10% } }
```

```quid good
service level caring on csat { target 4 each month }
at risk 10% of charges each month { care 50% { caring 50% } }
```

To fix it, add up the shares, and name the service level once.",
    ),
    refused(
        "two-credits",
        "A service level has both its own credit and a share of an at-risk amount.

One miss would then cost twice, or only once; the contract does not say.

```quid bad
service level caring on csat { target 4 each month; credit 2% of charges }
at risk 10% of charges each month { care 50% { caring 40% } }
```

```quid good
service level caring on csat { target 4 each month }
at risk 10% of charges each month { care 50% { caring 40% } }
```

To fix it, choose one of the two.",
    ),
    refused(
        "type-mismatch",
        "Two values of different kinds are added, compared or chosen between.

```quid bad
notice low \"low\" when fcr below 80
```

```quid good
notice low \"low\" when fcr below 80%
```

To fix it, write the unit that is meant, or convert one value into the other.",
    ),
    refused(
        "undeclared-direction",
        "A target is set for a KPI that does not say which side is better.

Nothing then says on which side of the target a miss is.

```quid bad
metric speed is timeliness, percent { answered_in_20s / offered }
service level answering on speed { target 80% each month; credit 2% of charges }
```

```quid good
metric speed is timeliness, percent, higher is better { answered_in_20s / offered }
service level answering on speed { target 80% each month; credit 2% of charges }
```

To fix it, write `higher is better` or `lower is better` in the KPI's heading.",
    ),
    refused(
        "weights-not-100",
        "The weights of a scorecard do not add up to 100%.

With 90% nobody reaches the full score; with 110% the price rises in an ordinary month.

```quid bad
scorecard experience {
  40% csat { below 3.8: 0; below 4.2: 60; otherwise 100 }
  30% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
  20% qa   { below 80: 0; below 90: 60; otherwise 100 }
}
```

```quid good
scorecard experience {
  40% csat { below 3.8: 0; below 4.2: 60; otherwise 100 }
  30% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
  30% qa   { below 80: 0; below 90: 60; otherwise 100 }
}
```

To fix it, correct the weights.",
    ),
    refused(
        "whole-period",
        "A whole period is used where nothing can be made up at its end.

Only a limit counts the months so far until its period ends, and then makes up what it cut before.

```quid bad
credit hold each quarter = 3% of charges of the whole quarter
```

```quid good
credit hold each quarter = 3% of charges of the quarter
```

To fix it, write `of the quarter`, which is the sum up to the computed month.",
    ),
    refused(
        "wrong-formula",
        "A KPI's formula gives something other than the KPI is declared as.

Handled contacts divided by offered calls is not a percentage: contacts are not calls.

```quid bad
metric odd is resolution, percent, higher is better { handled / offered }
```

```quid good
metric rate is resolution, percent, higher is better { resolved_first / handled }
```

To fix it, divide like by like, or declare what the formula gives.",
    ),
    refused(
        "wrong-rate",
        "A price for one unit is applied to another.

```quid bad
charge odd = 0.10 EUR per minute of handled
```

```quid good
charge odd = 0.10 EUR per contact of handled
```

To fix it, correct the unit of the price, or the quantity.",
    ),
    refused(
        "wrong-side",
        "Good values are called critical, or a target that should get harder gets easier.

```quid bad
service level answering on service_level { target 80% each month; critical above 70%; credit 2% of charges, critical 5% of charges }
```

```quid good
service level answering on service_level { target 80% each month; critical below 70%; credit 2% of charges, critical 5% of charges }
```

To fix it, write `critical below …` where higher is better, `critical above …` where lower is better.",
    ),
];
