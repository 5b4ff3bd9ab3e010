// The events that a timeline shows, and the lanes they go in.
import type { App } from "./app";
import { dayNumber, FAMILIES, type Family } from "./data";
import type { Dated } from "./timeline-lanes";

const NAMES: Record<Family, string> = {
  conflict: "Conflict", harm: "Harm", diplomacy: "Diplomacy and aid", society: "Other news",
};

export interface Gathered {
  readonly events: readonly Dated[]; // by their first day
  readonly without: readonly number[]; // events without a date, the ones told of most first
  /** Names of lanes: storylines, those with most events first, and kinds of news after them with an event for their colour. */
  readonly lanes: readonly { readonly name: string; readonly node: number }[];
}

/** The events that pass the filters. */
export function gather(app: Pick<App, "data" | "passes">): Gathered {
  const { data } = app;
  const { nodes, storylines } = data;
  const found: { node: number; first: number; last: number }[] = [];
  const without: number[] = [];
  const sizes = new Map<number, number>();
  for (let node = data.firstEvent; node < nodes.length; node++) {
    if (!app.passes(node)) continue;
    const { from, to, storyline } = nodes[node];
    const known = from ?? to;
    if (known === undefined) {
      without.push(node);
      continue;
    }
    const first = dayNumber(known);
    found.push({ node, first, last: Math.max(first, dayNumber(to ?? known)) });
    if (storyline !== undefined) sizes.set(storyline, (sizes.get(storyline) ?? 0) + 1);
  }
  without.sort((one, other) => nodes[other].weight - nodes[one].weight || one - other);
  const order = [...sizes.keys()].sort((one, other) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0) || one - other);
  const laneOf = new Map(order.map((storyline, at) => [storyline, at]));
  const lanes = order.map((storyline) => ({ name: storylines[storyline], node: -1 }));
  for (const family of FAMILIES) lanes.push({ name: NAMES[family], node: -1 });
  const events = found.map(({ node, first, last }): Dated => {
    const { storyline, family, weight, name } = nodes[node];
    const lane = storyline === undefined ? order.length + FAMILIES.indexOf(family ?? "society") : laneOf.get(storyline) ?? 0;
    if (storyline === undefined) lanes[lane].node = node;
    return { node, lane, first, last, weight, label: name };
  });
  events.sort((one, other) => one.first - other.first || one.node - other.node);
  return { events, without, lanes };
}
