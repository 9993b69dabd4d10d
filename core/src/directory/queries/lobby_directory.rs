//! Who is listed at the door [1-21, C-77].

use alloc::vec::Vec;

use serde::Serialize;

use crate::decide::blocked_buildings;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::tables::Residency;
use crate::estate::{ResidencyStatus, ResidencyType};
use crate::facts::{Facts, Standing};
use crate::id::IdRef;
use crate::order::Order;
use crate::time::Timestamp;

/// A unit in the lobby directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LobbyRow<'d> {
    /// The unit.
    pub unit: IdRef<'d>,
    /// Its number.
    pub number: &'d str,
    /// Who is listed, by id; at least one.
    pub residents: Vec<ListedResident<'d>>,
    /// Whether one of them receives calls.
    pub callable: bool,
}

/// A resident in the lobby directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedResident<'d> {
    /// Who.
    pub person: IdRef<'d>,
    /// The name to show; none where neither the residency nor the person has one.
    pub name: Option<&'d str>,
}

impl Directory {
    /// The units that the panel of an integration shows, by number, then id. None for an unknown integration.
    /// O(residents of the integration).
    pub fn lobby_directory(
        &self,
        integration: IdRef<'_>,
        at: Timestamp,
    ) -> impl Iterator<Item = LobbyRow<'_>> {
        let integration = self.integrations.ids.find(&integration).filter(|integration| {
            let row = self.integrations.rows.get(to_index(*integration));
            row.is_some_and(|row| self.is_live(row.organisation))
        });
        let units = integration.map(|integration| self.integrations.units.of(integration));
        let mut units: Vec<u32> = units.unwrap_or_default().to_vec();
        self.units.ids.sort(&mut units);
        // The sort keeps those with one number in the order of their ids.
        units.order_stable_by_key(|unit| self.units.numbers.get(to_index(*unit)));
        units.into_iter().filter_map(move |unit| self.lobby_row(unit, at))
    }

    fn lobby_row(&self, unit: u32, at: Timestamp) -> Option<LobbyRow<'_>> {
        if !self.unit_enabled(unit) {
            return None;
        }
        let residencies = self.units.residencies.of(unit).iter();
        let residencies = residencies.filter_map(|row| Some((*row, self.residencies.get(*row)?)));
        let mut listed: Vec<_> = residencies.filter(|(_, row)| self.is_listed(row, at)).collect();
        listed.order_stable_by(|(_, a), (_, b)| self.people.ids.compare(a.person, b.person));
        if listed.is_empty() {
            return None;
        }
        Some(LobbyRow {
            unit: self.units.ids.id(unit)?,
            number: self.units.numbers.get(to_index(unit))?,
            callable: listed.iter().any(|(_, row)| row.receives_calls),
            residents: listed
                .into_iter()
                .filter_map(|(number, row)| self.listed_resident(number, row))
                .collect(),
        })
    }

    fn is_listed(&self, residency: &Residency, at: Timestamp) -> bool {
        let building = self.units.rows.get(to_index(residency.unit)).map(|row| row.building);
        residency.directory_visible
            && residency.status == ResidencyStatus::Active
            && residency.residency_type != ResidencyType::Guest
            && self.is_valid(residency.condition, at)
            && self.standing(residency.person) == Some(Standing::Active)
            && !blocked_buildings(self, residency.person).any(|at| Some(at) == building)
    }

    fn listed_resident(&self, row: u32, residency: &Residency) -> Option<ListedResident<'_>> {
        Some(ListedResident {
            person: self.people.ids.id(residency.person)?,
            name: self.lobby_name(row, residency),
        })
    }

    /// What a resident is called in the lobby: by the residency, else by the name of the person; an empty one is none.
    pub(in crate::directory) fn lobby_name(&self, row: u32, residency: &Residency) -> Option<&str> {
        let own = self.residencies.display_names.get(&row).map(|name| &**name);
        own.filter(|name| !name.is_empty()).or_else(|| self.people.contacts.name(residency.person))
    }
}
