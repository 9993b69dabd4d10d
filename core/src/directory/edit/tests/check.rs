//! Checking one row against a directory tells what loading the whole document with it tells of that row.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::support::generate::Dice;
use super::{load, on_estates};
use crate::Id;
use crate::directory::Directory;
use crate::estate::*;

const CHANGES: usize = 30;

/// Changes one row of the estate, puts it last in its section, and gives it alone.
type Change = fn(&mut Estate, &mut Dice) -> Option<Estate>;

macro_rules! change {
    ($section:ident, |$row:ident, $estate:ident, $dice:ident| $change:block) => {
        (stringify!($section), |whole: &mut Estate, $dice: &mut Dice| {
            let $estate = whole.clone();
            let index = $dice.below(whole.$section.len().max(1));
            if whole.$section.is_empty() {
                return None;
            }
            let mut $row = whole.$section.remove(index);
            $change
            whole.$section.push($row.clone());
            Some(Estate { $section: [$row].into(), ..Estate::default() })
        })
    };
}

const ALL: &[(&str, Change)] = &[
    change!(organisations, |row, estate, dice| {
        match dice.below(5) {
            0 => row.parent = Some(dice.pick(&estate.organisations)?.id.clone()),
            1 => row.account = Some(dice.pick(&estate.accounts)?.id.clone()),
            2 => row.serves.push(dice.pick(&estate.buildings)?.id.clone()),
            3 => row.aliases.push(dice.pick(&estate.organisations)?.id.clone()),
            _ => row.aliases.push(dice.pick(&estate.purged_organisations)?.clone()),
        }
    }),
    change!(buildings, |row, estate, dice| {
        if dice.chance(70) {
            row.owner = dice.pick(&estate.organisations)?.id.clone();
        } else {
            row.aliases = dice.pick(&estate.buildings)?.aliases.clone();
        }
    }),
    change!(integrations, |row, estate, dice| {
        if dice.chance(70) {
            row.building = dice.pick(&estate.buildings)?.id.clone();
        } else {
            row.building = "nowhere".parse().unwrap();
        }
    }),
    change!(units, |row, estate, dice| {
        match dice.below(3) {
            0 => row.building = dice.pick(&estate.buildings)?.id.clone(),
            1 => row.integration = Some(dice.pick(&estate.integrations)?.id.clone()),
            _ => {
                let person = dice.pick(&estate.people)?.id.clone();
                row.administrators.push(AdministratorEntry { person, valid: None });
            }
        }
    }),
    change!(doors, |row, estate, dice| {
        match dice.below(4) {
            0 => row.integration = dice.pick(&estate.integrations)?.id.clone(),
            1 => row.unit = Some(dice.pick(&estate.units)?.id.clone()),
            2 => row.audience = None,
            _ => {
                row.audience =
                    Some(AudienceDoc::Units([dice.pick(&estate.units)?.id.clone()].into()));
            }
        }
    }),
    change!(people, |row, estate, dice| {
        match dice.below(3) {
            0 => row.email.clone_from(&dice.pick(&estate.people)?.email),
            1 => row.aliases = dice.pick(&estate.people)?.aliases.clone(),
            _ => row.aliases.push(dice.pick(&estate.people)?.id.clone()),
        }
    }),
    change!(permission_groups, |row, estate, dice| {
        if dice.chance(50) {
            row.account = dice.pick(&estate.accounts).map(|account| account.id.clone());
        } else {
            row.keys.push("no:such:key".parse().unwrap());
        }
    }),
    change!(job_functions, |row, estate, dice| {
        match dice.below(3) {
            0 => row.account = dice.pick(&estate.accounts).map(|account| account.id.clone()),
            1 => row.initial_groups.push(dice.pick(&estate.permission_groups)?.id.clone()),
            _ => row.organisation_kind = OrganisationKind::Vendor,
        }
    }),
    change!(memberships, |row, estate, dice| {
        let other = dice.pick(&estate.memberships)?.clone();
        match dice.below(8) {
            0 => row.person = dice.pick(&estate.people)?.id.clone(),
            1 => row.organisation = dice.pick(&estate.organisations)?.id.clone(),
            2 => row.roles = other.roles,
            3 => row.permission_groups = other.permission_groups,
            4 => row.job_function = Some(dice.pick(&estate.job_functions)?.id.clone()),
            5 => row.building_access = other.building_access,
            6 => {
                let buildings = [dice.pick(&estate.buildings)?.id.clone()].into();
                row.building_access = Some(BuildingAccess::Listed { buildings });
            }
            _ => row.roles.push(GrantedRole {
                role: format!(
                    "virtual_access:integration:{}:technician",
                    dice.pick(&estate.integrations)?.id
                )
                .parse()
                .unwrap(),
                valid: None,
            }),
        }
    }),
    change!(residencies, |row, estate, dice| {
        match dice.below(4) {
            0 => row.person = dice.pick(&estate.people)?.id.clone(),
            1 => row.unit = dice.pick(&estate.units)?.id.clone(),
            2 => row.residency_type = ResidencyType::Linked,
            _ => row.unit = "nowhere".parse().unwrap(),
        }
    }),
    change!(platform_roles, |row, estate, dice| {
        match dice.below(3) {
            0 => row.person = dice.pick(&estate.people)?.id.clone(),
            1 => row.role = dice.pick(&estate.memberships)?.roles.first()?.role.clone(),
            _ => row.role = "virtual_access:integration:nowhere:admin".parse().unwrap(),
        }
    }),
];

/// Told at one of several rows, which need not be the changed one.
const ANYWHERE: &[FaultCode] =
    &[FaultCode::DuplicateEmail, FaultCode::LinkedCannotAdminister, FaultCode::OrganisationCycle];

type Found = BTreeSet<(String, &'static str)>;

/// The faults at one row of a section, with paths as if it were the first.
fn faults_at(faults: &Faults, section: &str, index: usize) -> Found {
    let row = format!("$.{section}[{index}]");
    let found = faults.iter().filter_map(|fault| {
        let rest = fault.path.strip_prefix(&row)?;
        Some((format!("$.{section}[0]{rest}"), fault.code.as_str()))
    });
    found.collect()
}

fn has(faults: Option<&Faults>, code: FaultCode) -> bool {
    faults.is_some_and(|faults| faults.iter().any(|fault| fault.code == code))
}

fn compare(
    directory: &Directory,
    whole: Estate,
    rows: &Estate,
    section: &str,
) -> Result<bool, String> {
    let last = serde_json::to_value(&whole).unwrap()[section].as_array().unwrap().len() - 1;
    let purged = whole.purged_organisations.clone();
    let should_be = Directory::new(whole).err();
    let is = directory.check_rows(rows).err();
    // Told at other rows by a whole document, or of rows that refer to the changed one.
    let is_told_there = |(_, code): &(String, &str)| {
        let elsewhere = [FaultCode::DuplicateRow, FaultCode::DepthExceeded].into_iter();
        !elsewhere.chain(ANYWHERE.iter().copied()).any(|odd| odd.as_str() == *code)
    };
    let at = |faults: &Option<Faults>, index| {
        let faults = faults.as_ref().map(|faults| faults_at(faults, section, index));
        faults.unwrap_or_default().into_iter().filter(is_told_there).collect::<Found>()
    };
    let (found, mut expected) = (at(&is, 0), at(&should_be, last));
    // A whole document tells of a tombstone that is in use at the tombstone.
    let aliases = rows.organisations.iter().flat_map(|row| row.aliases.iter().enumerate());
    expected.extend(aliases.filter(|(_, alias)| purged.contains(alias)).map(|(position, _)| {
        (format!("$.organisations[0].aliases[{position}]"), FaultCode::DuplicateId.as_str())
    }));
    let takes = |faults: &Found| -> Found {
        let duplicate = FaultCode::DuplicateId.as_str();
        faults.iter().filter(|(_, code)| *code == duplicate).cloned().collect()
    };
    if takes(&found) == takes(&expected) && !takes(&found).is_empty() {
        // What follows from one id for two is anybody's guess.
        return Ok(true);
    }
    if found != expected {
        return Err(format!("{found:?}, not {expected:?}\n{rows:?}"));
    }
    for code in ANYWHERE.iter().copied() {
        if has(is.as_ref(), code) != has(should_be.as_ref(), code) {
            return Err(format!("{}: {is:?}, not {should_be:?}\n{rows:?}", code.as_str()));
        }
    }
    let outside = is.iter().flat_map(Faults::iter).find(|fault| {
        let path = &fault.path;
        !path.starts_with(&format!("$.{section}[0]"))
    });
    outside.map_or(Ok(is.is_some()), |fault| Err(format!("not of the rows: {fault}")))
}

#[test]
fn one_row_is_checked_as_in_the_whole() {
    let refused = core::sync::atomic::AtomicUsize::new(0);
    on_estates(|estate, seed| {
        let directory = load(estate.clone());
        let canonical = directory.to_estate();
        let mut dice = Dice::new(seed, "check", 0);
        for _ in 0..CHANGES {
            let (section, change) = *dice.pick(ALL).unwrap();
            let mut whole = canonical.clone();
            let Some(rows) = change(&mut whole, &mut dice) else { continue };
            let is_refused = compare(&directory, whole, &rows, section);
            let is_refused = is_refused.map_err(|error| format!("{section}: {error}"))?;
            refused.fetch_add(usize::from(is_refused), core::sync::atomic::Ordering::Relaxed);
        }
        Ok(())
    });
    let refused = refused.into_inner();
    assert!(refused > 100, "only {refused} changes were illegal");
}

/// Every row of a good estate is good, alone and with others of its kind.
#[test]
fn good_rows_are_good_alone() {
    on_estates(|estate, _| {
        let directory = load(estate.clone());
        let check = |rows: Estate| {
            directory.check_rows(&rows).map_err(|faults| format!("{faults}\n{rows:?}"))
        };
        for row in &estate.memberships {
            check(Estate { memberships: [row.clone()].into(), ..Estate::default() })?;
        }
        for row in &estate.doors {
            check(Estate { doors: [row.clone()].into(), ..Estate::default() })?;
        }
        let units: Vec<_> = estate.units.clone();
        check(Estate { units, people: estate.people.clone(), ..Estate::default() })?;
        let fresh = |id: &str| -> Id { id.parse().unwrap() };
        let first: PersonDoc = serde_json::from_str(r#"{"id":"new-one"}"#).unwrap();
        let mut again = first.clone();
        again.id = fresh("new-two");
        again.aliases = [fresh("new-one")].into();
        let faults = directory
            .check_rows(&Estate { people: [first, again].into(), ..Estate::default() })
            .unwrap_err();
        let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        if paths != ["$.people[1].aliases[0]"] {
            return Err(format!("{faults}"));
        }
        Ok(())
    });
}
