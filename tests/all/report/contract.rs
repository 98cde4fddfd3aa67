//! A contract's text whose places are found by their words, and short ways to write values.

use quidpro::calendar::Month;
use quidpro::quantity::{Currency, Exact, Figure, Type, Unit, UnitTable};
use quidpro::text::{FileId, Sources, Span};

pub const CONTRACT: &str = r#"contract emea_support "EMEA customer support" {
  customer  "Streamly B.V."        vat "NL812345678B01"
  supplier  "Bluebird Support Ltd" vat "GB123456789"
  currency  EUR
  round     each line half up to 0.01 EUR            "Annex 2, 4"

  input offered         : calls     "Calls offered" from "ACD"
  input answered_in_20s : calls                     from "ACD"
  input handled         : contacts  by channel { voice, email, chat }
  input forecast        : calls     between 0 and 60_000 by customer

  metric service_level "Answered within 20 s" is timeliness, percent  "Annex 3, 1.1" {
    answered_in_20s / offered
  }

  charge handling "Contacts handled" for handled {
    voice   graduated { first 10_000 at 4.20 EUR; next 20_000 at 3.90 EUR; beyond at 3.60 EUR }
    email   2.10 EUR per contact
    chat    2.80 EUR per contact
  }
  charge agents    23.50 EUR per hour of productive_hours
  charge platform  12_000 EUR per month

  adjust handling by cx "Annex 2, 3" {
    below 60: -10%;  below 80: -5%;  below 95: 0%;  otherwise +5%
  }

  service level answer_speed on service_level "Annex 3, 2.1" {
    target    80% each month
    critical  below 70%
    excused   when offered > 115% of forecast
    credit    2% of charges, critical 5% of charges
  }
  limit credits and reductions to 8% of charges each month   "Annex 3, 5"
}
"#;

pub const AMENDMENT: &str = r#"amendment a1 "Cheaper chat" to emea_support effective 2026-02-01 {
  # The rate was agreed in the review of 14 January – “chat first”.
  replace charge chat "Chats" 2.80 EUR per contact of handled.chat
}
"#;

/// The files of a run.
pub struct Files {
    pub sources: Sources,
    pub contract: FileId,
    pub amendment: FileId,
}

impl Files {
    pub fn new() -> Self {
        let mut sources = Sources::new();
        let contract = sources.add("contract.quid", CONTRACT);
        let amendment = sources.add("a1.quid", AMENDMENT);
        Self {
            sources,
            contract,
            amendment,
        }
    }

    /// The first place of the words in the contract.
    pub fn place(&self, words: &str) -> Span {
        self.place_in(self.contract, words)
    }

    pub fn place_in(&self, file: FileId, words: &str) -> Span {
        let text = &self.sources.get(file).unwrap().text;
        let start = text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
        Span::new(file, start, start + words.len())
    }
}

pub fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub fn exact(text: &str) -> Exact {
    match text.split_once('/') {
        Some((above, below)) => exact(above).divide(&exact(below)).unwrap(),
        None => Exact::parse_decimal(text).unwrap(),
    }
}

pub fn currency(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

pub fn unit(words: &str) -> Unit {
    let table = UnitTable::default();
    let mut parts = words
        .split(" per ")
        .map(|word| Unit::from(table.find(word).unwrap()));
    let first = parts.next().unwrap();
    parts.fold(first, |unit, part| unit.divide(&part).0)
}

/// `figure("41250 contacts")`, `figure("4.20 EUR per contact")`, `figure("76.2%")`, `figure("62")`.
pub fn figure(text: &str) -> Figure {
    if let Some(percent) = text.strip_suffix('%') {
        let ratio = exact(percent).divide(&Exact::from_integer(100)).unwrap();
        return Figure::new(ratio, Type::Percent);
    }
    match text.split_once(' ') {
        Some((number, words)) => Figure::new(exact(number), Type::Quantity(unit(words))),
        None => Figure::new(exact(text), Type::Number),
    }
}
