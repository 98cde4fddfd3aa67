//! Where values go, and what an item pays over the values of its measure.

use quidpro::driver::{Files, load};
use quidpro::ide::{Index, hover, payout_curve};

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}`"))
    }
}

const TEXT: &str = include_str!("../../../contracts/emea_support.quid");

fn hovered(word: &str) -> String {
    let loaded = load("emea_support.quid", TEXT, &NoFiles);
    let at = u32::try_from(TEXT.find(word).unwrap() + 1).unwrap();
    hover(&Index::new(&loaded), loaded.file, at)
        .unwrap()
        .markdown
}

#[test]
fn a_number_goes_into_the_lines_that_it_changes() {
    let told = hovered("23.50 EUR per hour");
    assert!(
        told.contains("Goes into the lines `agents`, `handling by cx`, `answer_speed`"),
        "{told}"
    );
    let told = hovered("60_000 EUR each month");
    assert!(told.contains("Goes into the line `minimum`"), "{told}");
}

#[test]
fn earlier_months_count_as_well() {
    // The sample size that `csat` needs decides whether an average of earlier months is used.
    let told = hovered("50, otherwise average");
    assert!(told.contains("handling"), "{told}");
}

#[test]
fn an_adjustment_is_a_stair_over_its_score() {
    let loaded = load("emea_support.quid", TEXT, &NoFiles);
    let index = Index::new(&loaded);
    let start = u32::try_from(TEXT.find("adjust handling").unwrap()).unwrap();
    let items = &loaded.contracts[0].contract.items;
    let item = items.iter().find(|item| item.span.start == start).unwrap();
    let curve = payout_curve(&index, item.span).unwrap();
    assert_eq!(curve.measure, "cx");
    let shown: Vec<String> = curve
        .points
        .iter()
        .map(|point| format!("{}: {}", point.value, point.amount))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}
