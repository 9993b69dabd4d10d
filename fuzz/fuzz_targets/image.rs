//! Images made up: an error, or an image that agrees with itself; never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    vestibule_fuzz::image::run(input);
});
