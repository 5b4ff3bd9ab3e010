// Which nodes are shown, by what they are, when, and who tells of them; and the row of switches for it.
import { counted, element } from "./app";
import { FAMILIES, KINDS, type Data } from "./data";
import type { State } from "./state";

// What the filter and the legend tell apart: kinds of entities, and events by kind of news.
export const CATEGORIES: readonly string[] = [...KINDS.filter((kind) => kind !== "event"), ...FAMILIES];
const NAMES: Record<string, string> = {
  person: "People", place: "Places", organization: "Organisations", group: "Groups", facility: "Facilities",
  product: "Products", work: "Works", other: "Other names", conflict: "Conflict", harm: "Harm",
  diplomacy: "Diplomacy and aid", society: "Other news",
};

export function category(data: Data, node: number): string {
  const { kind, family } = data.nodes[node];
  return family ?? kind;
}

/** For each node 1 where it passes. */
export function passing(data: Data, state: State): Uint8Array {
  const size = data.nodes.length;
  const passes = new Uint8Array(size).fill(1);
  if (state.publisher !== null) {
    passes.fill(0);
    for (const article of data.articles) {
      if (article.publisher === state.publisher) for (const mention of article.mentions) passes[mention.node] = 1;
    }
  }
  if (state.from || state.to) {
    const from = state.from || "0000";
    const to = state.to || "9999-12-31";
    const dated = new Uint8Array(size);
    for (let node = data.firstEvent; node < size; node++) {
      const event = data.nodes[node];
      const first = event.from ?? event.to;
      const last = event.to ?? event.from;
      if (first !== undefined && last !== undefined && first <= to && last >= from) dated[node] = 1;
    }
    // Somebody passes with an event that passes.
    for (const [one, other] of data.edges) {
      if (data.isEvent(one) && !data.isEvent(other) && dated[one]) dated[other] = 1;
      if (data.isEvent(other) && !data.isEvent(one) && dated[other]) dated[one] = 1;
    }
    for (let node = 0; node < size; node++) passes[node] &= dated[node];
  }
  if (state.hidden.size) {
    for (let node = 0; node < size; node++) if (state.hidden.has(category(data, node))) passes[node] = 0;
  }
  return passes;
}

/** The row of switches; `change` is called after each. */
export class Filters {
  readonly root = element("div", "filters");
  private readonly chips = new Map<string, HTMLButtonElement>();
  private readonly from = element("input");
  private readonly to = element("input");
  private readonly publisher = element("select");
  private readonly reset = element("button", "reset", "Show all");

  constructor(data: Data, private readonly state: State, change: () => void) {
    const counts = new Map<string, number>();
    for (let node = 0; node < data.nodes.length; node++) {
      const name = category(data, node);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const chips = element("div", "chips");
    chips.setAttribute("role", "group");
    chips.setAttribute("aria-label", "Kinds shown; they are the legend too");
    for (const name of CATEGORIES) {
      const count = counts.get(name);
      if (!count) continue;
      const event = (FAMILIES as readonly string[]).includes(name);
      const sign = element("span", `sign ${event ? "square" : "disc"} ${name}`);
      const chip = element("button", "chip", [sign, NAMES[name], element("small", "", count.toLocaleString("en"))]);
      chip.type = "button";
      chip.title = event ? counted(count, "event", "events") : counted(count, "name", "names");
      chip.addEventListener("click", () => {
        if (!state.hidden.delete(name)) state.hidden.add(name);
        change();
      });
      this.chips.set(name, chip);
      chips.append(chip);
    }
    this.root.append(chips);
    const days = data.nodes.flatMap((node) => [node.from, node.to]).filter((day) => day !== undefined).sort();
    if (days.length) {
      for (const [input, label, name] of [[this.from, "Events from", "from"], [this.to, "to", "to"]] as const) {
        input.type = "date";
        input.min = days[0];
        input.max = days[days.length - 1];
        input.addEventListener("change", () => { state[name] = input.value; change(); });
        this.root.append(element("label", "", [label, " ", input]));
      }
    }
    if (data.publishers.length > 1) {
      this.publisher.append(new Option("all publishers", ""));
      data.publishers.forEach((name, at) => this.publisher.append(new Option(name, String(at))));
      this.publisher.addEventListener("change", () => {
        state.publisher = this.publisher.value === "" ? null : Number(this.publisher.value);
        change();
      });
      this.root.append(element("label", "", ["Told by ", this.publisher]));
    }
    this.reset.type = "button";
    this.reset.addEventListener("click", () => {
      state.hidden.clear();
      state.from = state.to = "";
      state.publisher = null;
      change();
    });
    // It shares a line with what stands before it and keeps its room when hidden: panels that change their height with
    // every filter would be drawn anew at another size, which takes far longer than the filter.
    const before = this.root.lastElementChild!;
    before.replaceWith(element("div", "filter-end", [this.reset]));
    this.reset.before(before);
    this.update();
  }

  /** Show what the state says. */
  update(): void {
    const { state } = this;
    for (const [name, chip] of this.chips) chip.setAttribute("aria-pressed", String(!state.hidden.has(name)));
    this.from.value = state.from;
    this.to.value = state.to;
    this.publisher.value = state.publisher === null ? "" : String(state.publisher);
    this.reset.style.visibility = state.hidden.size || state.from || state.to || state.publisher !== null ? "" : "hidden";
  }
}
