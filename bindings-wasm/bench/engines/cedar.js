/**
 * Cedar, modelled as in `benches/src/peers/cedar.rs`: four policies, one a meaning of a grant; what a person holds stands in
 * attributes; the hierarchy does the rest. Its module keeps policies between calls, and takes entities with each call.
 */
import { within } from "../model.js";

const POLICIES = `
permit (principal, action in Action::"resident", resource)
when { principal has residentOf && resource in principal.residentOf && !resource.ofUnit };

permit (principal, action in Action::"security", resource)
when { principal has securityOf && resource in principal.securityOf && !resource.ofUnit };

permit (principal, action in Action::"technician", resource)
when { principal has technicianOf && resource in principal.technicianOf && !resource.ofUnit };

permit (principal, action, resource)
when { principal has administratorOf && resource in principal.administratorOf };
`;

const GROUPS = {
  "doors:open": ["resident", "security", "technician"],
  "directory:read": ["resident", "security", "technician"],
  "calls:answer": ["resident"],
  "doors:read": ["security", "technician"],
};

const uid = (type, id) => ({ type, id });
const organisation = (id) => uid("Organisation", id);
const site = (id) => uid("Site", id);

const action = (key) => ({ uid: uid("Action", key), attrs: {}, parents: GROUPS[key].map((group) => uid("Action", group)) });

function personEntity(id, { meaning, places }, parents) {
  const place = meaning === "residentOf" || meaning === "securityOf" ? site : organisation;
  const attrs = { [meaning]: places.map((each) => ({ __entity: place(each) })) };
  return { uid: uid("Person", id), attrs, parents: parents.map(organisation) };
}

function doorEntity(id, { site: of, ofUnit }, above) {
  return { uid: uid("Door", id), attrs: { ofUnit }, parents: [site(of), ...above.map(organisation)] };
}

const call = ({ person, door }) => ({
  principal: uid("Person", person),
  action: uid("Action", "doors:open"),
  resource: uid("Door", door),
  context: {},
});

function isAllowed(answer) {
  if (answer.type !== "success") throw new Error(JSON.stringify(answer));
  return answer.response.decision === "allow";
}

/** The policies kept by Cedar, the whole estate with each call. */
export function cedar({ preparsePolicySet, statefulIsAuthorized }, model) {
  preparsePolicySet("resident", { staticPolicies: POLICIES });
  const entities = [
    ...Array.from(model.people, ([id, person]) => personEntity(id, person, [person.organisation])),
    ...Array.from(model.doors, ([id, door]) => doorEntity(id, door, [])),
    ...Array.from(model.sites, ([id, { owner }]) => ({ uid: site(id), attrs: {}, parents: [organisation(owner)] })),
    ...Array.from(model.organisations, ([id, { parent }]) => ({ uid: organisation(id), attrs: {}, parents: parent === null ? [] : [organisation(parent)] })),
    ...Object.keys(GROUPS).map(action),
  ];
  return {
    name: "cedar-wasm, the whole estate",
    prepare: (question) => ({ ...call(question), preparsedPolicySetId: "resident", entities }),
    allows: (question) => isAllowed(statefulIsAuthorized(question)),
  };
}

/** The policies kept by Cedar, and of the entities the three that the question needs, picked by the host beforehand. */
export function cedarSliced({ preparsePolicySet, statefulIsAuthorized }, model) {
  preparsePolicySet("sliced", { staticPolicies: POLICIES });
  const slice = ({ person, door }) => {
    const [held, place] = [model.people.get(person), model.doors.get(door)];
    return [
      personEntity(person, held, within(model, held.organisation)),
      doorEntity(door, place, within(model, model.sites.get(place.site).owner)),
      action("doors:open"),
    ];
  };
  return {
    name: "cedar-wasm, three entities",
    prepare: (question) => ({ ...call(question), preparsedPolicySetId: "sliced", entities: slice(question) }),
    allows: (question) => isAllowed(statefulIsAuthorized(question)),
  };
}
