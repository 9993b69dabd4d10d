// Instants and windows, for people. Everything on the page is in UTC, as the examples are.

import type { Validity } from "vestibule/full";

/** A second, a minute, … in milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

/** `22 Nov 2026`. */
export function dateText(at: number): string {
  return DATE.format(at);
}

/** `18:00`. */
export function clockText(at: number): string {
  return CLOCK.format(at);
}

/** `22 Nov 2026, 18:00`. */
export function instantText(at: number): string {
  return `${dateText(at)}, ${clockText(at)}`;
}

/** `2 h`, `3 days`: how long something took or has been so. */
export function durationText(millis: number): string {
  if (millis < HOUR) return `${Math.round(millis / MINUTE)} min`;
  if (millis < 2 * DAY) return `${Math.round(millis / HOUR)} h`;
  return `${Math.round(millis / DAY)} days`;
}

/** Where an instant lies in a window. */
export function phaseOf(valid: Validity | undefined, at: number): "before" | "within" | "after" {
  if (valid?.from !== undefined && at < Date.parse(valid.from)) return "before";
  if (valid?.to !== undefined && at >= Date.parse(valid.to)) return "after";
  return "within";
}

/** What is to be said of a window: `from 1 Dec 2026`, `ended 30 Sep 2026`, `until 1 May 2027`; nothing where it has no end. */
export function windowText(valid: Validity | undefined, at: number): string | null {
  switch (phaseOf(valid, at)) {
    case "before":
      return `from ${dateText(Date.parse(valid?.from ?? ""))}`;
    case "after":
      return `ended ${dateText(Date.parse(valid?.to ?? ""))}`;
    case "within":
      return valid?.to === undefined ? null : `until ${dateText(Date.parse(valid.to))}`;
  }
}
