//! Findings over two files of a contract and a library, with emoji and combining characters before their places.

use quidpro::diagnostic::{Diagnostic, Severity};
use quidpro::report::findings::ContractFindings;
use quidpro::text::{FileId, Sources, Span};

/// In `"Señor 📞"` the `ñ` is two characters, `n` and a combining tilde.
pub const CONTRACT: &str = "use \"kpis.quid\"
contract support \"Sen\u{303}or 📞\" {
  currency EUR # first 🎧 <b>
  charge desk \"📞📞 A & B\" for offered at 4.20 EUR per hour
  service level answer on speed {
    target 80 each month
    credit 2% of charges
  }
";

pub const LIBRARY: &str = "library kpis {\r
\tmetric speed \"e\u{301}\" is timeliness { answered / ofered }\r
}\r
";

pub const STANDARD: &str = "library contact_centre {
  input offered : calls
}
";

/// A contract, checked.
#[derive(Debug)]
pub struct Checked {
    pub file: String,
    pub sources: Sources,
    pub findings: Vec<Diagnostic>,
}

impl Checked {
    pub fn all(&self) -> [ContractFindings<'_>; 1] {
        [ContractFindings {
            file: &self.file,
            sources: &self.sources,
            findings: &self.findings,
            extent: quidpro::report::findings::Extent::Everything,
        }]
    }
}

/// The first place of the words in the file.
pub fn place(sources: &Sources, file: FileId, words: &str) -> Span {
    let text = &sources.get(file).unwrap().text;
    let start = text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
    Span::new(file, start, start + words.len())
}

/// Four findings, given out of order: an error with related places in three files, a warning over several lines, a note
/// in the library, and an error at a place between two characters.
pub fn support() -> Checked {
    let mut sources = Sources::new();
    let contract = sources.add("contracts/my support.quid", CONTRACT);
    let library = sources.add("contracts/kpis.quid", LIBRARY);
    let standard = sources.add_built_in("standard contact_centre", STANDARD);
    let at = |file, words| place(&sources, file, words);
    let mut note = Diagnostic::warning(
        "unknown-name",
        at(library, "ofered"),
        "nothing is called `ofered`",
    )
    .help("did you mean `offered`?");
    note.severity = Severity::Info;
    let end = Span::new(contract, CONTRACT.len(), CONTRACT.len());
    let findings = vec![
        note,
        Diagnostic::error("missing-brace", end, "the `{` of contract `support` is never closed")
            .here("a `}` is missing before this")
            .and_at(at(contract, "{"), "opened here"),
        Diagnostic::warning(
            "lump-sum-cliff",
            at(
                contract,
                "service level answer on speed {\n    target 80 each month\n    credit 2% of charges\n  }",
            ),
            "a tenth of a point moves 100% of the credit [see](1)",
        )
        .because("lump sums invite gaming: 5%, 10%")
        .because("and disputes"),
        Diagnostic::error(
            "wrong-rate",
            at(contract, "4.20 EUR per hour"),
            "a price in EUR per hour cannot be paid on `offered`",
        )
        .here("a price in EUR per hour")
        .and_at(at(contract, "offered"), "a number of calls")
        .and_at(at(library, "speed"), "`speed` is measured here")
        .and_at(at(standard, "offered"), "`offered` is declared here")
        .because("the price is for one thing, and the quantity counts another")
        .help("4.20 EUR per call\n\nor name what is counted"),
    ];
    Checked {
        file: "contracts/my support.quid".to_owned(),
        sources,
        findings,
    }
}

/// A contract without findings.
pub fn clean() -> Checked {
    let mut sources = Sources::new();
    sources.add("contracts/clean.quid", "contract clean { }\n");
    Checked {
        file: "contracts/clean.quid".to_owned(),
        sources,
        findings: Vec::new(),
    }
}
