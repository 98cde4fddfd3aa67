//! Texts and numbers of absurd size go through the whole pipeline on a small stack.

use super::pipeline::{contract, in_time, refused};

const ROWS: &str = "month,x\n2026-01,7\n2026-02,9\n";

fn lets(first: &str, next: impl Fn(usize) -> String, count: usize) -> String {
    let rest: String = (1..count).map(next).collect();
    format!("let a0 = {first}\n{rest}charge c a{} * 1 EUR", count - 1)
}

fn squared(at: usize) -> String {
    format!("let a{at} = a{0} * a{0}\n", at - 1)
}

#[test]
fn a_hundred_thousand_parentheses() {
    let nested = format!("{}x{}", "(".repeat(100_000), ")".repeat(100_000));
    for text in [
        contract(&format!("input x : number\ncharge c {nested} * 1 EUR")),
        contract(&format!("input x : number\nlet a = {nested}")),
        "{".repeat(100_000),
        contract(&format!("charge c for x {{ {}", "a {".repeat(50_000))),
    ] {
        let _ = refused(20, text);
    }
}

#[test]
fn a_line_of_ten_megabytes() {
    let long = "x".repeat(10_000_000);
    let _ = in_time(60, contract(&format!("# {long}\ncharge c 1 EUR")), None);
    let _ = in_time(
        60,
        contract(&format!("customer \"{long}\"\ncharge c 1 EUR")),
        None,
    );
}

#[test]
fn names_of_a_million_letters() {
    let name = "a".repeat(1_000_000);
    let found = refused(
        60,
        contract(&format!(
            "input {name} : calls\ncharge c for {name}b at 1 EUR\ncharge d for x at 1 {name}"
        )),
    );
    assert!(found.len() < 5_000, "{}", found.len());
}

#[test]
fn thousands_of_items() {
    let items: String = (0..4_000)
        .map(|at| format!("charge c{at} for x at 1 EUR\n"))
        .collect();
    let _ = in_time(
        60,
        contract(&format!("input x : calls\n{items}")),
        Some(ROWS),
    );
}

#[test]
fn thousands_of_unknown_names_and_of_equal_names() {
    for name in ["y", ""] {
        let items: String = (0..4_000)
            .map(|at| {
                format!(
                    "charge c{0} for y{at} at 1 EUR\n",
                    if name.is_empty() { 0 } else { at }
                )
            })
            .collect();
        let _ = refused(60, contract(&format!("input x : calls\n{items}")));
    }
}

#[test]
fn a_limit_on_thousands_of_credits_and_a_total_of_thousands_of_lines() {
    let credits: String = (0..3_000)
        .map(|at| format!("credit c{at} = 1 EUR\n"))
        .collect();
    let limited = contract(&format!("{credits}limit credits to 5 EUR each month"));
    assert!(refused(60, limited).contains("too-many-parts"));
    let charges: String = (0..3_000)
        .map(|at| format!("charge c{at} 1 EUR\n"))
        .collect();
    let total = contract(&charges).replace("each line", "only the total");
    assert!(refused(60, total).contains("too-many-parts"));
}

#[test]
fn what_a_contract_unfolds_to_is_bounded_and_the_item_is_named() {
    let members: Vec<String> = (0..900).map(|at| format!("m{at}")).collect();
    let items = format!(
        "dimension queue {{ {} }}\ninput x : calls by queue\ncredit late by queue = 1 EUR when x > 5\n{}",
        members.join(", "),
        "limit credits to 5 EUR each month\n".repeat(400)
    );
    let found = refused(60, contract(&items));
    assert!(
        found.contains("robust.quid:8:1: error[unfolds-too-far]"),
        "{found}"
    );
    let dimension = format!(
        "dimension d {{ {} }}\n",
        (0..20_000)
            .map(|at| format!("m{at}"))
            .collect::<Vec<_>>()
            .join(",")
    );
    let inputs: String = (0..200)
        .map(|at| format!("input x{at} : calls by d\n"))
        .collect();
    let found = refused(60, contract(&(dimension + &inputs)));
    assert!(found.contains("unfolds-too-far"), "{found}");
}

#[test]
fn what_the_versions_of_a_contract_unfold_to_together_is_bounded() {
    let members: Vec<String> = (0..10_000).map(|at| format!("m{at}")).collect();
    let inputs: String = (0..5)
        .map(|at| format!("input x{at} : calls by d\n"))
        .collect();
    let items = format!("dimension d {{ {} }}\n{inputs}", members.join(","));
    let amendments: String = (2..=12)
        .map(|month| {
            format!("amendment a{month} to robust effective 2026-{month:02}-01 {{ add charge c{month} 1 EUR }}\n")
        })
        .collect();
    let sound = contract(&items);
    let found = refused(120, sound.clone() + &amendments);
    assert!(
        found.contains("robust.quid:23:11: error[unfolds-too-far]"),
        "{found}"
    );
    let (loaded, _) = in_time(60, sound, None);
    assert!(loaded.is_sound());
}

#[test]
fn a_file_of_very_many_contracts_is_not_understood_to_its_end() {
    for (one, what) in [
        ("contract c {}\n", "contracts"),
        (
            "amendment a to c effective 2026-07-01 { add charge x 1 EUR }\n",
            "amendments",
        ),
    ] {
        let found = refused(60, one.repeat(3_000));
        assert!(
            found.contains(&format!("more than 1,000 {what}")),
            "{found}"
        );
    }
}

#[test]
fn a_long_chain_of_else_if() {
    let arms: String = (0..5_000)
        .map(|at| format!("else if x > {at} then {at} EUR "))
        .collect();
    let text = contract(&format!(
        "input x : calls\ncharge c if x > 9 then 1 EUR {arms}else 0 EUR"
    ));
    let _ = in_time(60, text, Some(ROWS));
}

#[test]
fn doubling_definitions_end_with_an_error_that_names_the_clause() {
    let squares =
        |first: &str| contract(&format!("input x : number\n{}", lets(first, squared, 60)));
    let (loaded, out) = in_time(20, squares("x * x"), Some(ROWS));
    assert!(loaded.is_sound(), "{out}");
    assert!(out.contains("has more than a thousand digits"), "{out}");
    assert!(
        out.contains("let a10 = a9 * a9") || out.contains("let a11 = a10 * a10"),
        "{out}"
    );
    let found = refused(20, squares("3 * 3"));
    assert!(found.contains("number-too-large"), "{found}");
    assert_eq!(found.lines().count(), 1, "{found}");
    let calls = squares("x * x").replace("x : number", "x : calls");
    let found = refused(20, calls);
    assert!(found.contains("unit-too-complex"), "{found}");
}

#[test]
fn sums_that_double_a_thousand_times() {
    let doubled = |at: usize| format!("let a{at} = a{0} + a{0}\n", at - 1);
    let text = contract(&format!(
        "input x : number\n{}",
        lets("x + x", doubled, 4_500)
    ));
    let (_, out) = in_time(60, text, Some(ROWS));
    assert!(
        out.contains("has more than a thousand digits"),
        "{}",
        out.len()
    );
}

#[test]
fn fractions_that_grow_without_end() {
    let next = |at: usize| format!("let a{at} = a{} + x / {}\n", at - 1, 2 * at + 3);
    let text = contract(&format!("input x : number\n{}", lets("x / 3", next, 2_000)));
    let (_, out) = in_time(60, text, Some(ROWS));
    assert!(
        out.contains("has more than a thousand digits"),
        "{}",
        out.len()
    );
}

#[test]
fn circles_of_any_length() {
    for length in [1, 2, 3, 1_000] {
        let items: String = (0..length)
            .map(|at| format!("let a{at} = a{} + 1\n", (at + 1) % length))
            .collect();
        let found = refused(20, contract(&format!("{items}charge c a0 * 1 EUR")));
        assert!(found.contains("circular-definition"), "{found}");
        assert!(found.len() < 400, "{found}");
        assert_eq!(found.lines().count(), 1, "{found}");
    }
}

#[test]
fn numbers_of_sixty_digits_in_contract_and_data() {
    let nines = "9".repeat(60);
    let small = format!("0.{}1", "0".repeat(58));
    let text = contract(&format!(
        "input x : number\ninput y : number\ncharge a x * 1 EUR\ncharge b x * {nines} EUR\n\
         charge c {small} EUR * y\ncharge d (x / y) rounded half even to 0.01 * 1 EUR\n\
         metric m is quality, number {{ x * x * x / y }}"
    ));
    let (loaded, out) = in_time(
        20,
        text,
        Some(Box::leak(
            format!("month,x,y\n2026-01,{nines},{small}\n2026-02,-{nines},{nines}\n")
                .into_boxed_str(),
        )),
    );
    assert!(loaded.is_sound(), "{out}");
    assert!(out.contains("2026-02"), "{out}");
}

#[test]
fn tiers_and_bands_by_the_thousand() {
    let tiers: String = (0..5_000)
        .map(|at| format!("next 1 at {at} EUR\n"))
        .collect();
    let bands: String = (0..5_000)
        .map(|at| format!("below {at}: {at} EUR\n"))
        .collect();
    let gaps: String = (0..2_000)
        .map(|at| format!("{} to {}: 1 EUR\n", at * 3, at * 3 + 1))
        .collect();
    let text = contract(&format!(
        "input x : calls\ncharge a for x graduated {{ {tiers} beyond at 1 EUR }}\n\
         charge b bands of x {{ {bands} otherwise 2 EUR }}"
    ));
    let _ = in_time(60, text, Some(ROWS));
    let _ = refused(
        60,
        contract(&format!(
            "input x : calls\ncharge b bands of x {{ {gaps} }}"
        )),
    );
    let end = "9".repeat(60);
    let huge = contract(&format!(
        "input x : calls\ncharge a for x graduated {{ first {end} at 1 EUR; next {end} at 2 EUR; beyond at 3 EUR }}"
    ));
    let _ = in_time(20, huge, Some(ROWS));
}

#[test]
fn the_first_and_the_last_year() {
    let text = contract(
        "input x : calls\ncharge a 1 EUR per call * (average of x over last 1200 months)\n\
         charge b 1 EUR per call * (sum of x over term)\nlet p : calls = previous x, at first 0\n\
         credit q each contract year = 1 EUR\nbonus r each calendar year = 1 EUR\n\
         limit credits to 2 EUR each contract year\n\
         notice n \"Long\" when months in a row with x > 3 > 2",
    )
    .replace("2026-01-01 to 2026-12-31", "0001-01-01 to 9999-12-31");
    let rows = "month,x\n0001-01,7\n0001-02,8\n0001-04,1\n0050-05,9\n9999-12,4\n";
    let (loaded, out) = in_time(60, text, Some(rows));
    assert!(loaded.is_sound(), "{out}");
    assert!(out.contains("9999-12"), "{out}");
}

#[test]
fn windows_longer_than_any_contract_are_refused() {
    for months in ["1201", "0", "-1", "1.5", "99999999999999999999"] {
        let text = contract(&format!(
            "input x : calls\ncharge a 1 EUR per call * (average of x over last {months} months)"
        ));
        let _ = refused(20, text);
    }
}
