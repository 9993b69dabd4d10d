//! References to what the host keeps of passphrases, by residency and by reference: so that nobody takes that of another
//! [2-18, C-25].

use alloc::vec::Vec;

use crate::id::Id;
use crate::sorted::Map;

/// The references of residencies, by row.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    by_row: Map<u32, Id>,
    /// The rows that have a reference: several only where an estate was loaded so.
    rows: Map<Id, Vec<u32>>,
}

impl Secrets {
    /// The reference that a row has.
    pub(crate) fn get(&self, row: u32) -> Option<&Id> {
        self.by_row.get(&row)
    }

    /// Gives a row a reference in place of the one that it has, or takes that.
    pub(crate) fn set(&mut self, row: u32, secret: Option<Id>) {
        if let Some(old) = self.by_row.remove(&row) {
            self.forget(row, &old);
        }
        if let Some(secret) = secret {
            if let Some(rows) = self.rows.or_insert_with(secret.clone(), Vec::new) {
                rows.push(row);
            }
            self.by_row.insert(row, secret);
        }
    }

    fn forget(&mut self, row: u32, secret: &Id) {
        let Some(rows) = self.rows.get_mut(secret) else { return };
        rows.retain(|holder| *holder != row);
        if rows.is_empty() {
            self.rows.remove(secret);
        }
    }

    /// Whether another row than this one has a reference.
    pub(crate) fn is_of_another(&self, secret: &Id, row: u32) -> bool {
        self.rows.get(secret).is_some_and(|rows| rows.iter().any(|holder| *holder != row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_of_another_until_the_last_other_row_lets_it_go() {
        let pin: Id = "pin-1".parse().unwrap();
        let mut secrets = Secrets::default();
        secrets.set(1, Some(pin.clone()));
        assert!(!secrets.is_of_another(&pin, 1));
        assert!(secrets.is_of_another(&pin, 2));
        secrets.set(2, Some(pin.clone()));
        secrets.set(1, Some("pin-2".parse().unwrap()));
        assert!(secrets.is_of_another(&pin, 1));
        secrets.set(2, None);
        assert!(!secrets.is_of_another(&pin, 1));
        assert!(!secrets.rows.contains_key(&pin) && secrets.get(2).is_none());
    }
}
