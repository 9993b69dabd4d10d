// A combobox with a list that narrows while one types, after the pattern of the ARIA Authoring Practices.

import { type Child, h } from "./h.js";

/** Something to choose. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** A few words by which it is told from others; also searched. */
  readonly note?: string;
}

/** What a combobox is made of. */
export interface ComboboxProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly choose: (value: string) => void;
}

/** Most options in the list; the rest is found by typing. */
const SHOWN = 200;

/** A labelled combobox. */
export function combobox({ id, label, options, value, choose }: ComboboxProps): HTMLElement {
  const chosen = options.find((option) => option.value === value);
  const list = h("ul", { class: "combobox-list", id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    class: "input",
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    value: chosen?.label ?? "",
  });
  let matches: readonly Option[] = [];
  let active = -1;

  const isOpen = () => !list.hidden;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const open = (search: string) => {
    matches = matching(options, search);
    const hint =
      matches.length > SHOWN
        ? `${matches.length - SHOWN} more: type to find them`
        : matches.length === 0
          ? "Nobody is called that"
          : null;
    list.replaceChildren(...matches.slice(0, SHOWN).map((option, place) => row(option, place)));
    if (hint !== null)
      list.append(h("li", { class: "combobox-hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, hint));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(search === "" ? matches.findIndex((option) => option.value === value) : matches.length > 0 ? 0 : -1);
  };
  const row = (option: Option, place: number) =>
    h(
      "li",
      {
        class: "combobox-option",
        id: `${id}-option-${place}`,
        role: "option",
        "aria-selected": String(option.value === value),
        // Before the input loses its focus, which would close the list.
        on: { mousedown: (event) => event.preventDefault(), click: () => take(option) },
      },
      optionText(option),
    );
  const mark = (place: number) => {
    list.querySelector(".is-active")?.classList.remove("is-active");
    active = place;
    const item = place < 0 ? null : list.querySelector<HTMLElement>(`#${CSS.escape(`${id}-option-${place}`)}`);
    if (item === null) return input.removeAttribute("aria-activedescendant");
    item.classList.add("is-active");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  };
  const take = (option: Option) => {
    input.value = option.label;
    close();
    choose(option.value);
  };
  const step = (by: number) => {
    const last = Math.min(matches.length, SHOWN) - 1;
    if (!isOpen()) return open("");
    if (last >= 0) mark(active + by < 0 ? last : active + by > last ? 0 : active + by);
  };
  const keydown = (event: KeyboardEvent) => {
    const option = matches[active];
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && isOpen() && option !== undefined) take(option);
    else if (event.key === "Escape" && isOpen()) restore();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const restore = () => {
    input.value = chosen?.label ?? "";
    close();
  };

  input.addEventListener("input", () => open(input.value));
  input.addEventListener("click", () => (isOpen() ? undefined : open("")));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", restore);
  input.addEventListener("keydown", keydown);
  return h("div", { class: "field combobox" }, h("label", { for: id }, label), input, list);
}

/** The options whose label or note has all the words, wherever in it. */
function matching(options: readonly Option[], search: string): readonly Option[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return options.filter(({ label, note = "" }) => {
    const text = folded(`${label} ${note}`);
    return words.every((word) => text.includes(word));
  });
}

const optionText = ({ label, note }: Option): Child[] => [
  h("span", { class: "combobox-label" }, label),
  note === undefined ? null : h("span", { class: "combobox-note" }, note),
];

/** Without case and accents, so that `ilic` finds Ilić. */
const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
