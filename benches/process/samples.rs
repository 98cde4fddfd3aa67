//! A contract of 300 lines, and data of a million rows.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A sound contract with exactly that many lines: blocks of an input, a metric, a charge and a service level.
pub fn contract(lines: usize) -> String {
    let mut text = String::from(
        "contract generated \"Generated\" {\n  customer \"Customer\"\n  supplier \"Supplier\"\n  currency EUR\n  \
         term 2026-01-01 to 2028-12-31\n  invoice monthly, due in 30 days\n  \
         round each line half up to 0.01 EUR\n  input hours : hours \"Hours\" to 0.01\n",
    );
    let mut block = 0;
    while text.lines().count() + BLOCK < lines {
        text.push_str(&of_block(block));
        block += 1;
    }
    while text.lines().count() + 1 < lines {
        text.push_str("  # nothing more is agreed\n");
    }
    text.push_str("}\n");
    text
}

/// The lines of a block.
const BLOCK: usize = 16;

fn of_block(n: usize) -> String {
    format!(
        "  input offered_{n} : calls \"Calls offered, queue {n}\"\n  \
         input answered_{n} : calls \"Calls answered, queue {n}\"\n  \
         metric level_{n} \"Answered, queue {n}\" is timeliness, percent, higher is better {{\n    \
         answered_{n} / offered_{n}\n    if nothing to measure, no value\n  }}\n  \
         charge queue_{n} \"Queue {n}\" for answered_{n} \"C{n}\" graduated {{\n    \
         first 10_000 at 4.20 EUR\n    next 20_000 at 3.90 EUR\n    beyond at 3.60 EUR\n  }}\n  \
         service level speed_{n} on level_{n} {{\n    target 80% each month\n    no value excused\n    \
         credit 2% of queue_{n}\n  }}\n"
    )
}

/// How the rows of a data file are arranged.
#[derive(Clone, Copy)]
pub struct Rows {
    /// The number of rows.
    pub count: usize,
    /// Whether all accounts of a month come together, rather than all months of an account.
    pub by_month: bool,
    /// The interval at which a row has an empty cell that must not be empty; 0 for none.
    pub broken: usize,
}

/// The number of months in the term of R1.
const TERM: usize = 36;

/// Writes data for R1 by repeating the accounts in its own data.
pub fn write(path: &Path, own: &str, rows: Rows) -> io::Result<()> {
    let mut lines = own.lines();
    let heading = lines.next().unwrap_or_default();
    let own: Vec<String> = lines
        .map(|line| line.splitn(3, ',').nth(2).unwrap_or_default().to_owned())
        .collect();
    let accounts = rows.count.div_ceil(TERM);
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{heading}")?;
    let mut line = String::new();
    for at in 0..rows.count {
        let (account, month) = if rows.by_month {
            (at % accounts, at / accounts)
        } else {
            (at / TERM, at % TERM)
        };
        let Some(values) = own.get((account + month) % own.len().max(1)) else {
            continue;
        };
        let (year, of_year) = (2026 + month / 12, month % 12 + 1);
        line.clear();
        let _ = write!(line, "a{account:05},{year}-{of_year:02},");
        match values.split_once(',') {
            Some((_, rest)) if rows.broken > 0 && at % rows.broken == 0 => {
                let _ = write!(line, ",{rest}");
            }
            _ => line.push_str(values),
        }
        writeln!(out, "{line}")?;
    }
    out.flush()
}
