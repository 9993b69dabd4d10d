//! Requests as text: an error, or a request that prints as what it was read from; never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    vestibule_fuzz::request::run(input);
});
