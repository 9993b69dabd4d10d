//! A directory that goes with the test.

use core::sync::atomic::{AtomicU32, Ordering};
use std::path::{Path, PathBuf};

static COUNT: AtomicU32 = AtomicU32::new(0);

pub struct Temporary(PathBuf);

impl Temporary {
    pub fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("vestibule-server-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn journal(&self) -> PathBuf {
        self.0.join("journal.sqlite")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.0);
    }
}
