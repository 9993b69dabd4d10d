//! The sections of an image by their numbers.

/// A section (format.md, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Section {
    /// All text.
    Text = 1,
    /// Permission keys.
    Keys = 2,
    /// The hash table of the keys.
    KeySlots = 3,
    /// Sets of keys.
    Meanings = 4,
    /// When grants count.
    Conditions = 5,
    /// Organisations.
    Organisations = 6,
    /// Buildings.
    Buildings = 7,
    /// Integrations.
    Integrations = 8,
    /// Units.
    Units = 9,
    /// Doors.
    Doors = 10,
    /// People.
    People = 11,
    /// Ids of organisations.
    OrganisationIndex = 12,
    /// Ids of buildings.
    BuildingIndex = 13,
    /// Ids of integrations.
    IntegrationIndex = 14,
    /// Ids of units.
    UnitIndex = 15,
    /// Ids of doors.
    DoorIndex = 16,
    /// Ids of people.
    PersonIndex = 17,
    /// Who holds what.
    Grants = 18,
    /// Who and what is where, the other way round.
    Lists = 19,
    /// Paths of roles, for explanations.
    Roles = 20,
    /// Names of permission groups, for explanations.
    Groups = 21,
    /// Whom the lobby shows.
    Lobby = 22,
}

impl Section {
    /// All, in the order of their numbers, which begin with 1.
    pub const ALL: [Self; 22] = [
        Self::Text,
        Self::Keys,
        Self::KeySlots,
        Self::Meanings,
        Self::Conditions,
        Self::Organisations,
        Self::Buildings,
        Self::Integrations,
        Self::Units,
        Self::Doors,
        Self::People,
        Self::OrganisationIndex,
        Self::BuildingIndex,
        Self::IntegrationIndex,
        Self::UnitIndex,
        Self::DoorIndex,
        Self::PersonIndex,
        Self::Grants,
        Self::Lists,
        Self::Roles,
        Self::Groups,
        Self::Lobby,
    ];

    /// The number in the section table.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The word in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Keys => "keys",
            Self::KeySlots => "key slots",
            Self::Meanings => "meanings",
            Self::Conditions => "conditions",
            Self::Organisations => "organisations",
            Self::Buildings => "buildings",
            Self::Integrations => "integrations",
            Self::Units => "units",
            Self::Doors => "doors",
            Self::People => "people",
            Self::OrganisationIndex => "index of organisations",
            Self::BuildingIndex => "index of buildings",
            Self::IntegrationIndex => "index of integrations",
            Self::UnitIndex => "index of units",
            Self::DoorIndex => "index of doors",
            Self::PersonIndex => "index of people",
            Self::Grants => "grants",
            Self::Lists => "lists",
            Self::Roles => "roles",
            Self::Groups => "groups",
            Self::Lobby => "lobby",
        }
    }
}
