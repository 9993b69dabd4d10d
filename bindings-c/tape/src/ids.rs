//! Ids: every good one names somebody and an organisation, in whatever form it is written.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vestibule::{Image, Slice};
use vestibule_c::{VESTIBULE_E_PRINCIPAL, VESTIBULE_OK};

use crate::images;
use crate::lookups::{find_principal, organisation_fields, principal_fields, resource_fields};
use crate::panel::frozen;
use crate::tape::{Fields, Kind, Tape};
use crate::vectors::{array, family, text};

pub fn add(tape: &mut Tape) {
    for vectors in family("ids") {
        let cases = array(&vectors.value, "cases");
        let bytes = frozen(&vectors.name, &estate(cases), &Slice::Everything);
        let image = images::place(tape, &vectors.name, &bytes);
        for case in cases {
            add_case(tape, &vectors.name, &image, case);
        }
    }
}

/// A person and an organisation of each good id.
fn estate(cases: &[Value]) -> Value {
    let good = cases.iter().filter_map(|case| case["id"]["canonical"].as_str());
    let good: BTreeSet<&str> = good.collect();
    let named = |(number, id)| json!({ "id": id, "name": format!("organisation {number}") });
    json!({
        "version": 1,
        "organisations": good.iter().enumerate().map(named).collect::<Vec<_>>(),
        "people": good.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
    })
}

/// Fields: the text as that of a person, of an organisation as a resource, and of an organisation that acts, each as
/// `looked_up`.
fn add_case(tape: &mut Tape, name: &str, image: &Image<'_>, case: &Value) {
    let id = text(case, "text");
    let person = format!("person:{id}");
    let status = find_principal(image, &person).err().unwrap_or(VESTIBULE_OK);
    let wanted = if case["error"] == true { VESTIBULE_E_PRINCIPAL } else { VESTIBULE_OK };
    assert_eq!(status, wanted, "{name}: {id:?}");
    let fields = Fields::new()
        .with(principal_fields(image, &person))
        .with(resource_fields(image, &format!("organisation:{id}")))
        .with(organisation_fields(image, id));
    tape.add(Kind::Id, &format!("{name}: {id:?}"), fields);
}
