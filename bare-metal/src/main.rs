#![no_std]
#![no_main]
//! The core in a firmware: no std, no heap. It asks a panel's questions of the bytes in flash, prints
//! the answers and the stack they took, and ends QEMU with 0, or 1 where something is wrong.

mod console;
mod panel;
mod stack;

use core::hint::black_box;
use core::panic::PanicInfo;

use semihosting::process;

/// What the panel is asked about. The symbol is how the script tells its bytes from the firmware's.
#[used]
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "the symbol keeps its name, and nothing else has that name")]
static PANEL_IMAGE: [u8; include_bytes!(env!("VESTIBULE_PANEL_IMAGE")).len()] =
    *include_bytes!(env!("VESTIBULE_PANEL_IMAGE"));

#[cfg_attr(target_arch = "arm", cortex_m_rt::entry)]
#[cfg_attr(target_arch = "riscv32", riscv_rt::entry)]
fn main() -> ! {
    stack::paint();
    // The compiler must not know the bytes, or it would answer itself.
    let outcome = panel::open_and_decide(black_box(&PANEL_IMAGE));
    // Before anything is printed: the stack of printing is not the library's.
    let stack = stack::used();
    let right = report(outcome) & report_stack(stack);
    process::exit(if right { 0 } else { 1 })
}

/// Prints the answers; whether they are right.
fn report(outcome: Result<panel::Answers, panel::Wrong>) -> bool {
    match outcome {
        Ok(answers) => {
            console::count("asked", answers.asked);
            console::count("read", answers.read);
            console::count("refused", answers.refused);
            true
        }
        Err(wrong) => {
            console::text(wrong.problem);
            console::count(", line", wrong.line);
            false
        }
    }
}

/// Prints the high-water mark of the stack; whether it could be told.
fn report_stack(used: Option<usize>) -> bool {
    match used {
        Some(bytes) => console::count("stack", bytes),
        None => console::text("the stack is used beyond what is painted\n"),
    }
    used.is_some()
}

/// Formats nothing: the machinery of formatting would be most of the flash.
#[panic_handler]
fn panicked(_: &PanicInfo) -> ! {
    console::text("the firmware panicked\n");
    process::exit(1)
}
