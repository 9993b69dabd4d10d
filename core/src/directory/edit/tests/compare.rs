//! Whether two directories of one estate are the same in everything that can be asked.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::support::generate::{all_targets, asks};
use crate::directory::Directory;
use crate::directory::ids::IdTable;
use crate::directory::lists::Lists;
use crate::estate::Estate;
use crate::{Id, ListQuery, MemberDepth, Timestamp};

const ASKS: usize = 60;

/// What differs, if anything does.
pub(super) fn difference(
    edited: &Directory,
    loaded: &Directory,
    estate: &Estate,
    seed: u64,
) -> Option<String> {
    decisions(edited, loaded, estate, seed)
        .or_else(|| lists(edited, loaded, estate, seed))
        .or_else(|| indexes(edited, loaded))
        .or_else(|| emails(edited, loaded, estate))
}

fn decisions(edited: &Directory, loaded: &Directory, estate: &Estate, seed: u64) -> Option<String> {
    asks(estate, seed, ASKS).iter().find_map(|ask| {
        let request = ask.request();
        let view = |directory: &Directory| {
            let decision = directory.decide(&request);
            let explanation = directory.explain(&request);
            let words = (decision.effect(), decision.reason(), decision.basis());
            (words, decision.until(), explanation)
        };
        let (is, should_be) = (view(edited), view(loaded));
        (is != should_be).then(|| format!("{ask:?}: {is:?}, not {should_be:?}"))
    })
}

fn lists(edited: &Directory, loaded: &Directory, estate: &Estate, seed: u64) -> Option<String> {
    let asks = asks(estate, seed, ASKS);
    let at = asks.first().map_or(Timestamp::from_millis(0), |ask| ask.at);
    let same = |query: &ListQuery<'_>, at: Timestamp| {
        let view = |directory: &Directory| {
            let items = directory.list(query, at).map(|item| serde_json::to_string(&item).unwrap());
            items.collect::<Vec<_>>()
        };
        let (is, should_be) = (view(edited), view(loaded));
        (is != should_be).then(|| format!("{query:?} at {at}: {is:?}, not {should_be:?}"))
    };
    for ask in &asks {
        let principal = ask.principal();
        let resource = ask.on.resource();
        let queries = [
            ListQuery::Permissions { principal, resource },
            ListQuery::WhoCan { action: &ask.action, resource },
        ];
        if let Some(found) = queries.iter().find_map(|query| same(query, ask.at)) {
            return Some(found);
        }
    }
    for person in &estate.people {
        let person = person.id.as_ref();
        let actions = asks.iter().take(6).map(|ask| &*ask.action);
        let queries = actions.map(|action| ListQuery::WhatCan { person, action });
        let mut queries = queries.chain([ListQuery::VisibleOrgs { person }]);
        if let Some(found) = queries.find_map(|query| same(&query, at)) {
            return Some(found);
        }
    }
    for organisation in &estate.organisations {
        let organisation = organisation.id.as_ref();
        for depth in [MemberDepth::Own, MemberDepth::Recursive] {
            if let Some(found) = same(&ListQuery::Members { organisation, depth }, at) {
                return Some(found);
            }
        }
    }
    for integration in &estate.integrations {
        let integration = integration.id.as_ref();
        let actors = estate.people.iter().map(|person| person.id.as_ref());
        let queries = actors.map(|actor| ListQuery::AssignableRoles { actor, integration });
        let mut queries = queries.chain([
            ListQuery::BuildingUsers { integration },
            ListQuery::LobbyDirectory { integration },
        ]);
        if let Some(found) = queries.find_map(|query| same(&query, at)) {
            return Some(found);
        }
    }
    let known = |directory: &Directory| {
        let targets = all_targets(estate);
        let found = targets.iter().map(|target| directory.resource(target.resource()).is_some());
        found.collect::<Vec<_>>()
    };
    let lint = |directory: &Directory| directory.lint(at);
    if known(edited) != known(loaded) {
        return Some("some resource is not found".into());
    }
    (lint(edited) != lint(loaded))
        .then(|| format!("lint: {:?}, not {:?}", lint(edited), lint(loaded)))
}

/// Every list of handles, by ids and without order.
fn indexes(edited: &Directory, loaded: &Directory) -> Option<String> {
    let (is, should_be) = (index_view(edited), index_view(loaded));
    let mut names = is.keys().chain(should_be.keys());
    names
        .find(|name| is.get(*name) != should_be.get(*name))
        .map(|name| format!("{name}: {:?}, not {:?}", is.get(name), should_be.get(name)))
}

fn index_view(directory: &Directory) -> BTreeMap<String, Vec<String>> {
    let Directory { organisations, buildings, integrations, units, doors, people, .. } = directory;
    let id = |ids: &IdTable, handle: u32| {
        ids.id(handle).map_or_else(|| format!("nothing, {handle}"), |id| id.to_string())
    };
    let mut view = BTreeMap::new();
    let mut add = |name: &str, owners: &IdTable, lists: &Lists, item: &dyn Fn(u32) -> String| {
        for owner in owners.handles() {
            let mut items: Vec<String> = lists.of(owner).iter().map(|at| item(*at)).collect();
            items.sort_unstable();
            if !items.is_empty() {
                view.insert(format!("{name} of {}", id(owners, owner)), items);
            }
        }
    };
    let organisation = |at| id(&organisations.ids, at);
    let building = |at| id(&buildings.ids, at);
    let integration = |at| id(&integrations.ids, at);
    let unit = |at| id(&units.ids, at);
    let door = |at| id(&doors.ids, at);
    let person = |at| id(&people.ids, at);
    let membership = |at| {
        let row = directory.memberships.get(at).unwrap();
        format!("{} in {}", person(row.person), organisation(row.organisation))
    };
    let residency = |at| {
        let row = directory.residencies.get(at).unwrap();
        format!("{} in {}", person(row.person), unit(row.unit))
    };
    add("paths", &organisations.ids, &organisations.paths, &organisation);
    add("children", &organisations.ids, &organisations.children, &organisation);
    add("buildings", &organisations.ids, &organisations.buildings, &building);
    add("serves", &organisations.ids, &organisations.serves, &building);
    add("members", &organisations.ids, &organisations.memberships, &membership);
    add("role holders", &organisations.ids, &organisations.role_holders, &person);
    add("group members", &organisations.ids, &organisations.group_members, &person);
    add("company members", &organisations.ids, &organisations.company_members, &person);
    add("integrations", &buildings.ids, &buildings.integrations, &integration);
    add("units", &buildings.ids, &buildings.units, &unit);
    add("served by", &buildings.ids, &buildings.served_by, &organisation);
    add("listed members", &buildings.ids, &buildings.listed_members, &person);
    add("site units", &integrations.ids, &integrations.units, &unit);
    add("doors", &integrations.ids, &integrations.doors, &door);
    add("site role holders", &integrations.ids, &integrations.role_holders, &person);
    add("staff holders", &integrations.ids, &integrations.staff_holders, &person);
    add("residencies", &units.ids, &units.residencies, &residency);
    add("administrators", &units.ids, &units.administrators, &person);
    add("unit doors", &units.ids, &units.doors, &door);
    add("audience of", &units.ids, &units.audience_of, &door);
    add("audience", &doors.ids, &doors.audience, &unit);
    add("memberships", &people.ids, &people.memberships, &membership);
    let mut holders: Vec<_> = directory.platform_holders.iter().map(|at| person(*at)).collect();
    holders.sort_unstable();
    view.insert("platform holders".into(), holders);
    for at in organisations.ids.handles() {
        let is_live = organisations.rows[at as usize].is_live;
        let account = id(&directory.accounts.ids, directory.account_of(at));
        view.insert(
            format!("organisation {}", organisation(at)),
            [is_live.to_string(), account].into(),
        );
    }
    for at in people.ids.handles() {
        let is_blocked = people.rows[at as usize].is_blocked_somewhere;
        view.insert(format!("person {}", person(at)), [is_blocked.to_string()].into());
    }
    view.insert("by e-mail".into(), [people.by_email.len().to_string()].into());
    view
}

fn emails(edited: &Directory, loaded: &Directory, estate: &Estate) -> Option<String> {
    estate.accounts.iter().find_map(|account| {
        estate.people.iter().find_map(|person| {
            let email = person.email.as_deref().unwrap_or_default().to_ascii_uppercase();
            let view = |directory: &Directory| -> Option<Id> {
                let account = directory.accounts.ids.find(&account.id.as_ref())?;
                let found = directory.person_with_email(account, &email)?;
                directory.people.ids.id(found).map(|id| id.to_owned())
            };
            let (is, should_be) = (view(edited), view(loaded));
            (is != should_be).then(|| format!("e-mail {email}: {is:?}, not {should_be:?}"))
        })
    })
}
