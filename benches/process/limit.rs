//! The totals of contract R1 from a file of data, written by hand on machine integers for this contract and this layout of
//! the file, and for nothing else: no cell is checked, no month is refused, nothing is explained. It is what the machine can
//! do, and what `quidpro invoice --lines total` is measured against; the benchmark checks that both write the same bytes.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

const HEADINGS: &[u8] =
    b"contract,account,month,kind,line,clause,quantity,unit,rate,base,amount,currency,arose\n";

/// Writes the total of each row.
pub fn totals(path: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut input = File::open(path)?;
    let mut bytes = vec![0; 1 << 18];
    let (mut filled, mut first) = (0, true);
    let mut text = Vec::with_capacity(1 << 19);
    text.extend_from_slice(HEADINGS);
    loop {
        let read = input.read(bytes.get_mut(filled..).unwrap_or_default())?;
        let end = filled + read;
        let all = bytes.get(..end).unwrap_or_default();
        let whole = all
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let mut rest = all.get(..whole).unwrap_or_default();
        if std::mem::take(&mut first) {
            rest = rest.split_once_at(b'\n').1;
        }
        while !rest.is_empty() {
            rest = row(rest, &mut text);
        }
        if text.len() > 1 << 18 {
            out.write_all(&text)?;
            text.clear();
        }
        bytes.copy_within(whole..end, 0);
        filled = end - whole;
        if read == 0 {
            break;
        }
    }
    out.write_all(&text)
}

trait SplitAt {
    fn split_once_at(&self, byte: u8) -> (&[u8], &[u8]);
}

impl SplitAt for [u8] {
    #[inline]
    fn split_once_at(&self, byte: u8) -> (&[u8], &[u8]) {
        let at = self
            .iter()
            .position(|one| *one == byte)
            .unwrap_or(self.len());
        (
            self.get(..at).unwrap_or_default(),
            self.get(at + 1..).unwrap_or_default(),
        )
    }
}

/// Writes the total of the first row, and returns what follows it.
fn row<'b>(bytes: &'b [u8], out: &mut Vec<u8>) -> &'b [u8] {
    let (account, rest) = bytes.split_once_at(b',');
    let (month, mut rest) = rest.split_once_at(b',');
    let mut inputs = [0_i64; 12];
    for (at, input) in inputs.iter_mut().enumerate() {
        let places = if at == 11 { 2 } else { 0 };
        (*input, rest) = number(rest, places);
    }
    out.extend_from_slice(b"reference_r1,");
    out.extend_from_slice(account);
    out.push(b',');
    out.extend_from_slice(month);
    out.extend_from_slice(b",total,,,,,,,");
    amount(total(&inputs), out);
    out.extend_from_slice(b",EUR,\n");
    rest
}

/// A decimal as an integer with that many places, and what follows its separator.
#[inline]
fn number(bytes: &[u8], places: u32) -> (i64, &[u8]) {
    let (mut value, mut after, mut point) = (0_i64, 0, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + i64::from(byte - b'0');
                after += u32::from(point);
            }
            b'.' => point = true,
            _ => {
                for _ in after..places {
                    value *= 10;
                }
                return (value, bytes.get(at + 1..).unwrap_or_default());
            }
        }
    }
    (value, &[])
}

/// Cents as an amount.
#[inline]
fn amount(cents: i64, out: &mut Vec<u8>) {
    let mut text = [0_u8; 24];
    let (mut at, mut rest, mut count) = (text.len(), cents.unsigned_abs(), 0);
    let mut put = |byte| {
        at -= 1;
        if let Some(place) = text.get_mut(at) {
            *place = byte;
        }
    };
    while rest > 0 || count < 3 {
        if count == 2 {
            put(b'.');
        }
        put(b'0' + u8::try_from(rest % 10).unwrap_or(0));
        rest /= 10;
        count += 1;
    }
    if cents < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(text.get(at..).unwrap_or_default());
}

/// Hundredths of cents to cents, a half away from zero.
#[inline]
fn rounded(hundredths: i64) -> i64 {
    let size = (hundredths.abs() + 50) / 100;
    if hundredths < 0 { -size } else { size }
}

/// A mark of the scorecard: `above / below` against three limits in thousandths.
#[inline]
fn mark(above: i64, below: i64, limits: [i64; 3], rising: bool) -> i64 {
    if below == 0 {
        return 0;
    }
    let worse = |limit: i64| {
        let (own, limit) = (above * 1000, limit * below);
        if rising { own < limit } else { own > limit }
    };
    let [first, second, third] = limits;
    match () {
        () if worse(first) => 0,
        () if worse(second) => 50,
        () if worse(third) => 80,
        () => 100,
    }
}

/// The total in cents.
#[inline]
fn total(inputs: &[i64; 12]) -> i64 {
    let [
        offered,
        answered,
        short,
        handled,
        seconds,
        surveys,
        points,
        resolved,
        qa,
        audits,
        forecast,
        hours,
    ] = *inputs;
    let measured = offered - short;
    let handling = 420 * handled.min(10_000)
        + 390 * (handled.min(30_000) - 10_000).max(0)
        + 360 * (handled - 30_000).max(0);
    let charges = handling + 1_200_000 + rounded(hours * 2350);
    let score = mark(answered, measured, [700, 800, 900], true)
        + mark(points, surveys, [3500, 4000, 4500], true)
        + mark(resolved, handled, [600, 700, 800], true)
        + mark(qa, audits, [75_000, 85_000, 92_000], true)
        + mark(seconds, handled, [480_000, 420_000, 360_000], false);
    let share = match score {
        ..300 => -10,
        300..400 => -5,
        400..475 => 0,
        _ => 5,
    };
    let adjustment = rounded(share * handling);
    let excused = measured == 0 || offered * 100 > forecast * 115;
    let missed = !excused && answered * 5 < measured * 4;
    let percent = if answered * 10 < measured * 7 { 5 } else { 2 };
    let credit = if missed {
        rounded(charges * percent)
    } else {
        0
    };
    let (reduction, limit) = ((-adjustment).max(0), rounded(charges * 12));
    let together = reduction + credit;
    let reduced = if together > limit {
        let cut = |part: i64| (part * limit / together, part * limit % together);
        let ((first, lost_first), (second, lost_second)) = (cut(reduction), cut(credit));
        // The one cent that is left goes to the part that lost more, the first among equals.
        let left = limit - first - second;
        let to_second = i64::from(left > 0 && lost_second > lost_first);
        (first + left - to_second) + (second + to_second)
    } else {
        together
    };
    let sum = charges + adjustment.max(0) - reduced;
    sum + (6_000_000 - sum).max(0)
}
