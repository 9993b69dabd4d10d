//! What is asked of the panel of Maple Court, and what `examples/maple-court` says of it.

use vestibule::Reason::{self, *};
use vestibule::{TextRequest, Timestamp};

/// The integration whose panel this is.
pub const INTEGRATION: &str = "01JBMC7Q2ZK4N8VX3TRWAHE5DG";
/// The instant of everything but some questions: 2026-11-22T18:00:00Z. A panel has a clock that counts; reading dates
/// would be half as much flash again.
pub const NOW: i64 = 1_795_370_400_000;

/// A decision that is asked for, and the reason that is expected.
pub struct Asked {
    pub text: TextRequest<'static>,
    pub reason: Reason,
}

const fn asked(
    (principal, action, resource): (&'static str, &'static str, &'static str),
    at: i64,
    reason: Reason,
) -> Asked {
    let at = Timestamp::from_millis(at);
    Asked { text: TextRequest { principal, action, resource, acting_org: None, at }, reason }
}

const fn opens(principal: &'static str, resource: &'static str, reason: Reason) -> Asked {
    asked((principal, "doors:open", resource), NOW, reason)
}

/// Each basis that a panel knows, and each reason that this estate can give it.
pub static QUESTIONS: [Asked; 20] = [
    opens("person:amara-okafor", "door:mc-front", Granted),
    opens("person:chidi-okafor", "door:mc-bike", Granted),
    opens("person:carlos-mendes", "door:mc-front", Granted),
    opens("person:margaret-osei", "door:mc-door-203", Granted),
    opens("person:01JBP3TW9K6S2R8QNEXA5VHZ4D", "door:mc-plant", Granted),
    opens("person:c7e1b9a4-2d63-4f08-9b5a-3e8f0d1c6a72", "door:mc-laundry", Granted),
    asked(("unit_token:propdb-0203", "unit_users:read", "unit:mc-203"), NOW, Granted),
    opens("person:chidi-okafor", "door:mc-door-204", NoGrant),
    opens("person:rhys-morgan", "door:mc-bike", DoorAudience),
    opens("person:nkechi-eze", "door:mc-back", GuestDoor),
    opens("person:terje-solheim", "door:mc-back", UnitDisabled),
    opens("person:rhys-morgan", "door:mc-side", DoorDisabled),
    opens("person:stefan-ilic", "door:mc-plant", PrincipalBlocked),
    opens("person:ruth-abramson", "door:mc-side", PrincipalDeleted),
    opens("person:rosa-lima", "door:mc-front", GrantOrgDeleted),
    // At the very instant the lease begins, and one millisecond too early.
    opens("person:noor-aziz", "door:mc-front", Granted),
    asked(("person:noor-aziz", "doors:open", "door:mc-front"), NOW - 1, NotYetValid),
    opens("person:bjorn-halvorsen", "door:mc-front", Expired),
    // Another panel's door; and a key that nobody has.
    opens("person:chidi-okafor", "door:bm-front", OutsideSlice),
    asked(("person:chidi-okafor", "doors:unlock", "door:mc-front"), NOW, ActionUnknown),
];

/// A door, and who may open it, in the order of ids.
pub const OPENED: &str = "mc-door-203";
pub static OPENERS: [&str; 7] = [
    "amara-okafor",
    "chidi-okafor",
    "gareth-pugh",
    "ines-duarte",
    "leila-haddad",
    "margaret-osei",
    "nkechi-eze",
];

/// What the lobby shows: units, residents of all of them, and units that take no calls.
pub const LOBBY: (usize, usize, usize) = (51, 74, 1);
/// The first that it shows.
pub const FIRST_LISTED: (&str, &str) = ("1002", "Yael Cohen");
