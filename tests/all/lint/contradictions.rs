//! What the language refuses is refused as its page says: the bad example gives that error and no other, and the good
//! one gives none.

use quidpro::driver::load;
use quidpro::lint::{ALL, contradictions};
use quidpro::report::findings::full;

use super::frame::framed;
use super::pages::examples;
use crate::clause::NoFiles;

#[test]
fn the_examples_of_every_page_are_refused_for_what_it_says() {
    let mut wrong = String::new();
    for rule in contradictions::ALL {
        let examples = examples(&rule.markdown());
        assert!(examples.iter().any(|one| one.bad), "{}", rule.name);
        assert!(examples.iter().any(|one| !one.bad), "{}", rule.name);
        for example in examples {
            // An example that is a whole contract needs no frame.
            let text = match example.text.strip_prefix("contract ") {
                Some(_) => example.text.clone(),
                None => framed(&example.text),
            };
            let loaded = load("framed.quid", &text, &NoFiles);
            let mut codes: Vec<&str> = loaded.diagnostics.iter().map(|one| one.code).collect();
            codes.dedup();
            let wanted: &[&str] = if example.bad { &[rule.name] } else { &[] };
            if codes != wanted {
                let shown = full::render(&loaded.diagnostics, &loaded.sources, false);
                wrong += &format!("{}: {}gives\n{shown}\n", rule.name, example.text);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_rule_has_the_name_of_an_error() {
    for rule in ALL {
        let mut refused = contradictions::ALL.iter();
        assert!(refused.all(|one| one.name != rule.name), "{}", rule.name);
    }
}
