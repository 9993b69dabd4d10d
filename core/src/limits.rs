//! Every bound of the library, by name. A limit that is passed is a typed error, never a silent no.

/// Longest id of the form *name*, in bytes [C-1].
pub const MAX_NAME_ID_BYTES: usize = 64;
/// Most segments of a role path [C-3].
pub const MAX_PATH_SEGMENTS: usize = 8;
/// Longest segment of a role path, in bytes [C-3].
pub const MAX_SEGMENT_BYTES: usize = 64;
/// Longest role path, in bytes [C-3].
pub const MAX_PATH_BYTES: usize = 256;
/// Most permission keys of a catalog [C-72].
pub const MAX_KEYS: usize = 256;
/// Most lines of a catalog, the built-in ones included.
pub const MAX_LINES: usize = 4096;
/// Most distinct meanings (sets of keys) that the grants of one estate may have.
pub const MAX_MEANINGS: usize = 65_535;
/// Depth of organisations where an estate does not say; a root has depth 1 [C-47].
pub const DEFAULT_ORGANISATION_DEPTH: u32 = 16;
/// Largest depth of organisations that an estate may allow [C-47].
pub const MAX_ORGANISATION_DEPTH: u32 = 64;
/// Largest estate document, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 2_000_000_000;
/// How deep arrays and objects of JSON may be in each other.
pub const MAX_JSON_DEPTH: usize = 127;
/// Most roles or groups of one membership, administrators of one unit, or initial groups of one job function.
pub const MAX_ENTRIES: usize = 256;
/// Most rows of one array of an estate.
pub const MAX_ROWS: usize = 50_000_000;
/// Most faults that are reported one by one; the rest are counted.
pub const MAX_FAULTS_REPORTED: usize = 1000;
/// Longest name or e-mail address, in Unicode scalar values [C-13].
pub const MAX_NAME_CHARS: usize = 255;
/// Longest telephone number, in Unicode scalar values [2-17].
pub const MAX_PHONE_CHARS: usize = 16;
/// Longest description, in Unicode scalar values [3-18].
pub const MAX_DESCRIPTION_CHARS: usize = 1024;
/// Longest number of a unit, in Unicode scalar values.
pub const MAX_UNIT_NUMBER_CHARS: usize = 64;
/// Items of a page where none is asked for [C-18].
pub const DEFAULT_PAGE_LIMIT: u32 = 50;
/// Most items of a page; a larger wish is clamped to it [C-18].
pub const MAX_PAGE_LIMIT: u32 = 200;
/// Longest id of a device, in Unicode scalar values [C-2].
pub const MAX_DEVICE_ID_CHARS: usize = 128;
/// Most attributes of a device.
pub const MAX_DEVICE_ATTRIBUTES: usize = 32;
/// Longest name of an attribute, in Unicode scalar values.
pub const MAX_ATTRIBUTE_NAME_CHARS: usize = 64;
/// Longest text of an attribute, in Unicode scalar values.
pub const MAX_ATTRIBUTE_CHARS: usize = 255;
/// Most people of one plan, or of a list to make one of [1-19].
pub const MAX_PLAN_ROWS: usize = 20_000;
/// Removals that a plan may have whatever their share [1-19].
pub const MAX_UNFORCED_REMOVALS: usize = 5;
/// Beyond these, the share of the building users that a plan may remove without being forced, in per cent [1-19].
pub const MAX_UNFORCED_PERCENT: usize = 20;
/// Rows of a page of unit users where none are asked for [2-32].
pub const DEFAULT_UNIT_USER_PAGE: u32 = 20;
/// Most rows of a page of unit users; a larger wish is clamped to it [C-21].
pub const MAX_UNIT_USER_PAGE: u32 = 1000;
/// Shortest passphrase, in characters [C-25].
pub const MIN_PASSPHRASE_CHARS: usize = 8;
/// Longest passphrase, in characters [C-25].
pub const MAX_PASSPHRASE_CHARS: usize = 63;
/// Longest part of an e-mail address before its `@`, in Unicode scalar values, where an estate is strict [C-13].
pub const MAX_EMAIL_LOCAL_CHARS: usize = 64;
/// Most rate buckets that are kept at once; full ones are dropped first.
pub const MAX_RATE_BUCKETS: usize = 100_000;
/// Most roles and buildings that the refusal of a move tells one by one.
pub const MAX_STRANDED_REPORTED: usize = 32;
/// Most rows of one kind in an image, aliases included: handles there have 24 bits, and the two highest mean something else.
pub const MAX_IMAGE_ROWS: usize = (1 << 24) - 2;
/// Most sections of an image.
pub const MAX_IMAGE_SECTIONS: usize = 64;
/// Longest text in an image, in bytes: that of the longest name. Texts are compared with each other when an image is opened.
pub const MAX_IMAGE_TEXT_BYTES: usize = MAX_NAME_CHARS * 4;
