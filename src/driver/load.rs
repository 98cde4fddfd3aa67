//! A contract file and everything that it uses, analysed and compiled.

use crate::compile::Compiled;
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::{Contract, Reference};
use crate::program::Op;
use crate::syntax::tree::{self, ContractBody, UseWhat};
use crate::syntax::{Parsed, parse};
use crate::text::{FileId, Sources, Span};
use crate::typing::suggestion;

use super::chain::{Chain, Link, chains};
use super::standard::STANDARD;
use super::versions::{Checked, understand};

/// Where other files come from.
pub trait Files {
    /// Reads the file that `from` names as `path`. Returns the name under which to show it, and its text.
    ///
    /// # Errors
    /// Why it cannot be read, in plain words.
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String>;
}

/// A file, read.
pub struct Loaded {
    /// All texts.
    pub sources: Sources,
    /// The file itself.
    pub file: FileId,
    /// Its contracts, and those that its amendments amend.
    pub contracts: Vec<Checked>,
    /// All findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Which words of its contracts and libraries, in any version, refer to which declarations, in the order of the
    /// text.
    pub references: Vec<Reference>,
    /// Its libraries, analysed as if they were contracts.
    pub libraries: Vec<Contract>,
    pub(super) trees: Vec<(FileId, tree::Tree)>,
    links: Vec<Link>,
    chains: Vec<Chain>,
}

impl Loaded {
    /// Whether nothing prevents the contracts from being computed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The tree of a file; nothing for a file of another run.
    #[must_use]
    pub fn tree(&self, file: FileId) -> Option<&tree::Tree> {
        let mut all = self.trees.iter();
        all.find_map(|(known, tree)| (*known == file).then_some(tree))
    }

    /// All files that were read, with their trees. The file itself comes first.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &tree::Tree)> {
        self.trees.iter().map(|(file, tree)| (*file, tree))
    }

    /// The file that a `use` names with the words at `span`.
    #[must_use]
    pub fn used_file(&self, span: Span) -> Option<FileId> {
        let link = self.links.iter().find(|link| link.span == span);
        link.map(|link| link.to)
    }

    /// The chains that the contracts come from, in order.
    pub(super) fn computed_chains(&self) -> impl Iterator<Item = &Chain> {
        let is_computed = |chain: &&Chain| {
            let contract = chain.contract(&self.trees);
            contract.is_some_and(|contract| contract.body == ContractBody::Contract)
        };
        self.chains.iter().filter(is_computed)
    }

    /// Whether the file named at that place has only libraries.
    pub(super) fn is_library(&self, named_at: Span) -> bool {
        let link = self.links.iter().find(|link| link.span == named_at);
        let used = link.and_then(|link| self.trees.iter().find(|(file, _)| *file == link.to));
        used.is_some_and(|(_, tree)| {
            let mut contracts = tree.contracts.iter();
            tree.amendments.is_empty()
                && contracts.all(|contract| contract.body == ContractBody::Library)
        })
    }
}

/// Reads a file and everything that it uses.
#[must_use]
pub fn load(name: &str, text: &str, files: &dyn Files) -> Loaded {
    let mut loader = Loader {
        files,
        sources: Sources::new(),
        trees: Vec::new(),
        links: Vec::new(),
        diagnostics: Vec::new(),
    };
    let file = loader.add(name, text);
    loader.follow_uses();
    loader.finish(file)
}

struct Loader<'f> {
    files: &'f dyn Files,
    sources: Sources,
    trees: Vec<(FileId, tree::Tree)>,
    links: Vec<Link>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn add(&mut self, name: &str, text: &str) -> FileId {
        let file = self.sources.add(name, text);
        self.read(file, text)
    }

    fn read(&mut self, file: FileId, text: &str) -> FileId {
        let Parsed {
            tree, diagnostics, ..
        } = parse(file, text);
        self.diagnostics.extend(diagnostics);
        self.trees.push((file, tree));
        file
    }

    /// Reads the used files, and those that they use, until there are no new ones.
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
                let name = self.sources.name(from).to_owned();
                match self.files.read(&name, &path.text) {
                    Ok((name, text)) => {
                        let known = self.sources.iter().find(|(_, file)| file.name == name);
                        let to = match known {
                            Some((file, _)) => file,
                            None => self.add(&name, &text),
                        };
                        self.links.push(Link {
                            from,
                            span: path.span,
                            to,
                        });
                    }
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
        if self.sources.iter().any(|(_, file)| file.name == shown) {
            return;
        }
        match STANDARD.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => {
                let file = self.sources.add_built_in(shown.as_str(), *text);
                self.read(file, text);
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
        let own = self.trees.first().map(|(_, tree)| tree);
        let is_empty = own.is_none_or(|own| own.contracts.is_empty() && own.amendments.is_empty());
        let libraries: Vec<&tree::Contract> = self
            .trees
            .iter()
            .flat_map(|(_, tree)| &tree.contracts)
            .filter(|contract| contract.body == ContractBody::Library)
            .collect();
        let mut unread = self.diagnostics.iter();
        let is_incomplete = unread.any(|finding| finding.code == "unreadable-file");
        let (chains, mut found) = chains(&self.trees, &self.links, &self.sources, is_incomplete);
        let mut contracts = Vec::new();
        let mut references = BTreeSet::new();
        for chain in &chains {
            let Some(contract) = chain.contract(&self.trees) else {
                continue;
            };
            let used: Vec<&tree::Contract> = libraries
                .iter()
                .copied()
                .filter(|library| library.span != contract.span)
                .collect();
            let amendments = chain.amendments(&self.trees);
            let own = |span: Span| span.file == file;
            let (understood, findings) =
                understand(&self.sources, contract, &amendments, &used, own);
            references.extend(&understood.references);
            let blocks: Vec<&tree::Item> = contract
                .items
                .iter()
                .map(|item| &**item)
                .chain(amendments.iter().flat_map(|amendment| amendment.items()))
                .collect();
            let unread = &self.diagnostics;
            found.extend(
                findings
                    .into_iter()
                    .filter(|finding| !follows(finding, &blocks, unread)),
            );
            let others = apart(&self.trees, contract, &amendments);
            contracts.push((contract.body, understood, others));
        }
        if is_empty && self.diagnostics.is_empty() {
            found.push(nothing_in(file));
        }
        self.diagnostics.extend(found);
        self.diagnostics
            .sort_by_key(|finding| (finding.primary.span, finding.code));
        self.diagnostics.dedup();
        let errors: Vec<Span> = self
            .diagnostics
            .iter()
            .filter(|finding| finding.is_error())
            .map(|error| error.primary.span)
            .collect();
        let (mut checked, mut libraries) = (Vec::new(), Vec::new());
        for (body, understood, others) in contracts {
            let is_elsewhere = |error: &Span| others.iter().any(|other| other.holds(*error));
            let sound = errors.iter().all(is_elsewhere);
            if body == ContractBody::Library {
                libraries.extend(understood.last());
                continue;
            }
            let Some(mut contract) = understood.compile(sound) else {
                continue;
            };
            let silent = contract
                .versions()
                .iter()
                .find_map(|version| not_understood(version.compiled?));
            if silent.is_some() {
                contract.compiled = None;
            }
            checked.push(contract);
            self.diagnostics.extend(silent);
        }
        Loaded {
            sources: self.sources,
            file,
            contracts: checked,
            diagnostics: self.diagnostics,
            references: references.into_iter().collect(),
            libraries,
            trees: self.trees,
            links: self.links,
            chains,
        }
    }
}

/// The parts that a contract does not depend on: other contracts, and their amendments. A mistake there is not a
/// mistake of this contract.
fn apart(
    trees: &[(FileId, tree::Tree)],
    own: &tree::Contract,
    amendments: &[&tree::Amendment],
) -> Vec<Span> {
    let of_tree = |(_, tree): &(FileId, tree::Tree)| {
        let contracts = tree.contracts.iter();
        let contracts = contracts
            .filter(|contract| contract.body == ContractBody::Contract)
            .map(|contract| contract.span)
            .filter(|span| *span != own.span);
        let others = tree.amendments.iter().map(|amendment| amendment.span);
        let others =
            others.filter(|span| !amendments.iter().any(|amendment| amendment.span == *span));
        contracts.chain(others).collect::<Vec<_>>()
    };
    trees.iter().flat_map(of_tree).collect()
}

/// The finding that something was not understood although nothing says why. This is a bug in the program, which must
/// not look like a sound contract.
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
            .because("this is a bug of the checker")
            .help("please report it with this line; writing the clause in another form may help"),
    )
}

/// Codes of findings that something is missing from an item that could be read only in part.
const LACKS: &[&str] = &[
    "weights-not-100",
    "missing-price",
    "band-gap",
    "missing-target",
    "open-last-tier",
    "missing-critical-level",
];

/// Whether a finding only says that something is missing from an item that could be read only in part. One mistake is
/// reported once.
fn follows(finding: &Diagnostic, items: &[&tree::Item], unread: &[Diagnostic]) -> bool {
    let place = finding.primary.span;
    LACKS.contains(&finding.code)
        && items
            .iter()
            .filter(|item| item.span.holds(place))
            .any(|item| {
                unread
                    .iter()
                    .any(|broken| item.span.holds(broken.primary.span))
            })
}

fn nothing_in(file: FileId) -> Diagnostic {
    Diagnostic::error("no-contract", Span::new(file, 0, 0), "there is no contract in this file")
        .help("write `contract my_contract \"My contract\" { … }`; `quidpro init` makes one to start from")
}
