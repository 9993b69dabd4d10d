/** The generated estate as its rows mean it: what the engines beside ours are given. `benches/README.md` says what there is in it. */

const RESIDENT = /^virtual_access:integration:(.*):resident$/;
const TECHNICIAN = "virtual_access:integration:*:technician";

/** `{ people, doors, sites, organisations }`, each a map by id. */
export function modelOf(estate) {
  const organisations = new Map(estate.organisations.map(({ id, parent = null }) => [id, { parent }]));
  const owners = new Map(estate.buildings.map(({ id, owner }) => [id, owner]));
  const sites = new Map(estate.integrations.map(({ id, building }) => [id, { owner: owners.get(building) }]));
  const siteOf = new Map(estate.integrations.map(({ id, building }) => [building, id]));
  const doors = new Map(estate.doors.map(({ id, integration, unit }) => [id, { site: integration, ofUnit: unit !== undefined }]));
  const people = new Map(estate.memberships.map((row) => [row.person, { organisation: row.organisation, ...held(row, siteOf) }]));
  return { people, doors, sites, organisations };
}

/** What a membership gives: one of four meanings, and where. */
function held({ organisation, roles = [], building_access: access }, siteOf) {
  if (access) return { meaning: "securityOf", places: access.buildings.map((building) => siteOf.get(building)) };
  const [role] = roles;
  const site = RESIDENT.exec(role)?.[1];
  if (site) return { meaning: "residentOf", places: [site] };
  return { meaning: role === TECHNICIAN ? "technicianOf" : "administratorOf", places: [organisation] };
}

/** An organisation and all above it. */
export function within({ organisations }, id) {
  const above = [];
  for (let at = id; at !== null; at = organisations.get(at).parent) above.push(at);
  return above;
}
