//! Contracts with many items of one kind.

/// A kind of item, and the text of a file with many of them.
pub(crate) struct Kind {
    /// The name of the items.
    pub(crate) name: &'static str,
    /// The file.
    pub(crate) text: fn(usize) -> String,
    /// Whether the file is a sound contract. If not, it has this finding for each item.
    pub(crate) soundness: Soundness,
    /// The most items that the language allows, if that is fewer than are otherwise measured.
    pub(crate) most: usize,
}

/// The condition under which a measurement means anything.
#[derive(Clone, Copy)]
pub(crate) enum Soundness {
    /// The contract has no error and is computed.
    Sound,
    /// Each item has a mistake.
    EachWrong(&'static str),
}

use Soundness::{EachWrong, Sound};

const ANY: usize = usize::MAX;

/// All kinds that are measured.
pub(crate) const KINDS: &[Kind] = &[
    kind("inputs", inputs, Sound, ANY),
    kind("metrics", metrics, Sound, ANY),
    kind("definitions", definitions, Sound, ANY),
    kind("definitions, each of the one before", chained, Sound, ANY),
    kind("charges", charges, Sound, ANY),
    kind("members of a rate card", rate_card, Sound, ANY),
    kind("tiers", tiers, Sound, ANY),
    kind("bands of a ladder", ladder, Sound, ANY),
    kind("bands of a table", table, Sound, ANY),
    kind("service levels", levels, Sound, ANY),
    kind("a level by members", level_by_members, Sound, ANY),
    kind("metrics and definitions by members", by_members, Sound, ANY),
    kind("limits, each of one credit", limits, Sound, ANY),
    kind("limits of all credits", limits_of_all, Sound, 1_000),
    kind("terms of min", minimum, Sound, ANY),
    kind("terms of a sum", sum, Sound, ANY),
    kind("conditions joined by `or`", conditions, Sound, ANY),
    kind("windows over windows", windows, Sound, ANY),
    kind("parts of a scorecard", scorecard, Sound, 10_000),
    kind("adjustments", adjustments, Sound, ANY),
    kind("points", points, Sound, ANY),
    kind("credits", credits, Sound, 1_000),
    kind("notices", notices, Sound, ANY),
    kind("objectives", objectives, Sound, ANY),
    kind("scenarios", scenarios, Sound, ANY),
    kind("what a scenario gives and expects", stated, Sound, ANY),
    kind("contracts in a file", contracts, Sound, 1_000),
    kind("amendments, one after the other", amendments, Sound, 1_000),
    kind("waivers", waivers, Sound, ANY),
    kind("misspelt names", misspelt, EachWrong("unknown-name"), ANY),
    kind(
        "items that cannot be read",
        broken,
        EachWrong("missing-operator"),
        ANY,
    ),
    kind(
        "names declared twice",
        twice,
        EachWrong("declared-twice"),
        ANY,
    ),
];

const fn kind(
    name: &'static str,
    text: fn(usize) -> String,
    soundness: Soundness,
    most: usize,
) -> Kind {
    Kind {
        name,
        text,
        soundness,
        most,
    }
}

const HEAD: &str = "  customer \"Streamly B.V.\"
  supplier \"Bluebird Support Ltd\"
  currency EUR
  term 2026-01-01 to 2028-12-31
  invoice monthly, due in 30 days
  round each line half up to 0.01 EUR
  input offered : calls nominal 1_000
  input in_time : calls nominal 790
  metric speed is timeliness, percent, higher is better { in_time / offered }
  charge desk 10_000 EUR per month
";

/// The scenario with which every sound contract is computed.
const TAIL: &str =
    "  scenario \"an ordinary month\" for 2026-05 { expect charge desk = 10_000 EUR }\n";

/// A contract with these items.
fn contract(items: &str) -> String {
    format!("contract many \"Many\" {{\n{HEAD}{items}{TAIL}}}\n")
}

/// Many copies of a text. In each, `@` is replaced with its number and `^` with the number before it.
fn copies(count: usize, text: &str) -> String {
    let one = |at: usize| {
        text.replace('@', &at.to_string())
            .replace('^', &(at - 1).to_string())
    };
    (1..=count).map(one).collect()
}

/// The members of a dimension.
fn members(count: usize) -> String {
    copies(count, ", m_@").trim_start_matches(", ").to_owned()
}

fn inputs(count: usize) -> String {
    contract(&copies(
        count,
        "  input i_@ : calls \"Calls @\" from \"ACD\" nominal 5\n",
    ))
}

fn metrics(count: usize) -> String {
    let metric = "  metric m_@ is timeliness, percent, higher is better { in_time / offered }\n";
    contract(&copies(count, metric))
}

fn definitions(count: usize) -> String {
    contract(&copies(count, "  let d_@ = offered - in_time\n"))
}

fn chained(count: usize) -> String {
    let first = "  let d_0 = offered\n".to_owned();
    contract(&(first + &copies(count, "  let d_@ = d_^ + in_time\n")))
}

fn charges(count: usize) -> String {
    contract(&copies(
        count,
        "  charge c_@ \"Charge @\" 12.50 EUR per month \"Annex 2, @\"\n",
    ))
}

fn rate_card(count: usize) -> String {
    let input = format!(
        "  input handled : contacts by channel {{ {} }} nominal 10\n",
        members(count)
    );
    let prices = copies(count, "    m_@ 4.20 EUR per contact\n");
    contract(&format!(
        "{input}  charge handling for handled {{\n{prices}  }}\n"
    ))
}

fn tiers(count: usize) -> String {
    let tiers = copies(count, "    next 10 at 4.20 EUR\n").replacen("next", "first", 1);
    contract(&format!(
        "  charge calls_taken for offered graduated {{\n{tiers}    beyond at 3.60 EUR\n  }}\n"
    ))
}

fn ladder(count: usize) -> String {
    let bands = copies(count, "    below @ calls: @ EUR\n");
    contract(&format!(
        "  let fee = bands of offered {{\n{bands}    otherwise 0 EUR\n  }}\n"
    ))
}

fn table(count: usize) -> String {
    let bands = copies(count, "    ^ calls to below @ calls: @ EUR\n");
    contract(&format!(
        "  let fee = bands of offered {{\n{bands}    from {count} calls: 0 EUR\n  }}\n"
    ))
}

fn levels(count: usize) -> String {
    let level =
        "  service level l_@ on speed { target 80% each month; credit { below 10%: 5 EUR } }\n";
    contract(&copies(count, level))
}

fn level_by_members(count: usize) -> String {
    let inputs = format!(
        "  input taken : calls by queue {{ {} }} nominal 10\n  input timely : calls by queue nominal 7\n",
        members(count)
    );
    let level = "  metric prompt by queue is timeliness, percent, higher is better { timely / taken }
  service level answer by queue on prompt { target 80% each month; repeated 2 months x 2; credit { below 10%: 5 EUR } }\n";
    contract(&(inputs + level))
}

fn by_members(count: usize) -> String {
    let inputs = format!(
        "  input taken : calls by queue {{ {} }} nominal 10\n",
        members(count)
    );
    let items = "  let double by queue = 2 * taken
  metric load by queue is volume, calls, higher is better { taken }
  let all = total taken\n";
    contract(&(inputs + items))
}

fn limits(count: usize) -> String {
    let credits = copies(count, "  credit c_@ = 0 EUR when offered > 5_000\n");
    let limits = copies(count, "  limit c_@ to 5 EUR each month\n");
    contract(&(credits + &limits))
}

fn limits_of_all(count: usize) -> String {
    let credits = copies(20, "  credit c_@ = 1 EUR when offered > 5_000\n");
    contract(&(credits + &copies(count, "  limit credits to 50% of charges each month\n")))
}

fn minimum(count: usize) -> String {
    let terms = copies(count, ", in_time + @ calls");
    contract(&format!("  let least_of_all = min(offered{terms})\n"))
}

fn sum(count: usize) -> String {
    let terms = copies(count, " + in_time * @");
    contract(&format!("  let all = offered{terms}\n"))
}

fn conditions(count: usize) -> String {
    let terms = copies(count, " or in_time > @_000");
    contract(&format!(
        "  notice odd \"odd\" when offered > 9_000_000{terms}\n"
    ))
}

fn windows(count: usize) -> String {
    let first = "  let w_0 = offered\n".to_owned();
    contract(&(first + &copies(count, "  let w_@ = average of w_^ over last 3 months\n")))
}

fn scorecard(count: usize) -> String {
    let metrics = copies(
        count,
        "  metric m_@ is timeliness, percent, higher is better { in_time / offered }\n",
    );
    let weight = ["1", "0.1", "0.01"]
        .get((count.ilog10() as usize).saturating_sub(2))
        .copied()
        .unwrap_or("1");
    let parts = copies(count, "    WEIGHT% m_@ { below 80%: 50; otherwise 100 }\n")
        .replace("WEIGHT", weight);
    contract(&format!(
        "{metrics}  scorecard cx {{\n{parts}  }}\n  adjust desk by cx {{ below 60: -10%; otherwise 0% }}\n"
    ))
}

fn adjustments(count: usize) -> String {
    let both = "  charge c_@ 100 EUR per month
  adjust c_@ by speed { below 10%: -10%; otherwise 0% }\n";
    contract(&copies(count, both))
}

fn points(count: usize) -> String {
    let points = "  points p_@ on speed each month { below 70%: 1 }\n";
    contract(&copies(count, points))
}

fn credits(count: usize) -> String {
    contract(&copies(
        count,
        "  credit c_@ \"Annex 3, @\" on speed { below 20%: 5 EUR }\n",
    ))
}

fn notices(count: usize) -> String {
    contract(&copies(
        count,
        "  notice n_@ \"look at this @\" when offered > 2_000\n",
    ))
}

fn objectives(count: usize) -> String {
    contract(&copies(
        count,
        "  objective o_@ \"Objective @\" { purpose quality; measured by speed at least 80% }\n",
    ))
}

fn scenarios(count: usize) -> String {
    let scenario = "  scenario \"month @\" for 2026-02 { given in_time = 900; expect charge desk = 10_000 EUR }\n";
    contract(&copies(count, scenario))
}

fn stated(count: usize) -> String {
    let inputs = copies(
        count,
        "  input i_@ : calls nominal 5\n  charge c_@ for i_@ at 2 EUR\n",
    );
    let given = copies(count, "    given i_@ = 6\n    expect charge c_@ = 12 EUR\n");
    let scenario = format!("  scenario \"each\" for 2026-02 {{\n{given}  }}\n");
    contract(&format!("{inputs}{scenario}"))
}

fn contracts(count: usize) -> String {
    let one = contract("").replace("contract many \"Many\"", "contract many_@ \"Number @\"");
    copies(count, &one)
}

fn amendments(count: usize) -> String {
    let one = "amendment a_@ to many effective 2026-07-01 { add charge c_@ 10 EUR per month }\n";
    contract("") + &copies(count, one)
}

fn waivers(count: usize) -> String {
    let one = "  waive no-grace-period until 2099-12-31 because \"agreed\"
  service level l_@ on speed { target 80% each month; credit { below 10%: 5 EUR } }\n";
    contract(&copies(count, one))
}

fn misspelt(count: usize) -> String {
    contract(&copies(
        count,
        "  let metric_with_a_name_@ = 2 * metirc_with_a_nome_@\n",
    ))
}

fn broken(count: usize) -> String {
    contract(&copies(count, "  charge c_@ 10 EUR for for each\n"))
}

fn twice(count: usize) -> String {
    contract(&copies(count, "  let offered = @\n"))
}
