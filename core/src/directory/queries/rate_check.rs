//! Whether a property may be called once more [2-6].

use crate::directory::Directory;
use crate::id::Id;
use crate::rate::{RateBuckets, RateLimited};
use crate::time::Timestamp;

impl Directory {
    /// Takes one call of a property: the query `rate_check` of the contract, the only one that changes something, and so it has
    /// the buckets as an argument. All names of a property share its bucket; one that is unknown takes none, for no
    /// operation on it does anything, and names that callers invent must not fill the memory.
    ///
    /// # Errors
    ///
    /// When no call is left.
    pub fn rate_check(
        &self,
        buckets: &mut RateBuckets,
        property: &Id,
        now: Timestamp,
    ) -> Result<(), RateLimited> {
        let known = self.buildings.ids.find(&property.as_ref());
        match known.and_then(|building| self.buildings.ids.id(building)) {
            Some(id) => buckets.take(&id.to_owned(), now),
            None => Ok(()),
        }
    }
}
