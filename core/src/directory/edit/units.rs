//! Units and their administrators.

use alloc::vec::Vec;

use super::{EditError, expect, expect_free, find, find_some, relink, set};
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::load::administrator_grant;
use crate::directory::tables::{Unit, set_or_remove};
use crate::estate::{AdministratorEntry, SwitchStatus, UnitDoc};
use crate::facts::{Form, NONE};

impl Directory {
    pub(crate) fn insert_unit(&mut self, doc: &UnitDoc) -> Result<u32, EditError> {
        let refers = self.unit_refers(doc)?;
        let units = &mut self.units;
        let unit = units.ids.insert(&doc.id, &doc.aliases)?;
        units.numbers.push("".into());
        units.rows.push(NO_UNIT);
        for lists in [
            &mut units.residencies,
            &mut units.administrators,
            &mut units.doors,
            &mut units.audience_of,
        ] {
            lists.push_owner();
        }
        self.put_unit(unit, &refers, doc);
        Ok(unit)
    }

    pub(crate) fn replace_unit(&mut self, unit: u32, doc: &UnitDoc) -> Result<(), EditError> {
        expect(&self.units.ids, unit, Some(&doc.id), "unit")?;
        let refers = self.unit_refers(doc)?;
        self.units.ids.set_aliases(unit, &doc.aliases)?;
        self.put_unit(unit, &refers, doc);
        Ok(())
    }

    fn unit_refers(&self, doc: &UnitDoc) -> Result<UnitRefers, EditError> {
        Ok(UnitRefers {
            building: find(&self.buildings.ids, &doc.building)?,
            integration: find_some(&self.integrations.ids, doc.integration.as_ref())?,
            administrators: self.find_people(&doc.administrators)?,
        })
    }

    /// Different people, by the entries that name them.
    fn find_people(&self, entries: &[AdministratorEntry]) -> Result<Vec<u32>, EditError> {
        let mut people = Vec::with_capacity(entries.len());
        for entry in entries {
            let person = find(&self.people.ids, &entry.person)?;
            if people.contains(&person) {
                return Err(EditError::DuplicateId(entry.person.clone()));
            }
            people.push(person);
        }
        Ok(people)
    }

    fn put_unit(&mut self, unit: u32, refers: &UnitRefers, doc: &UnitDoc) {
        let UnitRefers { building, integration, administrators } = refers;
        let old = self.units.rows.get(to_index(unit)).copied().unwrap_or(NO_UNIT);
        relink(&mut self.buildings.units, old.building, *building, unit);
        relink(&mut self.integrations.units, old.integration, *integration, unit);
        let organisation = self.buildings.owners.get(to_index(*building)).copied().unwrap_or(NONE);
        let row = Unit {
            building: *building,
            integration: *integration,
            organisation,
            is_enabled: doc.status == SwitchStatus::Enabled,
        };
        let units = &mut self.units;
        set(&mut units.rows, unit, row);
        set(&mut units.numbers, unit, doc.number.clone());
        set_or_remove(&mut units.resident_limits, unit, doc.resident_limit);
        let generation = (doc.token_generation != 0).then_some(doc.token_generation);
        set_or_remove(&mut units.token_generations, unit, generation);
        if old.building != *building {
            self.rehouse(unit, *building);
        }
        self.put_administrators(unit, administrators, &doc.administrators);
    }

    /// Says of the residencies in a unit in which building they are.
    fn rehouse(&mut self, unit: u32, new: u32) {
        let rows = self.units.residencies.of(unit).iter();
        let people: Vec<u32> =
            rows.filter_map(|row| Some(self.residencies.get(*row)?.person)).collect();
        for person in people {
            for grant in self.people.grants.of_mut(person) {
                if let Form::Residency { unit: at, building, .. } = &mut grant.form
                    && *at == unit
                {
                    *building = new;
                }
            }
        }
    }

    pub(crate) fn set_unit_administrators(
        &mut self,
        unit: u32,
        entries: &[AdministratorEntry],
    ) -> Result<(), EditError> {
        expect(&self.units.ids, unit, None, "unit")?;
        let people = self.find_people(entries)?;
        self.put_administrators(unit, &people, entries);
        Ok(())
    }

    fn put_administrators(&mut self, unit: u32, people: &[u32], entries: &[AdministratorEntry]) {
        let is_it = |form: &Form| *form == Form::Administrator { unit };
        for person in self.units.administrators.of(unit).to_vec() {
            if !people.contains(&person) {
                self.change_grants(person, |_, grants| grants.retain(|held| !is_it(&held.form)));
            }
        }
        for (person, entry) in people.iter().zip(entries) {
            let condition = self.number_of(entry.valid.as_ref());
            self.change_grants(*person, |_, grants| {
                grants.retain(|held| !is_it(&held.form));
                grants.push(administrator_grant(unit, condition));
            });
        }
        self.units.administrators.replace(unit, people);
    }

    pub(crate) fn set_token_generation(
        &mut self,
        unit: u32,
        generation: u64,
    ) -> Result<(), EditError> {
        expect(&self.units.ids, unit, None, "unit")?;
        let generation = (generation != 0).then_some(generation);
        set_or_remove(&mut self.units.token_generations, unit, generation);
        Ok(())
    }

    /// Refused while somebody lives there or a door is for it; its administrators go with it.
    pub(crate) fn remove_unit(&mut self, unit: u32) -> Result<(), EditError> {
        let units = &self.units;
        expect(&units.ids, unit, None, "unit")?;
        expect_free(units.residencies.of(unit), "unit", "its residents")?;
        expect_free(units.doors.of(unit), "unit", "its doors")?;
        expect_free(units.audience_of.of(unit), "unit", "doors that list it")?;
        let row = units.rows.get(to_index(unit)).copied().unwrap_or(NO_UNIT);
        self.put_administrators(unit, &[], &[]);
        relink(&mut self.buildings.units, row.building, NONE, unit);
        relink(&mut self.integrations.units, row.integration, NONE, unit);
        let units = &mut self.units;
        set(&mut units.rows, unit, NO_UNIT);
        set(&mut units.numbers, unit, "".into());
        units.resident_limits.remove(&unit);
        units.token_generations.remove(&unit);
        units.ids.remove(unit);
        Ok(())
    }
}

/// What a unit refers to.
struct UnitRefers {
    building: u32,
    integration: u32,
    administrators: Vec<u32>,
}

const NO_UNIT: Unit =
    Unit { building: NONE, integration: NONE, organisation: NONE, is_enabled: false };
