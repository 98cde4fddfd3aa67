//! The limit on what an input may take. The fuzzer itself looks at the wall clock, which says little on a busy machine.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The most processor time that an input may take.
const MOST: Duration = Duration::from_secs(2);

/// Runs a target on an input. Prints how long that took if it is the longest so far, and fails if it took too long.
pub fn limited(target: fn(&[u8]), input: &[u8]) {
    static SLOWEST: AtomicU64 = AtomicU64::new(0);
    let begun = processor_time();
    target(input);
    let took = processor_time().saturating_sub(begun);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if SLOWEST.fetch_max(milliseconds, Ordering::Relaxed) < milliseconds {
        eprintln!("slowest: {milliseconds} ms, {} bytes", input.len());
    }
    assert!(took <= MOST, "it took {took:?}");
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}
