// Tabs: one is chosen, arrow keys go from one to the next, and each panel is named by its tab.

import { h } from "./h.js";

/** A tab. */
export interface Tab {
  readonly id: string;
  readonly label: string;
}

/** A list of tabs for the panel with this id. */
export function tabList(
  label: string,
  tabs: readonly Tab[],
  chosen: string,
  panel: string,
  choose: (id: string) => void,
): HTMLElement {
  const buttons = tabs.map(({ id, label }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        class: "tab",
        id: `tab-${id}`,
        "aria-selected": String(id === chosen),
        "aria-controls": panel,
        tabindex: id === chosen ? 0 : -1,
        on: { click: () => choose(id), keydown: (event) => move(event, id) },
      },
      label,
    ),
  );
  const move = (event: KeyboardEvent, from: string) => {
    const place = tabs.findIndex(({ id }) => id === from);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (tab === undefined) return;
    event.preventDefault();
    document.getElementById(`tab-${tab.id}`)?.focus();
    choose(tab.id);
  };
  return h("div", { role: "tablist", class: "tabs", "aria-label": label }, buttons);
}
