//! Groups of definitions that need each other, directly or through others (strongly connected components).

/// What a definition refers to, by position.
pub(super) trait Refers {
    /// The position of what is referred to.
    fn target(&self) -> usize;
}

/// What is known of a definition on the way.
#[derive(Clone, Copy)]
struct Seen {
    /// When it was first met.
    number: usize,
    /// The earliest definition that can be reached from it and reaches it.
    low: usize,
    /// Whether its group is still open.
    open: bool,
}

/// The groups, each after those that it needs (the algorithm of Tarjan, with a stack of its own).
pub(super) fn of<E: Refers>(edges: &[Vec<E>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        seen: vec![None; edges.len()],
        met: 0,
        open: Vec::new(),
        groups: Vec::new(),
    };
    for root in 0..edges.len() {
        search.visit(root);
    }
    search.groups
}

struct Search<'e, E> {
    edges: &'e [Vec<E>],
    seen: Vec<Option<Seen>>,
    met: usize,
    open: Vec<usize>,
    groups: Vec<Vec<usize>>,
}

impl<E: Refers> Search<'_, E> {
    fn visit(&mut self, root: usize) {
        if self.at(root).is_some() {
            return;
        }
        let mut stack = vec![(root, 0)];
        self.meet(root);
        while let Some((at, next)) = stack.pop() {
            let edge = self.edges.get(at).and_then(|edges| edges.get(next));
            let Some(target) = edge.map(Refers::target) else {
                self.leave(at);
                if let Some((user, _)) = stack.last() {
                    self.lower(*user, self.at(at).map(|seen| seen.low));
                }
                continue;
            };
            stack.push((at, next + 1));
            match self.at(target) {
                None => {
                    self.meet(target);
                    stack.push((target, 0));
                }
                Some(seen) if seen.open => self.lower(at, Some(seen.number)),
                Some(_) => {}
            }
        }
    }

    fn at(&self, at: usize) -> Option<Seen> {
        self.seen.get(at).copied().flatten()
    }

    fn meet(&mut self, at: usize) {
        if let Some(slot) = self.seen.get_mut(at) {
            *slot = Some(Seen {
                number: self.met,
                low: self.met,
                open: true,
            });
        }
        self.met += 1;
        self.open.push(at);
    }

    fn lower(&mut self, at: usize, low: Option<usize>) {
        if let (Some(Some(seen)), Some(low)) = (self.seen.get_mut(at), low) {
            seen.low = seen.low.min(low);
        }
    }

    /// Closes the group of which this is the first member that was met.
    fn leave(&mut self, at: usize) {
        let Some(seen) = self.at(at).filter(|seen| seen.low == seen.number) else {
            return;
        };
        let mut group = Vec::new();
        while let Some(member) = self.open.pop() {
            if let Some(Some(known)) = self.seen.get_mut(member) {
                known.open = false;
                known.low = seen.low;
            }
            group.push(member);
            if member == at {
                break;
            }
        }
        self.groups.push(group);
    }
}
