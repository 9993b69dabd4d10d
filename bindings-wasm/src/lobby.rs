//! The directory in the lobby, as JSON; the shape of the contract [1-21].

use alloc::string::String;

use vestibule::LobbyUnit;

use crate::json::Json;

/// The units that the lobby shows.
pub(crate) fn shown<'a>(units: impl Iterator<Item = LobbyUnit<'a>>) -> String {
    let mut json = Json::new();
    json.open('[');
    for unit in units {
        json.open('{');
        unit.unit.with_text(|id| json.field("unit", id));
        json.field("number", unit.number);
        json.name("residents");
        json.open('[');
        for (person, name) in unit.residents() {
            json.open('{');
            person.with_text(|id| json.field("person", id));
            json.optional("name", name);
            json.close('}');
        }
        json.close(']');
        json.word("callable", if unit.callable { "true" } else { "false" });
        json.close('}');
    }
    json.close(']');
    json.into_text()
}
