//! Reading an estate from JSON. One pass does both jobs: it builds the rows, and it notes every fault
//! of form with its path instead of stopping at the first. What is wrong is skipped, never stored.

mod devices;
mod names;
mod rows;
mod sections;

pub(crate) use self::names::any_name;
use self::sections::Reader;
use super::fault::Faults;
use super::types::Estate;

impl Estate {
    /// Reads a document. Only its form is checked here; [`Directory::new`](crate::Directory::new) checks
    /// the rules between rows. Where the form is at fault, the rules are looked at too, so that one report
    /// has everything.
    ///
    /// # Errors
    ///
    /// Every fault, with its JSON path, what was found and what was expected. Time and memory are O(size of
    /// the document).
    pub fn from_json(json: &[u8]) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let estate = Reader::document(json, &mut faults);
        match estate {
            Some(estate) if faults.is_empty() => return Ok(estate),
            Some(estate) => crate::directory::add_rule_faults(&estate, &mut faults),
            None => {}
        }
        Err(faults)
    }
}
