//! Single rows, as an estate would have them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::directory::Directory;
use crate::directory::ids::{IdTable, to_index};
use crate::directory::tables::{Membership, Source};
use crate::estate::{
    Account, AdministratorEntry, AudienceDoc, BuildingAccess, BuildingDoc, DoorDoc, GrantedGroup,
    GrantedRole, IntegrationDoc, IntegrationKind, JobFunctionDoc, MembershipDoc, OrganisationDoc,
    PermissionGroupDoc, PersonDoc, PlatformRoleDoc, ResidencyDoc, SwitchStatus, UnitDoc,
    ValidityDoc,
};
use crate::facts::{Access, Audience, Form, Grant, NONE};
use crate::id::Id;
use crate::order::Order;
use crate::time::{Timestamp, Validity};

impl Directory {
    pub(crate) fn account_doc(&self, account: u32) -> Option<Account> {
        let ids = &self.accounts.ids;
        Some(Account {
            id: id_of(ids, account)?,
            aliases: ids.aliases(account),
            name: self.accounts.names.get(to_index(account))?.clone(),
        })
    }

    pub(crate) fn organisation_doc(&self, organisation: u32) -> Option<OrganisationDoc> {
        let organisations = &self.organisations;
        let row = organisations.rows.get(to_index(organisation))?;
        Some(OrganisationDoc {
            id: id_of(&organisations.ids, organisation)?,
            aliases: organisations.ids.aliases(organisation),
            name: organisations.names.get(to_index(organisation))?.clone(),
            description: organisations.descriptions.get(&organisation).cloned(),
            parent: self.parent_of(organisation).and_then(|at| id_of(&organisations.ids, at)),
            account: id_of(&self.accounts.ids, row.account),
            kind: row.kind,
            serves: ids_of(&self.buildings.ids, organisations.serves.of(organisation)),
            deleted: organisations.deletions.get(&organisation).cloned(),
        })
    }

    pub(crate) fn building_doc(&self, building: u32) -> Option<BuildingDoc> {
        let buildings = &self.buildings;
        Some(BuildingDoc {
            id: id_of(&buildings.ids, building)?,
            aliases: buildings.ids.aliases(building),
            name: text(&buildings.names, building),
            owner: id_of(&self.organisations.ids, *buildings.owners.get(to_index(building))?)?,
            time_zone: buildings.time_zones.get(&building).cloned(),
        })
    }

    pub(crate) fn integration_doc(&self, integration: u32) -> Option<IntegrationDoc> {
        let integrations = &self.integrations;
        let row = integrations.rows.get(to_index(integration))?;
        Some(IntegrationDoc {
            id: id_of(&integrations.ids, integration)?,
            aliases: integrations.ids.aliases(integration),
            name: text(&integrations.names, integration),
            building: id_of(&self.buildings.ids, row.building)?,
            kind: if row.is_site { IntegrationKind::VirtualAccess } else { IntegrationKind::Other },
        })
    }

    pub(crate) fn unit_doc(&self, unit: u32) -> Option<UnitDoc> {
        let units = &self.units;
        let row = units.rows.get(to_index(unit))?;
        Some(UnitDoc {
            id: id_of(&units.ids, unit)?,
            aliases: units.ids.aliases(unit),
            number: units.numbers.get(to_index(unit))?.clone(),
            building: id_of(&self.buildings.ids, row.building)?,
            integration: id_of(&self.integrations.ids, row.integration),
            status: switch(row.is_enabled),
            administrators: self.administrator_entries(unit),
            resident_limit: units.resident_limits.get(&unit).copied(),
            token_generation: units.token_generations.get(&unit).copied().unwrap_or_default(),
        })
    }

    /// The administrators of a unit, by person.
    pub(crate) fn administrator_entries(&self, unit: u32) -> Vec<AdministratorEntry> {
        let mut people = self.units.administrators.of(unit).to_vec();
        self.people.ids.sort(&mut people);
        let entry = |person: u32| {
            let mut grants = self.people.grants.of(person).iter();
            let grant = grants.find(|grant| grant.form == Form::Administrator { unit })?;
            Some(AdministratorEntry {
                person: id_of(&self.people.ids, person)?,
                valid: self.valid(grant.condition),
            })
        };
        people.into_iter().filter_map(entry).collect()
    }

    pub(crate) fn door_doc(&self, door: u32) -> Option<DoorDoc> {
        let doors = &self.doors;
        let row = doors.rows.get(to_index(door))?;
        let audience = match row.facts.audience() {
            _ if row.unit != NONE => None,
            Audience::AllResidents => Some(AudienceDoc::AllResidents),
            Audience::Nobody => Some(AudienceDoc::Nobody),
            Audience::Units => {
                Some(AudienceDoc::Units(ids_of(&self.units.ids, doors.audience.of(door))))
            }
        };
        Some(DoorDoc {
            id: id_of(&doors.ids, door)?,
            aliases: doors.ids.aliases(door),
            name: text(&doors.names, door),
            integration: id_of(&self.integrations.ids, row.integration)?,
            unit: id_of(&self.units.ids, row.unit),
            audience,
            guests: row.facts.guests(),
            status: switch(row.facts.enabled()),
        })
    }

    pub(crate) fn person_doc(&self, person: u32) -> Option<PersonDoc> {
        let people = &self.people;
        let row = people.rows.get(to_index(person))?;
        let details = people.details.get(&person).cloned().unwrap_or_default();
        Some(PersonDoc {
            id: id_of(&people.ids, person)?,
            aliases: people.ids.aliases(person),
            name: people.contacts.name(person).map(Box::from),
            email: people.contacts.email(person).map(Box::from),
            phone: people.contacts.phone(person).map(Box::from),
            first_name: details.first_name,
            last_name: details.last_name,
            identifier: details.identifier,
            kind: row.kind,
            state: row.standing.into(),
        })
    }

    /// A permission group; none of a built-in one that the estate does not replace.
    pub(crate) fn group_doc(&self, group: u32) -> Option<PermissionGroupDoc> {
        let row = self.groups.rows.get(to_index(group)).filter(|row| !row.is_builtin)?;
        Some(PermissionGroupDoc {
            id: id_of(&self.groups.ids, group)?,
            aliases: self.groups.ids.aliases(group),
            account: id_of(&self.accounts.ids, row.account),
            name: row.name.clone(),
            organisation_kind: row.kind,
            keys: super::canonical::sorted(&row.entries),
        })
    }

    /// A job function; none of a built-in one that the estate does not replace.
    pub(crate) fn job_function_doc(&self, job_function: u32) -> Option<JobFunctionDoc> {
        let row = self.job_functions.rows.get(to_index(job_function))?;
        let row = Some(row).filter(|row| !row.is_builtin)?;
        Some(JobFunctionDoc {
            id: id_of(&self.job_functions.ids, job_function)?,
            aliases: self.job_functions.ids.aliases(job_function),
            account: id_of(&self.accounts.ids, row.account),
            name: row.name.clone(),
            organisation_kind: row.kind,
            initial_groups: ids_of(&self.groups.ids, &row.initial_groups),
        })
    }

    pub(crate) fn membership_doc(&self, person: u32, organisation: u32) -> Option<MembershipDoc> {
        let row = self.membership(person, organisation)?;
        let membership = self.memberships.get(row)?;
        let job_function = self.memberships.job_functions.get(&row).copied().unwrap_or(NONE);
        Some(MembershipDoc {
            person: id_of(&self.people.ids, person)?,
            organisation: id_of(&self.organisations.ids, organisation)?,
            valid: self.valid(membership.condition),
            roles: self.granted_roles(row, membership),
            permission_groups: Some(self.granted_groups(row, membership)),
            job_function: id_of(&self.job_functions.ids, job_function),
            building_access: match membership.access {
                Access::None => None,
                Access::AllOfCompany => {
                    let dormant = self.memberships.dormant.get(&row);
                    let buildings = dormant.map(Vec::as_slice).unwrap_or_default();
                    Some(BuildingAccess::AllOfCompany {
                        buildings: ids_of(&self.buildings.ids, buildings),
                    })
                }
                Access::Listed(list) => Some(BuildingAccess::Listed {
                    buildings: ids_of(&self.buildings.ids, self.building_lists.of(list)),
                }),
            },
        })
    }

    fn granted_roles(&self, row: u32, membership: &Membership) -> Vec<GrantedRole> {
        let held = self.people.grants.of(membership.person).iter();
        let mut held: Vec<&Grant> =
            held.filter(|grant| is_role_at(&grant.form, membership.organisation)).collect();
        held.order_by(|a, b| self.roles.compare(a.source, b.source));
        let granted = held.into_iter().filter_map(|grant| {
            Some(GrantedRole {
                role: self.roles.path(grant.source)?.clone(),
                valid: self.own_valid(row, membership, Source::Role(grant.source), grant),
            })
        });
        granted.collect()
    }

    fn granted_groups(&self, row: u32, membership: &Membership) -> Vec<GrantedGroup> {
        let held = self.people.grants.of(membership.person).iter();
        // Grants stand in the order of their groups.
        let held = held.filter(|grant| is_group_at(&grant.form, membership.organisation));
        let granted = held.filter_map(|grant| {
            Some(GrantedGroup {
                group: id_of(&self.groups.ids, grant.source)?,
                valid: self.own_valid(row, membership, Source::Group(grant.source), grant),
            })
        });
        granted.collect()
    }

    /// The window that a role or group has of its own.
    fn own_valid(
        &self,
        row: u32,
        membership: &Membership,
        source: Source,
        grant: &Grant,
    ) -> Option<ValidityDoc> {
        if membership.condition == 0 {
            return self.valid(grant.condition);
        }
        let own = self.memberships.own_windows.get(&(row, source));
        own.and_then(|condition| self.valid(*condition))
    }

    /// The memberships of a person, by organisation.
    pub(crate) fn membership_docs(&self, person: u32) -> impl Iterator<Item = MembershipDoc> {
        let rows = self.people.memberships.of(person).iter();
        let rows = rows.filter_map(|row| self.memberships.get(*row));
        let mut organisations: Vec<u32> = rows.map(|row| row.organisation).collect();
        self.organisations.ids.sort(&mut organisations);
        organisations.into_iter().filter_map(move |at| self.membership_doc(person, at))
    }

    pub(crate) fn residency_doc(&self, person: u32, unit: u32) -> Option<ResidencyDoc> {
        let row = self.residency(person, unit)?;
        let residency = self.residencies.get(row)?;
        let residencies = &self.residencies;
        Some(ResidencyDoc {
            person: id_of(&self.people.ids, person)?,
            unit: id_of(&self.units.ids, unit)?,
            residency_type: residency.residency_type,
            status: residency.status,
            valid: self.valid(residency.condition),
            directory_visible: residency.directory_visible,
            receives_calls: residency.receives_calls,
            display_name: residencies.display_names.get(&row).cloned(),
            secret: residencies.secrets.get(row).cloned(),
            devices: residencies.devices.get(&row).cloned().unwrap_or_default(),
        })
    }

    /// The residencies of a person, by unit.
    pub(crate) fn residency_docs(&self, person: u32) -> impl Iterator<Item = ResidencyDoc> {
        let mut units: Vec<u32> = self
            .residencies_of(person)
            .filter_map(|row| Some(self.residencies.get(row)?.unit))
            .collect();
        self.units.ids.sort(&mut units);
        units.into_iter().filter_map(move |unit| self.residency_doc(person, unit))
    }

    /// The roles that a person holds at the platform, by text.
    pub(crate) fn platform_role_docs(&self, person: u32) -> Vec<PlatformRoleDoc> {
        let Some(id) = id_of(&self.people.ids, person) else { return Vec::new() };
        let held = self.people.grants.of(person).iter();
        // Grants stand in the order of their texts.
        let held = held.filter(|grant| matches!(grant.form, Form::Platform { .. }));
        let held = held.filter_map(|grant| {
            Some(PlatformRoleDoc {
                person: id.clone(),
                role: self.roles.path(grant.source)?.clone(),
                valid: self.valid(grant.condition),
            })
        });
        held.collect()
    }

    pub(super) fn purged_ids(&self) -> Vec<Id> {
        let purged = &self.organisations.purged;
        purged.in_order().into_iter().filter_map(|at| id_of(purged, at)).collect()
    }

    /// A window as a document says it; none for always.
    pub(crate) fn valid(&self, condition: u32) -> Option<ValidityDoc> {
        let window = self.conditions.get(condition).unwrap_or(Validity::ALWAYS);
        let from = (window.from != Timestamp::MIN).then_some(window.from);
        let to = (window.to != Timestamp::MAX).then_some(window.to);
        (from.is_some() || to.is_some()).then_some(ValidityDoc { from, to })
    }
}

pub(crate) fn is_role_at(form: &Form, at: u32) -> bool {
    matches!(
        form,
        Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. }
            if *organisation == at
    )
}

pub(crate) fn is_group_at(form: &Form, at: u32) -> bool {
    matches!(form, Form::Group { organisation, .. } if *organisation == at)
}

pub(super) fn id_of(ids: &IdTable, handle: u32) -> Option<Id> {
    ids.id(handle).map(|id| id.to_owned())
}

/// The ids of handles, in order.
fn ids_of(ids: &IdTable, handles: &[u32]) -> Vec<Id> {
    let mut handles = handles.to_vec();
    ids.sort(&mut handles);
    handles.into_iter().filter_map(|handle| id_of(ids, handle)).collect()
}

/// A name; an empty one is none.
fn text(texts: &[Box<str>], handle: u32) -> Option<Box<str>> {
    texts.get(to_index(handle)).filter(|text| !text.is_empty()).cloned()
}

const fn switch(is_on: bool) -> SwitchStatus {
    if is_on { SwitchStatus::Enabled } else { SwitchStatus::Disabled }
}
