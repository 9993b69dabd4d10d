//! Who may know of a person, and who may change what is theirs everywhere: how to reach them, and whether they are let in
//! at all [C-4, C-27, C-76].

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::directory::Directory;
use crate::directory::access::Caller;
use crate::error::{AccessError, EntityKind};
use crate::facts::{Facts, Form, ResidentKind};
use crate::id::Id;
use crate::reason::Basis;
use crate::request::ResourceKind;
use crate::time::Timestamp;

impl Caller<'_> {
    /// Whether the caller may know of a person, so that they may name them: oneself; by `users:read` on an organisation of
    /// theirs or on the platform; by the lists of residents of a unit of theirs. Who belongs to nothing and lives nowhere
    /// is nobody's yet, and known to whoever knows the id.
    pub(crate) fn sees_person(&self, person: u32) -> bool {
        let directory = self.directory;
        let (organisations, units) =
            (directory.organisations_of(person), directory.units_with(person));
        let reads = |(kind, at)| self.is_allowed("users:read", kind, at);
        let lists = |unit: &u32| {
            ["residents:list", "residents:write"]
                .iter()
                .any(|key| self.is_allowed(key, ResourceKind::Unit, *unit))
        };
        let is_nobodys =
            organisations.is_empty() && units.is_empty() && !directory.holds_at_platform(person);
        self.person() == Some(person)
            || is_nobodys
            || reads((ResourceKind::Platform, 0))
            || organisations.iter().any(|at| reads(self.authority_over(*at)))
            || units.iter().any(lists)
    }

    /// Step 3: a person whom the caller may know of: by the platform, an organisation they belong to, or, where they
    /// belong to none, a building they live in.
    pub(super) fn known_person(&self, id: &Id) -> Result<u32, AccessError> {
        let not_found = || AccessError::not_found(EntityKind::Person, id);
        let person = self.directory.people.ids.find(&id.as_ref()).ok_or_else(not_found)?;
        let knows = |kind: ResourceKind, at: u32| {
            ["users:read", "users:update", "users:delete"]
                .iter()
                .any(|key| self.is_allowed(key, kind, at))
        };
        let organisations = self.directory.organisations_of(person);
        let mut authorities = organisations.iter().map(|at| self.authority_over(*at));
        let by_building = || {
            let buildings = self.directory.buildings_of_homes(person, self.at);
            let in_building = |at| self.is_allowed("residents:write", ResourceKind::Building, at);
            organisations.is_empty() && buildings.into_iter().any(in_building)
        };
        let is_known = knows(ResourceKind::Platform, 0)
            || authorities.any(|(kind, at)| knows(kind, at))
            || by_building();
        if is_known { Ok(person) } else { Err(not_found()) }
    }

    /// Step 4, for what reaches everywhere: allowed on the platform; or on every organisation that a person belongs to,
    /// and `residents:write` in every building where they have a home. Else whoever makes somebody a member, or a
    /// resident, of their own would rule over what that person is elsewhere. Who holds something at the platform is the
    /// platform's, and so is who has nothing anywhere.
    pub(super) fn require_over_person(
        &self,
        key: &'static str,
        person: u32,
    ) -> Result<Basis, AccessError> {
        let mut allowed = match self.require(key, ResourceKind::Platform, 0) {
            Ok(basis) => return Ok(basis),
            refused if self.directory.holds_at_platform(person) => return refused,
            refused => refused,
        };
        for building in self.directory.buildings_of_homes(person, self.at) {
            allowed = Ok(self.require("residents:write", ResourceKind::Building, building)?);
        }
        for organisation in self.directory.organisations_of(person) {
            let (kind, at) = self.authority_over(organisation);
            allowed = Ok(self.require(key, kind, at)?);
        }
        allowed
    }

    /// Step 4, for what lets somebody in, keeps them out, or says where a new password goes: the caller has all that the
    /// person has, or they would gain it, or decide over who has more than they.
    pub(super) fn require_cover(&self, person: u32) -> Result<(), AccessError> {
        if self.covers_person(person) {
            return Ok(());
        }
        Err(AccessError::Escalation { given: self.directory.person_id(person).to_string() })
    }
}

impl Directory {
    /// The buildings where a person lives or administers a unit, by id. What has ended does not count: the address of who
    /// has moved out is no longer the building's to change. A block counts always [C-27].
    fn buildings_of_homes(&self, person: u32, at: Timestamp) -> Vec<u32> {
        let grants = self.grants(person).filter(|grant| {
            matches!(grant.form, Form::Residency { kind: ResidentKind::Blocked, .. })
                || !self.has_ended(grant, at)
        });
        let buildings = grants.filter_map(|grant| match grant.form {
            Form::Residency { building, .. } => Some(building),
            Form::Administrator { unit } => Some(self.building_of_unit(unit)),
            _ => None,
        });
        let mut buildings: Vec<u32> = buildings.collect();
        self.buildings.ids.sort(&mut buildings);
        buildings.dedup();
        buildings
    }

    /// The units of which a person is, or was, a resident or administrator.
    fn units_with(&self, person: u32) -> Vec<u32> {
        let units = self.grants(person).filter_map(|grant| match grant.form {
            Form::Residency { unit, .. } | Form::Administrator { unit } => Some(unit),
            _ => None,
        });
        units.collect()
    }

    fn holds_at_platform(&self, person: u32) -> bool {
        self.grants(person).any(|grant| matches!(grant.form, Form::Platform { .. }))
    }
}
