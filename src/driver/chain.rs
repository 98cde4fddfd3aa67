//! Which amendments belong to which contract, and in which order.

use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Amendment, Contract, ContractBody, Tree};
use crate::text::{FileId, Sources, Span};
use crate::typing::suggestion;

/// A `use` of a file: the file that contains it, the place where it is written, and the file that it names.
pub(super) struct Link {
    pub(super) from: FileId,
    pub(super) span: Span,
    pub(super) to: FileId,
}

/// A contract with its amendments. Each is a pair of positions: of the tree, and of the block in it.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    contract: (usize, usize),
    amendments: Vec<(usize, usize)>,
}

impl Chain {
    pub(super) fn contract<'t>(&self, trees: &'t [(FileId, Tree)]) -> Option<&'t Contract> {
        let (tree, at) = self.contract;
        trees.get(tree)?.1.contracts.get(at)
    }

    /// The amendments, in the order in which they apply.
    pub(super) fn amendments<'t>(&self, trees: &'t [(FileId, Tree)]) -> Vec<&'t Amendment> {
        let all = self.amendments.iter();
        all.filter_map(|(tree, at)| trees.get(*tree)?.1.amendments.get(*at))
            .collect()
    }
}

/// The contracts of the first file, the contracts that its amendments amend, and what is wrong with the amendments.
/// `is_incomplete` says whether a used file could not be read.
pub(super) fn chains(
    trees: &[(FileId, Tree)],
    links: &[Link],
    sources: &Sources,
    is_incomplete: bool,
) -> (Vec<Chain>, Vec<Diagnostic>) {
    let mut ordering = Ordering {
        trees,
        links,
        sources,
        states: vec![State::New; trees.len()],
        order: Vec::new(),
        diagnostics: Vec::new(),
    };
    ordering.visit();
    let (mut order, mut diagnostics) = (ordering.order, ordering.diagnostics);
    let mut chains = Vec::new();
    let Some((_, own)) = trees.first() else {
        return (chains, diagnostics);
    };
    diagnostics.extend(too_many(trees, &order, own));
    order.truncate(MOST_BLOCKS);
    for (at, contract) in own.contracts.iter().enumerate().take(MOST_BLOCKS) {
        chains.push(Chain {
            contract: (0, at),
            amendments: amending(trees, &order, contract),
        });
    }
    for amendment in own.amendments.iter().take(MOST_BLOCKS) {
        let Some(of) = &amendment.of else { continue };
        let mut known = chains.iter().filter_map(|chain| chain.contract(trees));
        if known.any(|contract| contract.name.text == of.text && is_contract(contract)) {
            continue;
        }
        match find(trees, &of.text) {
            Some(position) => {
                let chain = Chain {
                    contract: position,
                    amendments: Vec::new(),
                };
                let amendments = chain.contract(trees);
                let amendments = amendments.map(|contract| amending(trees, &order, contract));
                chains.push(Chain {
                    amendments: amendments.unwrap_or_default(),
                    ..chain
                });
            }
            // The contract may be in the file that could not be read.
            None if is_incomplete => {}
            None => diagnostics.push(no_contract(trees, amendment, &of.text, of.span)),
        }
    }
    (chains, diagnostics)
}

/// The most contracts and libraries of a file, and the most amendments. Each is analysed separately, however short it
/// is.
const MOST_BLOCKS: usize = 1_000;

/// The finding if there are more of them. Amendments in used files also count, because none may be silently left out.
fn too_many(trees: &[(FileId, Tree)], order: &[(usize, usize)], own: &Tree) -> Option<Diagnostic> {
    let amendment = order.get(MOST_BLOCKS).and_then(|(tree, at)| {
        let (_, tree) = trees.get(*tree)?;
        tree.amendments.get(*at)
    });
    let (place, message) = match (own.contracts.get(MOST_BLOCKS), amendment) {
        (Some(contract), _) => (
            contract.name.span,
            "this file has more than 1,000 contracts",
        ),
        (None, Some(amendment)) => (
            amendment.name.span,
            "this file and those that it uses have more than 1,000 amendments",
        ),
        (None, None) => return None,
    };
    let finding = Diagnostic::error("too-many-contracts", place, message)
        .here("this one and those after it were not checked")
        .because("each is checked and computed by itself, and as many as these would take all memory")
        .help("split the contracts over several files; write a contract that has been amended this often anew, as it reads now");
    Some(finding)
}

fn is_contract(contract: &Contract) -> bool {
    contract.body == ContractBody::Contract
}

/// The amendments of a contract, in order.
fn amending(
    trees: &[(FileId, Tree)],
    order: &[(usize, usize)],
    contract: &Contract,
) -> Vec<(usize, usize)> {
    if !is_contract(contract) {
        return Vec::new();
    }
    let of = |(tree, at): &&(usize, usize)| {
        let amendment = trees
            .get(*tree)
            .and_then(|(_, tree)| tree.amendments.get(*at));
        let of = amendment.and_then(|amendment| amendment.of.as_ref());
        of.is_some_and(|of| of.text == contract.name.text)
    };
    order.iter().filter(of).copied().collect()
}

/// The contract with that name in the used files.
fn find(trees: &[(FileId, Tree)], name: &str) -> Option<(usize, usize)> {
    trees.iter().enumerate().find_map(|(tree, (_, found))| {
        let at = found
            .contracts
            .iter()
            .position(|contract| is_contract(contract) && contract.name.text == name)?;
        Some((tree, at))
    })
}

fn no_contract(
    trees: &[(FileId, Tree)],
    amendment: &Amendment,
    name: &str,
    span: Span,
) -> Diagnostic {
    let blocks = || trees.iter().flat_map(|(_, tree)| &tree.contracts);
    if let Some(library) = blocks().find(|block| !is_contract(block) && block.name.text == name) {
        let message = format!("`{name}` is a library, and only contracts are amended");
        return Diagnostic::error("amended-library", span, message)
            .and_at(library.name.span, "declared here")
            .because("a library is not an agreement")
            .help(
                "amend the contract: `add` an item of the same name, and it hides the library's item",
            );
    }
    let known = blocks().filter(|block| is_contract(block));
    let known: Vec<&str> = known.map(|block| block.name.text.as_str()).collect();
    let message = format!("there is no contract `{name}` in the files that this one uses");
    let finding = Diagnostic::error("unknown-contract", span, message);
    match (suggestion(name, known.iter().copied()), known.as_slice()) {
        (Some(close), _) => finding.help(format!("did you mean `{close}`?")),
        (None, [only]) => finding.help(format!("the contract that it uses is `{only}`")),
        (None, _) => finding
            .because(format!(
                "`{}` changes a contract, and the file does not say where that contract is",
                amendment.name.text
            ))
            .help(format!(
                "write `use \"{name}.quid\"` above it: the file of the contract, or of the amendment before this one"
            )),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Files in the order of use: a file comes after those that it uses.
struct Ordering<'t> {
    trees: &'t [(FileId, Tree)],
    links: &'t [Link],
    sources: &'t Sources,
    states: Vec<State>,
    order: Vec<(usize, usize)>,
    diagnostics: Vec<Diagnostic>,
}

impl Ordering<'_> {
    fn visit(&mut self) {
        let mut stack = vec![(0, 0)];
        self.set(0, State::Open);
        while let Some((tree, next)) = stack.pop() {
            let Some((file, found)) = self.trees.get(tree) else {
                continue;
            };
            let link = self
                .links
                .iter()
                .filter(|link| link.from == *file)
                .nth(next);
            let Some(link) = link else {
                self.set(tree, State::Done);
                let amendments = 0..found.amendments.len();
                self.order.extend(amendments.map(|at| (tree, at)));
                continue;
            };
            stack.push((tree, next + 1));
            let Some(used) = self.trees.iter().position(|(file, _)| *file == link.to) else {
                continue;
            };
            match self.states.get(used) {
                Some(State::New) => {
                    self.set(used, State::Open);
                    stack.push((used, 0));
                }
                Some(State::Open) => self.circle(link, tree, used),
                Some(State::Done) | None => {}
            }
        }
    }

    fn set(&mut self, tree: usize, state: State) {
        if let Some(slot) = self.states.get_mut(tree) {
            *slot = state;
        }
    }

    /// Handles a circle of uses. Among libraries it does no harm, but among amendments it leaves their order open.
    fn circle(&mut self, link: &Link, from: usize, to: usize) {
        let amends = |tree: usize| {
            let tree = self.trees.get(tree);
            tree.is_some_and(|(_, tree)| !tree.amendments.is_empty())
        };
        if !amends(from) && !amends(to) {
            return;
        }
        let message = format!("`{}` is used in a circle", self.sources.name(link.to));
        let finding = Diagnostic::error("circular-use", link.span, message)
            .because("each of the files would have to be read before the other, so the order of the amendments is not \
                      clear")
            .help("let each amendment use the contract or the amendment before it, and nothing use a later one");
        self.diagnostics.push(finding);
    }
}
