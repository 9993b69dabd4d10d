//! What std would bring along: an allocator, and what becomes of a panic.

use core::arch::wasm32::unreachable;
use core::panic::PanicInfo;

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// A trap: JavaScript gets a `WebAssembly.RuntimeError`. The core does not panic; memory may run out.
#[panic_handler]
fn trap(_: &PanicInfo<'_>) -> ! {
    unreachable()
}
