//! Which columns of a kernel share memory: one is used again as soon as nothing reads it any more, so that few are in use at
//! a time and stay in the processor's cache.

use super::form::{Marks, Reg};
use super::kernel::Kernel;

/// Columns of one kind as they are given out.
#[derive(Default)]
struct Pool {
    /// By name, where each column is.
    places: Vec<Option<u32>>,
    /// By name, the last instruction that reads or writes it.
    last: Vec<usize>,
    free: Vec<u32>,
}

impl Pool {
    fn note(&mut self, name: u32, at: usize) {
        let name = name as usize;
        if self.last.len() <= name {
            self.last.resize(name + 1, 0);
        }
        if let Some(last) = self.last.get_mut(name) {
            *last = (*last).max(at);
        }
    }

    fn place(&self, name: u32) -> u32 {
        self.places
            .get(name as usize)
            .copied()
            .flatten()
            .unwrap_or(name)
    }

    /// A place for a column: one that is free, or a new one.
    fn give(&mut self, name: u32, mut new: impl FnMut() -> u32) -> u32 {
        let place = self.free.pop().unwrap_or_else(&mut new);
        if self.places.len() <= name as usize {
            self.places.resize(name as usize + 1, None);
        }
        if let Some(slot) = self.places.get_mut(name as usize) {
            *slot = Some(place);
        }
        place
    }

    fn ends(&self, name: u32, at: usize) -> bool {
        self.last.get(name as usize).is_none_or(|last| *last <= at)
    }
}

/// The kernel with columns that share memory.
pub(super) fn allocate(mut kernel: Kernel) -> Kernel {
    let (mut narrow, mut wide, mut marks) = (Pool::default(), Pool::default(), Pool::default());
    let is_wide = std::mem::take(&mut kernel.wide);
    let is_wide = |reg: Reg| is_wide.get(reg.0 as usize).copied().unwrap_or(false);
    for (at, instruction) in kernel.code.iter_mut().enumerate() {
        let mut note = |reg: &mut Reg| {
            if is_wide(*reg) {
                wide.note(reg.0, at)
            } else {
                narrow.note(reg.0, at)
            }
        };
        let mut note_marks = |own: &mut Marks| marks.note(own.0, at);
        instruction.reads(&mut note, &mut note_marks);
        instruction.writes(&mut note, &mut note_marks);
    }
    {
        let end = usize::MAX;
        let mut note = |reg: &mut Reg| {
            if is_wide(*reg) {
                wide.note(reg.0, end)
            } else {
                narrow.note(reg.0, end)
            }
        };
        let mut note_marks = |own: &mut Marks| marks.note(own.0, end);
        for output in &mut kernel.outputs {
            output.reads(&mut note, &mut note_marks);
        }
        for store in &mut kernel.stores {
            store.reads(&mut note, &mut note_marks);
        }
    }
    let mut widths: Vec<bool> = Vec::new();
    let mut mark_count = 0;
    for (at, instruction) in kernel.code.iter_mut().enumerate() {
        let mut ended: Vec<Reg> = Vec::new();
        let mut ended_marks: Vec<Marks> = Vec::new();
        let pool = |reg: Reg| if is_wide(reg) { &wide } else { &narrow };
        instruction.reads(
            |reg| {
                let name = *reg;
                if pool(name).ends(name.0, at) && !ended.contains(&name) {
                    ended.push(name);
                }
                reg.0 = pool(name).place(name.0);
            },
            |own| {
                let name = *own;
                if marks.ends(name.0, at) && !ended_marks.contains(&name) {
                    ended_marks.push(name);
                }
                own.0 = marks.place(name.0);
            },
        );
        // A column is written while those that are read are still there.
        instruction.writes(
            |reg| {
                let (name, wide_one) = (*reg, is_wide(*reg));
                let pool = if wide_one { &mut wide } else { &mut narrow };
                reg.0 = pool.give(name.0, || {
                    widths.push(wide_one);
                    u32::try_from(widths.len() - 1).unwrap_or(u32::MAX)
                });
                if pool.ends(name.0, at) {
                    ended.push(name);
                }
            },
            |own| {
                let name = *own;
                own.0 = marks.give(name.0, || {
                    mark_count += 1;
                    mark_count - 1
                });
                if marks.ends(name.0, at) {
                    ended_marks.push(name);
                }
            },
        );
        for name in ended {
            let pool = if is_wide(name) {
                &mut wide
            } else {
                &mut narrow
            };
            let place = pool.place(name.0);
            pool.free.push(place);
        }
        for name in ended_marks {
            let place = marks.place(name.0);
            marks.free.push(place);
        }
    }
    let place = |reg: &mut Reg| {
        let pool = if is_wide(*reg) { &wide } else { &narrow };
        reg.0 = pool.place(reg.0);
    };
    let place_marks = |own: &mut Marks| own.0 = marks.place(own.0);
    for output in &mut kernel.outputs {
        output.reads(place, place_marks);
    }
    for store in &mut kernel.stores {
        store.reads(place, place_marks);
    }
    kernel.wide = widths;
    kernel.marks = mark_count as usize;
    kernel
}
