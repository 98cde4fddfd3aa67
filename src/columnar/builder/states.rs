//! Marks and the instructions that compute them.

use crate::columnar::form::{Bounds, Marks, Operand, Reg, State, Value, mark};
use crate::columnar::kernel::{Binary, Change, Instruction, Test};
use crate::columnar::machine::{changed, passes};

use super::Builder;

impl Builder {
    /// All marks of both.
    pub(in crate::columnar) fn joined(&mut self, a: State, b: State) -> State {
        match (a, b) {
            (State::Always(0), other) | (other, State::Always(0)) => other,
            (State::Always(a), State::Always(b)) => State::Always(a | b),
            (a, b) if a == b => a,
            (State::Of(left), State::Of(right)) => {
                let into = self.new_marks();
                self.code.push(Instruction::Join { into, left, right });
                State::Of(into)
            }
            (State::Always(bits), State::Of(other)) | (State::Of(other), State::Always(bits)) => {
                // A fault in all lanes hides that there is no value in some.
                let filled = self.filled(bits);
                let into = self.new_marks();
                self.code.push(Instruction::Join {
                    into,
                    left: filled,
                    right: other,
                });
                State::Of(into)
            }
        }
    }

    fn filled(&mut self, bits: u8) -> Marks {
        let into = self.new_marks();
        // A column of numbers 0, so that a mark is added everywhere.
        let zero = self.reg(Bounds::FLAG).unwrap_or(Reg(0));
        self.code.push(Instruction::Binary {
            into: zero,
            how: Binary::Add,
            left: Operand::Fixed(0),
            right: Operand::Fixed(0),
            wide: false,
        });
        self.code.push(Instruction::Mark {
            into,
            base: State::KNOWN,
            when: zero,
            is: false,
            bits,
        });
        into
    }

    /// Adds a mark to lanes that have none, where the condition is that.
    pub(in crate::columnar) fn marked(
        &mut self,
        base: State,
        when: Operand,
        is: bool,
        bits: u8,
    ) -> State {
        match when {
            Operand::Fixed(known) if (known != 0) == is => match base {
                State::Always(0) => State::Always(bits),
                State::Always(own) => State::Always(own),
                State::Of(first) => {
                    let into = self.new_marks();
                    self.code.push(Instruction::First {
                        into,
                        first,
                        second: State::Always(bits),
                    });
                    State::Of(into)
                }
            },
            Operand::Fixed(_) => base,
            Operand::Times(when, _) => match base {
                State::Always(own) if own != 0 => base,
                base => {
                    let into = self.new_marks();
                    self.code.push(Instruction::Mark {
                        into,
                        base,
                        when,
                        is,
                        bits,
                    });
                    State::Of(into)
                }
            },
        }
    }

    /// The marks of the first where it has any, else those of the second.
    pub(in crate::columnar) fn first(&mut self, first: State, second: State) -> State {
        match (first, second) {
            (State::Always(0), other) => other,
            (State::Always(own), _) => State::Always(own),
            (own, State::Always(0)) => own,
            (State::Of(first), second) => {
                let into = self.new_marks();
                self.code.push(Instruction::First {
                    into,
                    first,
                    second,
                });
                State::Of(into)
            }
        }
    }

    pub(in crate::columnar) fn selected_state(
        &mut self,
        when: Operand,
        then: State,
        otherwise: State,
    ) -> State {
        match when {
            Operand::Fixed(known) => {
                if known != 0 {
                    then
                } else {
                    otherwise
                }
            }
            Operand::Times(..) if then == otherwise => then,
            Operand::Times(when, _) => {
                let into = self.new_marks();
                self.code.push(Instruction::SelectMarks {
                    into,
                    when,
                    then,
                    otherwise,
                });
                State::Of(into)
            }
        }
    }

    /// 1 where the marks are so.
    pub(in crate::columnar) fn test(&mut self, state: State, test: Test) -> Option<Operand> {
        match state {
            State::Always(bits) => Some(Operand::Fixed(i128::from(passes(bits, test)))),
            State::Of(of) => {
                let into = self.reg(Bounds::FLAG)?;
                self.code.push(Instruction::Test { into, of, test });
                Some(Operand::Times(into, 1))
            }
        }
    }

    pub(in crate::columnar) fn changed(&mut self, state: State, change: Change) -> State {
        match state {
            State::Always(bits) => State::Always(changed(bits, change)),
            State::Of(of) => {
                let into = self.new_marks();
                self.code.push(Instruction::Change { into, of, change });
                State::Of(into)
            }
        }
    }

    /// One of two values, by a condition that is known in every lane.
    pub(in crate::columnar) fn choose(&mut self, when: Operand, a: Value, b: Value) -> Value {
        let state = self.selected_state(when, a.state, b.state);
        let form = match (a.state, b.state) {
            (State::Always(never), _) if never != 0 => Some(b.form),
            (_, State::Always(never)) if never != 0 => Some(a.form),
            _ => self.selected(when, a.form, b.form),
        };
        match form {
            Some(form) => Value { form, state },
            None => Value::never(mark::ASK),
        }
    }
}
