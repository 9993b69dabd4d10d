//! What an image is asked, and what it says: decisions, lists, the directory of a lobby.

use serde_json::{Value, json};
use vestibule::{
    Decision, Effect, Image, LobbyUnit, Question, ResourceKind, TextRequest, Timestamp,
};
use vestibule_c::{
    VESTIBULE_ACTING_FOR_NOBODY, VESTIBULE_ACTING_FOR_ORGANISATION, VESTIBULE_ALLOW,
    VESTIBULE_CHALLENGE, VESTIBULE_DENY, VESTIBULE_E_OUTSIDE_SLICE, VESTIBULE_OK,
};

use crate::lookups::{
    Found, find_key, find_organisation, find_principal, find_resource, key_fields,
    organisation_fields, principal_fields, principal_text, resource_fields, resource_text,
};
use crate::tape::{Fields, Kind, Tape, size};
use crate::vectors::{array, instant, text};

// ---------------------------------------------------------------------------------------------
// Decisions
// ---------------------------------------------------------------------------------------------

/// Asks for a decision; what is expected may be fewer fields than a decision has.
///
/// Fields: principal, key, resource and organisation as `looked_up`, the last two fields of the organisation only where there is one;
/// before it whether there is one, `VESTIBULE_ACTING_FOR_…`; the instant; the answer; the words of reason and basis.
pub fn ask_decision(
    tape: &mut Tape,
    name: &str,
    image: &Image<'_>,
    request: &Value,
    wanted: &Value,
) {
    let asked = text_request(request);
    let decision =
        image.decide_text(&asked).unwrap_or_else(|error| panic!("{name}: {error} in {request}"));
    check_wanted(name, &decision, wanted);
    check_handles(name, image, &asked, &decision);
    let fields = Fields::new()
        .with(principal_fields(image, asked.principal))
        .with(key_fields(image, asked.action))
        .with(resource_fields(image, asked.resource))
        .with(acting_fields(image, asked.acting_org))
        .i64(asked.at.as_millis())
        .with(answer_fields(&decision))
        .text(decision.reason().as_str())
        .text(decision.basis().as_str());
    tape.add(Kind::Decision, name, fields);
}

/// A request of a vector.
pub fn text_request(request: &Value) -> TextRequest<'_> {
    TextRequest {
        principal: text(request, "principal"),
        action: text(request, "action"),
        resource: text(request, "resource"),
        acting_org: request["acting_org"].as_str(),
        at: instant(request, "at"),
    }
}

/// A request that is only asked with ids: principal, action, resource, `VESTIBULE_ACTING_FOR_…`, the organisation or empty, the
/// instant.
pub fn request_fields(asked: &TextRequest<'_>) -> Fields {
    let acting_for = match asked.acting_org {
        None => VESTIBULE_ACTING_FOR_NOBODY,
        Some(_) => VESTIBULE_ACTING_FOR_ORGANISATION,
    };
    Fields::new()
        .text(asked.principal)
        .text(asked.action)
        .text(asked.resource)
        .u32(acting_for)
        .text(asked.acting_org.unwrap_or_default())
        .i64(asked.at.as_millis())
}

/// Effect, reason, basis, 4 bytes each; until.
pub fn answer_fields(decision: &Decision) -> Fields {
    Fields::new()
        .u32(effect(decision.effect()))
        .u32(decision.reason().code().into())
        .u32(decision.basis().code().into())
        .i64(decision.until().as_millis())
}

fn acting_fields(image: &Image<'_>, acting_org: Option<&str>) -> Fields {
    match acting_org {
        None => Fields::new().u32(VESTIBULE_ACTING_FOR_NOBODY),
        Some(asked) => Fields::new()
            .u32(VESTIBULE_ACTING_FOR_ORGANISATION)
            .with(organisation_fields(image, asked)),
    }
}

fn effect(of: Effect) -> u32 {
    let number = match of {
        Effect::Allow => VESTIBULE_ALLOW,
        Effect::Deny => VESTIBULE_DENY,
        Effect::Challenge => VESTIBULE_CHALLENGE,
        other => panic!("`{}` is nothing that C knows", other.as_str()),
    };
    number.into()
}

pub fn check_wanted(name: &str, decision: &Decision, wanted: &Value) {
    let until = (decision.until() != Timestamp::MAX).then(|| decision.until().to_string());
    let found = json!({
        "effect": decision.effect().as_str(),
        "reason": decision.reason().as_str(),
        "basis": decision.basis().as_str(),
        "until": until,
    });
    for (field, wanted) in wanted.as_object().into_iter().flatten() {
        assert_eq!(&found[field], wanted, "{name}: `{field}`");
    }
}

/// Where all is known the answer by handles must be the same, because the player asks for both.
fn check_handles(name: &str, image: &Image<'_>, asked: &TextRequest<'_>, decision: &Decision) {
    let question = || -> Found<Question> {
        let who = find_principal(image, asked.principal)?;
        let what = find_resource(image, asked.resource)?;
        let question = Question::new(who, find_key(image, asked.action)?, what, asked.at);
        Ok(match asked.acting_org {
            None => question,
            Some(acting_org) => question.acting_for(find_organisation(image, acting_org)?),
        })
    };
    if let Ok(question) = question() {
        assert_eq!(image.decide_question(&question), *decision, "{name}: by handles");
    }
}

// ---------------------------------------------------------------------------------------------
// Lists
// ---------------------------------------------------------------------------------------------

/// Which list, as the player counts them.
const WHO_CAN: u32 = 1;
const WHAT_CAN: u32 = 2;
const PERMISSIONS: u32 = 3;

/// Asks for a list as a vector has it, where images have that list; says whether they do. `wanted` is null where nobody says what is
/// expected, and `outside_slice` where the image has no such list.
pub fn ask_list(
    tape: &mut Tape,
    name: &str,
    image: &Image<'_>,
    case: &Value,
    wanted: &Value,
) -> bool {
    let at = instant(case, "at");
    match text(case, "list") {
        "who_can" => ask_who_can(
            tape,
            name,
            image,
            (text(case, "action"), text(case, "resource")),
            at,
            wanted,
        ),
        "what_can" => {
            let person = format!("person:{}", text(case, "person"));
            ask_what_can(tape, name, image, (&person, text(case, "action")), at, wanted);
        }
        "permissions" => {
            let person = format!("person:{}", text(case, "person"));
            ask_permissions(tape, name, image, (&person, text(case, "resource")), at, wanted);
        }
        "lobby_directory" => ask_lobby(tape, name, image, text(case, "integration"), at, wanted),
        _ => return false,
    }
    true
}

/// The items of a list, or the status of asking for it.
type Listed = Found<Vec<String>>;

/// Fields: `WHO_CAN`; key and resource as `looked_up`; the instant; status; the texts of principals.
fn ask_who_can(
    tape: &mut Tape,
    name: &str,
    image: &Image<'_>,
    (action, resource): (&str, &str),
    at: Timestamp,
    wanted: &Value,
) {
    let listed = || -> Listed {
        let (key, on) = (find_key(image, action)?, find_resource(image, resource)?);
        let people = image.who_can_handles(key, on, at).map_err(|_| VESTIBULE_E_OUTSIDE_SLICE)?;
        Ok(people.map(|person| principal_text(image, person)).collect())
    };
    let listed = listed();
    check_list(name, "person:", &listed, wanted);
    let asked = key_fields(image, action).with(resource_fields(image, resource));
    add_list(tape, name, WHO_CAN, asked, at, listed);
}

/// Fields: `WHAT_CAN`; principal and key as `looked_up`; the instant; status; the texts of resources.
fn ask_what_can(
    tape: &mut Tape,
    name: &str,
    image: &Image<'_>,
    (person, action): (&str, &str),
    at: Timestamp,
    wanted: &Value,
) {
    let listed = || -> Listed {
        let (who, key) = (find_principal(image, person)?, find_key(image, action)?);
        let resources = image.what_can_handles(who, key, at);
        Ok(resources.map(|resource| resource_text(image, resource)).collect())
    };
    let listed = listed();
    check_list(name, "", &listed, wanted);
    let asked = principal_fields(image, person).with(key_fields(image, action));
    add_list(tape, name, WHAT_CAN, asked, at, listed);
}

/// Fields: `PERMISSIONS`; principal and resource as `looked_up`; the instant; status; the texts of keys.
fn ask_permissions(
    tape: &mut Tape,
    name: &str,
    image: &Image<'_>,
    (person, resource): (&str, &str),
    at: Timestamp,
    wanted: &Value,
) {
    let listed = || -> Listed {
        let (who, on) = (find_principal(image, person)?, find_resource(image, resource)?);
        let keys = image.permissions_handles(who, on, at).map_err(|_| VESTIBULE_E_OUTSIDE_SLICE)?;
        Ok(keys.map(|key| image.key_text(key).to_owned()).collect())
    };
    let listed = listed();
    check_list(name, "", &listed, wanted);
    let asked = principal_fields(image, person).with(resource_fields(image, resource));
    add_list(tape, name, PERMISSIONS, asked, at, listed);
}

fn add_list(tape: &mut Tape, name: &str, which: u32, asked: Fields, at: Timestamp, listed: Listed) {
    let (status, items) =
        listed.map_or_else(|status| (status, Vec::new()), |items| (VESTIBULE_OK, items));
    let fields =
        Fields::new().u32(which).with(asked).i64(at.as_millis()).status(status).texts(&items);
    tape.add(Kind::List, name, fields);
}

/// A list of what is unknown is empty for who asks with ids, and cannot be asked for with handles.
fn check_list(name: &str, prefix: &str, listed: &Listed, wanted: &Value) {
    match wanted {
        Value::Null => {}
        Value::String(word) => assert!(word == "outside_slice" && listed.is_err(), "{name}"),
        wanted => {
            let items = listed.as_deref().unwrap_or_default();
            let items: Vec<&str> =
                items.iter().map(|item| item.strip_prefix(prefix).unwrap_or(item)).collect();
            assert_eq!(&json!(items), wanted, "{name}");
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Lobbies
// ---------------------------------------------------------------------------------------------

/// Asks for the directory of a lobby, and of each unit of the integration for its residents.
///
/// Fields: the integration as `looked_up`; the instant; status; the number of units; for each its text, its number, whether it can be
/// called, the number of residents, and for each of these their text, whether there is a name, the name, whether they can be called.
fn ask_lobby(
    tape: &mut Tape,
    name: &str,
    image: &Image<'_>,
    integration: &str,
    at: Timestamp,
    wanted: &Value,
) {
    let asked = format!("integration:{integration}");
    let listed = || -> Found<Vec<LobbyUnit<'_>>> {
        let integration = find_resource(image, &asked)?;
        let units = image.lobby_directory_handles(integration, at);
        Ok(units.map_err(|_| VESTIBULE_E_OUTSIDE_SLICE)?.collect())
    };
    let listed = listed();
    check_lobby(name, &listed, wanted);
    let (status, units) =
        listed.map_or_else(|status| (status, Vec::new()), |units| (VESTIBULE_OK, units));
    let fields = Fields::new()
        .with(resource_fields(image, &asked))
        .i64(at.as_millis())
        .status(status)
        .u32(size(units.len()));
    let fields = units.iter().fold(fields, |fields, unit| fields.with(unit_fields(image, unit)));
    tape.add(Kind::Lobby, name, fields);
}

fn unit_fields(image: &Image<'_>, unit: &LobbyUnit<'_>) -> Fields {
    assert_eq!(unit.handle().kind(), ResourceKind::Unit);
    let residents: Vec<_> = unit.resident_handles().collect();
    let fields = Fields::new()
        .text(&resource_text(image, unit.handle()))
        .text(unit.number)
        .u32(unit.callable.into())
        .u32(size(residents.len()));
    residents.into_iter().fold(fields, |fields, (person, name, receives_calls)| {
        fields
            .text(&principal_text(image, person))
            .u32(name.is_some().into())
            .text(name.unwrap_or_default())
            .u32(receives_calls.into())
    })
}

fn check_lobby(name: &str, listed: &Found<Vec<LobbyUnit<'_>>>, wanted: &Value) {
    match wanted {
        Value::Null => {}
        Value::String(word) => assert!(word == "outside_slice" && listed.is_err(), "{name}"),
        wanted => {
            let units = listed.as_deref().unwrap_or_default().iter();
            let rows: Vec<Value> = units.map(row_of_lobby).collect();
            assert_eq!(&json!(rows), wanted, "{name}");
        }
    }
}

fn row_of_lobby(unit: &LobbyUnit<'_>) -> Value {
    let residents = unit.residents();
    let residents: Vec<Value> = residents
        .map(|(person, name)| json!({ "person": person.to_string(), "name": name }))
        .collect();
    json!({
        "unit": unit.unit.to_string(),
        "number": unit.number,
        "residents": residents,
        "callable": unit.callable,
    })
}

/// Everything that a file of vectors asks, of an image that may be of a slice; only where it is of everything do the vectors say what
/// is expected.
pub fn ask_all(tape: &mut Tape, name: &str, image: &Image<'_>, vectors: &Value) {
    let is_everything = image.subject().is_none();
    let wanted = |case: &Value| if is_everything { case["expect"].clone() } else { Value::Null };
    for case in array(vectors, "decisions") {
        let name = format!("{name}: {}", text(case, "name"));
        ask_decision(tape, &name, image, &case["request"], &wanted(case));
    }
    for case in array(vectors, "lists") {
        let name = format!("{name}: {}", text(case, "name"));
        ask_list(tape, &name, image, case, &wanted(case));
    }
}
