//! Casbin, as RBAC with domains.
//!
//! A domain is a site. A grant at an organisation is resolved when it is given, to a role in each site below it, so that
//! a question is about one domain and its graph is small. Every organisation is a domain too, with its own members. The
//! policy lines are those of the catalog: a role, a kind of door, a set of keys; the keys of a set are the second role
//! definition, so that there is a line a role and not a line a key. The host looks up the site and the kind of a door in
//! a map of its own, as it must. Matchers are compiled once; links are built as rows come (`incremental`).
//!
//! The cached enforcer is not used: it remembers answers, and no two questions here are the same.

use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::collections::HashMap;

use casbin::prelude::{CoreApi, DefaultModel, Enforcer, MgmtApi, RbacApi};
use ulid::Ulid;

use crate::engine::{Cannot, Engine, List, NewPerson, Source};
use crate::generate::{COMMON_DOORS, DOORS, Model, Person, Reach};
use crate::workload::ACTION;

/// The cheap half of the matcher comes first.
const MODEL: &str = "
[request_definition]
r = sub, dom, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = (r.obj == p.obj || p.obj == \"any\") && g(r.sub, p.sub, r.dom) && g2(r.act, p.act)
";

/// A role, the kind of door for which it counts, and its set of keys.
const POLICIES: [[&str; 3]; 4] = [
    ["resident", "common", "resident_keys"],
    ["security", "common", "security_keys"],
    ["technician", "common", "technician_keys"],
    ["administrator", "any", "all_keys"],
];

/// Keys and the sets they are in.
const KEYS: [[&str; 2]; 11] = [
    ["doors:open", "resident_keys"],
    ["directory:read", "resident_keys"],
    ["calls:answer", "resident_keys"],
    ["doors:open", "security_keys"],
    ["doors:read", "security_keys"],
    ["directory:read", "security_keys"],
    ["doors:open", "technician_keys"],
    ["doors:read", "technician_keys"],
    ["directory:read", "technician_keys"],
    ["doors:open", "all_keys"],
    ["doors:open_unit", "all_keys"],
];

const MEMBER: &str = "member";

/// Where a door is.
#[derive(Debug)]
struct Place {
    site: String,
    kind: &'static str,
}

/// Casbin, and what its host must know of the places.
pub struct Casbin {
    enforcer: Enforcer,
    doors: HashMap<String, Place>,
    doors_of_site: HashMap<String, Vec<String>>,
    below: HashMap<String, Vec<String>>,
}

impl core::fmt::Debug for Casbin {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Casbin").field("doors", &self.doors.len()).finish_non_exhaustive()
    }
}

/// A question with the place of the door.
#[derive(Clone, Debug)]
pub struct Placed {
    person: String,
    site: String,
    kind: &'static str,
    action: String,
}

/// Everything happens in memory: no future of these ever waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("expected a future that is ready at once"),
    }
}

fn row<const N: usize>(fields: [&str; N]) -> Vec<String> {
    fields.map(str::to_owned).to_vec()
}

impl Casbin {
    fn enforce(&self, person: &str, site: &str, kind: &str, action: &str) -> bool {
        self.enforcer.enforce((person, site, kind, action)).expect("a request of four fields")
    }

    fn people(&self, role: &str, domain: &str) -> Vec<String> {
        self.enforcer.get_users_for_role(role, Some(domain))
    }

    /// The roles whose policy lines allow an action on a kind of door.
    fn roles(&self, kind: &str, action: &str) -> Vec<String> {
        let sets = self.enforcer.get_filtered_named_grouping_policy("g2", 0, row([action]));
        let lines = self.enforcer.get_policy();
        let lines = lines.into_iter().filter(|line| {
            (line[1] == kind || line[1] == "any") && sets.iter().any(|set| set[1] == line[2])
        });
        lines.map(|mut line| line.swap_remove(0)).collect()
    }

    /// Its role manager knows who has a role in a domain.
    fn who_can_open(&self, door: &str, found: &mut Vec<String>) {
        let place = &self.doors[door];
        for role in self.roles(place.kind, ACTION) {
            found.extend(self.people(&role, &place.site));
        }
        found.sort_unstable();
        found.dedup();
    }

    /// Nothing leads from a person to their domains but the rows themselves.
    fn what_can_open(&self, person: &str, found: &mut Vec<String>) {
        let common = self.roles("common", ACTION);
        let unit = self.roles("unit", ACTION);
        for grant in self.enforcer.get_filtered_grouping_policy(0, row([person])) {
            let Some(doors) = self.doors_of_site.get(&grant[2]) else { continue };
            let opens = |door: &&String| {
                let roles = if self.doors[*door].kind == "unit" { &unit } else { &common };
                roles.contains(&grant[1])
            };
            found.extend(doors.iter().filter(opens).cloned());
        }
        found.sort_unstable();
        found.dedup();
    }

    fn members(&self, organisation: &str, found: &mut Vec<String>) {
        let mut open = vec![organisation];
        while let Some(at) = open.pop() {
            found.extend(self.people(MEMBER, at));
            open.extend(self.below.get(at).into_iter().flatten().map(String::as_str));
        }
        found.sort_unstable();
        found.dedup();
    }
}

impl Engine for Casbin {
    const NAME: &'static str = "casbin";
    type Prepared = Placed;
    type Item<'a> = String;

    fn load(source: &Source<'_>) -> Self {
        let model = source.model;
        let definition = ready(DefaultModel::from_str(MODEL)).expect("a model of Casbin");
        let mut enforcer = ready(Enforcer::new(definition, ())).expect("a model of Casbin");
        enforcer.enable_auto_save(false);
        let policies = POLICIES.map(row).to_vec();
        let is_new = ready(enforcer.add_policies(policies)).expect("lines of three fields");
        let keys = KEYS.map(row).to_vec();
        let are_new = ready(enforcer.add_named_grouping_policies("g2", keys)).expect("two fields");
        let grants = ready(enforcer.add_grouping_policies(grants(model))).expect("three fields");
        assert!(is_new && are_new && grants, "each row once");
        let mut casbin = Self {
            enforcer,
            doors: HashMap::new(),
            doors_of_site: HashMap::new(),
            below: HashMap::new(),
        };
        casbin.place(model);
        casbin
    }

    fn allows(&self, person: &str, action: &str, door: &str) -> bool {
        let Some(place) = self.doors.get(door) else { return false };
        self.enforce(person, &place.site, place.kind, action)
    }

    fn prepare(&self, person: &str, action: &str, door: &str) -> Placed {
        let Place { site, kind } = &self.doors[door];
        let (person, site, action) = (person.to_owned(), site.clone(), action.to_owned());
        Placed { person, site, kind, action }
    }

    fn allows_prepared(&self, question: &Placed) -> bool {
        self.enforce(&question.person, &question.site, question.kind, &question.action)
    }

    fn add_person(&mut self, person: &NewPerson) -> Result<(), Cannot> {
        let text = format!("person:{}", person.id);
        let rows = vec![
            row([&text, "resident", &person.integration.to_string()]),
            row([&text, MEMBER, &format!("organisation:{}", person.organisation)]),
        ];
        let is_new = ready(self.enforcer.add_grouping_policies(rows)).expect("three fields");
        assert!(is_new, "a person unknown until now");
        Ok(())
    }

    fn list(&self, list: List, of: &str, found: &mut Vec<String>) -> Result<(), Cannot> {
        match list {
            List::WhoCanOpen => self.who_can_open(of, found),
            List::WhatCanOpen => self.what_can_open(of, found),
            List::Members => self.members(of, found),
        }
        Ok(())
    }

    fn id(&self, _list: List, item: &String) -> Ulid {
        let id = item.split_once(':').and_then(|(_, id)| Ulid::from_string(id).ok());
        id.expect("a kind, a colon and a ULID")
    }
}

impl Casbin {
    /// What the host knows of the places.
    fn place(&mut self, model: &Model) {
        for (number, id) in model.doors.iter().enumerate() {
            let site = model.buildings[number / DOORS].integration.to_string();
            let kind = if number % DOORS < COMMON_DOORS { "common" } else { "unit" };
            let door = format!("door:{id}");
            self.doors_of_site.entry(site.clone()).or_default().push(door.clone());
            self.doors.insert(door, Place { site, kind });
        }
        let organisation = |at: usize| format!("organisation:{}", model.organisations[at].id);
        for (number, row) in model.organisations.iter().enumerate() {
            if let Some(parent) = row.parent {
                let children = self.below.entry(organisation(parent as usize)).or_default();
                children.push(organisation(number));
            }
        }
    }
}

/// Rows of person, role and domain: the grants of everybody, and where they belong.
fn grants(model: &Model) -> Vec<Vec<String>> {
    let mut sites_within = vec![Vec::new(); model.organisations.len()];
    for building in &model.buildings {
        let mut at = Some(building.owner);
        while let Some(here) = at {
            sites_within[here as usize].push(building.integration);
            at = model.organisations[here as usize].parent;
        }
    }
    let mut rows = Vec::new();
    for person in &model.people {
        let text = format!("person:{}", person.id);
        let employer = model.organisations[model.employer(person) as usize].id;
        rows.push(row([&text, MEMBER, &format!("organisation:{employer}")]));
        let (role, sites) = held(model, person, &sites_within);
        rows.extend(sites.iter().map(|site| row([&text, role, &site.to_string()])));
    }
    rows
}

/// A person's role and the sites where it counts.
fn held(model: &Model, person: &Person, within: &[Vec<Ulid>]) -> (&'static str, Vec<Ulid>) {
    let site = |building: &u32| model.buildings[*building as usize].integration;
    match &person.reach {
        Reach::Resident(home) => ("resident", vec![site(home)]),
        Reach::Listed { buildings, .. } => ("security", buildings.iter().map(site).collect()),
        Reach::Technician(at) => ("technician", within[*at as usize].clone()),
        Reach::Administrator(at) => ("administrator", within[*at as usize].clone()),
    }
}
