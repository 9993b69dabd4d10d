//! The directory in the lobby, as JSON.

use alloc::vec::Vec;

use serde::Serialize;
use vestibule::{IdRef, LobbyUnit};

/// A unit that the lobby shows; the shape of the contract [1-21].
#[derive(Serialize)]
pub(crate) struct Unit<'a> {
    unit: IdRef<'a>,
    number: &'a str,
    residents: Vec<Resident<'a>>,
    callable: bool,
}

#[derive(Serialize)]
struct Resident<'a> {
    person: IdRef<'a>,
    name: Option<&'a str>,
}

impl<'a> From<LobbyUnit<'a>> for Unit<'a> {
    fn from(shown: LobbyUnit<'a>) -> Self {
        let residents = shown.residents().map(|(person, name)| Resident { person, name });
        Self {
            unit: shown.unit,
            number: shown.number,
            residents: residents.collect(),
            callable: shown.callable,
        }
    }
}
