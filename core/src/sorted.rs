//! Maps and sets in the order of their keys, as arrays of bounded length: a change moves at most one of these, and the
//! list of them. For what few rows have, where the code of a balanced tree for each type would be most of the size.

use alloc::vec::Vec;
use core::borrow::Borrow;

/// Most entries of one array.
const CHUNK: usize = 256;
/// Arrays side by side that have no more than this together become one.
const SPARSE: usize = CHUNK / 2;

/// A map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map<K, V> {
    /// Entries in order; none of the arrays is empty, or longer than [`CHUNK`].
    chunks: Vec<Vec<(K, V)>>,
}

/// Where a key is, or would be: the array, and the place in it.
struct Spot {
    chunk: usize,
    place: Result<usize, usize>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Map<K, V> {
    pub(crate) const fn new() -> Self {
        Self { chunks: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.chunks.iter().map(Vec::len).fold(0, usize::saturating_add)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.chunks.iter().flatten().map(|(key, value)| (key, value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.chunks.iter().flatten().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.chunks.iter().flatten().map(|(_, value)| value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.chunks.iter_mut().flatten().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    fn spot<Q: Ord + ?Sized>(&self, key: &Q) -> Spot
    where
        K: Borrow<Q>,
    {
        let begins_before =
            |chunk: &Vec<(K, V)>| chunk.first().is_some_and(|(first, _)| first.borrow() <= key);
        let chunk = self.chunks.partition_point(begins_before).saturating_sub(1);
        let entries = self.chunks.get(chunk).map(Vec::as_slice).unwrap_or_default();
        Spot { chunk, place: entries.binary_search_by(|(own, _)| own.borrow().cmp(key)) }
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let Spot { chunk, place } = self.spot(key);
        self.chunks.get(chunk)?.get(place.ok()?).map(|(_, value)| value)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.spot(key).place.is_ok()
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let Spot { chunk, place } = self.spot(key);
        self.chunks.get_mut(chunk)?.get_mut(place.ok()?).map(|(_, value)| value)
    }

    /// Puts a value in; gives the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let Spot { chunk, place } = self.spot(&key);
        match place {
            Ok(place) => {
                let own = self.chunks.get_mut(chunk)?.get_mut(place)?;
                Some(core::mem::replace(&mut own.1, value))
            }
            Err(place) => {
                self.put(chunk, place, (key, value));
                None
            }
        }
    }

    /// The value of a key, made where there is none.
    pub(crate) fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> Option<&mut V> {
        let Spot { chunk, place } = self.spot(&key);
        let (chunk, place) = match place {
            Ok(place) => (chunk, place),
            Err(place) => self.put(chunk, place, (key, make())),
        };
        self.chunks.get_mut(chunk)?.get_mut(place).map(|(_, value)| value)
    }

    /// Puts a new entry at its place, which may be in another array then.
    fn put(&mut self, mut chunk: usize, mut place: usize, entry: (K, V)) -> (usize, usize) {
        let is_last = chunk.saturating_add(1) >= self.chunks.len();
        let length = self.chunks.get(chunk).map_or(CHUNK, Vec::len);
        if length >= CHUNK {
            // What comes in order fills each array before the next.
            let half = if is_last && place == length { length } else { CHUNK / 2 };
            let rest = self
                .chunks
                .get_mut(chunk)
                .map(|entries| entries.split_off(half.min(entries.len())));
            let next = chunk.saturating_add(1).min(self.chunks.len());
            self.chunks.insert(next, rest.unwrap_or_default());
            if place >= half {
                (chunk, place) = (next, place.saturating_sub(half));
            }
        }
        if let Some(entries) = self.chunks.get_mut(chunk) {
            entries.insert(place.min(entries.len()), entry);
        }
        (chunk, place)
    }

    /// Takes an entry out.
    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let Spot { chunk, place } = self.spot(key);
        let entries = self.chunks.get_mut(chunk)?;
        let (_, value) = entries.remove(place.ok()?);
        let left = entries.len();
        let next = chunk.saturating_add(1);
        if left == 0 {
            self.chunks.remove(chunk);
        } else if self
            .chunks
            .get(next)
            .is_some_and(|after| left.saturating_add(after.len()) <= SPARSE)
        {
            let after = self.chunks.remove(next);
            if let Some(entries) = self.chunks.get_mut(chunk) {
                entries.extend(after);
            }
        }
        Some(value)
    }

    /// Takes the last entry out.
    pub(crate) fn remove_last(&mut self) {
        if let Some(entries) = self.chunks.last_mut() {
            entries.pop();
            if entries.is_empty() {
                self.chunks.pop();
            }
        }
    }

    /// The entries from a key on.
    pub(crate) fn starting_at(&self, key: K) -> impl Iterator<Item = (&K, &V)> {
        let chunk = self.spot(&key).chunk;
        let entries = self.chunks.get(chunk..).unwrap_or_default().iter().flatten();
        entries.map(|(own, value)| (own, value)).skip_while(move |(own, _)| *own < &key)
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = core::iter::Flatten<alloc::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.chunks.into_iter().flatten()
    }
}

/// A set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set<K>(Map<K, ()>);

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> Set<K> {
    pub(crate) const fn new() -> Self {
        Self(Map::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }
}

impl<K: Ord> Set<K> {
    pub(crate) fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Puts a key in; whether it is new.
    pub(crate) fn insert(&mut self, key: K) -> bool {
        self.0.insert(key, ()).is_none()
    }

    /// Takes the last key out.
    pub(crate) fn remove_last(&mut self) {
        self.0.remove_last();
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        Self(keys.into_iter().map(|key| (key, ())).collect())
    }
}

impl<K: Ord> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        self.0.extend(keys.into_iter().map(|key| (key, ())));
    }
}

impl<K> IntoIterator for Set<K> {
    type Item = K;
    type IntoIter = core::iter::Map<<Map<K, ()> as IntoIterator>::IntoIter, fn((K, ())) -> K>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(key, ())| key)
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeMap;

    use super::*;

    /// Whatever is put in and taken out, in any order, the map is what the standard library's is.
    #[test]
    fn it_is_a_map() {
        let mut state = 1_u64;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        };
        for spread in [8, 600, 5_000] {
            let mut known = BTreeMap::new();
            let mut map = Map::new();
            for step in 0..20_000_u64 {
                let key = random() % spread;
                // Grows first, shrinks later.
                if random() % 20_000 < step {
                    assert_eq!(map.remove(&key), known.remove(&key));
                } else if random() % 2 == 0 {
                    assert_eq!(map.insert(key, step), known.insert(key, step));
                } else {
                    let own = *known.entry(key).or_insert(step);
                    assert_eq!(map.or_insert_with(key, || step).copied(), Some(own));
                }
                assert_eq!(map.get(&key), known.get(&key));
            }
            assert!(map.iter().eq(known.iter()));
            assert_eq!(map.len(), known.len());
            assert!(map.chunks.iter().all(|chunk| (1..=CHUNK).contains(&chunk.len())));
            let middle = spread / 2;
            assert!(map.starting_at(middle).eq(known.range(middle..)));
            assert!(map.into_iter().eq(known));
        }
    }

    #[test]
    fn what_comes_in_order_is_packed() {
        let map: Map<usize, usize> = (0..CHUNK * 10).map(|key| (key, key)).collect();
        assert_eq!(map.chunks.len(), 10);
    }

    #[test]
    fn a_set_loses_its_last() {
        let mut set: Set<u32> = [3, 1, 2, 3].into_iter().collect();
        set.remove_last();
        assert!(set.iter().copied().eq([1, 2]) && !set.contains(&3));
        set.remove_last();
        set.remove_last();
        assert!(set.is_empty());
        set.remove_last();
    }
}
