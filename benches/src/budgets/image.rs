//! What an image costs: decisions and lists beside the floor, its bytes, making it and opening it.

use core::hint::black_box;

use sha2::{Digest, Sha256};
use vestibule::{Directory, Image, PeopleBytes};

use crate::engine::{FloorEngine, FrozenImage, List, freeze};
use crate::generate::Model;
use crate::heap;
use crate::lists;
use crate::measure::{self, Pair};
use crate::workload::Workload;

/// The lists that an image gives.
pub const LISTS: [List; 2] = [List::WhoCanOpen, List::WhatCanOpen];

/// The measurements of an image at one size.
#[derive(Clone, Copy, Debug)]
pub struct ImageColumn {
    /// Decisions from text, beside the floor.
    pub text: Pair,
    /// Decisions from ids.
    pub ids: Pair,
    /// Decisions by handles.
    pub handles: Pair,
    /// Allocations a decision.
    pub allocations: f64,
    /// Each of [`LISTS`] by handles, beside the floor.
    pub lists: [Pair; 2],
    /// What it costs apart from questions.
    pub file: File,
}

/// An image as bytes.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// All of them.
    pub bytes: usize,
    /// Those that grow with people.
    pub people_bytes: PeopleBytes,
    /// To make them from a directory.
    pub freeze_ns: f64,
    /// To open them with every check.
    pub open_ns: f64,
    /// SHA-256 of as many bytes, which is a part of it.
    pub hash_ns: f64,
    /// Allocations of opening them.
    pub open_allocations: u64,
}

impl File {
    /// Freezes a directory and opens the image; the measurements, and the bytes.
    ///
    /// # Panics
    ///
    /// When the image cannot be opened.
    #[must_use]
    pub fn measure(directory: &Directory) -> (Self, Vec<u8>) {
        let freeze_ns = measure::single(|| freeze(directory));
        let bytes = freeze(directory);
        let open = || Image::open(black_box(&bytes)).unwrap_or_else(|error| panic!("{error}"));
        let (image, usage) = heap::measure(open);
        let file = Self {
            bytes: bytes.len(),
            people_bytes: image.people_bytes(),
            freeze_ns,
            open_ns: measure::single(open),
            hash_ns: measure::single(|| Sha256::digest(black_box(&bytes))),
            open_allocations: usage.allocations,
        };
        (file, bytes)
    }

    /// Millions of bytes opened a second.
    #[must_use]
    pub fn opened_mb(&self) -> f64 {
        self.bytes as f64 / self.open_ns * 1e3
    }

    /// Millions of bytes hashed a second.
    #[must_use]
    pub fn hashed_mb(&self) -> f64 {
        self.bytes as f64 / self.hash_ns * 1e3
    }
}

impl ImageColumn {
    /// Measures decisions of a workload, and lists.
    ///
    /// # Panics
    ///
    /// When an answer is wrong.
    #[must_use]
    pub fn measure(
        file: File,
        image: &FrozenImage,
        work: &Workload<'_>,
        floor: &FloorEngine,
        model: &Model,
    ) -> Self {
        let pass = |part| work.image_pass_handles(part);
        let (answers, usage) = heap::measure(|| {
            [work.image_pass_text(work.all()), work.image_pass_ids(work.all()), pass(work.all())]
        });
        assert_eq!(answers, [work.allowed(); 3]);
        let count = work.len();
        Self {
            text: measure::pair(
                count,
                |part| work.image_pass_text(part),
                |part| work.floor_pass_text(part),
            ),
            ids: measure::pair(
                count,
                |part| work.image_pass_ids(part),
                |part| work.floor_pass_ids(part),
            ),
            handles: measure::pair(count, pass, |part| work.floor_pass_handles(part)),
            allocations: usage.allocations as f64 / (3 * count) as f64,
            lists: LISTS.map(|list| lists::image_beside_floor(image, floor, model, list)),
            file,
        }
    }
}
