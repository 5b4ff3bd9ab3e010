// The panel at the side: what happened, or everything about what is selected.
import { counted, element, type App } from "./app";
import type { Mention } from "./data";
import { articleLink, inPortions, link, nodeLink, quotation, replacements, standing, webAddress } from "./pieces";

const FIRST = 8; // of what happened
const MOST_QUOTES = 6;
const MOST_NAMES = 40;
const MOST_FIGURES = 3;

export class Side {
  readonly root = element("aside", "side");
  private readonly body = element("div", "side-body");
  private readonly handle = element("button", "handle");
  private readonly replacedBy: Map<number, number>;
  private events: number[] | null = null;
  private first: number | null = null;
  private told: number | null = null; // the selection that is shown

  constructor(private readonly app: App) {
    this.replacedBy = replacements(app.data.claims);
    this.root.setAttribute("aria-label", "Details");
    this.handle.type = "button";
    this.handle.setAttribute("aria-controls", "details");
    this.handle.addEventListener("click", () => this.open(!this.root.classList.contains("open")));
    this.body.id = "details";
    this.body.tabIndex = -1;
    this.root.append(this.handle, this.body);
    this.open(false);
  }

  /** On a narrow screen: whether the sheet is up. */
  open(open: boolean): void {
    this.root.classList.toggle("open", open);
    this.handle.setAttribute("aria-expanded", String(open));
  }

  update(): void {
    const { selection, data } = this.app;
    const hadFocus = this.body.contains(document.activeElement);
    const before = this.told;
    this.told = selection;
    this.body.replaceChildren();
    this.body.scrollTop = 0;
    if (selection === null) this.overview();
    else this.thing(selection);
    const first = selection ?? this.first;
    const name = first === null ? "" : data.nodes[first].name;
    if (hadFocus) {
      // Back in the list the focus is on what was just told of; else at the top, before the first button.
      const back = selection === null && before !== null ? this.body.querySelector<HTMLElement>(`[data-node="${before}"]`) : null;
      (back ?? this.body).focus({ preventScroll: back === null });
    }
    this.handle.textContent = selection === null ? ["What happened", name].filter(Boolean).join(": ") : name || "?";
  }

  private overview(): void {
    const { app, body } = this;
    const { data } = app;
    body.append(element("h2", "small", "What happened"));
    // The events most told of, joined to most, and with most numbers given for them.
    const score = (node: number): number =>
      2 * data.nodes[node].weight + data.edgesOf(node).length + data.rowsAbout(node).reduce((sum, row) => sum + row.claims.length, 0);
    if (this.events === null) {
      const scored = data.nodes.slice(data.firstEvent).map((_, at) => [score(data.firstEvent + at), data.firstEvent + at]);
      scored.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
      this.events = scored.map(([, node]) => node);
    }
    // Of events that go by one name the list has the first; the others are found beside it.
    const names = new Set<string>();
    const shown = this.events.filter((node) => {
      if (!app.passes(node) || names.has(data.nodes[node].name)) return false;
      names.add(data.nodes[node].name);
      return true;
    });
    this.first = shown[0] ?? null;
    if (!shown.length) {
      const none = !data.articles.length ? "There is no article in this graph yet."
        : this.events.length ? "No event passes the filters." : "The articles tell of no event.";
      body.append(element("p", "empty", none));
      return;
    }
    const list = element("ol", "headlines");
    inPortions(list, shown, FIRST, (node) => element("li", "", [this.headline(node)]));
    body.append(list);
  }

  private headline(node: number): HTMLElement {
    const { data } = this.app;
    const { name, about, family, status, when, weight } = data.nodes[node];
    const tags = element("span", "tags", [element("span", "kind", about)]);
    if (status) tags.append(element("span", "status", status));
    const where = [when, weight ? counted(weight, "article", "articles") : ""].filter(Boolean).join(" · ");
    const button = element("button", `headline ${family}`, [tags, element("strong", "", name || "?"), element("span", "where", where)]);
    button.type = "button";
    button.dataset.node = String(node);
    const figures = data.rowsAbout(node).slice(0, MOST_FIGURES).map((row) => {
      const said = [...new Set(row.claims.map((at) => data.claims[at].value))];
      const text = said.slice(0, MOST_FIGURES).join(" / ") + (said.length > MOST_FIGURES ? " / …" : "");
      const units = new Set(row.claims.map((at) => data.claims[at].unit));
      const counted = row.property === "count" && units.size === 1 ? [...units][0] : "";
      return element("span", `figure ${row.verdict}`, [element("b", "", text), ` ${counted || row.property}`]);
    });
    if (figures.length) button.append(element("span", "figures", figures));
    button.addEventListener("click", () => this.app.select(node));
    return button;
  }

  private thing(node: number): void {
    const { app, body } = this;
    const { data } = app;
    const { name, kind, about, family, status, when, weight } = data.nodes[node];
    const close = element("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Back to what happened");
    close.addEventListener("click", () => app.select(null));
    const tags = element("p", `tags ${family ?? kind}`, [element("span", "kind", kind === "event" ? about : kind)]);
    if (status) tags.append(element("span", "status", status));
    body.append(close, tags, element("h2", "", name || "?"));
    if (kind !== "event" && about) body.append(element("p", "", about));
    const line = [when, weight ? `told of in ${counted(weight, "article", "articles")}` : ""].filter(Boolean).join(" · ");
    if (line) body.append(element("p", "soft", line));
    const aliases = data.aliasesOf(node);
    if (aliases.length) body.append(element("p", "soft", `Also: ${aliases.slice(0, 12).join(", ")}${aliases.length > 12 ? " …" : ""}`));
    const links = data.linksOf(node).map(webAddress).filter((address) => address !== null);
    if (links.length) {
      body.append(element("p", "soft", links.flatMap((address, at) => {
        const anchor = element("a", "", address.hostname);
        anchor.href = address.href;
        anchor.rel = "noreferrer noopener";
        return at ? [" · ", anchor] : ["See also ", anchor];
      })));
    }
    if (kind === "event") this.parts(node);
    this.claims(node);
    this.facts(node);
    if (kind !== "event") this.tookPart(node);
    this.storyline(node);
    this.evidence(node);
  }

  private section(title: string, ...content: HTMLElement[]): HTMLElement {
    const made = element("section", "", [element("h3", "", title), ...content]);
    this.body.append(made);
    return made;
  }

  private parts(event: number): void {
    const byRole = new Map<string, (HTMLElement | string)[]>();
    for (const { role, node, name } of this.app.data.partsOf(event)) {
      const names = byRole.get(role) ?? [];
      names.push(node < 0 ? element("span", "unnamed", name) : nodeLink(this.app, node));
      byRole.set(role, names);
    }
    if (!byRole.size) return;
    const list = element("dl", "roles");
    for (const [role, names] of byRole) list.append(element("dt", "", role), element("dd", "", names));
    this.body.append(list);
  }

  private claims(node: number): void {
    const { app } = this;
    const rows = app.data.rowsAbout(node);
    if (!rows.length) return;
    const words = { disagree: "Reports disagree", updated: "Updated", agree: "Reports agree", "": "" };
    const section = this.section("What is claimed");
    for (const row of rows) {
      const head = element("p", "property", [row.property]);
      if (row.verdict) head.append(element("span", `verdict ${row.verdict}`, words[row.verdict]));
      const cells = element("div", "cells");
      for (const at of row.claims.slice(0, MOST_NAMES)) cells.append(this.cell(at));
      section.append(head, ...row.best.map((best) => element("p", "best", `Best borne out: ${best}`)), cells);
    }
  }

  private cell(at: number): HTMLElement {
    const { app } = this;
    const claim = app.data.claims[at];
    const lines = standing(app, at, this.replacedBy);
    const cell = element("div", `cell ${lines.map(([state]) => state).join(" ")}`, [
      element("p", "amount", [claim.value, ...(claim.unit ? [element("small", "", ` ${claim.unit}`)] : [])]),
    ]);
    if (claim.who) cell.append(element("p", "", claim.who));
    cell.append(element("p", "", [articleLink(app, claim.article, claim.passage)]));
    if (claim.origin !== claim.article) cell.append(element("p", "soft", `a copy of ${app.data.articles[claim.origin].source}`));
    for (const [state, text] of lines) cell.append(element("p", `standing ${state}`, text));
    if (claim.words) cell.append(element("q", "", claim.words.length > 220 ? `${claim.words.slice(0, 220)}…` : claim.words));
    return cell;
  }

  private facts(node: number): void {
    const { app } = this;
    const facts = app.data.factsOf(node);
    if (!facts.length) return;
    const list = element("ul", "facts");
    inPortions(list, facts, MOST_NAMES, (fact) => {
      const other = fact.object < 0 ? fact.text : nodeLink(app, fact.object);
      const line = fact.subject === node
        ? element("li", "", [element("i", "", `${fact.predicate} `), other])
        : element("li", "", [nodeLink(app, fact.subject), element("i", "", ` ${fact.predicate} `), "this"]);
      const proof = fact.proof[0];
      if (proof) line.append(" ", link("says who", () => app.openArticle(proof.article, { start: proof.start, end: proof.end }), "proof"));
      return line;
    });
    this.section("Facts", list);
  }

  private tookPart(entity: number): void {
    const { app } = this;
    const { data } = app;
    const roles = new Map<number, Set<string>>();
    for (const at of Array.from(data.edgesOf(entity))) {
      const [from, to, role] = data.edges[at];
      const event = from === entity ? to : from;
      if (data.isEvent(event)) roles.set(event, (roles.get(event) ?? new Set()).add(data.roles[role]));
    }
    if (!roles.size) return;
    const day = (event: number): string => data.nodes[event].from ?? data.nodes[event].to ?? "9999";
    const events = [...roles.keys()].sort((one, other) => (day(one) < day(other) ? -1 : day(one) > day(other) ? 1 : one - other));
    const list = element("ul", "events");
    inPortions(list, events, MOST_NAMES, (event) => {
      const { when, status } = data.nodes[event];
      const small = [when, [...roles.get(event)!].join(", "), status ?? ""].filter(Boolean).join(" · ");
      return element("li", "", [nodeLink(app, event), element("small", "", small)]);
    });
    this.section(`Took part in ${counted(events.length, "event", "events")}`, list);
  }

  private storyline(node: number): void {
    const { data } = this.app;
    const { storyline } = data.nodes[node];
    if (storyline === undefined) return;
    const others: HTMLElement[] = [];
    for (let event = data.firstEvent; event < data.nodes.length && others.length < MOST_NAMES; event++) {
      if (event !== node && data.nodes[event].storyline === storyline) {
        others.push(element("li", "", [nodeLink(this.app, event), element("small", "", data.nodes[event].when)]));
      }
    }
    if (others.length) this.section(`In the same story: ${data.storylines[storyline]}`, element("ul", "events", others));
  }

  /** The sentences that speak of a thing, one from each article before a second from any. */
  private evidence(node: number): void {
    const { app } = this;
    const seen = new Set<string>();
    const turns: [number, number, Mention][] = [];
    const rounds = new Map<number, number>();
    for (const mention of app.data.mentionsOf(node)) {
      const key = `${mention.article} ${app.data.sentence(mention.article, mention.start, mention.end)[0]}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const round = rounds.get(mention.article) ?? 0;
      rounds.set(mention.article, round + 1);
      turns.push([round, turns.length, mention]);
    }
    if (!turns.length) return;
    turns.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const list = element("div", "quotes");
    inPortions(list, turns, MOST_QUOTES, ([, , { article, start, end }]) => quotation(app, article, start, end));
    this.section(`Said in ${counted(turns.length, "sentence", "sentences")}`, list);
  }
}
