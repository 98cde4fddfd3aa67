//! A contract file with everything that it uses, understood and compiled.

use crate::analyse::analyse;
use crate::compile::{Compiled, compile};
use crate::diagnostic::Diagnostic;
use crate::model::Contract;
use crate::program::Op;
use crate::syntax::tree::{self, ContractBody, UseWhat};
use crate::syntax::{Parsed, parse};
use crate::text::{FileId, Sources, Span};
use crate::typing::suggestion;

use super::standard::STANDARD;

/// Where other files come from.
pub trait Files {
    /// Reads the file that `from` names as `path`: the name to show it under, and its text.
    ///
    /// # Errors
    /// Why it cannot be read, in plain words.
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String>;
}

/// A contract of the file, with its program if it has no errors.
pub struct Checked {
    /// The contract.
    pub contract: Contract,
    /// Its program; nothing if anything in the file or what it uses is an error.
    pub compiled: Option<Compiled>,
}

/// A file, read.
pub struct Loaded {
    /// All texts.
    pub sources: Sources,
    /// The file itself.
    pub file: FileId,
    /// Its contracts.
    pub contracts: Vec<Checked>,
    /// All findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether nothing keeps the contracts from being computed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads a file with everything that it uses.
#[must_use]
pub fn load(name: &str, text: &str, files: &dyn Files) -> Loaded {
    let mut loader = Loader {
        files,
        sources: Sources::new(),
        seen: Vec::new(),
        trees: Vec::new(),
        diagnostics: Vec::new(),
    };
    let file = loader.add(name, text);
    loader.follow_uses();
    loader.finish(file)
}

struct Loader<'f> {
    files: &'f dyn Files,
    sources: Sources,
    /// Names of the files that were read, so that none is read twice.
    seen: Vec<String>,
    trees: Vec<(FileId, tree::Tree)>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn add(&mut self, name: &str, text: &str) -> FileId {
        let file = self.sources.add(name, text);
        self.read(file, name, text)
    }

    fn read(&mut self, file: FileId, name: &str, text: &str) -> FileId {
        let Parsed {
            tree, diagnostics, ..
        } = parse(file, text);
        self.diagnostics.extend(diagnostics);
        self.seen.push(name.to_owned());
        self.trees.push((file, tree));
        file
    }

    /// Reads the files that files use, until there are no new ones.
    fn follow_uses(&mut self) {
        let mut at = 0;
        while let Some((file, tree)) = self.trees.get(at) {
            let file = *file;
            let uses = tree.uses.clone();
            for used in uses {
                self.follow(file, &used);
            }
            at += 1;
        }
    }

    fn follow(&mut self, from: FileId, used: &tree::Use) {
        match &used.what {
            UseWhat::Standard(name) => self.standard(&name.text, name.span),
            UseWhat::File(path) => {
                let from = self.sources.name(from).to_owned();
                match self.files.read(&from, &path.text) {
                    Ok((name, text)) if !self.seen.contains(&name) => {
                        self.add(&name, &text);
                    }
                    Ok(_) => {}
                    Err(reason) => {
                        let message = format!("`{}` cannot be used: {reason}", path.text);
                        let finding = Diagnostic::error("unreadable-file", path.span, message)
                            .help("the path is taken from the folder of this file");
                        self.diagnostics.push(finding);
                    }
                }
            }
        }
    }

    fn standard(&mut self, name: &str, span: Span) {
        let shown = format!("standard {name}");
        if self.seen.contains(&shown) {
            return;
        }
        match STANDARD.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => {
                let file = self.sources.add_built_in(shown.as_str(), *text);
                self.read(file, &shown, text);
            }
            None => {
                let known = STANDARD.iter().map(|(known, _)| *known);
                let mut finding = Diagnostic::error(
                    "unknown-library",
                    span,
                    format!("there is no standard library `{name}`"),
                );
                finding = match suggestion(name, known.clone()) {
                    Some(close) => finding.help(format!("did you mean `{close}`?")),
                    None => finding.help(format!(
                        "there is {}",
                        known
                            .map(|known| format!("`{known}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    )),
                };
                self.diagnostics.push(finding);
            }
        }
    }

    fn finish(mut self, file: FileId) -> Loaded {
        let own = self
            .trees
            .first()
            .map(|(_, tree)| tree.contracts.as_slice())
            .unwrap_or_default();
        let libraries: Vec<&tree::Contract> = self
            .trees
            .iter()
            .flat_map(|(_, tree)| &tree.contracts)
            .filter(|contract| contract.body == ContractBody::Library)
            .collect();
        let mut contracts = Vec::new();
        let mut found = Vec::new();
        for contract in own {
            let used: Vec<&tree::Contract> = libraries
                .iter()
                .copied()
                .filter(|library| library.span != contract.span)
                .collect();
            let analysis = analyse(&self.sources, contract, &used);
            let unread = &self.diagnostics;
            found.extend(
                analysis
                    .diagnostics
                    .into_iter()
                    .filter(|finding| !follows(finding, contract, unread)),
            );
            contracts.push((contract.body, analysis.contract));
        }
        if own.is_empty() && self.diagnostics.is_empty() {
            found.push(nothing_in(file));
        }
        self.diagnostics.extend(found);
        self.diagnostics
            .sort_by_key(|finding| (finding.primary.span, finding.code));
        self.diagnostics.dedup();
        let sound = !self.diagnostics.iter().any(Diagnostic::is_error);
        let mut checked = Vec::new();
        for (body, contract) in contracts {
            if body == ContractBody::Contract {
                let compiled = sound.then(|| compile(&contract));
                let silent = compiled.as_ref().and_then(not_understood);
                checked.push(Checked {
                    compiled: compiled.filter(|_| silent.is_none()),
                    contract,
                });
                self.diagnostics.extend(silent);
            }
        }
        let contracts = checked;
        Loaded {
            sources: self.sources,
            file,
            contracts,
            diagnostics: self.diagnostics,
        }
    }
}

/// The finding that something was not understood although nothing says why: a mistake of this program, which must not
/// pass for a sound contract.
fn not_understood(compiled: &Compiled) -> Option<Diagnostic> {
    let broken = compiled
        .program
        .nodes
        .iter()
        .find(|node| node.op == Op::Broken)?;
    let finding = Diagnostic::error(
        "not-understood",
        broken.span,
        "this was not understood, and nothing says why",
    );
    Some(
        finding
            .because("this is a mistake of the checker")
            .help("please report it with this line; writing the clause in another form may help"),
    )
}

/// What an item lacks because a part of it could not be read.
const LACKS: &[&str] = &[
    "weights-not-100",
    "missing-price",
    "band-gap",
    "missing-target",
    "open-last-tier",
    "missing-critical-level",
];

/// Whether a finding only says that something is missing from an item of which a part could not be read: one mistake
/// is reported once.
fn follows(finding: &Diagnostic, contract: &tree::Contract, unread: &[Diagnostic]) -> bool {
    let place = finding.primary.span;
    let within = |outer: Span, inner: Span| {
        outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
    };
    LACKS.contains(&finding.code)
        && contract
            .items
            .iter()
            .filter(|item| within(item.span, place))
            .any(|item| {
                unread
                    .iter()
                    .any(|broken| within(item.span, broken.primary.span))
            })
}

fn nothing_in(file: FileId) -> Diagnostic {
    Diagnostic::error("no-contract", Span::new(file, 0, 0), "there is no contract in this file")
        .help("write `contract my_contract \"My contract\" { … }`; `quidpro init` makes one to start from")
}
