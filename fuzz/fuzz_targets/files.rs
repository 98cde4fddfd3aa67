#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|input: &[u8]| quidpro_fuzz::limited(quidpro_fuzz::files, input));

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    quidpro_fuzz::mutate(data, size, most, seed)
});
