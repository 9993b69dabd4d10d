#![no_std]
#![no_main]
//! The core in a firmware: no std, no heap. It asks a panel's questions of the bytes in flash, prints
//! the answers and the stack they took, and ends QEMU with 0, or 1 where something is wrong.

mod console;
mod panel;
mod questions;
mod stack;

use core::hint::black_box;
use core::panic::PanicInfo;

use semihosting::process;

/// What is in flash beside the program: the image, at an odd address, and a damaged copy. The symbol is how the script
/// tells these bytes from the firmware's.
#[used]
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "the symbol keeps its name, and nothing else has that name")]
static PANEL_IMAGE: Flash = Flash {
    odd: 0,
    image: *include_bytes!(env!("VESTIBULE_PANEL_IMAGE")),
    damaged: *include_bytes!(env!("VESTIBULE_DAMAGED_IMAGE")),
};

const IMAGE_BYTES: usize = include_bytes!(env!("VESTIBULE_PANEL_IMAGE")).len();

#[repr(C, align(4))]
struct Flash {
    odd: u8,
    image: [u8; IMAGE_BYTES],
    damaged: [u8; IMAGE_BYTES],
}

#[cfg_attr(target_arch = "arm", cortex_m_rt::entry)]
#[cfg_attr(target_arch = "riscv32", riscv_rt::entry)]
fn main() -> ! {
    // The compiler must not know the bytes, or it would answer itself.
    let flash = black_box(&PANEL_IMAGE);
    let mut answers = panel::Answers::default();
    let is_right = report(panel::refuse(&flash.image, &flash.damaged, &mut answers))
        & measure("stack", || panel::open_and_decide(&flash.image, &mut answers))
        & measure("stack of a list of people", || panel::open_and_list(&flash.image, &mut answers));
    print(&answers);
    process::exit(if is_right { 0 } else { 1 })
}

/// Does something and prints the stack that it took, before that of printing; whether all is right.
fn measure(name: &str, act: impl FnOnce() -> Result<(), panel::Wrong>) -> bool {
    stack::paint();
    let outcome = act();
    let used = stack::used();
    match used {
        Some(bytes) => console::count(name, bytes),
        None => console::text("the stack is used beyond what is painted\n"),
    }
    report(outcome) & used.is_some()
}

/// Prints what was answered.
#[inline(never)]
fn print(answers: &panel::Answers) {
    console::count("refused", answers.refused);
    console::count("allowed", answers.allowed);
    console::count("denied", answers.denied);
    console::count("units in the lobby", answers.units);
    console::count("residents in the lobby", answers.residents);
    console::count("may open a door", answers.openers);
}

/// Prints what is not as expected, where something is not; whether all is.
#[inline(never)]
fn report(outcome: Result<(), panel::Wrong>) -> bool {
    if let Err(wrong) = &outcome {
        complain(wrong);
    }
    outcome.is_ok()
}

/// Prints what is not as expected.
fn complain(wrong: &panel::Wrong) {
    match wrong {
        panel::Wrong::Taken(fault) => {
            console::text("a bad image was not refused for its ");
            console::text(fault);
        }
        panel::Wrong::Refused(error) => {
            console::text("the image was refused: ");
            console::text(error.fault().as_str());
            console::count(", byte", error.offset());
        }
        panel::Wrong::Decision(number) => console::count("another answer to question", *number),
        panel::Wrong::List(list) => {
            console::text("another list than expected: ");
            console::text(list);
        }
        panel::Wrong::Form => console::text("a question is not of its form"),
    }
    console::text("\n");
}

/// Formats nothing: the machinery of formatting would be most of the flash.
#[panic_handler]
fn panicked(_: &PanicInfo) -> ! {
    console::text("the firmware panicked\n");
    process::exit(1)
}
