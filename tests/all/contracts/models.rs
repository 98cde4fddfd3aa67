//! In the contracts that serve as models, the checker finds nothing unwise.

use quidpro::calendar::Date;
use quidpro::driver::Checking;
use quidpro::lint::Settings;
use quidpro::report::findings::full;

use super::{all_contracts, load};

#[test]
fn the_model_contracts_have_no_findings() {
    let settings = Settings::default();
    let checking = Checking {
        settings: &settings,
        today: Date::constant(2026, 1, 1),
    };
    let is_model = |name: &String| {
        name.starts_with("contracts/whole/")
            || name == "contracts/starter.quid"
            || name == "contracts/emea_support.quid"
    };
    let models: Vec<String> = all_contracts().into_iter().filter(is_model).collect();
    assert_eq!(models.len(), 8);
    let mut wrong = String::new();
    for name in models {
        let loaded = load(&name);
        let found = loaded.check(&checking);
        wrong += &full::render(&found, &loaded.sources, false);
    }
    assert!(wrong.is_empty(), "{wrong}");
}
