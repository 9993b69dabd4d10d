//! The hash of the indexes: a folded multiplication over eight bytes at a time. It is not keyed, for the
//! library has no randomness; ids chosen to collide make their own estate slow, never an answer wrong.

use crate::id::IdRef;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const ODD: u64 = 0xd6e8_feb8_6659_fd93;

#[cfg_attr(not(feature = "compact"), inline)]
#[cfg_attr(feature = "compact", inline(never))]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a).wrapping_mul(u128::from(b));
    let low = u64::try_from(product & u128::from(u64::MAX)).unwrap_or_default();
    let high = u64::try_from(product >> 64).unwrap_or_default();
    low ^ high
}

/// The hash of 16 bytes.
#[cfg_attr(not(feature = "compact"), inline)]
#[cfg_attr(feature = "compact", inline(never))]
pub(crate) fn sixteen(bytes: &[u8; 16]) -> u64 {
    let whole = u128::from_le_bytes(*bytes);
    let low = u64::try_from(whole & u128::from(u64::MAX)).unwrap_or_default();
    let high = u64::try_from(whole >> 64).unwrap_or_default();
    fold(low ^ SEED, high ^ ODD) ^ high
}

/// The hash of an id, that of its text where it is a name (format.md, section 5).
#[inline]
pub(crate) fn id(id: &IdRef<'_>) -> u64 {
    match id.sixteen() {
        Some(bytes) => sixteen(bytes),
        None => bytes(id.as_bytes()),
    }
}

/// The hash of any bytes.
#[cfg_attr(not(feature = "compact"), inline)]
#[cfg_attr(feature = "compact", inline(never))]
pub(crate) fn bytes(bytes: &[u8]) -> u64 {
    let length = u64::try_from(bytes.len()).unwrap_or_default();
    let (mut rest, mut hash) = (bytes, SEED ^ length);
    while rest.len() > 16 {
        let Some((chunk, more)) = rest.split_first_chunk::<8>() else { break };
        hash = fold(hash ^ u64::from_le_bytes(*chunk), ODD);
        rest = more;
    }
    let (first, last) = ends(rest);
    fold(fold(hash ^ first, last ^ ODD) ^ hash, ODD)
}

/// The first and last eight bytes, which of up to 16 bytes are all of them; of up to eight two half words, and of up to
/// three single bytes. With the length they tell texts of up to 16 bytes apart.
#[inline]
pub(crate) fn ends(bytes: &[u8]) -> (u64, u64) {
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
            }
            _ => (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
        },
    }
}

/// How a table that grows finds the hashes of what is in it. All tables of a type share the code that way: they rarely grow.
#[cfg(feature = "alloc")]
pub(crate) fn shared<T>(hash: &dyn Fn(&T) -> u64) -> &dyn Fn(&T) -> u64 {
    hash
}
