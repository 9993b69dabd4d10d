// Line icons, 24 by 24. They repeat what words beside them say, so they are hidden from assistive technology.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  administrator: ["M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6z", "M9 12l2 2 4-4"],
  building: ["M5 21V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v17", "M15 9h3a1 1 0 0 1 1 1v11", "M3 21h18", "M9 7h2M9 11h2M9 15h2"],
  call: ["M6 3h3l1.5 4.5L8 9.5a12 12 0 0 0 6.5 6.5l2-2.5L21 15v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  close: ["M6 6l12 12M18 6L6 18"],
  cross: ["M7 7l10 10M17 7L7 17"],
  door: ["M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17", "M4 21h16", "M14.5 12v.5"],
  group: [
    "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "M3 20c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5",
    "M16 5.5a3 3 0 0 1 0 5.5M18 14.8c1.9.8 3 2.6 3 5.2",
  ],
  home: ["M4 11l8-7 8 7", "M6 9.5V20h12V9.5"],
  integration: ["M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z", "M10 7h4M10 10h4", "M12 16.5v.5"],
  moon: ["M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z"],
  organisation: ["M9 3h6v5H9z", "M3 16h6v5H3z", "M15 16h6v5h-6z", "M12 8v4M6 16v-4h12v4"],
  person: ["M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M5 20c0-3.6 3.1-6 7-6s7 2.4 7 6"],
  role: ["M7.5 19.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M10.5 12.5L20 4", "M16 7.5l3 3M13 10.5l2 2"],
  sun: [
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
    "M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  ],
  undo: ["M8 5L4 9l4 4", "M4 9h10a5 5 0 0 1 0 10h-3"],
  unit: ["M4 11l8-7 8 7", "M6 9.5V20h12V9.5", "M10 20v-5h4v5"],
  warning: ["M12 4l9 16H3z", "M12 10v4M12 17v.2"],
} as const;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** An icon. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/** The icon for a kind of thing. */
export function kindIcon(kind: string): SVGSVGElement {
  return icon(Object.hasOwn(ICONS, kind) ? (kind as IconName) : "role");
}
