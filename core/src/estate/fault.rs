//! What is wrong with an estate, where, and what was expected.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::limits::MAX_FAULTS_REPORTED;
use crate::say::Say;

macro_rules! fault_codes {
    ($($(#[$meta:meta])* $variant:ident = $word:literal,)+) => {
        /// The stable word for a kind of fault; semantics.md, section 6.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FaultCode {
            $($(#[$meta])* $variant,)+
        }

        impl FaultCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in reports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

fault_codes! {
    /// Not JSON, or beyond what a document may be.
    Syntax = "syntax",
    /// A version that this library does not read.
    UnsupportedVersion = "unsupported_version",
    /// A field that the object does not have.
    UnknownField = "unknown_field",
    /// A field given twice.
    DuplicateField = "duplicate_field",
    /// A required field that is not there.
    MissingField = "missing_field",
    /// JSON of another type.
    WrongType = "wrong_type",
    /// Not an id.
    InvalidId = "invalid_id",
    /// Not a role path.
    InvalidPath = "invalid_path",
    /// Not an instant.
    InvalidTime = "invalid_time",
    /// A date without time and offset.
    OffsetRequired = "offset_required",
    /// Text too long, or with characters that may not be in it.
    InvalidText = "invalid_text",
    /// A word or number that is not one of those allowed.
    InvalidValue = "invalid_value",
    /// More rows than a limit.
    TooMany = "too_many",
    /// An id or alias given twice among entities of one kind.
    DuplicateId = "duplicate_id",
    /// No entity has this id.
    UnknownReference = "unknown_reference",
    /// Organisations that are above themselves.
    OrganisationCycle = "organisation_cycle",
    /// An organisation too far below its root.
    DepthExceeded = "depth_exceeded",
    /// An account on an organisation that is no root.
    AccountOnChild = "account_on_child",
    /// A building owned by a tenant or vendor.
    OwnerKind = "owner_kind",
    /// Two entities that must be in one building are not.
    WrongBuilding = "wrong_building",
    /// A common door without an audience.
    AudienceRequired = "audience_required",
    /// A unit's door with an audience.
    AudienceConflict = "audience_conflict",
    /// A list that limits something, and is empty.
    EmptyList = "empty_list",
    /// A window without ends, or one that ends before it begins.
    EmptyValidity = "empty_validity",
    /// A role that the catalog does not have.
    RoleUnknown = "role_unknown",
    /// A role held where its line does not allow it.
    RoleNotHeldHere = "role_not_held_here",
    /// A role held at an organisation of another kind.
    RoleKindMismatch = "role_kind_mismatch",
    /// An alias where a role needs the id.
    AliasInRole = "alias_in_role",
    /// A site role that names an integration of another kind.
    WrongIntegrationKind = "wrong_integration_kind",
    /// A site role that names an integration outside the organisation.
    RoleScopeMismatch = "role_scope_mismatch",
    /// A group or job function of another account.
    WrongAccount = "wrong_account",
    /// A group or job function for another kind of organisation.
    OrgTypeMismatch = "org_type_mismatch",
    /// Listed building access without a building.
    BuildingIdsRequired = "building_ids_required",
    /// A listed building that the organisation neither owns nor serves.
    BuildingOutsideCompany = "building_outside_company",
    /// The same row twice.
    DuplicateRow = "duplicate_row",
    /// A guest holds more than GUEST residencies.
    GuestNotAllowed = "guest_not_allowed",
    /// A LINKED resident administers their unit.
    LinkedCannotAdminister = "linked_cannot_administer",
    /// One e-mail address for two members of an account.
    DuplicateEmail = "duplicate_email",
    /// A permission key given twice, or built in already.
    DuplicateKey = "duplicate_key",
    /// A permission key with `*`, or under `virtual_access`.
    KeyInvalid = "key_invalid",
    /// A line that cannot be one.
    LineInvalid = "line_invalid",
    /// A key or pattern that no key of the catalog answers to.
    KeyUnknown = "key_unknown",
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON path: `$.people[3].id`.
    pub path: String,
    /// What kind of fault.
    pub code: FaultCode,
    /// What was found; secrets are never in an estate, so nothing is hidden.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, code, found, expected } = self;
        write!(f, "{path}: {}: found {found}, expected {expected}", code.as_str())
    }
}

/// All the faults of an estate, in the order in which a reader of the document meets them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    unlisted: usize,
    gaps: Vec<Gap>,
    counting_rows: bool,
}

/// An element of an array that was at fault and is not among the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gap {
    array: String,
    index: usize,
}

impl Faults {
    /// The faults, at most [`MAX_FAULTS_REPORTED`](crate::limits::MAX_FAULTS_REPORTED) of them.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.list.iter()
    }

    /// How many there are, those beyond the limit included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len().saturating_add(self.unlisted)
    }

    /// Whether the estate is good.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn add(
        &mut self,
        path: &Path<'_>,
        code: FaultCode,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.note(path, code, found.into(), expected.into());
    }

    fn note(&mut self, path: &Path<'_>, code: FaultCode, found: String, expected: String) {
        if self.list.len() >= MAX_FAULTS_REPORTED {
            self.unlisted = self.unlisted.saturating_add(1);
            return;
        }
        let path = alloc::format!("{path}");
        let path = if self.counting_rows { self.with_gaps(path) } else { path };
        self.list.push(Fault { path, code, found, expected });
    }
}

impl Faults {
    /// Notes that the element at `index` of the array at `path` is not among the rows. To be called
    /// in the order of the document.
    pub(crate) fn note_gap(&mut self, path: &Path<'_>, index: usize) {
        if self.gaps.len() < MAX_FAULTS_REPORTED {
            self.gaps.push(Gap { array: alloc::format!("{path}"), index });
        }
    }

    /// Keeps the faults that `keep` says yes to, which may change them.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&mut Fault) -> bool) {
        self.list.retain_mut(keep);
    }

    /// Adds the faults of another list.
    pub(crate) fn append(&mut self, other: Self) {
        self.unlisted = self.unlisted.saturating_add(other.unlisted);
        self.list.extend(other.list);
    }

    /// From now on positions are among the rows that were kept, no longer in the document.
    pub(crate) fn count_rows(&mut self) {
        self.counting_rows = true;
    }

    /// Whether some element of this array of the estate was left out.
    pub(crate) fn has_gap_in(&self, section: &str) -> bool {
        self.gaps.iter().any(|gap| gap.array.strip_prefix("$.") == Some(section))
    }

    /// Turns positions among the rows that were kept into positions in the document.
    fn with_gaps(&self, path: String) -> String {
        let mut mended = String::with_capacity(path.len());
        for part in path.split_inclusive('[') {
            let Some((index, rest)) = part.split_once(']') else {
                mended.push_str(part);
                continue;
            };
            let array = mended.strip_suffix('[').unwrap_or_default();
            let index = self
                .gaps
                .iter()
                .filter(|gap| gap.array == array)
                .fold(index.parse::<usize>().unwrap_or_default(), |index, gap| {
                    index.saturating_add(usize::from(gap.index <= index))
                });
            mended.push_str(&alloc::format!("{index}]{rest}"));
        }
        mended
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.list.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        if self.unlisted > 0 {
            write!(f, "\nand {} more", self.unlisted)?;
        }
        Ok(())
    }
}

impl core::error::Error for Faults {}

/// Where a reader stands; a list linked from the inside out, so that it costs nothing to keep.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    pub(crate) const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    pub(crate) const fn field(&'a self, name: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Field(name) }
    }

    pub(crate) const fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Depth is that of the estate's types, at most eight.
        if let Some(parent) = self.parent {
            write!(f, "{parent}")?;
        }
        match self.step {
            Step::Root => f.write_str("$"),
            Step::Field(name) => write!(f, ".{}", Printable(name)),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// Text from outside, made safe to print: control and bidirectional characters escaped, length cut.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl Printable<'_> {
    /// How much of it is printed.
    pub(crate) const MOST_CHARS: usize = 80;

    /// Whether a character is escaped.
    pub(crate) fn is_forbidden(character: char) -> bool {
        super::text::is_forbidden(character)
    }
}

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f)
    }
}
