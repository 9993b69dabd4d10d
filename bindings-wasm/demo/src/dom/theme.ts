// Light and dark: what the system prefers, until somebody chooses.

import { h } from "./h.js";
import { icon } from "./icon.js";

/** `index.html` reads it before anything is drawn. */
const KEY = "vestibule-demo.theme";
const PREFERS_DARK = matchMedia("(prefers-color-scheme: dark)");

type Theme = "light" | "dark";

/** A button that switches between the two. */
export function themeButton(): HTMLButtonElement {
  const words = h("span", { class: "visually-hidden" });
  const button = h("button", { type: "button", class: "icon-button", id: "theme", on: { click: () => choose(other()) } }, words);
  const draw = () => {
    const next = other();
    words.textContent = `Use the ${next} theme`;
    button.title = words.textContent;
    button.querySelector("svg")?.remove();
    button.append(icon(next === "dark" ? "moon" : "sun"));
  };
  const choose = (theme: Theme) => {
    document.documentElement.dataset["theme"] = theme;
    write(theme);
    draw();
  };
  PREFERS_DARK.addEventListener("change", draw);
  draw();
  return button;
}

function other(): Theme {
  const current = document.documentElement.dataset["theme"] ?? (PREFERS_DARK.matches ? "dark" : "light");
  return current === "dark" ? "light" : "dark";
}

// Storage may be forbidden: then the choice holds until the page is left.
function write(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
