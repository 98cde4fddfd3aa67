//! What the words that begin an item mean, and how the item is written.

/// A clause of the language: the words that begin it, what it is for, and a snippet of it with its places to fill in.
pub(super) struct Form {
    pub(super) words: &'static str,
    pub(super) meaning: &'static str,
    pub(super) snippet: &'static str,
}

const fn form(words: &'static str, meaning: &'static str, snippet: &'static str) -> Form {
    Form {
        words,
        meaning,
        snippet,
    }
}

/// What stands at the top of a file.
pub(super) const FILE: &[Form] = &[
    form(
        "use",
        "takes the definitions of a library or of another file",
        "use ${1:standard contact_centre}",
    ),
    form(
        "contract",
        "a contract: what is measured, what is paid, what quality is worth",
        "contract ${1:name} \"${2:Title}\" {\n  customer \"${3:Customer}\"\n  supplier \"${4:Supplier}\"\n  currency ${5:EUR}\n  term ${6:2026-01-01} to ${7:2026-12-31}\n  round each line half up to ${8:0.01} EUR\n\n  $0\n}",
    ),
    form(
        "library",
        "definitions for contracts that use this file",
        "library ${1:name} \"${2:Title}\" {\n  $0\n}",
    ),
    form(
        "amendment",
        "what a later text changes of a contract, and from when on",
        "amendment ${1:name} \"${2:Title}\" to ${3:contract} effective ${4:2027-01-01} {\n  $0\n}",
    ),
];

/// What an amendment says.
pub(super) const CHANGES: &[Form] = &[
    form(
        "add",
        "an item that the contract does not have yet",
        "add $0",
    ),
    form(
        "replace",
        "an item that takes the place of the one of the same name",
        "replace $0",
    ),
    form(
        "remove",
        "takes an item out of the contract, by the words that name it",
        "remove ${1:charge name}",
    ),
];

/// The items of a contract.
pub(super) const ITEMS: &[Form] = &[
    form("customer", "who pays", "customer \"${1:Name}\""),
    form("supplier", "who delivers", "supplier \"${1:Name}\""),
    form(
        "currency",
        "the currency of the invoice; others behind it may be used with a rate",
        "currency ${1:EUR}",
    ),
    form(
        "term",
        "from when to when the contract runs",
        "term ${1:2026-01-01} to ${2:2028-12-31}",
    ),
    form(
        "invoice",
        "how often there is an invoice and when it is due",
        "invoice monthly, due in ${1:30} days",
    ),
    form(
        "round",
        "the only rounding of amounts",
        "round ${1|each line,only the total|} half up to ${2:0.01} ${3:EUR}",
    ),
    form(
        "part months",
        "what a fixed amount is worth in a month of which a part lies in the term",
        "part months ${1|by actual days,as months of 30 days,in full|}",
    ),
    form(
        "language",
        "the version of the language that the contract is written in",
        "language 2",
    ),
    form(
        "unit",
        "something that is counted",
        "unit ${1:parcel}, ${2:parcels}",
    ),
    form(
        "dimension",
        "what values are divided by: channels, languages, sites",
        "dimension ${1:channel} { ${2:voice, email} }",
    ),
    form(
        "objective",
        "what the contract is for, and which metrics show it",
        "objective ${1:name} \"${2:What is to be reached}\" {\n  purpose ${3:quality}\n  measured by ${4:metric}\n}",
    ),
    form(
        "input",
        "a value that is reported each month: a column of the data",
        "input ${1:name} : ${2:calls} \"${3:Title}\" from \"${4:System}\"",
    ),
    form(
        "metric",
        "what the numbers mean: a formula with its kind, type and direction",
        "metric ${1:name} is ${2:timeliness}, ${3:percent}, ${4|higher,lower|} is better {\n  ${5:a / b}\n}",
    ),
    form(
        "let",
        "a value with a name of its own",
        "let ${1:name} = ${2:value}",
    ),
    form(
        "charge",
        "a price for something delivered",
        "charge ${1:name} \"${2:Title}\" ${3:1_000 EUR per month}",
    ),
    form(
        "scorecard",
        "several metrics taken together: weights, and points by band",
        "scorecard ${1:name} {\n  ${2:50}% ${3:metric} { below ${4:70%}: 0; below ${5:80%}: 50; otherwise 100 }\n  $0\n}",
    ),
    form(
        "adjust",
        "corrects charges by a measure, up or down",
        "adjust ${1:charge} by ${2:scorecard} {\n  below ${3:60}: -${4:10}%; below ${5:95}: 0%; otherwise +${6:5}%\n}",
    ),
    form(
        "service level",
        "what is to be reached, and what a miss means",
        "service level ${1:name} on ${2:metric} \"${3:Annex 3}\" {\n  target ${4:80%} each month\n  credit ${5:2}% of charges\n  $0\n}",
    ),
    form(
        "points",
        "what failures count, before points are turned into money",
        "points ${1:name} on ${2:metric} each month {\n  below ${3:99%}: ${4:1} point\n}",
    ),
    form(
        "at risk",
        "the most that the credits of some service levels take, and its division among them",
        "at risk ${1:10}% of charges each month {\n  ${2:category} ${3:100}% { ${4:service_level} ${5:100}% }\n}",
    ),
    form(
        "credit",
        "money back to the customer",
        "credit ${1:name} on ${2:metric} {\n  below ${3:80%}: ${4:500 EUR}\n}",
    ),
    form(
        "bonus",
        "money on top for the supplier",
        "bonus ${1:name} on ${2:metric} {\n  at least ${3:95%}: ${4:500 EUR}\n}",
    ),
    form(
        "limit",
        "the most that credits, reductions or bonuses come to",
        "limit ${1:credits and reductions} to ${2:12% of charges} each ${3|month,quarter,contract year|}",
    ),
    form(
        "minimum",
        "the least that is invoiced",
        "minimum ${1:10_000 EUR} each month",
    ),
    form(
        "maximum",
        "the most that is invoiced",
        "maximum ${1:100_000 EUR} each month",
    ),
    form(
        "commitment",
        "what the customer takes in a period at least",
        "commitment ${1:name} ${2:100_000 EUR} of charges each contract year, pro rata for a part year",
    ),
    form(
        "holdback",
        "a part of the invoice that is kept until it is earned",
        "holdback ${1:name} ${2:5}% of charges each month, released each quarter in full",
    ),
    form(
        "index",
        "prices that follow a published index",
        "index ${1:charge} by ${2:input} {\n  base ${3:100.0} of ${4:2025-10}\n  each January from ${5:2027} with the value of October before\n  $0\n}",
    ),
    form(
        "share currency",
        "what the parties bear together when an exchange rate moves",
        "share currency on ${1:charge} against ${2:1.35} ${3:CAD} per ${4:USD} by ${5:rate}: ${6:50}% to customer",
    ),
    form(
        "share gain",
        "what the parties share of a saving",
        "share gain ${1:name} on ${2:actual} against ${3:target} {\n  first ${4:10}%: ${5:50}% to supplier\n}",
    ),
    form(
        "tax",
        "a tax on the total",
        "tax ${1:vat} ${2:21}% of total",
    ),
    form(
        "notice",
        "a message when a condition holds",
        "notice ${1:name} \"${2:What to tell}\" when ${3:condition}",
    ),
    form(
        "training",
        "how agents are trained (checked, not paid)",
        "training { ${1:80} hours per agent before go-live; materials \"${2:Where}\"; refreshed quarterly; certified by customer }",
    ),
    form(
        "knowledge",
        "who keeps the knowledge base",
        "knowledge { base \"${1:Where}\"; owner ${2|customer,supplier|}; reviewed monthly }",
    ),
    form(
        "quality assurance",
        "how quality is looked at",
        "quality assurance { platform \"${1:Which}\"; ${2:10} audits per agent per month; calibrated monthly; pass mark ${3:85}% }",
    ),
    form(
        "feedback",
        "who hears what customers say",
        "feedback { customer feedback to \"${1:Whom}\" weekly }",
    ),
    form(
        "escalation",
        "who is called, and when",
        "escalation { level 1 \"${1:Who}\" within ${2:1} hour; level 2 \"${3:Who}\" within ${4:4} hours }",
    ),
    form(
        "governance",
        "who meets, and when",
        "governance { operations review weekly; business review quarterly }",
    ),
    form(
        "tools",
        "the systems that both parties see",
        "tools { system of record \"${1:Which}\"; shared \"${2:What}\" }",
    ),
    form(
        "transition",
        "how the work is taken over",
        "transition { plan \"${1:Which}\"; ${2:8} weeks; accepted by customer }",
    ),
    form(
        "exit",
        "how the work is handed back",
        "exit { plan \"${1:Which}\"; assistance ${2:6} months }",
    ),
    form(
        "renewal",
        "what decides on another term",
        "renewal { if ${1:metric} at least ${2:4.2}; decided ${3:180} days before the end }",
    ),
    form(
        "scenario",
        "a worked example that belongs to the contract, and is run",
        "scenario \"${1:What happens}\" for ${2:2026-02} {\n  given ${3:input} = ${4:value}\n  expect total = ${5:0 EUR}\n}",
    ),
    form(
        "waive",
        "accepts a finding of the checker about the next item, with a reason and until a date",
        "waive ${1:rule} until ${2:2026-12-31} because \"${3:why}\"",
    ),
];

/// The statements of a service level.
pub(super) const SERVICE_LEVEL: &[Form] = &[
    form(
        "target",
        "the level to reach",
        "target ${1:80%} each ${2|month,quarter|}",
    ),
    form(
        "critical",
        "the level below which a miss is worse",
        "critical below ${1:70%}",
    ),
    form(
        "excused when",
        "months that do not count against the supplier",
        "excused when ${1:condition}",
    ),
    form(
        "excused in the first",
        "a grace period",
        "excused in the first ${1:3} months",
    ),
    form("credit", "what a miss costs", "credit ${1:2}% of charges"),
    form(
        "repeated",
        "what repeated misses cost",
        "repeated ${1:2} months x ${2:1.5}",
    ),
    form(
        "earn back",
        "when a credit is returned",
        "earn back after ${1:3} months at ${2:85%} or better",
    ),
    form(
        "terminate",
        "when the customer may end the contract",
        "terminate after ${1:3} failures in ${2:6} months",
    ),
    form(
        "raised",
        "a target that follows what is reached",
        "raised after ${1:12} months in a row above target, to the mean of target and average",
    ),
    form(
        "counts from",
        "misses that are tolerated",
        "counts from the ${1:2nd} miss in ${2:12} months",
    ),
    form(
        "persistent",
        "what persistent failure costs",
        "persistent after ${1:3} failures in ${2:6} months: ${3:5}% of charges on top of the credit",
    ),
    form(
        "no value",
        "what a month without a value is",
        "no value ${1|excused,failed|}",
    ),
    form(
        "applied",
        "on which invoice the credit stands",
        "applied to the next invoice",
    ),
];

/// The statements of a metric.
pub(super) const METRIC: &[Form] = &[
    form(
        "needs",
        "the least sample, and what counts with a smaller one",
        "needs ${1:surveys} >= ${2:50}, otherwise ${3:no value}",
    ),
    form(
        "if missing",
        "what counts when a value is missing",
        "if missing, ${1:no value}",
    ),
    form(
        "if nothing to measure",
        "what counts when a denominator is zero",
        "if nothing to measure, ${1:no value}",
    ),
    form(
        "rounded",
        "rounds the metric itself",
        "rounded half up to ${1:0.1%}",
    ),
];

/// The statements of a scenario.
pub(super) const SCENARIO: &[Form] = &[
    form(
        "given",
        "a value of the month",
        "given ${1:input} = ${2:value}",
    ),
    form(
        "expect",
        "what must come out",
        "expect ${1:total} = ${2:0 EUR}",
    ),
    form(
        "expect notice",
        "a notice that must be given",
        "expect notice \"${1:words}\"",
    ),
    form(
        "expect no notice",
        "that no notice is given",
        "expect no notice",
    ),
    form(
        "expect no invoice",
        "that the month has no invoice",
        "expect no invoice",
    ),
];

/// The statements of an objective.
pub(super) const OBJECTIVE: &[Form] = &[
    form("purpose", "what it is for", "purpose ${1:quality}"),
    form(
        "measured by",
        "the metrics that show it",
        "measured by ${1:metric}",
    ),
];

/// What the words that begin an item mean.
pub(super) fn meaning(words: &str) -> Option<&'static str> {
    let mut all = ITEMS.iter().chain(FILE).chain(CHANGES);
    all.find(|form| form.words == words)
        .map(|form| form.meaning)
}
