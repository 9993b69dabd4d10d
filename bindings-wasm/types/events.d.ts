/**
 * What a change consists of. Events are appended to, never altered. Their ids are canonical, and their rows are those of an estate,
 * written in full.
 */
import type { HeldRole } from "./commands.js";
import type {
  Administrator, Building, Deletion, Device, Door, Estate, GrantedGroup, Id, Integration, JobFunction, LocalizedText,
  Membership, Organisation, PermissionGroup, Person, PersonState, Residency, ResidencyStatus, RolePath, Unit,
  Validity,
} from "./estate.js";

/** One thing that changed. */
export type Event =
  | EstateImported
  | PersonCreated
  | PersonContactSet
  | PersonDetailsSet
  | PersonStateSet
  | UserWelcomed
  | BuildingUserAdded
  | BuildingUserRemoved
  | MembershipSet
  | MembershipRemoved
  | RoleGranted
  | RoleRevoked
  | PermissionGroupsSet
  | ResidencySet
  | ResidencyDisplayNameSet
  | ResidencyRemoved
  | UnitUserUpdated
  | DeviceAdded
  | DeviceRemoved
  | SecretDiscarded
  | UnitAdministratorsSet
  | UnitTokenRotated
  | OrganisationCreated
  | OrganisationTextSet
  | OrganisationMoved
  | OrganisationsDeleted
  | OrganisationsRestored
  | OrganisationPurged
  | ServedBuildingsSet
  | BuildingCreated
  | BuildingUpdated
  | BuildingRemoved
  | IntegrationCreated
  | IntegrationUpdated
  | IntegrationRemoved
  | UnitCreated
  | UnitUpdated
  | UnitRemoved
  | DoorCreated
  | DoorUpdated
  | DoorRemoved
  | PermissionGroupDefined
  | JobFunctionDefined;

/** Where the groups of a new member came from: named in the command, or those with which the job function starts [C-30]. */
export type GroupSource = "explicit" | "job_function";

/** A secret that took the place of another. References only. */
export interface SecretChange {
  /** The reference from now on. */
  readonly secret: Id;
  /** Whether the host must make it; else it is kept already. */
  readonly is_generated: boolean;
  /** The reference before. */
  readonly replaced?: Id;
}

/** A whole estate came into an empty directory; without names, addresses, numbers and display names. */
export interface EstateImported {
  readonly event: "estate_imported";
  readonly estate: Estate;
}

/** A person is known; without name, address and number. */
export interface PersonCreated {
  readonly event: "person_created";
  readonly person: Person;
}

/** How to reach a person; what is left out they have not. Personal data. */
export interface PersonContactSet {
  readonly event: "person_contact_set";
  readonly person: Id;
  /** Full name. */
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** What else is known of a person; what is left out they have not. Personal data. */
export interface PersonDetailsSet {
  readonly event: "person_details_set";
  readonly person: Id;
  readonly first_name?: string;
  readonly last_name?: string;
  /** The number of an employee [4-15]. */
  readonly identifier?: string;
}

/** Whether a person is in good standing. */
export interface PersonStateSet {
  readonly event: "person_state_set";
  readonly person: Id;
  readonly state: PersonState;
}

/** A user is to be welcomed [4-9]. Changes nothing in the directory. */
export interface UserWelcomed {
  readonly event: "user_welcomed";
  readonly person: Id;
}

/** A person holds a role on an integration [0-3]. */
export interface BuildingUserAdded {
  readonly event: "building_user_added";
  readonly integration: Id;
  readonly person: Id;
  /** At which organisation the role is held. */
  readonly organisation: Id;
  readonly role: RolePath;
  /** Whether a membership of the organisation came with it [C-10]. */
  readonly membership_created: boolean;
  /** The window of the role; left out: always. */
  readonly valid?: Validity;
}

/** A person holds no role on an integration any more [0-4, C-9]. */
export interface BuildingUserRemoved {
  readonly event: "building_user_removed";
  readonly integration: Id;
  readonly person: Id;
  readonly roles_removed: readonly HeldRole[];
  /** The units whose residencies went. */
  readonly units_removed: readonly Id[];
}

/** A membership is as said, with all roles and groups; a new one, or in place of the one there was. */
export interface MembershipSet {
  readonly event: "membership_set";
  readonly membership: Membership;
  /** Where its groups came from, where it is new [C-30]. */
  readonly source?: GroupSource;
}

/** A membership ended, with all that was held through it. */
export interface MembershipRemoved {
  readonly event: "membership_removed";
  readonly person: Id;
  readonly organisation: Id;
}

/** A role of a membership, or the window of one. */
export interface RoleGranted {
  readonly event: "role_granted";
  readonly person: Id;
  readonly organisation: Id;
  readonly role: RolePath;
  /** When; left out: as long as the membership. */
  readonly valid?: Validity;
}

/** A role of a membership no longer held. */
export interface RoleRevoked {
  readonly event: "role_revoked";
  readonly person: Id;
  readonly organisation: Id;
  readonly role: RolePath;
}

/** The permission groups of a membership, all of them [4-20, C-31]. */
export interface PermissionGroupsSet {
  readonly event: "permission_groups_set";
  readonly person: Id;
  readonly organisation: Id;
  readonly groups: readonly GrantedGroup[];
}

/**
 * A residency is as said; a new one, or in place of the one there was. Without its display name, secret and devices, which stay as
 * they are.
 */
export interface ResidencySet {
  readonly event: "residency_set";
  readonly residency: Residency;
}

/** The name in the lobby directory. Personal data. */
export interface ResidencyDisplayNameSet {
  readonly event: "residency_display_name_set";
  readonly person: Id;
  readonly unit: Id;
  /** Left out: the person's own. */
  readonly display_name?: string;
}

/** A residency ended. */
export interface ResidencyRemoved {
  readonly event: "residency_removed";
  readonly person: Id;
  readonly unit: Id;
}

/** A unit user was updated [2-25]; how to reach them is in an event of its own. */
export interface UnitUserUpdated {
  readonly event: "unit_user_updated";
  readonly person: Id;
  readonly unit: Id;
  /** The status from now on, where it changed. */
  readonly status?: ResidencyStatus;
  /** The secret from now on, where it changed. */
  readonly secret?: SecretChange;
  /** The host's operation that updates the persona. */
  readonly persona_update?: Id;
  /** The host's operation that updates the network. */
  readonly dpsk_update?: Id;
}

/** A device of a unit user is known. */
export interface DeviceAdded {
  readonly event: "device_added";
  readonly person: Id;
  readonly unit: Id;
  readonly device: Device;
}

/** A device of a unit user is gone [2-49]. */
export interface DeviceRemoved {
  readonly event: "device_removed";
  readonly person: Id;
  readonly unit: Id;
  readonly device_id: string;
}

/** A secret counts no longer, and nothing takes its place: the residency ends. */
export interface SecretDiscarded {
  readonly event: "secret_discarded";
  readonly person: Id;
  readonly unit: Id;
  /** What it was called. */
  readonly secret: Id;
}

/** The administrators of a unit, all of them [C-66]. */
export interface UnitAdministratorsSet {
  readonly event: "unit_administrators_set";
  readonly unit: Id;
  readonly administrators: readonly Administrator[];
}

/** Tokens of a unit of an earlier generation no longer count [2-5]. */
export interface UnitTokenRotated {
  readonly event: "unit_token_rotated";
  readonly unit: Id;
  readonly generation: number;
}

/** An organisation is there. */
export interface OrganisationCreated {
  readonly event: "organisation_created";
  readonly organisation: Organisation;
}

/** The texts of an organisation. */
export interface OrganisationTextSet {
  readonly event: "organisation_text_set";
  readonly organisation: Id;
  /** The name, where it changed. */
  readonly name?: LocalizedText;
  /** The description, where it changed; `null`: none any more. */
  readonly description?: string | null;
}

/** An organisation stands elsewhere, with all below it. */
export interface OrganisationMoved {
  readonly event: "organisation_moved";
  readonly organisation: Id;
  /** Below what; left out: a root. */
  readonly parent?: Id;
}

/** Organisations were deleted, reversibly, by one deletion [C-40]. */
export interface OrganisationsDeleted {
  readonly event: "organisations_deleted";
  readonly deletion: Deletion;
  readonly organisations: readonly Id[];
}

/** Organisations are live again [C-42]. */
export interface OrganisationsRestored {
  readonly event: "organisations_restored";
  /** The deletion that is undone. */
  readonly deletion: Id;
  readonly organisations: readonly Id[];
}

/** An organisation is gone for ever, and with it its memberships; its id is never used again [3-24]. */
export interface OrganisationPurged {
  readonly event: "organisation_purged";
  readonly organisation: Id;
}

/** The buildings that an organisation serves, all of them [C-69]. */
export interface ServedBuildingsSet {
  readonly event: "served_buildings_set";
  readonly organisation: Id;
  readonly buildings: readonly Id[];
}

/** A building is there. */
export interface BuildingCreated {
  readonly event: "building_created";
  readonly building: Building;
}

/** A building is as said. */
export interface BuildingUpdated {
  readonly event: "building_updated";
  readonly building: Building;
}

/** A building is gone. */
export interface BuildingRemoved {
  readonly event: "building_removed";
  readonly building: Id;
}

/** An integration is there. */
export interface IntegrationCreated {
  readonly event: "integration_created";
  readonly integration: Integration;
}

/** An integration is as said. */
export interface IntegrationUpdated {
  readonly event: "integration_updated";
  readonly integration: Integration;
}

/** An integration is gone. */
export interface IntegrationRemoved {
  readonly event: "integration_removed";
  readonly integration: Id;
}

/** A unit is there. */
export interface UnitCreated {
  readonly event: "unit_created";
  readonly unit: Unit;
}

/** A unit is as said. */
export interface UnitUpdated {
  readonly event: "unit_updated";
  readonly unit: Unit;
}

/** A unit is gone. */
export interface UnitRemoved {
  readonly event: "unit_removed";
  readonly unit: Id;
}

/** A door is there. */
export interface DoorCreated {
  readonly event: "door_created";
  readonly door: Door;
}

/** A door is as said. */
export interface DoorUpdated {
  readonly event: "door_updated";
  readonly door: Door;
}

/** A door is gone. */
export interface DoorRemoved {
  readonly event: "door_removed";
  readonly door: Id;
}

/** What a permission group holds; a new one, or in place of the one there was. */
export interface PermissionGroupDefined {
  readonly event: "permission_group_defined";
  readonly permission_group: PermissionGroup;
}

/** The groups with which a job function starts; a new one, or in place of the one there was. */
export interface JobFunctionDefined {
  readonly event: "job_function_defined";
  readonly job_function: JobFunction;
}
