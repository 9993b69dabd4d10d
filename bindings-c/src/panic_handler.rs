//! What a library without std must name. Nothing in the panel tier calls it, which `scripts/c-panel.sh` shows of what is linked.

use core::panic::PanicInfo;

/// Stops here, where a watchdog finds it.
#[cfg_attr(not(test), panic_handler)]
fn stop(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
