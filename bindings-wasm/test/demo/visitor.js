// Somebody at the page: what they do, and what they see.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { SCREENSHOTS, faults } from "./site.js";

export class Visitor {
  /** What the page reported as an error. */
  errors = [];

  constructor(site, page, name) {
    this.site = site;
    this.page = page;
    this.name = name;
    page.setDefaultTimeout(5_000);
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && this.errors.push(message.text()));
  }

  /** Somebody with a browser profile of their own. */
  static async come(browser, site, { theme, device, viewport }) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce" });
    return new Visitor(site, await context.newPage(), `${theme}-${device}`);
  }

  leave() {
    return this.page.context().close();
  }

  /** Goes to a place of the page; what was changed stays. */
  async go(hash) {
    await this.page.goto(`${this.site.url}${hash}`);
    await this.page.locator("#person-name").waitFor();
  }

  /** Goes there as on a first visit. */
  async afresh(hash) {
    await this.page.goto("about:blank");
    await this.go(hash);
  }

  /** Picks from a combobox by typing. */
  async pick(id, words) {
    await this.page.locator(`#${id}`).click();
    await this.page.keyboard.type(words);
    await this.page.keyboard.press("Enter");
  }

  texts(selector) {
    return this.page.locator(selector).allInnerTexts();
  }

  /** How many doors have a button that opens them. */
  openable() {
    return this.page.locator(".open").count();
  }

  /** What was changed last, and what that meant. */
  latest() {
    return this.page.locator(".log-item.is-latest").innerText();
  }

  /** Looks at everything: nothing that axe finds, nothing wider than the window; a screenshot is kept. */
  async see(what) {
    assert.deepEqual(await faults(this.page), [], `axe, ${what}`);
    const overflow = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `${what} is no wider than the window`);
    await this.page.screenshot({ path: join(SCREENSHOTS, `${what}-${this.name}.png`), fullPage: true });
  }
}
