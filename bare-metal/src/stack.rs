//! How deep the stack went: it is painted at the start, and what is still painted later was not used.

use core::arch::asm;
use core::mem::size_of;
use core::ptr::with_exposed_provenance_mut;

/// Neither zero, nor all ones, nor an address of these boards: hardly a word of a real stack.
const PAINT: u32 = 0x5aa5_a55a;

#[expect(
    unsafe_code,
    reason = "both are symbols of the linker scripts; only their addresses are taken"
)]
// SAFETY: nothing reads or writes them as variables.
unsafe extern "C" {
    /// The lowest address that is painted.
    static _painted_start: u32;
    /// Where the stack begins; it grows down.
    static _stack_start: u32;
}

/// Paints the stack from the lowest painted address up to the stack pointer.
///
/// In assembly as a whole: the compiler may make room for a function's variables after it has read the
/// stack pointer, and a loop of Rust would paint over them.
pub fn paint() {
    #[expect(unsafe_code, reason = "no variable of Rust is where it writes")]
    // SAFETY: writes whole words from an aligned address up to the stack pointer of this very moment, in memory
    // that the linker script keeps free of statics; no interrupt is on. It uses its registers alone.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!(
            "2: cmp {word}, sp",
            "bhs 3f",
            "str {paint}, [{word}], #4",
            "b 2b",
            "3:",
            word = inout(reg) painted_start() => _,
            paint = in(reg) PAINT,
            options(nostack),
        );
        #[cfg(target_arch = "riscv32")]
        asm!(
            "2: bgeu {word}, sp, 3f",
            "sw {paint}, 0({word})",
            "addi {word}, {word}, 4",
            "j 2b",
            "3:",
            word = inout(reg) painted_start() => _,
            paint = in(reg) PAINT,
            options(nostack),
        );
    }
}

/// Bytes from the beginning of the stack to the deepest word that is no longer painted, the runtime's own
/// included; none where all of the paint is gone, so that the depth cannot be told.
#[inline(never)]
pub fn used() -> Option<usize> {
    let start = painted_start();
    let touched = (start..stack_start()).step_by(size_of::<u32>()).find(|address| {
        let word = with_exposed_provenance_mut::<u32>(*address);
        #[expect(unsafe_code, reason = "no variable of Rust is here")]
        // SAFETY: aligned, since the start is and steps are of a word; in memory that `paint` wrote, or that is the
        // stack.
        unsafe {
            word.read_volatile() != PAINT
        }
    })?;
    (touched != start).then(|| stack_start().saturating_sub(touched))
}

fn painted_start() -> usize {
    (&raw const _painted_start).expose_provenance()
}

fn stack_start() -> usize {
    (&raw const _stack_start).expose_provenance()
}
