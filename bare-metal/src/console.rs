//! Prints through the debugger's console, without `core::fmt`: it would cost more flash than the library.

use semihosting::sys::arm_compat::sys_writec;

/// Digits of the largest `usize` of a 32-bit processor.
const MAX_DIGITS: usize = 10;

/// Prints a text as it is.
pub fn text(text: &str) {
    text.bytes().for_each(sys_writec);
}

/// Prints a name, its number, and ends the line.
pub fn count(name: &str, number: usize) {
    text(name);
    text(" ");
    decimal(number);
    text("\n");
}

/// Prints a number in decimal.
fn decimal(number: usize) {
    let mut digits = [b'0'; MAX_DIGITS];
    let mut rest = number;
    let mut length = 0_usize;
    for digit in &mut digits {
        // Always a digit, so that it fits.
        *digit = u8::try_from(rest % 10).map_or(b'?', |value| value.wrapping_add(b'0'));
        rest /= 10;
        length = length.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    digits.iter().take(length).rev().for_each(|digit| sys_writec(*digit));
}
