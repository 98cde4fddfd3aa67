//! The proof that a table has no gap and no overlap, compared with trying every value.

use super::choices::{Choices, law};
use super::description::{Q, q};
use super::product::{NoFiles, invoice, program, rational};
use super::text::decimal;

use num_traits::{One, Zero};
use quidpro::diagnostic::Diagnostic;
use quidpro::driver::load;
use quidpro::report::findings::full;

/// An interval. Each end says whether it belongs to the interval.
#[derive(Clone, Debug)]
struct Band {
    low: Option<(Q, bool)>,
    high: Option<(Q, bool)>,
}

impl Band {
    fn has(&self, value: &Q) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|(low, included)| value > low || (*included && value == low));
        let below = self
            .high
            .as_ref()
            .is_none_or(|(high, included)| value < high || (*included && value == high));
        above && below
    }
}

/// What is measured: how it is declared, its range and its steps.
struct Domain {
    declared: &'static str,
    percent: bool,
    least: Option<Q>,
    most: Option<Q>,
    step: Option<Q>,
    column: &'static str,
}

fn domains() -> Vec<Domain> {
    vec![
        Domain {
            declared: "input x : percent to 10%\nmetric m is quality, percent { x }",
            percent: true,
            least: Some(Q::zero()),
            most: Some(Q::one()),
            step: Some(q(1, 10)),
            column: "x",
        },
        Domain {
            declared: "input x : number\nmetric m is quality, percent { x / 1; rounded half up to 5% }",
            percent: true,
            least: Some(Q::zero()),
            most: Some(Q::one()),
            step: Some(q(1, 20)),
            column: "x",
        },
        Domain {
            declared: "input x : number\nmetric m is quality, percent { x / 1 }",
            percent: true,
            least: Some(Q::zero()),
            most: Some(Q::one()),
            step: None,
            column: "x",
        },
        Domain {
            declared: "input x : number\nmetric m is quality, 1 to 5 { x }",
            percent: false,
            least: Some(Q::one()),
            most: Some(q(5, 1)),
            step: None,
            column: "x",
        },
        Domain {
            declared: "input m : calls between 0 and 12",
            percent: false,
            least: Some(Q::zero()),
            most: Some(q(12, 1)),
            step: Some(Q::one()),
            column: "m",
        },
        Domain {
            declared: "input m : number",
            percent: false,
            least: None,
            most: None,
            step: None,
            column: "m",
        },
    ]
}

/// Edges in half the steps of the domain, so that some are between the values that can be observed.
fn edge(c: &mut Choices<'_>, domain: &Domain) -> Q {
    if domain.percent {
        q(c.between(0, 40), 40)
    } else {
        q(c.between(0, 24), 2)
    }
}

fn table(c: &mut Choices<'_>, domain: &Domain) -> Vec<Band> {
    let mut edges: Vec<Q> = (0..2 + c.below(4)).map(|_| edge(c, domain)).collect();
    edges.sort();
    let mut bands: Vec<Band> = Vec::new();
    let mut included = !c.once_in(3);
    if !c.once_in(3) {
        let high = edges[0].clone();
        let belongs = c.once_in(2);
        bands.push(Band {
            low: None,
            high: Some((high, belongs)),
        });
        included = !belongs;
    }
    for pair in edges.windows(2) {
        let belongs = c.once_in(2);
        // Occasionally an end is wrong, or an edge belongs to both bands or to neither.
        let low = if c.once_in(12) {
            edge(c, domain).min(pair[1].clone())
        } else {
            pair[0].clone()
        };
        let takes = if c.once_in(12) { !included } else { included };
        bands.push(Band {
            low: Some((low, takes)),
            high: Some((pair[1].clone(), belongs)),
        });
        included = !belongs;
    }
    if !c.once_in(3) {
        bands.push(Band {
            low: Some((edges[edges.len() - 1].clone(), included)),
            high: None,
        });
    }
    if c.once_in(4) {
        let at = edge(c, domain);
        bands.push(Band {
            low: Some((at.clone(), true)),
            high: Some((at, true)),
        });
    }
    for at in (1..bands.len()).rev() {
        if c.once_in(3) {
            bands.swap(at, at - 1);
        }
    }
    bands
}

/// Whether a band decides nothing: no value of the range or every value is in it, or an edge is outside the range.
fn decides_nothing(domain: &Domain, band: &Band) -> bool {
    let (least, most) = (domain.least.as_ref(), domain.most.as_ref());
    let outside = |(at, _): &(Q, bool)| {
        least.is_some_and(|least| at < least) || most.is_some_and(|most| at > most)
    };
    let at_end = |end: &Option<(Q, bool)>, last: Option<&Q>, belongs: bool| {
        let ends = end.as_ref().zip(last);
        ends.is_some_and(|((at, takes), last)| at == last && *takes == belongs)
    };
    let nobody = at_end(&band.high, least, false) || at_end(&band.low, most, false);
    let everybody = (band.low.is_none() || at_end(&band.low, least, true))
        && (band.high.is_none() || at_end(&band.high, most, true));
    band.low.iter().chain(&band.high).any(outside) || nobody || everybody
}

/// One value for each way in which a value can lie relative to all edges. For a stepped domain, every value.
fn candidates(domain: &Domain, bands: &[Band]) -> Vec<Q> {
    let within = |value: &Q| {
        domain.least.as_ref().is_none_or(|least| value >= least)
            && domain.most.as_ref().is_none_or(|most| value <= most)
    };
    if let (Some(step), Some(least), Some(most)) = (&domain.step, &domain.least, &domain.most) {
        let mut all = vec![least.clone()];
        while all[all.len() - 1] < *most {
            let next = &all[all.len() - 1] + step;
            all.push(next);
        }
        return all;
    }
    let ends = |band: &Band| [band.low.clone(), band.high.clone()];
    let mut edges: Vec<Q> = bands
        .iter()
        .flat_map(ends)
        .flatten()
        .map(|(at, _)| at)
        .chain(domain.least.clone())
        .chain(domain.most.clone())
        .collect();
    edges.sort();
    edges.dedup();
    let between: Vec<Q> = edges
        .windows(2)
        .map(|pair| (&pair[0] + &pair[1]) / q(2, 1))
        .collect();
    let outside = [&edges[0] - Q::one(), &edges[edges.len() - 1] + Q::one()];
    edges.extend(between);
    edges.extend(outside);
    edges.retain(within);
    edges.sort();
    edges
}

fn written(domain: &Domain, band: &Band) -> String {
    let value = |value: &Q| {
        if domain.percent {
            format!("{}%", decimal(&(value * q(100, 1))))
        } else {
            decimal(value)
        }
    };
    match (&band.low, &band.high) {
        (None, Some((high, true))) => format!("at most {}", value(high)),
        (None, Some((high, false))) => format!("below {}", value(high)),
        (Some((low, true)), None) => format!("at least {}", value(low)),
        (Some((low, false)), None) => format!("above {}", value(low)),
        (Some((low, takes)), Some((high, belongs))) => {
            let above = if *takes { "" } else { "above " };
            let below = if *belongs { "" } else { "below " };
            format!("{above}{} to {below}{}", value(low), value(high))
        }
        (None, None) => unreachable!("a band has an end"),
    }
}

fn number(text: &str) -> Q {
    let (digits, scale) = match text.strip_suffix('%') {
        Some(digits) => (digits, q(100, 1)),
        None => (text.split(' ').next().unwrap(), Q::one()),
    };
    let exact = quidpro::quantity::Exact::parse_decimal(digits.trim_start_matches('≈')).unwrap();
    rational(&exact) / scale
}

#[test]
fn a_table_is_sound_just_when_every_value_falls_in_one_band() {
    law(400, |c| {
        let domains = domains();
        let domain = &domains[c.below(domains.len())];
        let bands = table(c, domain);
        let one_sided = |side: fn(&Band) -> bool| bands.iter().all(side);
        if bands.len() > 1 && (one_sided(|b| b.low.is_none()) || one_sided(|b| b.high.is_none())) {
            return Ok(()); // This is a ladder, in which every band ends where the next begins.
        }
        let arms: Vec<String> = bands
            .iter()
            .enumerate()
            .map(|(at, band)| format!("  {}: {} EUR", written(domain, band), at + 1))
            .collect();
        let text = format!(
            "contract table {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\n\
             round each line half up to 0.01 EUR\n{}\ncharge c0 bands of m {{\n{}\n}}\n}}\n",
            domain.declared,
            arms.join("\n")
        );
        let all = candidates(domain, &bands);
        let holders = |value: &Q| bands.iter().filter(|band| band.has(value)).count();
        let complete = all.iter().all(|value| holders(value) == 1);
        let loaded = load("table.quid", &text, &NoFiles);
        let shown = || full::render(&loaded.diagnostics, &loaded.sources, false);
        let idle = bands.iter().any(|band| decides_nothing(domain, band));
        let certain = |finding: &Diagnostic| finding.code == "certain-outcome";
        if loaded.diagnostics.iter().any(certain) != idle {
            return Err(format!(
                "a band decides nothing: {idle}\n{text}\n{}",
                shown()
            ));
        }
        for finding in loaded
            .diagnostics
            .iter()
            .filter(|finding| !certain(finding))
        {
            let (witness, wanted) = match finding.message.split_once(" is in ") {
                Some((witness, "no band")) => (number(witness), 0),
                Some((witness, "two bands")) => (number(witness), 2),
                _ => return Err(format!("unexpected: {}", shown())),
            };
            let within = domain.least.as_ref().is_none_or(|least| witness >= *least)
                && domain.most.as_ref().is_none_or(|most| witness <= *most)
                && domain
                    .step
                    .as_ref()
                    .is_none_or(|step| (&witness / step).is_integer());
            let fits = match wanted {
                0 => holders(&witness) == 0,
                _ => holders(&witness) >= 2,
            };
            if !within || !fits {
                return Err(format!("no witness: {witness}\n{}", shown()));
            }
        }
        if (complete && !idle) != loaded.is_sound() {
            return Err(format!("complete: {complete}\n{text}\n{}", shown()));
        }
        if !complete || idle {
            return Ok(());
        }
        let mut rows = format!("account,month,{}\n", domain.column);
        for value in &all {
            let cell = if domain.declared.starts_with("input x : percent") {
                format!("{}%", decimal(&(value * q(100, 1))))
            } else {
                decimal(value)
            };
            rows.push_str(&format!("{},2026-01,{cell}\n", decimal(value)));
        }
        for (value, (_, _, outcome)) in all.iter().zip(invoice(program(&loaded), &rows)?) {
            let wanted = bands.iter().position(|band| band.has(value)).unwrap() + 1;
            let found = outcome.map_err(|why| format!("{value}: {why}\n{text}"))?;
            if found.total.to_string() != wanted.to_string() {
                return Err(format!("{value} gives {}\n{text}", found.total));
            }
        }
        Ok(())
    });
}
