//! The lists: who may, what may be done, who belongs where.

use vestibule::{IdRef, ListItem, ListQuery, MemberDepth, Page, PageRequest, Principal, Resource};

use crate::args::{
    AssignableRolesArgs, IntegrationArgs, ListArgs, MembersArgs, OrgsArgs, PermissionsArgs,
    WhatCanArgs, WhoCanArgs,
};
use crate::failure::{Failure, Outcome};
use crate::output::Out;
use crate::policy::Policy;
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
    args.list.policy.source.needs_estate("members")?;
    let organisation = id("--organisation", &args.organisation)?;
    let depth = if args.recursive { MemberDepth::Recursive } else { MemberDepth::Own };
    print(&args.list, &ListQuery::Members { organisation, depth }, out)
}

/// `orgs`.
pub fn visible_orgs(args: &OrgsArgs, out: &mut Out) -> Result<Outcome, Failure> {
    args.list.policy.source.needs_estate("orgs")?;
    let person = id("--person", &args.person)?;
    print(&args.list, &ListQuery::VisibleOrgs { person }, out)
}

/// `building-users`.
pub fn building_users(args: &IntegrationArgs, out: &mut Out) -> Result<Outcome, Failure> {
    args.list.policy.source.needs_estate("building-users")?;
    let integration = id("--integration", &args.integration)?;
    print(&args.list, &ListQuery::BuildingUsers { integration }, out)
}

/// `assignable-roles`.
pub fn assignable_roles(args: &AssignableRolesArgs, out: &mut Out) -> Result<Outcome, Failure> {
    args.list.policy.source.needs_estate("assignable-roles")?;
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
    let is_page = args.limit.is_some() || args.cursor.is_some();
    if is_page {
        args.policy.source.needs_estate("--limit and --cursor")?;
    }
    let name = args.policy.source.source()?.name();
    let (at, json) = (args.at.or_now(), args.policy.json);
    args.policy.source.ask(|policy| {
        if let Some(unknown) = unknown(policy, query) {
            return Err(Failure::Input(format!("{name}: {unknown}")));
        }
        if let (Policy::Estate(directory), true) = (policy, is_page) {
            let page = directory.page(query, at, &page);
            return print_page(page.map_err(|error| flag_failure(&error.to_string()))?, json, out);
        }
        let items = policy.list(query, at);
        for item in items.map_err(|outside| Failure::Input(format!("{name}: {outside}")))? {
            print_item(&item, json, out)?;
        }
        Ok(Outcome::Yes)
    })
}

fn print_page(page: Page<ListItem<'_>>, json: bool, out: &mut Out) -> Result<Outcome, Failure> {
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

/// What a query names that the estate, or the slice, does not have: for a person an error, for a program an empty list.
fn unknown(policy: &Policy<'_>, query: &ListQuery<'_>) -> Option<String> {
    match *query {
        ListQuery::Permissions { principal, resource } => {
            no_principal(policy, principal).or_else(|| no_resource(policy, resource))
        }
        ListQuery::WhoCan { action, resource } => {
            no_action(policy, action).or_else(|| no_resource(policy, resource))
        }
        ListQuery::WhatCan { person, action } => {
            no_person(policy, person).or_else(|| no_action(policy, action))
        }
        ListQuery::Members { organisation, .. } => {
            no_resource(policy, Resource::Organisation(organisation))
        }
        ListQuery::VisibleOrgs { person } => no_person(policy, person),
        ListQuery::AssignableRoles { actor, integration } => no_person(policy, actor)
            .or_else(|| no_resource(policy, Resource::Integration(integration))),
        ListQuery::BuildingUsers { integration } | ListQuery::LobbyDirectory { integration } => {
            no_resource(policy, Resource::Integration(integration))
        }
        _ => None,
    }
}

fn no_person(policy: &Policy<'_>, person: IdRef<'_>) -> Option<String> {
    no_principal(policy, Principal::Person(person))
}

fn no_principal(policy: &Policy<'_>, principal: Principal<'_>) -> Option<String> {
    (!policy.has_principal(principal)).then(|| match principal {
        Principal::UnitToken(id) => no_such(policy, "unit", id),
        Principal::Person(id) => no_such(policy, "person", id),
        _ => format!("`{principal}` is unknown"),
    })
}

fn no_resource(policy: &Policy<'_>, resource: Resource<'_>) -> Option<String> {
    let id = resource.id()?;
    (!policy.has_resource(resource)).then(|| no_such(policy, resource.kind().as_str(), id))
}

fn no_such(policy: &Policy<'_>, kind: &str, id: IdRef<'_>) -> String {
    format!("found no {kind} `{id}`, expected an id or alias of {}", policy.extent())
}

fn no_action(policy: &Policy<'_>, action: &str) -> Option<String> {
    (!policy.has_key(action))
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
