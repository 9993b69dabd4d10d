//! A fingerprint of the estate: equal for two directories exactly when they export the same document.

use alloc::vec::Vec;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::directory::Directory;
use crate::estate::{PersonDoc, ResidencyDoc};

/// Begins what is hashed, so that another layout gives other digests.
const DOMAIN: &[u8] = b"vestibule estate 1\n";
const POLICY_DOMAIN: &[u8] = b"vestibule policy 1\n";

/// How much of a person is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    /// Without names and addresses of people.
    Policy,
}

impl Directory {
    /// SHA-256 over the canonical rows of the estate, each as JSON on a line of its own; the revision is left out. Rows
    /// are written one after the other. O(n log n) in the rows.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.hash_rows(Scope::All)
    }

    /// The same without names, e-mail addresses and telephone numbers of people, and without the names that residencies
    /// show: a person can be erased, and the digest stays.
    #[must_use]
    pub fn policy_digest(&self) -> [u8; 32] {
        self.hash_rows(Scope::Policy)
    }

    fn hash_rows(&self, scope: Scope) -> [u8; 32] {
        let mut rows = Rows { hash: Sha256::new(), line: Vec::new() };
        rows.hash.update(if scope == Scope::All { DOMAIN } else { POLICY_DOMAIN });
        rows.add("settings", &self.settings);
        rows.add("catalog", &self.catalog_doc);
        rows.add_all("account", self.account_docs());
        rows.add_all("organisation", self.organisation_docs());
        rows.add_all("building", self.building_docs());
        rows.add_all("integration", self.integration_docs());
        rows.add_all("unit", self.unit_docs());
        rows.add_all("door", self.door_docs());
        rows.add_all("permission_group", self.group_docs());
        rows.add_all("job_function", self.job_function_docs());
        for person in self.people.ids.in_order() {
            rows.add_all("person", self.person_doc(person).map(|row| scope.person(row)));
            rows.add_all("membership", self.membership_docs(person));
            let residencies = self.residency_docs(person);
            rows.add_all("residency", residencies.map(|row| scope.residency(row)));
            rows.add_all("platform_role", self.platform_role_docs(person));
        }
        rows.add_all("purged_organisation", self.purged_ids());
        rows.hash.finalize().into()
    }
}

impl Scope {
    fn person(self, mut row: PersonDoc) -> PersonDoc {
        if self == Self::Policy {
            (row.name, row.email, row.phone) = (None, None, None);
            (row.first_name, row.last_name, row.identifier) = (None, None, None);
        }
        row
    }

    fn residency(self, mut row: ResidencyDoc) -> ResidencyDoc {
        if self == Self::Policy {
            row.display_name = None;
        }
        row
    }
}

/// Rows on their way into the hash.
struct Rows {
    hash: Sha256,
    line: Vec<u8>,
}

impl Rows {
    fn add_all<T: Serialize>(&mut self, kind: &str, rows: impl IntoIterator<Item = T>) {
        rows.into_iter().for_each(|row| self.add(kind, &row));
    }

    fn add<T: Serialize>(&mut self, kind: &str, row: &T) {
        self.line.clear();
        self.line.extend(kind.as_bytes());
        self.line.push(b' ');
        // Rows have text keys and no numbers but whole ones: writing them to memory cannot fail.
        if let Ok(json) = serde_json::to_vec(row) {
            self.line.extend(json);
        }
        self.line.push(b'\n');
        self.hash.update(&self.line);
    }
}
