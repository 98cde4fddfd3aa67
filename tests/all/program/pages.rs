//! `quidpro curve` and `quidpro dashboard`: every figure against the invoices that the program computes from data with the
//! same cells, the formats, and the pages of the documentation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quidpro::quantity::Exact;
use serde_json::Value;
use tempfile::TempDir;

use super::{Desk, fits, run_in, snapshot};

const CONTRACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts");

/// A folder with the sample contract and its year of data.
fn emea() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["emea_support.quid", "emea_support.csv"] {
        fs::copy(format!("{CONTRACTS}/{name}"), folder.path().join(name)).unwrap();
    }
    folder
}

fn exact(value: &Value) -> Exact {
    let text = value.as_str().unwrap();
    match text.split_once('/') {
        Some((above, below)) => {
            let part = |text| Exact::parse_decimal(text).unwrap();
            part(above).divide(&part(below)).unwrap()
        }
        None => Exact::parse_decimal(text).unwrap(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn curve(folder: &Path, more: &[&str]) -> Value {
    let first = ["curve", "emea_support.quid", "--data", "emea_support.csv"];
    let done = run_in(folder, &[&first, more, &["--format", "json"]].concat());
    fits("curve.schema.json", &done.ends(0).without_errors().out)
}

/// The totals of the invoices, by month.
fn totals(folder: &Path, data: &str) -> BTreeMap<String, Exact> {
    let words = [
        "invoice",
        "emea_support.quid",
        "--data",
        data,
        "--format",
        "csv",
        "--lines",
        "total",
    ];
    let done = run_in(folder, &words);
    let mut lines = done.out.lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    let (month, amount) = (at("month"), at("amount"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (
                cells[month].to_owned(),
                Exact::parse_decimal(cells[amount]).unwrap(),
            )
        })
        .collect()
}

/// The total of a month if a cell were another one: computed from a file with that cell.
fn with_cell(folder: &Path, month: &str, column: &str, value: &str) -> Option<Exact> {
    let text = fs::read_to_string(folder.join("emea_support.csv")).unwrap();
    let at = text
        .lines()
        .next()
        .unwrap()
        .split(',')
        .position(|head| head == column);
    let lines = text.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[0] == month {
            cells[at.unwrap()] = value;
        }
        cells.join(",") + "\n"
    });
    fs::write(folder.join("changed.csv"), lines.collect::<String>()).unwrap();
    totals(folder, "changed.csv").remove(month)
}

/// Each end of a piece is the invoice of the month with that cell, and so is the middle, up to rounding.
#[test]
fn every_point_of_a_curve_is_an_invoice() {
    let folder = emea();
    let folder = folder.path();
    let mut points = 0;
    for (kpi, month) in [
        ("service_level", "2026-09"),
        ("csat", "2026-09"),
        ("fcr", "2026-07"),
        ("offered", "2026-08"),
    ] {
        let document = curve(folder, &["--kpi", kpi, "--month", month]);
        let found = &document["curves"][0];
        let varied = &found["varied"];
        let columns = list(&varied["columns"]);
        assert_eq!(columns.len(), 1, "{kpi}");
        let column = columns[0].as_str().unwrap();
        let pieces = list(&found["pieces"]);
        for piece in pieces {
            for end in ["from", "to"] {
                let (set, total) = (
                    piece[end]["set"].as_str().unwrap(),
                    exact(&piece[end]["total"]),
                );
                let invoiced = with_cell(folder, month, column, set);
                assert_eq!(invoiced, Some(total), "{kpi} with {column} = {set}");
                points += 1;
            }
            let ends = [exact(&piece["from"]["set"]), exact(&piece["to"]["set"])];
            let step = exact(&varied["step"]);
            let middle = ends[0].add(&ends[1]).divide(&Exact::from(2)).unwrap();
            let middle = middle.divide(&step).unwrap().floor().multiply(&step);
            if middle <= ends[0].clone().min(ends[1].clone()) {
                continue;
            }
            let part = middle
                .subtract(&ends[0])
                .divide(&ends[1].subtract(&ends[0]))
                .unwrap();
            let amounts = [exact(&piece["from"]["total"]), exact(&piece["to"]["total"])];
            let line = amounts[0].add(&amounts[1].subtract(&amounts[0]).multiply(&part));
            let invoiced = with_cell(folder, month, column, &middle.to_string()).unwrap();
            let distance = invoiced.subtract(&line).abs();
            assert!(
                distance <= exact(&found["rounding"]),
                "{kpi} with {column} = {middle}: {distance}"
            );
        }
        let now = &document["curves"][0]["now"]["total"];
        assert_eq!(exact(now), exact(&document["total"]), "{kpi}");
        assert_eq!(
            Some(&exact(now)),
            totals(folder, "emea_support.csv").get(month),
            "{kpi}"
        );
    }
    assert!(points >= 20, "{points}");
}

/// A step is between two neighbouring values, and its amount is the difference of their invoices.
#[test]
fn a_step_is_where_the_contract_has_an_edge() {
    let folder = emea();
    let document = curve(folder.path(), &["--kpi", "fcr", "--month", "2026-12"]);
    let found = &document["curves"][0];
    let edges: Vec<Exact> = list(&found["steps"])
        .iter()
        .map(|step| exact(&step["above"]))
        .collect();
    let percent = |part: i64| Exact::ratio(part, 100).unwrap();
    assert_eq!(edges.len(), 2, "{found}");
    for (edge, stated) in edges.iter().zip([percent(60), percent(70)]) {
        assert!(*edge >= stated && edge.subtract(&stated) < Exact::ratio(1, 10_000).unwrap());
    }
    let total = |at: usize, end: &str| exact(&found["pieces"][at][end]["total"]);
    for (at, step) in list(&found["steps"]).iter().enumerate() {
        let change = total(at + 1, "from").subtract(&total(at, "to"));
        assert_eq!(change, exact(&step["change"]));
        assert_eq!(step["cliff"], Value::Bool(true));
    }
}

/// Two KPIs together: the row and column of the month have the amounts of the single curves.
#[test]
fn a_map_agrees_with_its_curves() {
    let folder = emea();
    let document = curve(folder.path(), &["--kpi", "csat", "--kpi", "fcr"]);
    let map = &document["map"];
    let (row, column) = (&map["now"]["row"], &map["now"]["column"]);
    let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let totals = list(&map["totals"]);
    assert_eq!(totals[at(row)][at(column)], document["total"]);
    let own = list(&document["curves"][0]["pieces"]);
    for (place, value) in list(&map["columns"]).iter().enumerate() {
        let ends = own.iter().flat_map(|piece| [&piece["from"], &piece["to"]]);
        for end in ends.filter(|end| end["value"] == *value) {
            assert_eq!(totals[at(row)][place], end["total"]);
        }
    }
}

#[test]
fn curves_for_people() {
    let folder = emea();
    let words = ["curve", "emea_support.quid", "--data", "emea_support.csv"];
    let done = run_in(folder.path(), &words);
    snapshot("curve_text", &done.ends(0).without_errors().out);
    let two = [&words[..], &["--kpi", "csat", "--kpi", "fcr"]].concat();
    let text = run_in(folder.path(), &two).ends(0).out;
    snapshot("curve_map", &text);
    let page = run_in(folder.path(), &[&two[..], &["--format", "html"]].concat());
    is_self_contained(&page.out);
    snapshot("curve_page", &page.ends(0).out);
    let inputs = ["curve", "emea_support.quid", "--kpi", "forecast"];
    snapshot(
        "curve_of_an_input",
        &run_in(folder.path(), &inputs).ends(0).out,
    );
}

/// A page asks for nothing, and names every picture.
fn is_self_contained(page: &str) {
    assert!(page.contains("default-src 'none'"));
    for asks in ["http:", "https:", "<script", "<link", "@import", "url("] {
        assert!(!page.contains(asks), "{asks}");
    }
    let pictures = page.matches("<svg").count();
    let named = page.matches("role=\"img\" aria-label=\"").count();
    assert!(pictures > 0 && pictures == named);
}

#[test]
fn what_cannot_be_varied_is_said() {
    let desk = Desk::new();
    desk.run(&["curve", "support.quid", "--data", "support.csv"])
        .ends(2)
        .tells("the data has several accounts")
        .tells("north, south");
    let north = [
        "curve",
        "support.quid",
        "--data",
        "support.csv",
        "--account",
        "north",
    ];
    desk.run(&[&north[..], &["--kpi", "sped"]].concat())
        .ends(2)
        .tells("did you mean `speed`?");
    desk.run(&[&north[..], &["--month", "2027-01"]].concat())
        .ends(2)
        .tells("has no row for 2027-01");
    desk.run(&[&north[..], &["--kpi", "speed", "--kpi", "answered"]].concat())
        .ends(0)
        .says("both together: `speed` and `answered` are made of the same column");
    desk.run(&["curve", "support.quid"])
        .ends(0)
        .says("of the scenario \"A good month\"");
    let text = super::CONTRACT.replace(
        "scenario \"A good month\"",
        "notice x \"x\" when offered above 5",
    );
    let end = text.find(" for 2026-01").unwrap();
    desk.write("none.quid", format!("{}\n}}\n", &text[..end]));
    desk.run(&["curve", "none.quid"])
        .ends(2)
        .tells("there is no month to take everything else from");
}

#[test]
fn a_page_replaces_only_its_own_output() {
    let desk = Desk::new();
    let curve = [
        "curve",
        "support.quid",
        "--format",
        "html",
        "--output",
        "page.html",
    ];
    desk.run(&curve).ends(0).without_errors();
    desk.run(&curve).ends(0).without_errors();
    let board = [
        "dashboard",
        "support.quid",
        "--data",
        "support.csv",
        "--format",
        "html",
        "--output",
        "page.html",
    ];
    desk.run(&board)
        .ends(2)
        .tells("it is not such an output of quidpro");
    desk.run(&[&board[..], &["--force"]].concat()).ends(0);
    desk.run(&[
        "curve",
        "support.quid",
        "--output",
        "support.quid",
        "--force",
    ])
    .ends(2);
}

/// What the dashboard sums up is the sum of the invoices, and each kind of line adds up to the invoice.
#[test]
fn the_year_to_date_is_the_sum_of_the_invoices() {
    let folder = emea();
    let invoices = totals(folder.path(), "emea_support.csv");
    for month in ["2026-01", "2026-07", "2026-12"] {
        let words = [
            "dashboard",
            "emea_support.quid",
            "--data",
            "emea_support.csv",
            "--month",
            month,
            "--format",
            "json",
        ];
        let done = run_in(folder.path(), &words).ends(0).without_errors();
        let document = fits("dashboard.schema.json", &done.out);
        let section = &document["sections"][0];
        let up_to = invoices.iter().filter(|(known, _)| known.as_str() <= month);
        let sum = up_to.fold(Exact::zero(), |sum, (_, total)| sum.add(total));
        assert_eq!(exact(&section["invoice"]["year_to_date"]), sum, "{month}");
        assert_eq!(
            Some(&exact(&section["invoice"]["month"])),
            invoices.get(month)
        );
        for of in ["month", "year_to_date"] {
            let kinds = list(&section["kinds"]).iter();
            let kinds = kinds.fold(Exact::zero(), |sum, kind| {
                sum.add(&exact(&kind["paid"][of]))
            });
            assert_eq!(kinds, exact(&section["invoice"][of]), "{month} {of}");
        }
    }
}

#[test]
fn dashboards_for_people() {
    let folder = emea();
    let words = [
        "dashboard",
        "emea_support.quid",
        "--data",
        "emea_support.csv",
        "--month",
        "2026-09",
    ];
    let done = run_in(folder.path(), &words);
    snapshot("dashboard_text", &done.ends(0).without_errors().out);
    let page = run_in(folder.path(), &[&words[..], &["--format", "html"]].concat());
    is_self_contained(&page.out);
    snapshot("dashboard_page", &page.ends(0).out);
    let desk = Desk::new();
    let two = [
        "dashboard",
        "support.quid",
        "support.quid",
        "--data",
        "support.csv",
        "--data",
        "support.csv",
        "--account",
        "north",
    ];
    snapshot(
        "dashboard_of_two",
        &desk.run(&two).ends(0).without_errors().out,
    );
    desk.run(&[
        "dashboard",
        "support.quid",
        "support.quid",
        "--data",
        "support.csv",
    ])
    .ends(2)
    .tells("there are 2 contracts and 1 data files");
}

/// Whole contracts with amendments and members.
#[test]
fn whole_contracts_have_pages() {
    for name in ["claims_processing", "service_desk"] {
        let folder = format!("{CONTRACTS}/whole/{name}");
        let folder = Path::new(&folder);
        for command in ["curve", "dashboard"] {
            let words = [
                command,
                "amendment_1.quid",
                "--data",
                "data.csv",
                "--format",
                "json",
            ];
            let document = run_in(folder, &words).ends(0).without_errors().out;
            fits(&format!("{command}.schema.json"), &document);
        }
    }
}

/// The pages of the documentation have what the program prints for the contract that `quidpro init` writes.
#[test]
fn the_documentation_has_what_the_program_prints() {
    let folder = TempDir::new().unwrap();
    for (from, to) in [
        ("starter.quid", "support.quid"),
        ("starter.csv", "support.csv"),
    ] {
        fs::copy(format!("{CONTRACTS}/{from}"), folder.path().join(to)).unwrap();
    }
    for name in ["curve.md", "dashboard.md"] {
        let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
        let page = fs::read_to_string(&path).unwrap();
        let mut anew = String::new();
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            anew.push_str(line);
            anew.push('\n');
            let Some(command) = line.strip_prefix("$ quidpro ") else {
                continue;
            };
            let words: Vec<&str> = command.split_whitespace().collect();
            anew.push_str(&run_in(folder.path(), &words).ends(0).without_errors().out);
            let _: usize = lines.by_ref().take_while(|line| *line != "```").count();
            anew.push_str("```\n");
        }
        if page != anew {
            fs::write(&path, anew).unwrap();
            panic!("docs/{name} was stale and is written anew; read it and run again");
        }
    }
}
