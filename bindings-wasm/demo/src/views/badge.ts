// Short words with a colour: states, windows, kinds.

import { h } from "../dom/h.js";

/** What a badge means; its colour never says it alone. */
export type Tone = "allow" | "deny" | "warn" | "quiet";

/** A badge. */
export function badge(tone: Tone, text: string): HTMLElement {
  return h("span", { class: `badge tone-${tone}` }, text);
}

/** A badge where there is something to say. */
export function badgeIf(tone: Tone, text: string | null): HTMLElement | null {
  return text === null ? null : badge(tone, text);
}
