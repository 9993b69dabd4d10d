//! Who is listed at the door [1-21, C-77].

use core::fmt;

use crate::decide::blocked_buildings;
use crate::facts::{Facts, Form, ResidentKind, Standing};
use crate::id::IdRef;
use crate::image::layout::{List, LobbyRow};
use crate::image::{Image, OutsideSlice, SliceKind};
use crate::question::{HandleKind, PrincipalHandle, ResourceHandle};
use crate::request::{Resource, ResourceKind};
use crate::time::Timestamp;

/// A unit in the lobby directory of an image.
#[derive(Clone, Copy)]
pub struct LobbyUnit<'i> {
    image: &'i Image<'i>,
    handle: u32,
    at: Timestamp,
    /// The unit.
    pub unit: IdRef<'i>,
    /// Its number.
    pub number: &'i str,
    /// Whether somebody listed receives calls.
    pub callable: bool,
}

impl fmt::Debug for LobbyUnit<'_> {
    /// Without the names of who lives there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LobbyUnit")
            .field("unit", &self.unit)
            .field("number", &self.number)
            .field("callable", &self.callable)
            .finish_non_exhaustive()
    }
}

impl<'i> LobbyUnit<'i> {
    /// The handle of the unit.
    #[must_use]
    pub const fn handle(&self) -> ResourceHandle {
        ResourceHandle(ResourceKind::Unit, self.handle)
    }

    /// As [`LobbyUnit::residents`], by handle, and whether each receives calls.
    pub fn resident_handles(
        &self,
    ) -> impl Iterator<Item = (PrincipalHandle, Option<&'i str>, bool)> + use<'i> {
        let image = self.image;
        image.listed(self.handle, self.at).map(move |(person, row)| {
            let handle = PrincipalHandle(HandleKind::Person, person);
            (handle, image.shown_name(row), row.flags & LobbyRow::RECEIVES_CALLS != 0)
        })
    }

    /// Who is listed, by id, with the name to show, where there is one; at least one. Allocates nothing.
    pub fn residents(&self) -> impl Iterator<Item = (IdRef<'i>, Option<&'i str>)> + use<'i> {
        let image = self.image;
        image.listed(self.handle, self.at).filter_map(move |(person, row)| {
            Some((image.person_id_ref(person)?, image.shown_name(row)))
        })
    }
}

impl Image<'_> {
    /// The units that the panel of an integration shows, by number, then id. In an image of everything none for an unknown
    /// integration. O(grants of the residents of the integration); allocates nothing.
    ///
    /// # Errors
    ///
    /// In a slice, when the integration is not inside it. In that of a person always: it has nobody else.
    pub fn lobby_directory(
        &self,
        integration: IdRef<'_>,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = LobbyUnit<'_>> + use<'_>, OutsideSlice> {
        self.has_residents()?;
        let integration = self.found(self.resource(Resource::Integration(integration)))?;
        Ok(self.lobby_of(integration, at))
    }

    /// The same with a handle of this image; none for one that is of no integration.
    ///
    /// # Errors
    ///
    /// As [`Image::lobby_directory`].
    pub fn lobby_directory_handles(
        &self,
        integration: ResourceHandle,
        at: Timestamp,
    ) -> Result<impl Iterator<Item = LobbyUnit<'_>> + use<'_>, OutsideSlice> {
        self.has_residents()?;
        self.inside(integration)?;
        let is_integration = integration.kind() == ResourceKind::Integration;
        Ok(self.lobby_of(is_integration.then_some(integration), at))
    }

    /// One unit as the directory shows it; none where it does not, or the handle is of no unit.
    ///
    /// # Errors
    ///
    /// In a slice, when the unit is not inside it. In that of a person always.
    pub fn lobby_unit(
        &self,
        unit: ResourceHandle,
        at: Timestamp,
    ) -> Result<Option<LobbyUnit<'_>>, OutsideSlice> {
        self.has_residents()?;
        self.inside(unit)?;
        let ResourceHandle(kind, unit) = unit;
        let integration = (kind == ResourceKind::Unit).then(|| self.unit_integration(unit));
        let is_shown = integration.is_some_and(|integration| self.has_lobby(integration));
        Ok(if is_shown { self.listed_unit(unit, at) } else { None })
    }

    /// Whether the slice has all people who may be listed.
    fn has_residents(&self) -> Result<(), OutsideSlice> {
        if self.slice == SliceKind::Person { Err(OutsideSlice) } else { Ok(()) }
    }

    /// Whether an integration is there, and its organisation live.
    fn has_lobby(&self, integration: u32) -> bool {
        let row = self.integrations.get(integration);
        row.is_some_and(|row| self.is_live(row.organisation.get()))
    }

    fn lobby_of(
        &self,
        integration: Option<ResourceHandle>,
        at: Timestamp,
    ) -> impl Iterator<Item = LobbyUnit<'_>> + use<'_> {
        let integration = integration.map(|resource| resource.1);
        let integration = integration.filter(|integration| self.has_lobby(*integration));
        let units = integration.map(|integration| self.lists.of(List::Units, integration));
        let units = units.unwrap_or_default().iter();
        units.filter_map(move |unit| self.listed_unit(unit.get(), at))
    }

    /// The name that the lobby shows of a resident.
    fn shown_name(&self, row: &LobbyRow) -> Option<&str> {
        self.texts.get(row.name).filter(|name| !name.is_empty())
    }

    fn listed_unit(&self, unit: u32, at: Timestamp) -> Option<LobbyUnit<'_>> {
        if !self.unit_enabled(unit) {
            return None;
        }
        let mut listed = self.listed(unit, at).peekable();
        listed.peek()?;
        Some(LobbyUnit {
            image: self,
            handle: unit,
            at,
            unit: self.id_ref(ResourceKind::Unit, unit)?,
            number: self.texts.get(self.units.get(unit)?.number)?,
            callable: listed.any(|(_, row)| row.flags & LobbyRow::RECEIVES_CALLS != 0),
        })
    }

    /// The residents of a unit that the lobby shows, by id, and what it shows of them.
    fn listed(&self, unit: u32, at: Timestamp) -> impl Iterator<Item = (u32, &LobbyRow)> {
        let people = self.lists.of(List::Residents, unit).iter().map(|person| person.get());
        // The rows of the lobby are those of the list, of all units end to end.
        let rows = self.lobby.get(self.lists.span(List::Residents, unit)).unwrap_or_default();
        let shown = people.zip(rows).filter(|(_, row)| row.flags & LobbyRow::SHOWN != 0);
        shown.filter(move |(person, _)| self.is_listed(*person, unit, at))
    }

    fn is_listed(&self, person: u32, unit: u32, at: Timestamp) -> bool {
        let building = self.units.get(unit).map(|row| row.building.get());
        let lives_here = |form| matches!(form, Form::Residency { unit: home, kind: ResidentKind::Household, .. } if home == unit);
        self.standing(person) == Some(Standing::Active)
            && self
                .grants(person)
                .any(|grant| lives_here(grant.form) && self.is_valid(grant.condition, at))
            && !blocked_buildings(self, person).any(|at| Some(at) == building)
    }
}
