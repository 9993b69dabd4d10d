//! Steps 5 and 6 of a row that is written whole: the rules of an estate, and that its ids are nobody else's.

use crate::directory::Directory;
use crate::directory::ids::IdTable;
use crate::estate::{Estate, FaultCode, Faults};
use crate::id::Id;

/// What stands against a row.
pub(super) enum RowFault {
    /// Rules of an estate that it breaks.
    Invalid(Faults),
    /// Its id, or an alias, is in use.
    Taken(Id),
}

impl Directory {
    /// Checks a row. `own` is the handle that it has already.
    pub(super) fn check_row(
        &self,
        row: &Estate,
        table: &IdTable,
        (id, aliases): (&Id, &[Id]),
        own: Option<u32>,
    ) -> Result<(), RowFault> {
        let faults = self.check_rows(row).err().unwrap_or_default();
        // An id in use is a conflict, which is looked for when the payload is right.
        if faults.iter().any(|fault| fault.code != FaultCode::DuplicateId) {
            return Err(RowFault::Invalid(faults));
        }
        let is_taken = |id: &&Id| {
            let known = table.find(&id.as_ref());
            known.is_some() && known != own
        };
        if let Some(id) = [id].into_iter().chain(aliases).find(is_taken) {
            return Err(RowFault::Taken(id.clone()));
        }
        if faults.is_empty() { Ok(()) } else { Err(RowFault::Invalid(faults)) }
    }
}

macro_rules! from_row_fault {
    ($($error:ty),+) => {$(
        impl From<RowFault> for $error {
            fn from(fault: RowFault) -> Self {
                match fault {
                    RowFault::Invalid(faults) => Self::Invalid { faults },
                    RowFault::Taken(id) => Self::AlreadyExists { id },
                }
            }
        }
    )+};
}

from_row_fault!(super::PlaceError, super::DefinitionError, super::UserError);
