//! How repeated failure changes a credit: steps, and growth, compounding or not.

use quidpro::quantity::Exact;

use crate::clause::{amount, contract, statements};
use crate::laws::choices::law;

/// The credits of 100 for months that are missed (70), met (90) or excused (0).
fn credits(repeated: &str, months: &[i64]) -> Vec<String> {
    let loaded = contract(&format!(
        "  input calls : calls\n  metric done is volume, calls, higher is better {{ calls }}\n  \
         charge fee 1_000_000 USD per month\n  service level s on done {{\n    target 80 each month\n    \
         excused when calls = 0\n    credit 100 USD\n    repeated {repeated}\n  }}\n"
    ));
    let mut csv = String::from("month,calls\n");
    for (at, calls) in months.iter().enumerate() {
        csv.push_str(&format!("2026-{:02},{calls}\n", at + 1));
    }
    let all = statements(&loaded, &csv).into_iter();
    all.map(|month| amount(&month.unwrap(), "s").replace('-', ""))
        .collect()
}

const ROW: [i64; 6] = [70, 70, 0, 70, 90, 70];

#[test]
fn factors_replace_each_other_or_compound() {
    let steps = "2 months x 1.5, 3 months x 2";
    let plain = ["100", "150", "0", "200", "0", "100"];
    assert_eq!(credits(steps, &ROW), plain);
    assert_eq!(credits(&format!("{steps}, not compounding"), &ROW), plain);
    // 1.5 x 2 = 3
    let compounding = ["100", "150", "0", "300", "0", "100"];
    assert_eq!(credits(&format!("{steps}, compounding"), &ROW), compounding);
}

#[test]
fn a_factor_grows_with_each_further_failure() {
    // 1, 1.5, 2 and 1, 1.5, 2.25; the excused month neither breaks nor extends the run
    let added = ["100", "150", "0", "200", "0", "100"];
    let compounded = ["100", "150", "0", "225", "0", "100"];
    let growth = "50% more each further failure";
    assert_eq!(credits(&format!("{growth}, not compounding"), &ROW), added);
    assert_eq!(credits(&format!("{growth}, compounding"), &ROW), compounded);
    let bounded = ["100", "150", "0", "200", "0", "100"];
    assert_eq!(
        credits(&format!("{growth}, compounding, at most x 2"), &ROW),
        bounded
    );
}

/// The nth failure in a row costs 1 + g(n - 1) times, or (1 + g) to the power of n - 1 times, as much as the first.
#[test]
fn growth_follows_its_formula() {
    law(25, |c| {
        let growth = c.between(1, 4) * 25;
        let compounding = c.once_in(2);
        let most = c.maybe(2, |c| c.between(1, 4));
        let months: Vec<i64> = (0..12).map(|_| c.pick(&[70, 70, 70, 90, 0])).collect();
        let word = if compounding {
            "compounding"
        } else {
            "not compounding"
        };
        let bound = most.map_or(String::new(), |most| format!(", at most x {most}"));
        let found = credits(
            &format!("{growth}% more each further failure, {word}{bound}"),
            &months,
        );
        let quarter = Exact::from_integer(growth / 25)
            .divide(&Exact::from_integer(4))
            .unwrap();
        let more = Exact::one().add(&quarter);
        let (mut run, mut factor) = (0, Exact::one());
        for (at, calls) in months.iter().enumerate() {
            match calls {
                70 if run == 0 => (run, factor) = (1, Exact::one()),
                70 if compounding => (run, factor) = (run + 1, factor.multiply(&more)),
                70 => (run, factor) = (run + 1, factor.add(&quarter)),
                90 => run = 0,
                _ => {}
            }
            let held = most.map_or(factor.clone(), |most| {
                factor.clone().min(Exact::from_integer(most))
            });
            let cents = held.multiply(&Exact::from_integer(10_000));
            let wanted = if *calls == 70 { cents } else { Exact::zero() };
            // The line is rounded half up to cents.
            let wanted = quidpro::quantity::Rounding {
                mode: quidpro::quantity::RoundingMode::HalfUp,
                step: Exact::one(),
            }
            .apply(&wanted)
            .divide(&Exact::from_integer(100))
            .unwrap();
            if found[at] != wanted.to_string() {
                return Err(format!(
                    "{} and not {wanted} in month {at} of {months:?}",
                    found[at]
                ));
            }
        }
        Ok(())
    });
}
