//! What the program prints, and whether in colour. Another program can have it kept instead.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};

use crate::report::failure::{self, Failure};

use super::arguments::Colour;

/// The program's two outputs.
pub(super) struct Console {
    out: Out,
    /// Whether results are printed in colour.
    pub(super) colour: bool,
    /// Whether problems are printed in colour.
    error_colour: bool,
}

/// Where results go.
enum Out {
    Screen(io::BufWriter<io::Stdout>),
    Kept(Vec<u8>),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Screen(out) => out.write(bytes),
            Self::Kept(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Screen(out) => out.flush(),
            Self::Kept(_) => Ok(()),
        }
    }
}

thread_local! {
    /// Messages of this thread, while they are kept and not written to standard error.
    static KEPT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Runs something with its messages kept, and returns them with what it returns.
pub(super) fn keeping_messages<T>(run: impl FnOnce() -> T) -> (T, Vec<u8>) {
    /// Ends the keeping even if the run panics.
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            KEPT.with_borrow_mut(|kept| *kept = None);
        }
    }
    let ended = Ended;
    KEPT.with_borrow_mut(|kept| *kept = Some(Vec::new()));
    let outcome = run();
    let messages = KEPT.with_borrow_mut(Option::take).unwrap_or_default();
    drop(ended);
    (outcome, messages)
}

impl Console {
    /// A console that keeps what is printed, without colour.
    pub(super) fn keeping() -> Self {
        Self {
            out: Out::Kept(Vec::new()),
            colour: false,
            error_colour: false,
        }
    }

    /// What was printed, if it is kept.
    pub(super) fn kept(self) -> Vec<u8> {
        match self.out {
            Out::Screen(_) => Vec::new(),
            Out::Kept(out) => out,
        }
    }

    pub(super) fn new(colour: Colour) -> Self {
        let wanted = |terminal: bool| match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        Self {
            out: Out::Screen(io::BufWriter::with_capacity(1 << 16, io::stdout())),
            colour: wanted(io::stdout().is_terminal()),
            error_colour: wanted(io::stderr().is_terminal()),
        }
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Whether the output is a screen, where people read results as they appear.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self.out, Out::Screen(_)) && io::stdout().is_terminal()
    }

    /// The output for results.
    pub(super) fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Prints something that is not a result.
    pub(super) fn tell(&mut self, text: &str) {
        let _ = self.out.flush();
        write_beside(text);
    }

    /// Prints what prevents a command from doing its work.
    pub(super) fn failure(&mut self, failure: &Failure) {
        let text = failure::render(failure, self.error_colour, false);
        self.tell(&text);
    }

    /// Whether messages are in colour.
    pub(super) fn error_colour(&self) -> bool {
        self.error_colour
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The number of bytes of messages that are printed together.
const TOLD_TOGETHER: usize = 1 << 16;

/// Messages during the printing of results. They are held back so that, if there are few, they come after all results.
/// Never more than [`TOLD_TOGETHER`] bytes are held back.
#[derive(Default)]
pub(super) struct Told {
    held: String,
    /// The number of messages, including those that were not shown.
    count: usize,
}

/// The most messages that are shown. Nobody reads more, and a file with a million wrong rows would fill a disk with
/// them.
const MOST_SHOWN: usize = 1_000;

impl Told {
    /// Adds a message, which is written only if it is shown.
    pub(super) fn message(&mut self, write: impl FnOnce() -> String) {
        self.count += 1;
        if self.count <= MOST_SHOWN {
            self.add(&write());
        }
    }

    /// How many messages were not shown.
    pub(super) fn left_out(&self) -> usize {
        self.count.saturating_sub(MOST_SHOWN)
    }

    pub(super) fn add(&mut self, text: &str) {
        self.held.push_str(text);
        if self.held.len() >= TOLD_TOGETHER {
            write_beside(&self.held);
            self.held.clear();
        }
    }

    /// The messages that are still held back.
    pub(super) fn rest(self) -> String {
        self.held
    }
}

/// Writes to standard error. If that fails, there is nobody to report it to.
fn write_beside(text: &str) {
    let is_kept = KEPT.with_borrow_mut(|kept| {
        let Some(kept) = kept else { return false };
        kept.extend_from_slice(text.as_bytes());
        true
    });
    if !is_kept {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_SHOWN, Told};

    #[test]
    fn no_more_messages_are_written_than_are_shown() {
        let mut told = Told::default();
        let mut written = 0;
        for _ in 0..3 * MOST_SHOWN {
            told.message(|| {
                written += 1;
                "x".to_owned()
            });
        }
        assert_eq!(written, MOST_SHOWN);
        assert_eq!(told.left_out(), 2 * MOST_SHOWN);
        assert_eq!(told.rest().len(), MOST_SHOWN);
    }
}
