//! An allocator that counts, when it is asked to.
//!
//! The published allocators that count lack `realloc`, so that every growing vector is copied:
//! a load measured under one of them is not the load of life. This one hands everything to the
//! system's allocator, and off a measurement costs one test.

use core::alloc::{GlobalAlloc, Layout};
use core::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};
use std::alloc::System;

/// The system's allocator, counting. A binary makes it the global one.
#[derive(Debug)]
pub struct CountingHeap;

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static LIVE_BYTES: AtomicI64 = AtomicI64::new(0);
static LIVE_BLOCKS: AtomicI64 = AtomicI64::new(0);
static PEAK_BYTES: AtomicI64 = AtomicI64::new(0);

/// What a measured closure did to the heap. Bytes are those asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// How often memory was asked for, a growing block each time.
    pub allocations: u64,
    /// Bytes still there at the end.
    pub live_bytes: i64,
    /// Blocks still there at the end.
    pub live_blocks: i64,
    /// The most bytes that were there at once.
    pub peak_bytes: i64,
}

/// Counts what a closure allocates, in all threads. One at a time.
pub fn measure<T>(run: impl FnOnce() -> T) -> (T, Usage) {
    ALLOCATIONS.store(0, Relaxed);
    LIVE_BYTES.store(0, Relaxed);
    LIVE_BLOCKS.store(0, Relaxed);
    PEAK_BYTES.store(0, Relaxed);
    IS_COUNTING.store(true, Relaxed);
    let result = run();
    IS_COUNTING.store(false, Relaxed);
    let usage = Usage {
        allocations: ALLOCATIONS.load(Relaxed),
        live_bytes: LIVE_BYTES.load(Relaxed),
        live_blocks: LIVE_BLOCKS.load(Relaxed),
        peak_bytes: PEAK_BYTES.load(Relaxed),
    };
    (result, usage)
}

/// Whether this process counts at all: whether it made [`CountingHeap`] its allocator.
#[must_use]
pub fn is_alive() -> bool {
    let (block, usage) = measure(|| core::hint::black_box(Box::new([0_u8; 48])));
    drop(block);
    usage.allocations == 1 && usage.live_bytes == 48 && usage.live_blocks == 1
}

fn count(asked: u64, bytes: i64, blocks: i64) {
    if !IS_COUNTING.load(Relaxed) {
        return;
    }
    ALLOCATIONS.fetch_add(asked, Relaxed);
    LIVE_BLOCKS.fetch_add(blocks, Relaxed);
    let live = LIVE_BYTES.fetch_add(bytes, Relaxed) + bytes;
    PEAK_BYTES.fetch_max(live, Relaxed);
}

/// A size as a signed number; no block is larger than `isize::MAX`.
const fn signed(size: usize) -> i64 {
    size as i64
}

#[expect(unsafe_code, reason = "the trait of allocators is unsafe")]
// SAFETY: every call goes to the system's allocator with the arguments it came with, and its answer
// comes back as it is; counting touches nothing but atomics.
unsafe impl GlobalAlloc for CountingHeap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, signed(layout.size()), 1);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(1, signed(layout.size()), 1);
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(0, -signed(layout.size()), -1);
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(1, signed(size) - signed(layout.size()), 0);
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(block, layout, size) }
    }
}
