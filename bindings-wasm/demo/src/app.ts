// Holds the estates in use and how the page stands, and draws it anew when either changes.

import { announce } from "./dom/announce.js";
import { h } from "./dom/h.js";
import { render } from "./dom/render.js";
import { tabList } from "./dom/tabs.js";
import { themeButton } from "./dom/theme.js";
import { actorFor, possibleActors } from "./model/actors.js";
import { differenceText } from "./model/comparison.js";
import type { Deed } from "./model/deeds.js";
import { exampleOf } from "./model/examples.js";
import { OPEN, decide } from "./model/questions.js";
import { Session } from "./model/session.js";
import { type Route, type View, formatRoute, parseRoute } from "./route.js";
import type { Scene, Stance } from "./scene.js";
import { changesView } from "./views/changes.js";
import { contextView } from "./views/context.js";
import { decisionView } from "./views/decision.js";
import { lobbyView } from "./views/lobby.js";
import { operatorView } from "./views/operator.js";
import { personView } from "./views/person.js";
import { residentView } from "./views/resident.js";

const VIEWS: Readonly<Record<View, { label: string; draw: (scene: Scene) => HTMLElement }>> = {
  operator: { label: "Operator", draw: operatorView },
  resident: { label: "Resident", draw: residentView },
  lobby: { label: "Lobby panel", draw: lobbyView },
};

/** How the page stands when an estate is picked. */
const AT_FIRST: Stance = { actor: null, newcomers: new Map(), onlyAllowed: false, refusal: null, renaming: null };

/** The page. */
export class App {
  readonly #sessions = new Map<string, Session>();
  readonly #context = h("div", { class: "region-context" });
  readonly #person = h("div", {});
  readonly #tabs = h("div", {});
  readonly #view = h("div", { class: "region-view", id: "view", role: "tabpanel" });
  readonly #decision = h("div", { class: "region-decision", id: "decision" });
  readonly #changes = h("div", { class: "region-changes" });
  #route: Route = parseRoute(location.hash);
  #stance: Stance = AT_FIRST;
  /** Whether focus goes to the answer once it is drawn. */
  #asked = false;

  constructor(page: HTMLElement) {
    page.prepend(
      h("a", { class: "skip", href: "#view", on: { click: (event) => this.#skip(event) } }, "Skip to the view"),
      h(
        "header",
        { class: "page-head" },
        h(
          "div",
          { class: "page-head-inner" },
          h("img", { src: "./icon.svg", alt: "", width: 28, height: 28 }),
          h("p", { class: "wordmark" }, "Vestibule"),
          h("p", { class: "tagline" }, "May this person do this, here, now?"),
          themeButton(),
        ),
      ),
      h(
        "main",
        { class: "page" },
        h("section", { "aria-label": "What is asked" }, this.#context),
        this.#person,
        this.#tabs,
        h("div", { class: "columns" }, this.#view, h("div", { class: "aside" }, this.#decision, this.#changes)),
      ),
      h(
        "footer",
        { class: "page-foot" },
        h("p", {}, "Every answer on this page is the engine’s own, given in this browser. No server is asked."),
        h("p", { id: "offline" }),
      ),
    );
    document.addEventListener("keydown", (event) => this.#escape(event));
  }

  /** Draws what the address says. */
  async show(): Promise<void> {
    const { hash } = location;
    const route = parseRoute(hash);
    const session = await this.#sessionOf(route.estate);
    // While the estate was fetched, somebody went on.
    if (location.hash !== hash) return;
    if (route.estate !== this.#route.estate) this.#stance = AT_FIRST;
    else if (route.person !== this.#route.person) this.#stance = { ...this.#stance, refusal: null, renaming: null };
    const known = session.register.people.has(route.person);
    this.#route = known ? route : { ...route, person: exampleOf(route.estate)?.person ?? route.person };
    this.#draw(session);
  }

  async #sessionOf(estate: string): Promise<Session> {
    const known = this.#sessions.get(estate);
    if (known !== undefined) return known;
    const example = exampleOf(estate);
    if (example === undefined) throw new Error(`no example is called ${estate}`);
    const session = new Session(await example.load());
    this.#sessions.set(estate, session);
    return session;
  }

  #draw(session: Session): void {
    const scene = this.#scene(session);
    const { view } = this.#route;
    document.title = `${session.register.nameOf(`person:${this.#route.person}`)} · ${VIEWS[view].label} · Vestibule`;
    render(this.#context, contextView(scene));
    render(this.#person, personView(scene));
    const tabs = Object.entries(VIEWS).map(([id, { label }]) => ({ id, label }));
    render(
      this.#tabs,
      tabList("Views", tabs, view, "view", (id) => scene.go({ view: id as View })),
    );
    this.#view.setAttribute("aria-labelledby", `tab-${view}`);
    render(this.#view, VIEWS[view].draw(scene));
    render(this.#decision, decisionView(scene));
    this.#decision.classList.toggle("is-open", this.#route.question !== null);
    render(this.#changes, changesView(scene));
    this.#turnToAnswer();
  }

  #turnToAnswer(): void {
    if (this.#asked) document.getElementById("decision-title")?.focus({ preventScroll: true });
    this.#asked = false;
  }

  #scene(session: Session): Scene {
    return {
      session,
      register: session.register,
      route: this.#route,
      stance: this.#stance,
      go: (change) => this.#go(change),
      set: (change) => this.#set(session, change),
      ask: (action, resource) => {
        this.#asked = true;
        this.#go({ question: { action, resource } });
      },
      open: (door) => this.#open(session, door),
      perform: (deed, actor) => this.#perform(session, deed, actor),
      sendTo: (integration) => {
        session.panels.send(session.directory, integration, this.#route.at);
        this.#set(session, {});
        announce("A new image was sent to the panel.");
      },
      undo: () => {
        const undone = session.undo();
        this.#set(session, { refusal: null });
        if (undone !== null) announce(`Undone: ${undone.told}.`);
        return undone;
      },
      reset: () => {
        session.reset();
        this.#set(session, { refusal: null, newcomers: new Map() });
        announce("Everything is as at first.");
      },
    };
  }

  #go(change: Partial<Route>): void {
    const estate = change.estate ?? this.#route.estate;
    const elsewhere = estate !== this.#route.estate;
    const first = elsewhere ? { person: exampleOf(estate)?.person ?? "", question: null, panel: null } : {};
    const hash = formatRoute({ ...this.#route, ...first, ...change });
    if (hash === location.hash) this.#turnToAnswer();
    else location.hash = hash;
  }

  #set(session: Session, change: Partial<Stance>): void {
    this.#stance = { ...this.#stance, ...change };
    this.#draw(session);
  }

  #open(session: Session, door: string): boolean {
    const { person, at } = this.#route;
    const { allowed } = decide(session.directory, { person, action: OPEN, resource: `door:${door}`, at });
    announce(`${session.register.nameOf(`door:${door}`)} ${allowed ? "is unlocked" : "stays closed"}.`);
    return allowed;
  }

  #perform(session: Session, deed: Deed, as?: string): void {
    const { at } = this.#route;
    const { register, directory } = session;
    const actor = as ?? this.#stance.actor ?? actorFor(directory, register, deed, at) ?? possibleActors(register)[0];
    if (actor === undefined) return;
    const result = session.attempt(deed, actor, at);
    if ("refused" in result) {
      this.#set(session, { refusal: result.refused });
      document.getElementById("refusal")?.scrollIntoView({ block: "nearest" });
      return announce(`Refused: ${result.refused.message}. Nothing has changed.`);
    }
    this.#set(session, { refusal: null, newcomers: new Map(), renaming: null });
    if ("unchanged" in result) return announce("It was so already.");
    const meaning = result.done.differences.map((difference) => differenceText(session.register, difference));
    announce([result.done.told, ...meaning].join(". "));
  }

  #escape(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#route.question !== null) document.getElementById("close-decision")?.click();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.#view.tabIndex = -1;
    this.#view.focus();
  }
}
