// The panel of claims: who says what, side by side, where reports disagree first.
import { element, type App, type Change, type Panel } from "./app";
import type { Passage, Row } from "./data";
import { articleLink, inPortions, link, nodeLink, replacements, standing } from "./pieces";

const PORTION = 30;
const ORDER = ["disagree", "updated", "part", "agree", ""];
const WORDS: Record<string, string> = {
  disagree: "Reports disagree", updated: "Updated since", part: "Parts of a whole", agree: "Reports agree", "": "One report",
};
const SHOWN: [string, string][] = [["", "All claims"], ["disagree", "Reports disagree"], ["updated", "Updated since"], ["part", "Parts of a whole"], ["agree", "Reports agree"]];

class Claims implements Panel {
  readonly name = "claims";
  readonly title = "Claims";
  private app!: App;
  private replacedBy!: Map<number, number>;
  private readonly body = element("div", "claims");
  private readonly only = element("select");
  private sorted: Row[] = [];

  mount(root: HTMLElement, app: App): void {
    this.app = app;
    const { data } = app;
    this.replacedBy = replacements(data.claims);
    const weight = (row: Row): number => 2 * data.nodes[row.about].weight + row.claims.length;
    this.sorted = [...data.rows].sort(
      (one, other) =>
        ORDER.indexOf(this.verdict(one)) - ORDER.indexOf(this.verdict(other)) || weight(other) - weight(one),
    );
    const kinds = new Set(data.rows.map((row) => this.verdict(row)));
    for (const [value, text] of SHOWN) if (!value || kinds.has(value)) this.only.append(new Option(text, value));
    this.only.addEventListener("change", () => this.draw());
    const bar = element("div", "bar", [element("label", "", ["Show ", this.only])]);
    bar.hidden = !data.rows.length;
    root.classList.add("scrolled");
    root.append(bar, this.body);
  }

  show(): void {
    this.draw();
  }

  hide(): void {}

  changed(what: Change): void {
    if (what === "filter" || what === "selection") this.draw();
  }

  private verdict(row: Row): string {
    if (row.verdict === "disagree" || row.verdict === "updated") return row.verdict;
    return row.claims.some((at) => this.app.data.claims[at].partOf.length) ? "part" : row.verdict;
  }

  private draw(): void {
    const { app, body } = this;
    body.replaceChildren();
    if (!app.data.rows.length) {
      body.append(element("p", "empty", "The articles give no numbers for what happened, so there is nothing to compare."));
      return;
    }
    const only = this.only.value;
    const rows = this.sorted.filter((row) => app.passes(row.about) && (!only || this.verdict(row) === only));
    const byNode = new Map<number, Row[]>(); // in the order of the first row of each
    for (const row of rows) byNode.set(row.about, [...(byNode.get(row.about) ?? []), row]);
    const own = app.selection === null ? undefined : byNode.get(app.selection);
    const others = [...byNode.values()].filter((each) => each !== own);
    if (!rows.length) body.append(element("p", "empty", "No claim passes the filters."));
    if (own) body.append(element("h2", "small", "On what is selected"), this.block(own));
    if (own && others.length) body.append(element("h2", "small", "Everything else"));
    const list = element("div");
    inPortions(list, others, PORTION, (each) => this.block(each));
    body.append(list);
  }

  private block(rows: readonly Row[]): HTMLElement {
    const { about } = rows[0];
    const { when } = this.app.data.nodes[about];
    return element("section", "claim-block", [
      element("h3", "", [nodeLink(this.app, about), ...(when ? [element("small", "soft", ` ${when}`)] : [])]),
      ...rows.flatMap((row) => this.table(row)),
    ]);
  }

  private table(row: Row): HTMLElement[] {
    const { data } = this.app;
    const verdict = this.verdict(row);
    const head = element("tr", "", ["What is said", "Who says so", "Article", "In which words"].map((title) => {
      const cell = element("th", "", title);
      cell.scope = "col";
      return cell;
    }));
    const body = element("tbody");
    for (const same of this.folded(row.claims)) body.append(this.line(same));
    const table = element("table", "", [element("thead", "", [head]), body]);
    table.setAttribute("aria-label", `${row.property}: ${data.nodes[row.about].name}`);
    return [
      element("p", "on", [row.property, " ", element("span", `verdict ${verdict}`, WORDS[verdict])]),
      ...row.best.map((best) => element("p", "best", `Best borne out: ${best}`)),
      table,
    ];
  }

  /** Claims that are copies of one report together, the report itself first. */
  private folded(claims: readonly number[]): number[][] {
    const { data } = this.app;
    const groups = new Map<string, number[]>();
    for (const at of claims) {
      const { origin, value, unit, who } = data.claims[at];
      const key = JSON.stringify([origin, value, unit, who]);
      groups.set(key, [...(groups.get(key) ?? []), at]);
    }
    return [...groups.values()].map((group) =>
      group.sort((one, other) =>
        Number(data.claims[other].origin === data.claims[other].article) -
        Number(data.claims[one].origin === data.claims[one].article) || one - other));
  }

  private line([at, ...copies]: number[]): HTMLElement {
    const { app } = this;
    const claim = app.data.claims[at];
    const lines = standing(app, at, this.replacedBy);
    const cell = (label: string, content: (globalThis.Node | string)[]): HTMLElement => {
      const made = element("td", "", content);
      made.dataset.label = label;
      return made;
    };
    const hedged = claim.qualifier && claim.value.startsWith(`${claim.qualifier} `);
    const said = element("p", "amount", hedged
      ? [element("span", "hedge", `${claim.qualifier} `), claim.value.slice(claim.qualifier.length + 1)]
      : [claim.value]);
    if (claim.unit) said.append(element("small", "", ` ${claim.unit}`));
    const source: (globalThis.Node | string)[] = [articleLink(app, claim.article, claim.passage)];
    const elsewhere = new Map<number, Passage | undefined>();
    for (const { article, passage } of copies.map((copy) => app.data.claims[copy])) {
      if (article !== claim.article && !elsewhere.has(article)) elsewhere.set(article, passage);
    }
    if (elsewhere.size) {
      source.push(element("details", "copies", [
        element("summary", "", elsewhere.size === 1 ? "1 copy" : `${elsewhere.size} copies`),
        ...Array.from(elsewhere, ([other, passage]) => element("p", "", [articleLink(app, other, passage)])),
      ]));
    }
    const who = claim.speaker !== undefined ? [link(claim.who, () => app.select(claim.speaker!))]
      : [claim.who || element("span", "soft", "the article")];
    return element("tr", lines.map(([state]) => state).join(" "), [
      cell("Says", [said, ...lines.map(([state, text]) => element("p", `standing ${state}`, text))]),
      cell("Who", who),
      cell("Article", source),
      cell("Words", [element("q", "", claim.words)]),
    ]);
  }
}

export const claims = new Claims();
