//! What the commands that write pages have in common: where the page goes.

use super::arguments::PageWritten;
use super::console::Console;
use super::files::{self, Over};
use super::{Ending, Outcome, Trouble};

/// Refuses to write over a contract before anything is computed.
pub(super) fn refuse_contract(written: &PageWritten) -> Result<(), Trouble> {
    if let Some(output) = &written.output {
        files::refuse_contracts(output)?;
    }
    Ok(())
}

/// Writes the page of a command.
pub(super) fn write(
    written: &PageWritten,
    command: &'static str,
    content: &str,
    console: &mut Console,
) -> Outcome {
    match &written.output {
        Some(output) => {
            let over = Over {
                is_own: files::own_page(command, written.format),
                force: written.force,
            };
            files::output(output, content.as_bytes(), &over)?;
        }
        None => console.print(content)?,
    }
    Ok(Ending::Fine)
}
