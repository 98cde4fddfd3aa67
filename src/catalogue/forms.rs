//! What is written around items and in their blocks.

/// What can be written at some place: the words that begin it, what it is for, and how it looks.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The words.
    pub words: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// One with places to fill in.
    pub snippet: &'static str,
}

const fn form(words: &'static str, meaning: &'static str, snippet: &'static str) -> Form {
    Form {
        words,
        meaning,
        snippet,
    }
}

/// The blocks of a file.
pub const FILE: &[Form] = &[
    form(
        "use",
        "takes the definitions of a library or of another file",
        "use ${1|standard contact_centre,\"kpis.quid\"|}",
    ),
    form(
        "contract",
        "a contract: what is measured, what is paid, what quality is worth",
        "contract ${1:support} \"${2:Customer support}\" {\n  customer  \"${3:Customer}\"  vat \"${4:NL812345678B01}\"\n  supplier  \"${5:Supplier}\"  vat \"${6:GB123456789}\"\n  currency  ${7:EUR}\n  term      ${8:2026-01-01} to ${9:2028-12-31}\n  invoice   monthly, due in ${10:30} days\n  round     each line half up to 0.01 ${7:EUR}\n\n  $0\n}",
    ),
    form(
        "library",
        "definitions for contracts that use this file",
        "library ${1:kpis} \"${2:Our KPIs}\" {\n  $0\n}",
    ),
    form(
        "amendment",
        "what a later text changes of a contract, and from when on",
        "amendment ${1:a1} \"${2:Title}\" to ${3:support} effective ${4:2026-07-01} \"${5:First Amendment}\" {\n  add ${6:minimum 40_000 EUR each month}\n}",
    ),
];

/// What an amendment says.
pub const CHANGES: &[Form] = &[
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

/// The statements of a service level.
pub const SERVICE_LEVEL: &[Form] = &[
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
        "on which invoice the credit is",
        "applied to the next invoice",
    ),
];

/// What a set of records says.
pub const RECORDS: &[Form] = &[
    form(
        "id",
        "the field that is different in every record",
        "${1:id} : text, key",
    ),
    form(
        "time",
        "a moment, whose day is that of a time zone",
        "${1:started} : time in \"${2:Europe/Madrid}\"",
    ),
    form(
        "duration",
        "how long something took",
        "${1:wait} : duration in ${2|seconds,minutes,hours,milliseconds|}",
    ),
    form(
        "duration from",
        "how long it took from one time to another",
        "${1:took} : duration from ${2:opened} to ${3:resolved} in service hours",
    ),
    form(
        "one of",
        "one of several words",
        "${1:outcome} : one of { ${2:answered}, ${3:abandoned} }",
    ),
    form("number", "a number", "${1:score} : number to ${2:0.01}"),
    form("date", "a day", "${1:day} : date"),
    form(
        "bad records are left out",
        "what happens to records that cannot be used",
        "bad records are left out",
    ),
];

/// The statements of a metric.
pub const METRIC: &[Form] = &[
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
pub const SCENARIO: &[Form] = &[
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
pub const OBJECTIVE: &[Form] = &[
    form("purpose", "what it is for", "purpose ${1:quality}"),
    form(
        "measured by",
        "the metrics that show it",
        "measured by ${1:metric}",
    ),
];

/// Other ways to write a clause than the one in its row: what editors offer under that prefix, and what it is.
pub const VARIANTS: &[Form] = &[
    form(
        "input",
        "A fact that holds or not",
        "input ${1:outage} : yes or no \"${2:Outage of the customer's systems}\" by ${3|customer,supplier,both|} nominal no",
    ),
    form(
        "charge",
        "An amount each month",
        "charge ${1:platform} \"${2:Platform}\" ${3:12_000 EUR} per month \"${4:Annex 2, 2}\"",
    ),
    form(
        "charge tiers",
        "Prices that fall with the volume",
        "charge ${1:handling} \"${2:Contacts handled}\" for ${3:handled} \"${4:Annex 2, 1}\" ${5|graduated,volume|} {\n  up to ${6:10_000} at ${7:4.20 EUR}\n  beyond at ${8:3.60 EUR}\n}",
    ),
    form(
        "charge card",
        "A price for each member of a dimension",
        "charge ${1:handling} \"${2:Contacts handled}\" for ${3:handled} {\n  ${4:voice} ${5:4.20 EUR} per contact\n  ${6:email} ${7:2.20 EUR} per contact\n}",
    ),
    form(
        "charge packages",
        "A price for each package",
        "charge ${1:calls_sold} for ${2:handled} in packages of ${3:100 contacts} at ${4:40 EUR}",
    ),
    form(
        "charge metered",
        "Tiers over a quarter, a year or the term",
        "charge ${1:calls_metered} for ${2:handled} metered ${3|each quarter,each contract year,over the term|} graduated { up to ${4:30_000} at ${5:4.20 EUR}; beyond at ${6:3.60 EUR} }",
    ),
    form(
        "charge baseline",
        "A price for a baseline, more and less beside it",
        "charge ${1:desk} for ${2:tickets} \"${3:Schedule 4, 3}\" {\n  baseline ${4:1_000 tickets} at ${5:50_000 EUR} each month\n  deadband ${6:10%} ${7|franchise,deductible|}\n  above up to ${8:20%}: ${9:42 EUR} per ticket; beyond by agreement\n  below up to ${8:20%}: ${10:30 EUR} per ticket back; beyond as at ${8:20%}\n}",
    ),
    form(
        "charge cost",
        "Costs passed on",
        "charge ${1:toll} \"${2:Toll-free numbers}\" at cost of ${3:toll_charges} at most ${4:5_000 EUR} plus ${5:5%}",
    ),
    form(
        "charge advance",
        "Billed in advance, trued up",
        "charge ${1:handling} for ${2:handled} at ${3:4.20 EUR}, in advance on ${4:forecast}, trued up the next month",
    ),
    form(
        "charge once",
        "An amount that is due once",
        "charge ${1:set_up} \"${2:Set-up}\" ${3:64_000 EUR} once in ${4:2026-01}",
    ),
    form(
        "earn",
        "A credit comes back",
        "earn back after ${1:3} months at ${2:83%} or better",
    ),
    form(
        "credit",
        "An amount when something holds",
        "credit ${1:late_report} \"${2:Late report}\" = ${3:500 EUR} when ${4:reports_late}",
    ),
    form(
        "limit",
        "The most in any months in a row, the excess carried forward",
        "limit credits to ${1:60_000 EUR} each rolling ${2:12} months, the excess ${3|lapses,carried forward|}",
    ),
];
