//! The lists: who may, what may be done, who belongs where.

use vestibule::{
    Directory, IdRef, ListItem, ListQuery, MemberDepth, PageRequest, Principal, Resource,
};

use crate::args::{
    AssignableRolesArgs, IntegrationArgs, ListArgs, MembersArgs, OrgsArgs, PermissionsArgs,
    WhatCanArgs, WhoCanArgs,
};
use crate::estate;
use crate::failure::{Failure, Outcome};
use crate::output::Out;
use crate::question::flag_failure;
use crate::text::{quoted, safe};

/// `permissions`.
pub fn permissions(args: &PermissionsArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let principal = args.who.text()?;
    let principal = Principal::parse(&principal).map_err(|error| bad(&error, &principal))?;
    let resource = resource(&args.resource)?;
    print(&args.list, &ListQuery::Permissions { principal, resource }, out)
}

/// `who-can`.
pub fn who_can(args: &WhoCanArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let resource = resource(&args.resource)?;
    print(&args.list, &ListQuery::WhoCan { action: &args.action, resource }, out)
}

/// `what-can`.
pub fn what_can(args: &WhatCanArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let person = id("--person", &args.person)?;
    print(&args.list, &ListQuery::WhatCan { person, action: &args.action }, out)
}

/// `members`.
pub fn members(args: &MembersArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let organisation = id("--organisation", &args.organisation)?;
    let depth = if args.recursive { MemberDepth::Recursive } else { MemberDepth::Own };
    print(&args.list, &ListQuery::Members { organisation, depth }, out)
}

/// `orgs`.
pub fn visible_orgs(args: &OrgsArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let person = id("--person", &args.person)?;
    print(&args.list, &ListQuery::VisibleOrgs { person }, out)
}

/// `building-users`.
pub fn building_users(args: &IntegrationArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let integration = id("--integration", &args.integration)?;
    print(&args.list, &ListQuery::BuildingUsers { integration }, out)
}

/// `assignable-roles`.
pub fn assignable_roles(args: &AssignableRolesArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let actor = id("--actor", &args.actor)?;
    let integration = id("--integration", &args.integration)?;
    print(&args.list, &ListQuery::AssignableRoles { actor, integration }, out)
}

/// `lobby`.
pub fn lobby_directory(args: &IntegrationArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let integration = id("--integration", &args.integration)?;
    print(&args.list, &ListQuery::LobbyDirectory { integration }, out)
}

fn id<'a>(flag: &str, text: &'a str) -> Result<IdRef<'a>, Failure> {
    IdRef::parse(text)
        .map_err(|error| flag_failure(&format!("{flag}: found {}: {error}", quoted(text))))
}

fn resource(text: &str) -> Result<Resource<'_>, Failure> {
    Resource::parse(text).map_err(|error| bad(&error, text))
}

fn bad(error: &vestibule::RequestError, found: &str) -> Failure {
    flag_failure(&format!("{error}, found {}", quoted(found)))
}

/// Prints the whole list, or the page that was asked for.
fn print(args: &ListArgs, query: &ListQuery<'_>, out: &mut Out) -> Result<Outcome, Failure> {
    let page = PageRequest::new(args.limit, args.cursor.as_deref())
        .map_err(|error| flag_failure(&error.to_string()))?;
    let directory = estate::load(&args.estate.estate)?;
    if let Some(unknown) = unknown(&directory, query) {
        let estate = args.estate.estate.name();
        return Err(Failure::Input(format!("{estate}: {unknown}")));
    }
    let (at, json) = (args.at.or_now(), args.estate.json);
    if args.limit.is_none() && args.cursor.is_none() {
        for item in directory.list(query, at) {
            print_item(&item, json, out)?;
        }
        return Ok(Outcome::Yes);
    }
    let page =
        directory.page(query, at, &page).map_err(|error| flag_failure(&error.to_string()))?;
    for item in &page.items {
        print_item(item, json, out)?;
    }
    print_next(page.next, json, out)?;
    Ok(Outcome::Yes)
}

fn print_next(next: Option<String>, json: bool, out: &mut Out) -> Result<(), Failure> {
    match next {
        next if json => out.json(&serde_json::json!({ "next": next })),
        Some(next) => out.line(format_args!("more: --cursor {next}")),
        None => Ok(()),
    }
}

/// What a query names that the estate does not have: for a person an error, for a program an empty list.
fn unknown(directory: &Directory, query: &ListQuery<'_>) -> Option<String> {
    match *query {
        ListQuery::Permissions { principal, resource } => {
            no_principal(directory, principal).or_else(|| no_resource(directory, resource))
        }
        ListQuery::WhoCan { action, resource } => {
            no_action(directory, action).or_else(|| no_resource(directory, resource))
        }
        ListQuery::WhatCan { person, action } => {
            no_person(directory, person).or_else(|| no_action(directory, action))
        }
        ListQuery::Members { organisation, .. } => {
            no_resource(directory, Resource::Organisation(organisation))
        }
        ListQuery::VisibleOrgs { person } => no_person(directory, person),
        ListQuery::AssignableRoles { actor, integration } => no_person(directory, actor)
            .or_else(|| no_resource(directory, Resource::Integration(integration))),
        ListQuery::BuildingUsers { integration } | ListQuery::LobbyDirectory { integration } => {
            no_resource(directory, Resource::Integration(integration))
        }
        _ => None,
    }
}

fn no_person(directory: &Directory, person: IdRef<'_>) -> Option<String> {
    no_principal(directory, Principal::Person(person))
}

fn no_principal(directory: &Directory, principal: Principal<'_>) -> Option<String> {
    let is_known = directory.principal(principal).is_some();
    (!is_known).then(|| match principal {
        Principal::UnitToken(id) => no_such("unit", id),
        Principal::Person(id) => no_such("person", id),
        _ => format!("`{principal}` is unknown"),
    })
}

fn no_resource(directory: &Directory, resource: Resource<'_>) -> Option<String> {
    let id = resource.id()?;
    let is_known = directory.resource(resource).is_some();
    (!is_known).then(|| no_such(resource.kind().as_str(), id))
}

fn no_such(kind: &str, id: IdRef<'_>) -> String {
    format!("found no {kind} `{id}`, expected an id or alias of the estate")
}

fn no_action(directory: &Directory, action: &str) -> Option<String> {
    let is_known = directory.catalog().key(action).is_some();
    (!is_known)
        .then(|| format!("found no permission {}, expected a key of the catalog", quoted(action)))
}

fn print_item(item: &ListItem<'_>, json: bool, out: &mut Out) -> Result<(), Failure> {
    if json {
        return out.json(item);
    }
    match item {
        ListItem::Permission(key) => out.line(format_args!("{key}")),
        ListItem::Person(id) => out.line(format_args!("{id}")),
        ListItem::Organisation(id) => out.line(format_args!("{id}")),
        ListItem::Resource(resource) => out.line(format_args!("{resource}")),
        ListItem::Role(role) => out.line(format_args!("{role}")),
        ListItem::Member(row) => {
            let blocked = if row.blocked { " (blocked)" } else { "" };
            let roles = row.org_roles.iter().map(|(organisation, roles)| match roles.as_slice() {
                [] => organisation.to_string(),
                roles => format!("{organisation}: {}", joined(roles)),
            });
            out.line(format_args!(
                "{}{blocked}  {}",
                row.person,
                roles.collect::<Vec<_>>().join("; ")
            ))
        }
        ListItem::BuildingUser(row) => {
            let units = if row.units.is_empty() { String::new() } else { joined(&row.units) };
            let units = if units.is_empty() { units } else { format!("  units {units}") };
            out.line(format_args!("{}  {}{units}", row.person, row.role))
        }
        ListItem::LobbyUnit(row) => {
            let residents = row.residents.iter().map(|resident| match resident.name {
                Some(name) => format!("{} ({})", safe(name), resident.person),
                None => resident.person.to_string(),
            });
            let residents = residents.collect::<Vec<_>>().join(", ");
            let callable = if row.callable { "" } else { "  (no calls)" };
            out.line(format_args!("{}  {residents}{callable}", safe(row.number)))
        }
        _ => out.json(item),
    }
}

fn joined<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
