/** A walk through the built demo page, in both themes and both widths. Expects `demo/dist`; `scripts/wasm-demo.sh` builds it. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Directory } from "vestibule/full";

import { SCREENSHOTS, faults, launch, serve } from "./site.js";

const AT = Date.UTC(2026, 10, 22, 18);
const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const estateOf = (name) => readFileSync(new URL(`../../../examples/${name}/estate.json`, import.meta.url), "utf8");

let site;
let browser;

before(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  [site, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const theme of ["light", "dark"]) {
  for (const [device, viewport] of Object.entries(WIDTHS)) describe(`${theme}, ${device}`, () => walk(theme, device, viewport));
}

function walk(theme, device, viewport) {
  let context;
  let page;
  const errors = [];

  before(async () => {
    context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce" });
    page = await context.newPage();
    page.setDefaultTimeout(5_000);
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  });
  after(() => context?.close());

  const go = async (hash) => {
    await page.goto(`${site.url}${hash}`);
    await page.locator("#person-name").waitFor();
  };
  const afresh = async (hash) => {
    await page.goto("about:blank");
    await go(hash);
  };
  const see = async (name) => {
    assert.deepEqual(await faults(page), [], `axe, ${name}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `${name} is no wider than the window`);
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${theme}-${device}.png`), fullPage: true });
  };
  const texts = (selector) => page.locator(selector).allInnerTexts();
  const pick = async (id, words) => {
    await page.locator(`#${id}`).click();
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
  };
  const openable = () => page.locator(".open").count();
  const latest = () => page.locator(".log-item.is-latest").innerText();

  test("a person and an estate are picked", async () => {
    await afresh("");
    assert.equal(await page.locator("#person-name").innerText(), "Amara Okafor");
    await pick("person", "rhys 204");
    await page.getByRole("heading", { level: 1, name: "Rhys Morgan" }).waitFor();
    await page.locator("#person").click();
    await see("combobox");
    await page.keyboard.press("Escape");
    await page.locator("#estate").selectOption("harbour-group");
    await page.getByRole("heading", { level: 1, name: "Eleanor Voss" }).waitFor();
    await see("operator-harbour");
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Rhys Morgan" }).waitFor();
  });

  for (const [estate, person] of [["maple-court", "rhys-morgan"], ["maple-court", "oliver-finch"], ["harbour-group", "daniel-okoro"]]) {
    test(`every door of ${estate} has the answer of the engine for ${person}`, async () => {
      await go(`#/${estate}/operator?person=${person}`);
      const directory = Directory.load(estateOf(estate));
      const shown = await page.locator(".operator [data-door]").evaluateAll((doors) => doors.map(({ dataset }) => [dataset.door, dataset.allowed]));
      assert.equal(shown.length, JSON.parse(estateOf(estate)).doors.length);
      for (const [door, allowed] of shown) {
        const request = { principal: `person:${person}`, action: "doors:open", resource: `door:${door}`, acting_org: null, at: AT };
        assert.equal(allowed, String(directory.decide(request).allowed), door);
      }
      directory.dispose();
    });
  }

  test("operator: a door that opens, and the way to it", async () => {
    await go("#/maple-court/operator?person=rhys-morgan");
    await see("operator");
    await page.locator("#door-mc-front").click();
    await page.locator('.decision[data-effect="allow"]').waitFor();
    assert.deepEqual(await texts(".stop strong"), ["Rhys Morgan", "Unit 204", "Maple Court intercom", "Front door"]);
    assert.match(await page.locator(".path").innerText(), /Front door is for all residents of Maple Court intercom\./);
    assert.match(await page.locator(".decision .facts").innerText(), /granted/);
    await page.waitForFunction(() => document.activeElement?.id === "decision-title");
    await see("decision-allowed");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.id === "door-mc-front");
  });

  test("operator: a door that stays closed, why, and what came nearest", async () => {
    await page.locator("#door-mc-bike").click();
    await page.locator('.decision[data-effect="deny"]').waitFor();
    assert.equal(await page.locator(".headline").innerText(), "No: Rhys Morgan may not open Bike room.");
    assert.match(await page.locator(".stop.is-broken").innerText(), /not for those who have the residency/);
    assert.match(await page.locator(".nearest").innerText(), /Nearest\s+The residency \(UNIT\) in unit 204 would be enough/);
    assert.match(await page.locator(".decision .facts").innerText(), /door_audience/);
    await see("decision-denied");
    await page.locator("#close-decision").click();
    await page.locator("#only-allowed").check();
    assert.equal(await page.locator('.operator [data-allowed="false"]').count(), 0);
    await page.locator("#only-allowed").uncheck();
  });

  test("resident: only what is allowed", async () => {
    await page.getByRole("tab", { name: "Operator" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "What may I do?" }).waitFor();
    assert.equal(await openable(), 6);
    await page.getByRole("button", { name: "Open Front door", exact: true }).click();
    await page.getByRole("button", { name: "Unlocked: Front door" }).waitFor();
    await see("resident");
    await go("#/maple-court/resident?person=carys-morgan");
    await page.getByRole("button", { name: "Why not? Say who lives here" }).click();
    await page.locator('.decision[data-effect="deny"]').waitFor();
    await page.locator("#close-decision").click();
  });

  test("lobby: the panel answers from its image", async () => {
    await afresh("#/maple-court/lobby?person=rhys-morgan");
    assert.ok((await texts(".device-row")).some((row) => /^204\s.*Rhys Morgan/s.test(row)));
    assert.match(await page.locator(".lobby .facts").innerText(), /Fresh[\s\S]*412/);
    await see("lobby");
    await page.locator("#time-day").click();
    await page.locator(".lobby .facts .tone-warn").getByText("Stale").waitFor();
    await page.locator("#time-reset").click();
    await page.locator("#deed-block").click();
    await page.getByText("the estate is at 413").waitFor();
    assert.ok((await texts(".device-row")).some((row) => /Rhys Morgan/.test(row)), "the panel has not heard of it");
    await see("lobby-behind");
    await page.locator("#send").click();
    await page.getByText("The panel knows what the estate knows").waitFor();
    assert.ok(!(await texts(".device-row")).some((row) => /Rhys Morgan/.test(row)), "now it has");
  });

  test("a block closes every door at once, and is undone", async () => {
    await afresh("#/maple-court/resident?person=rhys-morgan");
    await page.locator("#deed-block").click();
    await page.getByText("No door opens for me now.").waitFor();
    assert.equal(await openable(), 0);
    assert.match(await latest(), /Rhys Morgan was blocked[\s\S]*6 doors closed for Rhys Morgan/);
    await see("blocked");
    await page.locator("#undo").click();
    await page.locator(".open").first().waitFor();
    assert.equal(await openable(), 6);
    await page.locator("#deed-block").click();
    await page.getByRole("button", { name: "Unblock Rhys" }).click();
    await page.locator(".open").first().waitFor();
    assert.equal(await page.locator(".log-item").count(), 2);
    await page.locator("#reset").click();
    await page.getByText("Nothing yet.").waitFor();
  });

  test("a lease ends, and with it what came of it", async () => {
    await page.locator("#deed-end-lease-mc-204").click();
    await page.getByText("No door opens for me now.").waitFor();
    assert.match(await latest(), /The lease of Rhys Morgan in unit 204 ended/);
    assert.match(await latest(), /no longer manages who lives in 1 unit/);
    await page.locator("#undo").click();
    await page.locator("#home-mc-204").waitFor();
  });

  test("the administrator of an apartment lets somebody in and out, and gives them another name", async () => {
    await afresh("#/maple-court/resident?person=amara-okafor");
    await pick("my-newcomer-mc-203", "philippa");
    await page.locator("#my-add-mc-203").click();
    await page.locator(".household-name").getByText("Philippa Grant").waitFor();
    assert.match(await latest(), /Philippa Grant moved into unit 203\s+by Amara Okafor[\s\S]*7 doors opened for Philippa Grant/);
    await page.getByRole("button", { name: "Rename Nkechi Eze" }).click();
    await page.getByLabel("New name of Nkechi Eze").fill("Nkechi E.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".household-name").getByText("Nkechi E.").waitFor();
    await see("household");
    await page.getByRole("button", { name: "Remove Philippa Grant" }).click();
    await page.locator(".household-name").getByText("Philippa Grant").waitFor({ state: "detached" });
    await page.locator("#reset").click();
    await page.getByText("Nothing yet.").waitFor();
  });

  test("what an administrator may not do is refused, and changes nothing", async () => {
    await page.locator("#astray-mc-203").click();
    const refusal = page.locator("#refusal");
    await refusal.waitFor();
    assert.match(await refusal.innerText(), /nothing has changed[\s\S]*as Amara Okafor[\s\S]*delegation_scope\s*403/);
    assert.equal(await page.locator(".log-item").count(), 0);
    await see("refused");
    await pick("actor", "margaret");
    await page.locator("#deed-block").getByText("as Margaret Osei").waitFor();
  });

  test("the theme is switched, and stays", async () => {
    const other = theme === "light" ? "dark" : "light";
    await page.getByRole("button", { name: `Use the ${other} theme` }).click();
    await page.reload({ waitUntil: "commit" });
    await page.locator("#person-name").waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), other);
    await page.getByRole("button", { name: `Use the ${theme} theme` }).click();
  });

  test("without a network, from the first visit on", async () => {
    await page.getByText("works without a network").waitFor();
    await context.setOffline(true);
    const asked = site.asked();
    await afresh("#/maple-court/resident?person=rhys-morgan");
    assert.equal(await openable(), 6);
    await page.locator("#estate").selectOption("harbour-group");
    await page.getByRole("heading", { level: 1, name: "Eleanor Voss" }).waitFor();
    assert.equal(site.asked(), asked, "the server was asked for nothing");
    await context.setOffline(false);
  });

  test("nothing went wrong unseen", () => assert.deepEqual(errors, []));
}
