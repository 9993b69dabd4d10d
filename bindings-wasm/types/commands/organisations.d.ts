import type { Patch } from "../commands.js";
import type { Id, LocalizedText, OrganisationKind } from "../estate.js";

/** Creates an organisation [3-6]. New ids: one, unless `id` is given. */
export interface CreateOrganisation {
  command: "create_org";
  /** Not empty in at least one locale [3-17]. */
  name: LocalizedText;
  /** What it does, at most 1024 characters. */
  description?: string | null;
  /** Below what; none: a root, for which the platform is asked [3-19]. */
  parent_id?: Id | null;
  /** An id of the caller's choice: for those who may create on the platform [3-20]. */
  id?: Id | null;
  /** What it is in its account. */
  kind?: OrganisationKind | null;
}

/** Updates an organisation in part [3-8, C-50]. */
export interface UpdateOrganisation {
  command: "update_org";
  /** Which, by id or alias. */
  org_id: Id;
  /** The name; `null` is refused. */
  name?: Patch<LocalizedText>;
  description?: Patch<string>;
  /** Below what it stands, with all below it; `null` makes it a root. */
  parent_id?: Patch<Id>;
}

/** Deletes an organisation reversibly [3-9, C-40]. New ids: one, for the deletion. */
export interface SoftDeleteOrganisation {
  command: "soft_delete_org";
  /** Which, by id or alias. */
  org_id: Id;
  /** Whether to delete what stands against it too: organisations below, and although there are buildings or members. Default false. */
  cascade?: boolean;
}

/** Undoes a deletion: exactly what it took is live again [3-23, C-42]. */
export interface RestoreOrganisation {
  command: "restore_org";
  /** Which, by id or alias. */
  org_id: Id;
}

/** Removes a deleted organisation for ever [3-10, C-43]. */
export interface PurgeOrganisation {
  command: "purge_org";
  /** Which, by id or alias. */
  org_id: Id;
}

/** Says which buildings an organisation serves without owning them, all of them [C-69]. */
export interface SetServedBuildings {
  command: "set_served_buildings";
  /** Which organisation, by id or alias. */
  org_id: Id;
  /** Exactly these, by id or alias, each once. */
  building_ids: readonly Id[];
}
