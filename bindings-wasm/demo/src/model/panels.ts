// Panels: what each was last sent, as an image that answers by itself.

import { type Directory, Image } from "vestibule/full";

import { DAY, HOUR } from "./time.js";

/** How long an image is fresh, and after how long nobody should rely on it. */
export const FRESH_FOR = 2 * HOUR;
export const MAX_STALE = 2 * DAY;

/** An image on a panel, with its size. */
export interface PanelImage {
  readonly image: Image;
  readonly bytes: number;
  /** The digest of the estate that it was made of: a revision that was undone may come twice. */
  readonly digest: string;
}

/** The images of the panels of an estate. */
export class Panels {
  #images = new Map<string, PanelImage>();

  /** What a panel has; the first time it is sent what the directory says now. */
  imageOf(directory: Directory, integration: string, at: number): PanelImage {
    return this.#images.get(integration) ?? this.send(directory, integration, at);
  }

  /** Freezes what a panel needs, and sends it. */
  send(directory: Directory, integration: string, at: number): PanelImage {
    const bytes = directory.freeze({ slice: { integration }, issued_at: at, fresh_for: FRESH_FOR, max_stale: MAX_STALE });
    this.#images.get(integration)?.image.dispose();
    const sent = { image: Image.open(bytes), bytes: bytes.byteLength, digest: directory.digest() };
    this.#images.set(integration, sent);
    return sent;
  }

  /** Takes every image back. */
  forget(): void {
    this.#images.forEach(({ image }) => image.dispose());
    this.#images.clear();
  }
}
