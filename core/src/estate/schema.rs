//! The JSON Schema of an estate, generated from its types.

use alloc::borrow::Cow;
use alloc::string::String;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::text::LocalizedText;
use super::types::*;
use crate::id::Id;
use crate::path::RolePath;
use crate::time::Timestamp;

const ID_PATTERN: &str = "^[A-Za-z0-9_.-]{1,64}$";
const SEGMENT: &str = r"([A-Za-z0-9_.-]{1,64}|\*)";

impl Estate {
    /// The JSON Schema (2020-12) of an estate document. It describes the form; the rules between rows are
    /// for [`Directory::new`](crate::Directory::new).
    #[must_use]
    pub fn json_schema() -> String {
        let generator = SchemaSettings::draft2020_12().into_generator();
        let mut schema = generator.into_root_schema_for::<Self>().to_value();
        refuse_null(&mut schema);
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// Generated schemas let every optional field be null too; the reader does not.
fn refuse_null(schema: &mut Value) {
    let is_null_type = |value: &Value| value == "null" || value["type"] == "null";
    match schema {
        Value::Object(fields) => {
            for field in ["type", "anyOf"] {
                let Some(Value::Array(choices)) = fields.get_mut(field) else { continue };
                choices.retain(|choice| !is_null_type(choice));
                let single =
                    if let [single] = &mut choices[..] { Some(single.take()) } else { None };
                match single {
                    Some(Value::Object(only)) => {
                        fields.remove(field);
                        fields.extend(only);
                    }
                    Some(only) => {
                        fields.insert(field.into(), only);
                    }
                    None => {}
                }
            }
            if fields.get("default") == Some(&Value::Null) {
                fields.remove("default");
            }
            fields.values_mut().for_each(refuse_null);
        }
        Value::Array(values) => values.iter_mut().for_each(refuse_null),
        _ => {}
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A ULID, a UUID, or 1 to 64 characters of `A-Z a-z 0-9 _ . -`.",
            "type": "string",
            "pattern": ID_PATTERN,
        })
    }
}

impl JsonSchema for RolePath {
    fn schema_name() -> Cow<'static, str> {
        "RolePath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One to eight segments with `:` between them; a segment may be `*`.",
            "type": "string",
            "maxLength": 256,
            "pattern": alloc::format!("^{SEGMENT}(:{SEGMENT}){{0,7}}$"),
        })
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date and time with offset (RFC 3339).",
            "type": "string",
            "format": "date-time",
        })
    }
}

impl JsonSchema for LocalizedText {
    fn schema_name() -> Cow<'static, str> {
        "LocalizedText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let locales = json_schema!({
            "type": "object",
            "minProperties": 1,
            "propertyNames": { "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$" },
            "additionalProperties": { "type": "string", "maxLength": 255 },
        });
        json_schema!({
            "description": "A name in one or more languages: text (locale `en`), a map from locale to text, or that map inside `value`.",
            "anyOf": [
                { "type": "string", "minLength": 1, "maxLength": 255 },
                locales,
                {
                    "type": "object",
                    "properties": { "value": locales },
                    "required": ["value"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

/// The schema of an entry that may be written short: as the value of its main field.
fn short_or_object(
    generator: &mut SchemaGenerator,
    description: &str,
    field: &str,
    short: Schema,
) -> Schema {
    let valid = generator.subschema_for::<Option<ValidityDoc>>();
    json_schema!({
        "description": description,
        "anyOf": [
            short,
            {
                "type": "object",
                "properties": { field: short, "valid": valid },
                "required": [field],
                "additionalProperties": false,
            },
        ],
    })
}

impl JsonSchema for GrantedRole {
    fn schema_name() -> Cow<'static, str> {
        "GrantedRole".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let path = generator.subschema_for::<RolePath>();
        short_or_object(generator, "A role, perhaps with a window.", "role", path)
    }
}

impl JsonSchema for GrantedGroup {
    fn schema_name() -> Cow<'static, str> {
        "GrantedGroup".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let id = generator.subschema_for::<Id>();
        short_or_object(generator, "A permission group, perhaps with a window.", "group", id)
    }
}

impl JsonSchema for AdministratorEntry {
    fn schema_name() -> Cow<'static, str> {
        "AdministratorEntry".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let id = generator.subschema_for::<Id>();
        short_or_object(generator, "An administrator, perhaps with a window.", "person", id)
    }
}
