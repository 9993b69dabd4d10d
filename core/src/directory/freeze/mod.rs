//! From a directory to an image: everything, or what one panel or one person needs (format.md).

mod catalog;
mod grants;
mod indexes;
mod integration;
mod kept;
mod lists;
mod lobby;
mod people_lists;
mod person;
mod places;
mod selection;
mod tree;

use alloc::vec::Vec;

use self::catalog::FrozenCatalog;
use self::grants::FrozenGrants;
use self::indexes::Indexes;
use self::lists::frozen_lists;
use self::lobby::frozen_lobby;
use self::places::Places;
use self::selection::Selection;
use super::Directory;
use crate::facts::NONE;
use crate::id::{Id, IdRef};
use crate::image::SliceKind;
use crate::image::layout::NO_LIMIT;
use crate::image::write::{TextPool, Title, assemble, section};
use crate::limits::MAX_IMAGE_ROWS;
use crate::time::Timestamp;

/// How much of an estate an image is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Slice<'a> {
    /// All of it.
    Everything,
    /// What the panel of an integration needs, by id or alias: who may enter, doors, units, the lobby.
    Integration(IdRef<'a>),
    /// What the browser of a person needs, by id or alias: all that the person can reach.
    Person(IdRef<'a>),
}

/// When an image is made, and how long its host wants it to be relied on [C-62].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    at: Timestamp,
    fresh_for: u64,
    max_stale: u64,
}

impl Issue {
    /// At an instant, without limits.
    #[must_use]
    pub const fn at(at: Timestamp) -> Self {
        Self { at, fresh_for: NO_LIMIT, max_stale: NO_LIMIT }
    }

    /// Fresh for so many milliseconds after the issue.
    #[must_use]
    pub const fn fresh_for(mut self, millis: u64) -> Self {
        self.fresh_for = millis;
        self
    }

    /// Not to be relied on when more milliseconds have gone by since the issue.
    #[must_use]
    pub const fn max_stale(mut self, millis: u64) -> Self {
        self.max_stale = millis;
        self
    }
}

/// Why there is no image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FreezeError {
    /// The integration of the slice is unknown.
    #[error("no integration `{0}`, expected the id or alias of one")]
    UnknownIntegration(Id),
    /// The person of the slice is unknown.
    #[error("no person `{0}`, expected the id or alias of one")]
    UnknownPerson(Id),
    /// Fresh for longer than it may be relied on.
    #[error(
        "fresh for {fresh_for} ms and at most {max_stale} ms stale, expected the first to be at most the second"
    )]
    Limits {
        /// Milliseconds.
        fresh_for: u64,
        /// Milliseconds.
        max_stale: u64,
    },
    /// More rows of one kind, with their aliases, than handles of an image.
    #[error("{rows} {what}, expected at most {MAX_IMAGE_ROWS} in one image: freeze a slice")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        rows: usize,
    },
    /// More than 4 GiB.
    #[error("the image would have over 4 GiB, expected less: freeze a slice")]
    TooLarge,
}

impl FreezeError {
    /// The stable word for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownIntegration(_) => "unknown_integration",
            Self::UnknownPerson(_) => "unknown_person",
            Self::Limits { .. } => "limits",
            Self::TooMany { .. } => "too_many",
            Self::TooLarge => "too_large",
        }
    }
}

impl Directory {
    /// Freezes all or a slice of it into an image, which [`Image::open`](crate::Image::open) reads in place. The same estate, slice and issue
    /// give the same bytes. O(n log n) in what is frozen, besides what is looked through to find it.
    ///
    /// ```
    /// use vestibule::{Directory, IdRef, Image, Issue, Slice, TextRequest, Timestamp};
    ///
    /// let directory = Directory::from_json(br#"{
    ///   "version": 1, "revision": 7,
    ///   "organisations": [{ "id": "operator", "name": "Operator" }],
    ///   "buildings": [{ "id": "court", "owner": "operator" }],
    ///   "integrations": [{ "id": "panel", "building": "court" }],
    ///   "units": [{ "id": "u12", "number": "12", "building": "court", "integration": "panel" }],
    ///   "doors": [{ "id": "front", "integration": "panel", "audience": "all_residents" }],
    ///   "people": [{ "id": "ana" }],
    ///   "residencies": [{ "person": "ana", "unit": "u12" }]
    /// }"#)?;
    /// let now = Timestamp::parse("2026-11-22T18:00:00Z")?;
    /// let panel = Slice::Integration(IdRef::parse("panel")?);
    /// let bytes = directory.freeze(&panel, &Issue::at(now).fresh_for(129_600_000))?;
    ///
    /// let image = Image::open(&bytes)?;
    /// assert_eq!(image.revision(), 7);
    /// let question = TextRequest {
    ///     principal: "person:ana",
    ///     action: "doors:open",
    ///     resource: "door:front",
    ///     acting_org: None,
    ///     at: now,
    /// };
    /// assert_eq!(image.decide_text(&question)?, directory.decide_text(&question)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`FreezeError`].
    pub fn freeze(&self, slice: &Slice<'_>, issue: &Issue) -> Result<Vec<u8>, FreezeError> {
        let Issue { at, fresh_for, max_stale } = *issue;
        if fresh_for > max_stale {
            return Err(FreezeError::Limits { fresh_for, max_stale });
        }
        let selection = self.select(slice)?;
        selection.check_sizes(self)?;
        let title = Title {
            revision: self.revision,
            issued_at: at,
            fresh_for,
            max_stale,
            slice: selection.kind,
            subject: selection.subject,
        };
        self.frozen(&selection, &title).ok_or(FreezeError::TooLarge)
    }

    fn select(&self, slice: &Slice<'_>) -> Result<Selection, FreezeError> {
        match slice {
            Slice::Everything => Ok(self.select_everything()),
            Slice::Integration(id) => {
                let integration = self.integrations.ids.find(id);
                let integration =
                    integration.ok_or_else(|| FreezeError::UnknownIntegration(id.to_owned()))?;
                Ok(self.select_integration(integration))
            }
            Slice::Person(id) => {
                let person = self.people.ids.find(id);
                let person = person.ok_or_else(|| FreezeError::UnknownPerson(id.to_owned()))?;
                Ok(self.select_person(person))
            }
        }
    }

    /// The sections in the order in which texts are first referred to.
    fn frozen(&self, selection: &Selection, title: &Title) -> Option<Vec<u8>> {
        let mut texts = TextPool::default();
        let catalog = FrozenCatalog::new(self, selection, &mut texts);
        let mut places = Places::new(self, selection, &mut texts);
        let indexes = Indexes::new(self, selection, &mut texts);
        let roles = catalog.role_texts(self, &mut texts);
        let groups = catalog.group_texts(self, &mut texts);
        let grants = FrozenGrants::new(self, selection, &catalog, &mut places.people);
        let lobby = frozen_lobby(self, selection, &grants.residencies, &mut texts);
        let lists = frozen_lists(self, selection, &catalog.access, &grants.lists, &places.tree);
        let text = texts.finish()?;
        assemble(
            title,
            &[
                text.as_bytes(),
                section(&*catalog.keys),
                section(&*catalog.key_slots),
                section(&*catalog.meanings),
                section(&*catalog.conditions),
                section(&*places.organisations),
                section(&*places.buildings),
                section(&*places.integrations),
                section(&*places.units),
                section(&*places.doors),
                section(&*places.people),
                section(&*indexes.organisations),
                section(&*indexes.buildings),
                section(&*indexes.integrations),
                section(&*indexes.units),
                section(&*indexes.doors),
                section(&*indexes.people),
                section(&*grants.rows),
                section(&*lists),
                section(&*roles),
                section(&*groups),
                section(&*lobby),
            ],
        )
    }
}

impl Selection {
    fn check_sizes(&self, directory: &Directory) -> Result<(), FreezeError> {
        let kinds = [
            ("organisations", &self.organisations, &directory.organisations.ids),
            ("buildings", &self.buildings, &directory.buildings.ids),
            ("integrations", &self.integrations, &directory.integrations.ids),
            ("units", &self.units, &directory.units.ids),
            ("doors", &self.doors, &directory.doors.ids),
            ("people", &self.people, &directory.people.ids),
        ];
        for (what, kept, ids) in kinds {
            let rows = kept.len().saturating_add(ids.alias_count());
            if rows > MAX_IMAGE_ROWS {
                return Err(FreezeError::TooMany { what, rows });
            }
        }
        Ok(())
    }

    /// Nothing is selected yet.
    fn empty(kind: SliceKind) -> Self {
        Self { kind, subject: NONE, ..Self::default() }
    }
}
