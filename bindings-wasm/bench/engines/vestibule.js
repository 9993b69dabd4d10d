/** Vestibule: an image of everything, by strings and by handles. */
import { Image } from "vestibule";

const ACTION = "doors:open";

/** The instant of all questions, 2026-11-22T18:00:00Z. */
export const AT = 1_795_370_400_000;

const asked = ({ person, door }) => ({ principal: `person:${person}`, action: ACTION, resource: `door:${door}`, acting_org: null, at: AT });

export function byStrings(bytes) {
  const image = Image.open(bytes);
  return { name: "vestibule, strings", prepare: asked, allows: (request) => image.decide(request).allowed };
}

export function byHandles(bytes) {
  const image = Image.open(bytes);
  const key = image.key(ACTION);
  return {
    name: "vestibule, handles",
    prepare: ({ person, door }) => ({ principal: image.principal(`person:${person}`), resource: image.resource(`door:${door}`) }),
    allows: ({ principal, resource }) => image.decideHandles(principal, key, resource, null, AT).allowed,
  };
}

/** From the bytes of one person's slice to the first answer. */
export function firstAnswer(slices) {
  return {
    name: "vestibule, a person's slice: bytes to first answer",
    prepare: (question) => ({ bytes: slices.get(question.person), request: asked(question) }),
    allows({ bytes, request }) {
      const image = Image.open(bytes);
      const { allowed } = image.decide(request);
      image.dispose();
      return allowed;
    },
  };
}
