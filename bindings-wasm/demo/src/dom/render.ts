// Drawing a region anew without losing what the person was at: focus, open details, where a list was scrolled to.

/** Which details with an id are open, on the whole page and for as long as it is. */
const openDetails = new Map<string, boolean>();

/** Replaces what is in a region. Focus stays on the element with the same id, else goes to the region. */
export function render(region: HTMLElement, ...content: readonly Node[]): void {
  const focused = document.activeElement;
  const hadFocus = focused instanceof HTMLElement && focused !== region && region.contains(focused);
  rememberDetails(region);
  region.replaceChildren(...content);
  recallDetails(region);
  if (!hadFocus) return;
  const again = focused.id === "" ? null : document.getElementById(focused.id);
  (again ?? region).focus({ preventScroll: true });
  if (again === null && document.activeElement !== region) {
    region.tabIndex = -1;
    region.focus({ preventScroll: true });
  }
}

function rememberDetails(region: HTMLElement): void {
  for (const details of region.querySelectorAll<HTMLDetailsElement>("details[id]")) openDetails.set(details.id, details.open);
}

function recallDetails(region: HTMLElement): void {
  for (const details of region.querySelectorAll<HTMLDetailsElement>("details[id]")) {
    details.open = openDetails.get(details.id) ?? details.open;
  }
}
