//! Commands and their contexts as they travel. A command is an object whose `command` says what its other members are.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::unit_users::SecretReference;
use super::*;
use crate::estate::{Estate, FaultCode, Faults, LocalizedText, any_name};
use crate::id::Id;
use crate::read::{
    Cx, Node, Read, Token, deserialize_by_reader, from_json, or_null, read_object, read_tagged,
    whole_number,
};

/// What each of them should be; the member that is missing or unknown is told beside.
const COMMAND: &str = "an object: a command";

impl Command {
    /// Reads a command from JSON.
    ///
    /// # Errors
    ///
    /// Every fault of form, with its path.
    pub fn from_json(json: &[u8]) -> Result<Self, Faults> {
        from_json(json)
    }
}

impl Context {
    /// Reads a context from JSON.
    ///
    /// # Errors
    ///
    /// Every fault of form, with its path.
    pub fn from_json(json: &[u8]) -> Result<Self, Faults> {
        from_json(json)
    }
}

impl Read for Command {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        read_tagged(node, cx, "command", Self::NAMES, READERS)
    }
}

read_object!(Context, "an object: a context", {
    actor: required, by or_null;
    acting_org: required, by or_null;
    at: required;
    new_ids: optional(Vec::new());
    correlation_id: nullable;
});

impl Read for Actor {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        ActorObject::read(node, cx)?.actor(node, cx)
    }
}

/// An actor before it is known which.
struct ActorObject {
    person: Option<Id>,
    unit_token: Option<UnitToken>,
}

struct UnitToken {
    unit: Id,
    generation: u64,
}

const ACTOR: &str =
    "`{\"person\": ID}` or `{\"unit_token\": {\"unit\": ID, \"generation\": NUMBER}}`";

read_object!(ActorObject, ACTOR, {
    person: whole_maybe;
    unit_token: whole_maybe;
});

read_object!(UnitToken, "an object: a unit's token", {
    unit: required;
    generation: required;
});

impl ActorObject {
    fn actor(self, node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Actor> {
        match (self.person, self.unit_token) {
            (Some(person), None) => Some(Actor::Person(person)),
            (None, Some(UnitToken { unit, generation })) => {
                Some(Actor::UnitToken { unit, generation })
            }
            _ => cx.wrong_type(node, ACTOR),
        }
    }
}

read_object!(AddBuildingUser, COMMAND, {
    integration["integration_id"]: required;
    person["user_id"]: required;
    role: required;
    unit["unit_id"]: nullable;
});

read_object!(RemoveBuildingUser, COMMAND, {
    integration["integration_id"]: required;
    person["user_id"]: required;
    unit["unit_id"]: nullable;
});

read_object!(SetSiteRole, COMMAND, {
    integration["integration_id"]: required;
    person["user_id"]: required;
    role: required;
});

read_object!(ApplyResidentPlan, COMMAND, {
    integration["integration_id"]: required;
    plan: required;
    force: optional(false);
});

read_object!(ResidentPlan, "an object: a plan", {
    add: required;
    remove: required;
    change: required;
    unchanged: required, by read_count;
});

read_object!(PlannedUser, "an object: a planned user", {
    person["user_id"]: required;
    role: required;
    unit["unit_id"]: nullable;
});

read_object!(DesiredBuildingUser, "an object: a building user", {
    person["user_id"]: required;
    role: required;
    unit["unit_id"]: nullable;
});

read_object!(RoleChange, "an object: a change of roles", {
    person["user_id"]: required;
    from: required;
    to: required;
    unit["unit_id"]: nullable;
});

fn read_count(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<usize> {
    whole_number(node, cx, 0, u32::MAX.into()).and_then(|number| usize::try_from(number).ok())
}

read_object!(UpdateUnitUser, COMMAND, {
    property["property_id"]: required;
    person["user_id"]: required;
    unit["unit_id"]: nullable;
    patch: required;
});

read_object!(UnitUserPatch, "an object: an update of a unit user", {
    user_id["userId"]: nullable;
    user_name["userName"]: nullable;
    email: nullable;
    phone_number["phoneNumber"]: nullable;
    passphrase: optional(PassphrasePatch::Unchanged);
    status: nullable;
    residency_type["type"]: nullable;
});

impl Read for PassphrasePatch {
    fn read(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Self> {
        // The text itself must not come out in a fault.
        let secret = match node.head() {
            Token::Text(text) if text.is_empty() => return Some(Self::Reset),
            Token::Object(_) => {
                let mut faults = Faults::default();
                let secret = SecretReference::read(node, &mut Cx::at_root(&mut faults));
                secret.filter(|_| faults.is_empty())
            }
            _ => None,
        };
        match secret {
            Some(SecretReference { secret }) => Some(Self::Set(secret)),
            None => cx.fault(
                FaultCode::InvalidValue,
                "something else",
                "`\"\"` (make a new one) or `{\"secret\": ID}`, never the clear text",
            ),
        }
    }
}

read_object!(SecretReference, COMMAND, {
    secret: required;
});

read_object!(AddUnitUserDevice, COMMAND, {
    property["property_id"]: required;
    person["user_id"]: required;
    unit["unit_id"]: nullable;
    device: required;
});

read_object!(RemoveUnitUserDevice, COMMAND, {
    property["property_id"]: required;
    person["user_id"]: required;
    device_id: required;
});

read_object!(CreateOrganisation, COMMAND, {
    name: required, by any_name;
    description: nullable;
    parent["parent_id"]: nullable;
    id: nullable;
    kind: nullable;
});

read_object!(UpdateOrganisation, COMMAND, {
    organisation["org_id"]: required;
    name: optional(Patch::Unchanged), by read_name_or_null;
    description: optional(Patch::Unchanged);
    parent["parent_id"]: optional(Patch::Unchanged);
});

fn read_name_or_null(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Patch<LocalizedText>> {
    match node.head() {
        Token::Null => Some(Patch::Clear),
        _ => any_name(node, cx).map(Patch::Set),
    }
}

read_object!(SoftDeleteOrganisation, COMMAND, {
    organisation["org_id"]: required;
    cascade: optional(false);
});

read_object!(RestoreOrganisation, COMMAND, { organisation["org_id"]: required; });
read_object!(PurgeOrganisation, COMMAND, { organisation["org_id"]: required; });

read_object!(SetServedBuildings, COMMAND, {
    organisation["org_id"]: required;
    buildings["building_ids"]: required;
});

read_object!(CreateUser, COMMAND, {
    organization_type: required;
    path_organization_id: required;
    user_type["userType"]: required;
    account_id: required;
    organization_id: required;
    email: required;
    first_name: nullable;
    last_name: nullable;
    name: nullable;
    mobile_phone: nullable;
    identifier: nullable;
    send_welcome_email: optional(false);
    job_function_id: nullable;
    permission_group_ids: optional(Vec::new());
    building_ids: optional(Vec::new());
    automatic_property_access: optional(false);
});

read_object!(SetPermissionGroups, COMMAND, {
    person["user_id"]: required;
    permission_group_ids: required;
    organization_id: nullable;
});

read_object!(AddMembership, COMMAND, { membership: required; });
read_object!(UpdateMembership, COMMAND, { membership: required; });

read_object!(RemoveMembership, COMMAND, {
    person["user_id"]: required;
    organisation["org_id"]: required;
});

read_object!(CreatePerson, COMMAND, { person: required; });

read_object!(UpdatePerson, COMMAND, {
    person["user_id"]: required;
    name: optional(Patch::Unchanged);
    email: optional(Patch::Unchanged);
    phone: optional(Patch::Unchanged);
    state: nullable;
});

read_object!(DeletePerson, COMMAND, {
    person["user_id"]: required;
    erase: optional(false);
});

read_object!(AddResident, COMMAND, { residency: required; });
read_object!(UpdateResident, COMMAND, { residency: required; });

read_object!(RemoveResident, COMMAND, {
    person["user_id"]: required;
    unit["unit_id"]: required;
});

read_object!(SetUnitAdministrators, COMMAND, {
    unit["unit_id"]: required;
    administrators: required;
});

read_object!(RotateUnitToken, COMMAND, { unit["unit_id"]: required; });

read_object!(CreateBuilding, COMMAND, { building: required; });
read_object!(UpdateBuilding, COMMAND, { building: required; });
read_object!(RemoveBuilding, COMMAND, { building["building_id"]: required; });
read_object!(CreateIntegration, COMMAND, { integration: required; });
read_object!(UpdateIntegration, COMMAND, { integration: required; });
read_object!(RemoveIntegration, COMMAND, { integration["integration_id"]: required; });
read_object!(CreateUnit, COMMAND, { unit: required; });
read_object!(UpdateUnit, COMMAND, { unit: required; });
read_object!(RemoveUnit, COMMAND, { unit["unit_id"]: required; });
read_object!(CreateDoor, COMMAND, { door: required; });
read_object!(UpdateDoor, COMMAND, { door: required; });
read_object!(RemoveDoor, COMMAND, { door["door_id"]: required; });

read_object!(DefinePermissionGroup, COMMAND, { permission_group: required; });
read_object!(DefineJobFunction, COMMAND, { job_function: required; });
read_object!(ImportEstate, COMMAND, { estate: required, by read_boxed_estate; });

fn read_boxed_estate(node: Node<'_>, cx: &mut Cx<'_, '_>) -> Option<Box<Estate>> {
    Estate::read(node, cx).map(Box::new)
}

deserialize_by_reader! {
    Command, Context, Actor,
    AddBuildingUser, RemoveBuildingUser, SetSiteRole, ApplyResidentPlan, ResidentPlan, PlannedUser,
    DesiredBuildingUser, RoleChange, UpdateUnitUser, UnitUserPatch, PassphrasePatch, AddUnitUserDevice,
    RemoveUnitUserDevice, CreateOrganisation, UpdateOrganisation, SoftDeleteOrganisation, RestoreOrganisation,
    PurgeOrganisation, SetServedBuildings, CreateUser, SetPermissionGroups, AddMembership, UpdateMembership,
    RemoveMembership, CreatePerson, UpdatePerson, DeletePerson, AddResident, UpdateResident, RemoveResident,
    SetUnitAdministrators, RotateUnitToken, CreateBuilding, UpdateBuilding, RemoveBuilding, CreateIntegration,
    UpdateIntegration, RemoveIntegration, CreateUnit, UpdateUnit, RemoveUnit, CreateDoor, UpdateDoor, RemoveDoor,
    DefinePermissionGroup, DefineJobFunction, ImportEstate,
}
