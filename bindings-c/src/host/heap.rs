//! The heap of a library without std: that of C.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn realloc(memory: *mut c_void, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// What `malloc` aligns everything to.
const ALIGNMENT: usize = 2 * size_of::<usize>();

struct Heap;

#[cfg_attr(not(test), global_allocator)]
static HEAP: Heap = Heap;

// SAFETY: the functions of C do what is asked of an allocator, for layouts that `malloc` aligns; there is none for others.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGNMENT {
            return core::ptr::null_mut();
        }
        // SAFETY: any size may be asked for.
        unsafe { malloc(layout.size()) }.cast()
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        // SAFETY: it was had from `malloc` or `realloc`, which is owed by the caller.
        unsafe { free(memory.cast()) }
    }

    unsafe fn realloc(&self, memory: *mut u8, _: Layout, size: usize) -> *mut u8 {
        // SAFETY: it was had from `malloc` or `realloc`, which is owed by the caller; the alignment stays.
        unsafe { realloc(memory.cast(), size) }.cast()
    }
}
