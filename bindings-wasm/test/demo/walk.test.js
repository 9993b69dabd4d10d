/** A walk through the built demo page, in both themes and both widths. Expects `demo/dist`; `scripts/wasm-demo.sh` builds it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { Directory } from "vestibule/full";

import { launch } from "../chromium.js";
import { serveDemo } from "./site.js";
import { Visitor } from "./visitor.js";

const AT = Date.UTC(2026, 10, 22, 18);
const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const estateOf = (name) => readFileSync(new URL(`../../../examples/${name}/estate.json`, import.meta.url), "utf8");

let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([serveDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const theme of ["light", "dark"]) {
  for (const [device, viewport] of Object.entries(WIDTHS)) describe(`${theme}, ${device}`, () => walk(theme, device, viewport));
}

function walk(theme, device, viewport) {
  let visitor;

  before(async () => {
    visitor = await Visitor.come(browser, site, { theme, device, viewport });
  });
  after(() => visitor?.leave());

  test("a person and an estate are picked", async () => {
    await visitor.afresh("");
    assert.equal(await visitor.page.locator("#person-name").innerText(), "Amara Okafor");
    await visitor.pick("person", "rhys 204");
    await visitor.page.getByRole("heading", { level: 1, name: "Rhys Morgan" }).waitFor();
    await visitor.page.locator("#person").click();
    await visitor.see("combobox");
    await visitor.page.keyboard.press("Escape");
    await visitor.page.locator("#estate").selectOption("harbour-group");
    await visitor.page.getByRole("heading", { level: 1, name: "Eleanor Voss" }).waitFor();
    await visitor.see("operator-harbour");
    await visitor.page.goBack();
    await visitor.page.getByRole("heading", { level: 1, name: "Rhys Morgan" }).waitFor();
  });

  test("an address that says nothing shows the first estate", async () => {
    await visitor.afresh("#/nowhere/odd?person=no%20one&at=never&ask=doors:open@bar&panel=x");
    assert.equal(await visitor.page.locator("#person-name").innerText(), "Amara Okafor");
    assert.equal(await visitor.page.locator(".verdict").count(), 0);
    await visitor.afresh("#/maple-court/lobby?ask=doors:open@door:no-such-door");
    assert.match(await visitor.page.locator(".decision .facts").innerText(), /resource_unknown/);
  });

  for (const [estate, person] of [
    ["maple-court", "rhys-morgan"],
    ["maple-court", "oliver-finch"],
    ["harbour-group", "daniel-okoro"],
  ]) {
    test(`every door of ${estate} has the answer of the engine for ${person}`, async () => {
      await visitor.go(`#/${estate}/operator?person=${person}`);
      const directory = Directory.load(estateOf(estate));
      const shown = await visitor.page
        .locator(".operator [data-door]")
        .evaluateAll((doors) => doors.map(({ dataset }) => [dataset.door, dataset.allowed]));
      assert.equal(shown.length, JSON.parse(estateOf(estate)).doors.length);
      for (const [door, allowed] of shown) {
        const request = {
          principal: `person:${person}`,
          action: "doors:open",
          resource: `door:${door}`,
          acting_org: null,
          at: AT,
        };
        assert.equal(allowed, String(directory.decide(request).allowed), door);
      }
      directory.dispose();
    });
  }

  test("operator: a door that opens, and the way to it", async () => {
    await visitor.go("#/maple-court/operator?person=rhys-morgan");
    await visitor.see("operator");
    await visitor.page.locator("#door-mc-front").click();
    await visitor.page.locator('.decision[data-effect="allow"]').waitFor();
    assert.deepEqual(await visitor.texts(".stop strong"), ["Rhys Morgan", "Unit 204", "Maple Court intercom", "Front door"]);
    assert.match(await visitor.page.locator(".path").innerText(), /Front door is for all residents of Maple Court intercom\./);
    assert.match(await visitor.page.locator(".decision .facts").innerText(), /granted/);
    await visitor.page.waitForFunction(() => document.activeElement?.id === "decision-title");
    await visitor.see("decision-allowed");
    await visitor.page.keyboard.press("Escape");
    await visitor.page.waitForFunction(() => document.activeElement?.id === "door-mc-front");
  });

  test("operator: a door that stays closed, why, and what came nearest", async () => {
    await visitor.page.locator("#door-mc-bike").click();
    await visitor.page.locator('.decision[data-effect="deny"]').waitFor();
    assert.equal(await visitor.page.locator(".headline").innerText(), "No: Rhys Morgan may not open Bike room.");
    assert.match(await visitor.page.locator(".stop.is-broken").innerText(), /not for those who have the residency/);
    assert.match(
      await visitor.page.locator(".nearest").innerText(),
      /Nearest\s+The residency \(UNIT\) in unit 204 would be enough/,
    );
    assert.match(await visitor.page.locator(".decision .facts").innerText(), /door_audience/);
    await visitor.see("decision-denied");
    await visitor.page.locator("#close-decision").click();
    await visitor.page.locator("#only-allowed").check();
    assert.equal(await visitor.page.locator('.operator [data-allowed="false"]').count(), 0);
    await visitor.page.locator("#only-allowed").uncheck();
  });

  test("time: a lease begins at its instant, and a stay ends at its own", async () => {
    await visitor.afresh("#/maple-court/resident?person=noor-aziz");
    assert.equal(await visitor.openable(), 5);
    await visitor.page.locator("#time").fill("2026-11-22T17:59");
    await visitor.page.getByText("No door opens for me now.").waitFor();
    await visitor.go("#/maple-court/resident?person=nkechi-eze&at=2026-11-29T11:59:59Z");
    assert.equal(await visitor.openable(), 3);
    await visitor.go("#/maple-court/resident?person=nkechi-eze&at=2026-11-29T12:00:00Z");
    await visitor.page.getByText("No door opens for me now.").waitFor();
    await visitor.page.locator("#time-reset").click();
  });

  test("a block in one building is lifted there", async () => {
    await visitor.afresh("#/maple-court/operator?person=marco-bellini");
    await visitor.page.locator('#door-mc-front[data-allowed="false"]').waitFor();
    await visitor.page.getByRole("button", { name: "Unblock in unit 502" }).click();
    await visitor.page.locator('#door-mc-front.is-changed[data-allowed="true"]').waitFor();
    await visitor.page.locator("#undo").click();
    await visitor.page.locator('#door-mc-front[data-allowed="false"]').waitFor();
  });

  test("resident: only what is allowed", async () => {
    await visitor.afresh("#/maple-court/operator?person=rhys-morgan");
    await visitor.page.getByRole("tab", { name: "Operator" }).focus();
    await visitor.page.keyboard.press("ArrowRight");
    await visitor.page.getByRole("heading", { name: "What may I do?" }).waitFor();
    assert.equal(await visitor.openable(), 6);
    await visitor.page.getByRole("button", { name: "Open Front door", exact: true }).click();
    await visitor.page.getByRole("button", { name: "Unlocked: Front door" }).waitFor();
    await visitor.see("resident");
    await visitor.go("#/maple-court/resident?person=carys-morgan");
    await visitor.page.getByRole("button", { name: "Why not? Say who lives here" }).click();
    await visitor.page.locator('.decision[data-effect="deny"]').waitFor();
    await visitor.page.locator("#close-decision").click();
  });

  test("lobby: the panel answers from its image", async () => {
    await visitor.afresh("#/maple-court/lobby?person=rhys-morgan");
    assert.ok((await visitor.texts(".device-row")).some((row) => /^204\s.*Rhys Morgan/s.test(row)));
    assert.match(await visitor.page.locator(".lobby .facts").innerText(), /Fresh[\s\S]*412/);
    await visitor.see("lobby");
    await visitor.page.locator("#time-day").click();
    await visitor.page.locator(".lobby .facts .tone-warn").getByText("Stale").waitFor();
    await visitor.page.locator("#time-reset").click();
    await visitor.page.locator("#deed-block").click();
    await visitor.page.getByText("the estate is at 413").waitFor();
    assert.ok(
      (await visitor.texts(".device-row")).some((row) => /Rhys Morgan/.test(row)),
      "the panel has not heard of it",
    );
    await visitor.see("lobby-behind");
    await visitor.page.locator("#send").click();
    await visitor.page.getByText("The panel knows what the estate knows").waitFor();
    assert.ok(!(await visitor.texts(".device-row")).some((row) => /Rhys Morgan/.test(row)), "now it has");
    await visitor.page.locator("#undo").click();
    await visitor.page.locator("#deed-end-lease-mc-204").click();
    await visitor.page.getByText("the estate is another").waitFor();
  });

  test("a block closes every door at once, and is undone", async () => {
    await visitor.afresh("#/maple-court/resident?person=rhys-morgan");
    await visitor.page.locator("#deed-block").click();
    await visitor.page.getByText("No door opens for me now.").waitFor();
    assert.equal(await visitor.openable(), 0);
    assert.match(await visitor.latest(), /Rhys Morgan was blocked[\s\S]*6 doors closed for Rhys Morgan/);
    await visitor.see("blocked");
    await visitor.page.locator("#undo").click();
    await visitor.page.locator(".open").first().waitFor();
    assert.equal(await visitor.openable(), 6);
    await visitor.page.locator("#deed-block").click();
    await visitor.page.getByRole("button", { name: "Unblock Rhys" }).click();
    await visitor.page.locator(".open").first().waitFor();
    assert.equal(await visitor.page.locator(".log-item").count(), 2);
    await visitor.page.locator("#reset").click();
    await visitor.page.getByText("Nothing yet.").waitFor();
  });

  test("a lease ends, and with it what came of it", async () => {
    await visitor.page.locator("#deed-end-lease-mc-204").click();
    await visitor.page.getByText("No door opens for me now.").waitFor();
    assert.match(await visitor.latest(), /The lease of Rhys Morgan in unit 204 ended/);
    assert.match(await visitor.latest(), /no longer manages who lives in 1 unit/);
    await visitor.page.locator("#undo").click();
    await visitor.page.locator("#home-mc-204").waitFor();
  });

  test("the administrator of an apartment lets somebody in and out, and gives them another name", async () => {
    await visitor.afresh("#/maple-court/resident?person=amara-okafor");
    await visitor.pick("my-newcomer-mc-203", "philippa");
    await visitor.page.locator("#my-add-mc-203").click();
    await visitor.page.locator(".household-name").getByText("Philippa Grant").waitFor();
    assert.match(
      await visitor.latest(),
      /Philippa Grant moved into unit 203\s+by Amara Okafor[\s\S]*7 doors opened for Philippa Grant/,
    );
    await visitor.page.getByRole("button", { name: "Rename Nkechi Eze" }).click();
    await visitor.page.getByLabel("New name of Nkechi Eze").fill("Nkechi E.");
    await visitor.page.getByRole("button", { name: "Save" }).click();
    await visitor.page.locator(".household-name").getByText("Nkechi E.").waitFor();
    await visitor.see("household");
    await visitor.page.getByRole("button", { name: "Remove Philippa Grant" }).click();
    await visitor.page.locator(".household-name").getByText("Philippa Grant").waitFor({ state: "detached" });
    await visitor.page.locator("#reset").click();
    await visitor.page.getByText("Nothing yet.").waitFor();
  });

  test("what an administrator may not do is refused, and changes nothing", async () => {
    await visitor.page.locator("#astray-mc-203").click();
    const refusal = visitor.page.locator("#refusal");
    await refusal.waitFor();
    assert.match(
      await refusal.innerText(),
      /nothing has changed[\s\S]*Add Hugh to 204, as Amara Okafor[\s\S]*delegation_scope\s*403/,
    );
    assert.equal(await visitor.page.locator(".log-item").count(), 0);
    await visitor.see("refused");
    await visitor.pick("actor", "margaret");
    await visitor.page.locator("#deed-block").getByText("as Margaret Osei").waitFor();
  });

  test("the theme is switched, and stays", async () => {
    const other = theme === "light" ? "dark" : "light";
    await visitor.page.getByRole("button", { name: `Use the ${other} theme` }).click();
    await visitor.page.reload({ waitUntil: "commit" });
    await visitor.page.locator("#person-name").waitFor();
    assert.equal(await visitor.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), other);
    await visitor.page.getByRole("button", { name: `Use the ${theme} theme` }).click();
  });

  test("without a network, from the first visit on", async () => {
    await visitor.page.getByText("works without a network").waitFor();
    await visitor.page.context().setOffline(true);
    const before = site.asked.length;
    await visitor.afresh("#/maple-court/resident?person=rhys-morgan");
    assert.equal(await visitor.openable(), 6);
    await visitor.page.locator("#estate").selectOption("harbour-group");
    await visitor.page.getByRole("heading", { level: 1, name: "Eleanor Voss" }).waitFor();
    // Whether there is a newer worker is for the browser to ask, whenever it likes.
    assert.deepEqual(
      site.asked.slice(before).filter((url) => url !== "/demo/sw.js"),
      [],
      "the server was asked for nothing",
    );
    await visitor.page.context().setOffline(false);
  });

  test("nothing went wrong unseen", () => assert.deepEqual(visitor.errors, []));
}
