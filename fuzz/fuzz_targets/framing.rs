#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| quidpro_fuzz::limited(quidpro_fuzz::framing, input));
