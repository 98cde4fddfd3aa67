//! An amendment that changes nothing changes no statement. Every item that is replaced with itself keeps what its
//! earlier months left, and so does every other item.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quidpro::calendar::Month;
use quidpro::driver::{self, Files, Loaded, run_scenarios_of};
use quidpro::syntax::parse;
use quidpro::syntax::tree::{Contract, ContractBody, Item, ItemKind};
use quidpro::text::{FileId, Sources};

use crate::docs::examples::{DOCUMENTS, examples};
use crate::docs::frame::{FRAME, KPIS, framed};

use super::{amended, base, findings, mismatches, printed, statements, totals};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

struct Beside(PathBuf);

impl Files for Beside {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        let text = fs::read_to_string(self.0.join(path)).map_err(|error| error.to_string())?;
        Ok((path.to_owned(), text))
    }
}

/// The files that the documents' examples use.
struct Framed;

impl Files for Framed {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        match path {
            "frame.quid" => Ok((path.to_owned(), FRAME.to_owned())),
            "kpis.quid" => Ok((path.to_owned(), KPIS.to_owned())),
            _ => Err("there is no such file".to_owned()),
        }
    }
}

/// Every file below `contracts/` with a contract of its own.
fn contracts() -> Vec<(PathBuf, String, Contract)> {
    let mut folders = vec![Path::new(ROOT).join("contracts")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "quid") {
                let text = fs::read_to_string(&path).unwrap();
                let mut sources = Sources::new();
                let file = sources.add("contract.quid", text.as_str());
                let tree = parse(file, &text).tree;
                let contract = tree.contracts.into_iter().next();
                let contract = contract.filter(|found| found.body == ContractBody::Contract);
                found.extend(contract.map(|contract| (path, text, contract)));
            }
        }
    }
    assert!(found.len() > 15);
    found
}

fn written<'t>(text: &'t str, item: &Item) -> &'t str {
    assert_eq!(item.span.file, FileId(0));
    &text[item.span.range()]
}

/// The contract, with an amendment that replaces each of these items with itself.
fn replaced<'i>(
    text: &str,
    contract: &Contract,
    effective: Month,
    items: impl Iterator<Item = &'i Item>,
) -> String {
    let changes: Vec<String> = items
        .filter(|item| !matches!(item.kind, ItemKind::Scenario(_)))
        .map(|item| format!("  replace {}\n", written(text, item)))
        .collect();
    format!(
        "{text}\namendment same to {} effective {effective}-01 {{\n{}}}\n",
        contract.name.text,
        changes.concat()
    )
}

fn load(path: &Path, text: &str) -> Loaded {
    let folder = Beside(path.parent().unwrap().to_owned());
    let loaded = driver::load("contract.quid", text, &folder);
    assert!(
        loaded.is_sound(),
        "{}\n{}",
        path.display(),
        findings(&loaded)
    );
    loaded
}

/// The months of scenarios over several months, without their first ones. In these months an earlier month can matter.
fn later_months(contract: &Contract) -> BTreeSet<Month> {
    let mut months = BTreeSet::new();
    for item in &contract.items {
        if let ItemKind::Scenario(scenario) = &item.kind {
            let count = scenario.last.since(scenario.first);
            months.extend((1..=count).map(|later| scenario.first.plus(later)));
        }
    }
    months
}

#[test]
fn replacing_every_item_by_itself_meets_every_scenario() {
    for (path, text, contract) in contracts() {
        let months: Vec<Month> = later_months(&contract).into_iter().collect();
        // Some months of each contract, spread over all of them.
        let step = months.len().div_ceil(4).max(1);
        for effective in months.into_iter().step_by(step) {
            let amended = replaced(
                &text,
                &contract,
                effective,
                contract.items.iter().map(|item| &**item),
            );
            let loaded = load(&path, &amended);
            for result in run_scenarios_of(loaded.contracts.first().unwrap()) {
                let place = format!("{}, {effective}, {}", path.display(), result.name);
                assert_eq!(result.mismatches, [], "{place}");
            }
        }
    }
}

/// The documents' examples have every mechanism. Each item of each example is replaced with itself in each later month.
#[test]
fn replacing_the_items_of_every_example_meets_its_scenarios() {
    let mut tried = 0;
    for example in DOCUMENTS.iter().flat_map(|path| examples(path)) {
        if example.marks.starts_with("error") {
            continue;
        }
        let text = framed(&example.text);
        let mut sources = Sources::new();
        let file = sources.add("contract.quid", text.as_str());
        let tree = parse(file, &text).tree;
        let [contract] = tree.contracts.as_slice() else {
            continue;
        };
        if contract.body != ContractBody::Contract || !tree.amendments.is_empty() {
            continue;
        }
        for effective in later_months(contract) {
            let amended = replaced(
                &text,
                contract,
                effective,
                contract.items.iter().map(|item| &**item),
            );
            let loaded = driver::load("contract.quid", &amended, &Framed);
            assert!(
                loaded.is_sound(),
                "{}\n{}",
                example.place,
                findings(&loaded)
            );
            for result in run_scenarios_of(loaded.contracts.first().unwrap()) {
                let place = format!("{}, {effective}, {}", example.place, result.name);
                assert_eq!(result.mismatches, [], "{place}");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn replacing_nothing_prints_the_same_statements() {
    let folder = Path::new(ROOT).join("contracts");
    let path = folder.join("emea_support.quid");
    let text = fs::read_to_string(&path).unwrap();
    let csv = fs::read_to_string(folder.join("emea_support.csv")).unwrap();
    let all = contracts();
    let (_, _, contract) = all.iter().find(|(found, ..)| *found == path).unwrap();
    let wanted = printed(&load(&path, &text), &csv);
    assert_eq!(wanted.len(), 12);
    for month in ["2026-01", "2026-03", "2026-06", "2026-12"] {
        let effective = Month::parse(month).unwrap();
        let nothing = replaced(&text, contract, effective, [].into_iter());
        assert_eq!(printed(&load(&path, &nothing), &csv), wanted, "{month}");
        let everything = replaced(
            &text,
            contract,
            effective,
            contract.items.iter().map(|item| &**item),
        );
        assert_eq!(printed(&load(&path, &everything), &csv), wanted, "{month}");
    }
}

/// Each item is replaced alone. The others must not lose what it refers to, and it must not lose what they keep.
#[test]
fn replacing_any_item_prints_the_same_statements() {
    let folder = Path::new(ROOT).join("contracts");
    let path = folder.join("emea_support.quid");
    let text = fs::read_to_string(&path).unwrap();
    let csv = fs::read_to_string(folder.join("emea_support.csv")).unwrap();
    let all = contracts();
    let (_, _, contract) = all.iter().find(|(found, ..)| *found == path).unwrap();
    let wanted = printed(&load(&path, &text), &csv);
    let effective = Month::parse("2026-06").unwrap();
    for item in &contract.items {
        let amended = replaced(&text, contract, effective, std::iter::once(&**item));
        let found = printed(&load(&path, &amended), &csv);
        assert_eq!(found, wanted, "{}", item.designation());
    }
}

const MISSES: &str = "  input good : calls
  input all : calls
  metric speed is timeliness, percent, higher is better { good / all }
  charge desk 1_000 GBP per month
  service level fast on speed {
    target 80% each month
    credit 10% of charges
    repeated 2 months x 1.5, 3 months x 2
    earn back after 2 months at 90% or better
    terminate after 3 failures in 6 months
  }
  limit credits to 500 GBP each contract year";

/// A run of misses, a yearly limit, the right to terminate and a credit that can be earned back, across an amendment
/// that adds items before, between and after them.
#[test]
fn what_is_added_leaves_the_state_of_all_else() {
    let csv = "month,good,all\n2026-01,70,100\n2026-02,70,100\n2026-03,70,100\n2026-04,95,100\n2026-05,95,100\n\
               2026-06,70,100\n2026-07,70,100\n2026-08,70,100\n";
    let plain = amended(MISSES, "2026-07-01", "");
    let wanted = printed(&plain, csv);
    // January to March: 100, 150 and 200 off; May returns March's 200; June 50 is all that is left of the year's 500.
    assert_eq!(
        totals(&plain, csv),
        ["900", "850", "800", "1000", "1200", "950", "1000", "1000"]
    );
    for month in 1..=8 {
        let changes = "  add let before_all = months in a row with speed below 50%
  add metric calm is timeliness, percent, higher is better { good / all }
  add service level other on calm { target 10% each month; credit 1 GBP; repeated 2 months x 2 }
  add notice calm_notice \"calm\" when before_all >= 9";
        let loaded = amended(MISSES, &format!("2026-0{month}-01"), changes);
        let found = statements(&loaded, csv)
            .into_iter()
            .zip(statements(&plain, csv));
        for (found, wanted) in found {
            let (found, wanted) = (found.unwrap(), wanted.unwrap());
            assert_eq!(found.total, wanted.total, "{month}");
            assert_eq!(found.notices.len(), wanted.notices.len(), "{month}");
        }
    }
    assert_eq!(wanted.len(), 8);
}

/// The replaced service level keeps its run of misses. Only its own words change.
#[test]
fn a_replaced_service_level_keeps_its_run() {
    let changes = "  replace service level fast on speed {
    target 85% each month
    credit 20% of charges
    repeated 2 months x 1.5, 3 months x 2
  }
  scenario \"the third miss in a row\" for 2026-01 to 2026-03 {
    given good = 70, all = 100
    # 10%; 1.5 times 10%; twice 20%, held to the 250 that are left of 500.
    expect credit fast = 100 GBP then 150 GBP then 250 GBP
  }";
    assert_eq!(mismatches(&amended(MISSES, "2026-03-01", changes)), [""; 0]);
}

/// A new item begins with the amendment: misses before a service level was agreed do not count.
#[test]
fn a_new_service_level_has_no_past() {
    let items = MISSES.replace("service level fast", "service level slow");
    let changes = "  add service level fast on speed { target 80% each month; credit 1% of charges; repeated 2 months x 2 }
  remove service level slow
  remove limit credits
  scenario \"the first miss under it\" for 2026-01 to 2026-04 {
    given good = 70, all = 100
    expect credit fast = 0 GBP then 0 GBP then 10 GBP then 20 GBP
  }";
    assert_eq!(mismatches(&amended(&items, "2026-03-01", changes)), [""; 0]);
}

/// A new measurement also covers the months before. They were measured, whatever was done with the values.
#[test]
fn a_new_metric_is_measured_in_earlier_months_too() {
    let items = "  input good : calls\n  input all : calls\n  charge desk 1_000 GBP per month";
    let changes = "  add metric speed is timeliness, percent, higher is better { good / all }
  add let mean = average of speed over last 3 months
  add credit slow = 100 GBP when mean below 80%
  scenario \"the mean of three months\" for 2026-01 to 2026-04 {
    given good = 70 then 70 then 95 then 95, all = 100
    # March: 235 / 3 = 78.33%; April: 260 / 3 = 86.67%.
    expect credit slow = 0 GBP then 0 GBP then 100 GBP then 0 GBP
  }";
    assert_eq!(mismatches(&amended(items, "2026-03-01", changes)), [""; 0]);
}

/// Charges of earlier months are what was charged at the time, not what the new prices would make of them.
#[test]
fn earlier_charges_are_those_of_their_time() {
    let items = "  input handled : calls\n  charge desk for handled at 1 GBP";
    let changes = "  replace charge desk for handled at 2 GBP
  add let year = sum of charges over contract year
  add credit rebate = 10 GBP when year above 350 GBP
  scenario \"100, 100, then 200: 400 in April\" for 2026-01 to 2026-04 {
    given handled = 100
    expect credit rebate = 0 GBP then 0 GBP then 10 GBP then 10 GBP
  }
  scenario \"a smaller third month\" for 2026-01 to 2026-04 {
    given handled = 100 then 100 then 70 then 6
    # 100 + 100 + 140 = 340; + 12 = 352.
    expect credit rebate = 0 GBP then 0 GBP then 0 GBP then 10 GBP
  }";
    assert_eq!(mismatches(&amended(items, "2026-03-01", changes)), [""; 0]);
}

/// If only the currency's rounding, the term or the parties change, the earlier months stay as they were.
#[test]
fn months_before_are_computed_under_the_text_of_their_time() {
    let items = "  input handled : calls\n  charge desk for handled at 1.0050 GBP\n  minimum 10 GBP each month";
    let changes = "  replace round each line down to 0.01 GBP
  replace customer \"C\"
  replace term 2026-01-01 to 2026-06-30
  replace minimum 20 GBP each month
  add maximum 30 GBP each month";
    let loaded = amended(items, "2026-03-01", changes);
    let csv = "month,handled\n2026-01,1\n2026-02,45\n2026-03,1\n2026-04,45\n2026-05,25\n";
    // 45 x 1.005 = 45.225, half up to 45.23; 25 x 1.005 = 25.125, down to 25.12.
    assert_eq!(totals(&loaded, csv), ["10", "45.23", "20", "30", "25.12"]);
    let late = statements(&loaded, "month,handled\n2026-07,1\n");
    assert!(late[0].as_ref().unwrap_err().contains("2026-06-30"));
}

/// A dimension gains a member. Each member keeps its own run.
#[test]
fn members_keep_their_own_runs() {
    let items = "  dimension site { north, south }
  input good : calls by site
  input all : calls by site
  metric speed by site is timeliness, percent, higher is better { good / all }
  charge desk 1_000 GBP per month
  service level fast by site on speed { target 80% each month; credit 1% of charges; repeated 2 months x 2, 3 months x 3 }";
    let changes = "  replace dimension site { east, south, north }
  scenario \"south is in its third miss, east in its first\" for 2026-01 to 2026-03 {
    given good.north = 90, good.south = 70, good.east = 70, all.north = 100, all.south = 100, all.east = 100
    expect fast.south = 10 GBP then 20 GBP then 30 GBP
    expect fast.east = 0 GBP then 0 GBP then 10 GBP
    expect fast.north = 0 GBP
  }";
    assert_eq!(mismatches(&amended(items, "2026-03-01", changes)), [""; 0]);
}

#[test]
fn the_base_alone_is_what_was_signed() {
    let text = base(MISSES);
    let loaded = super::load(&[("base.quid", &text)]);
    assert!(loaded.is_sound());
    assert!(loaded.contracts.first().unwrap().former.is_empty());
}
