// The places that a map shows, and what happened in each of them.
import type { App } from "./app";
import { world } from "./map-atlas";

export interface Spotted {
  readonly node: number;
  readonly events: readonly number[]; // that pass the filters
  readonly x: number; // of the world, 0 … 1
  readonly y: number;
}

/** Places with a position that pass the filters, how many have none, whether any has one, and whether any has an event. */
export function spotted(app: Pick<App, "data" | "passes">): { places: Spotted[]; without: number; any: boolean; told: boolean } {
  const { data } = app;
  const places: Spotted[] = [];
  let without = 0;
  let any = false;
  for (let node = 0; node < data.firstEvent; node++) {
    const { lat, lon, kind } = data.nodes[node];
    const isLocated = lat !== undefined && lon !== undefined;
    any ||= isLocated;
    if (!app.passes(node)) continue;
    if (!isLocated) {
      if (kind === "place") without++;
      continue;
    }
    const events = new Set<number>();
    for (const edge of Array.from(data.edgesOf(node))) {
      const [from, to, role] = data.edges[edge];
      const event = from === node ? to : from;
      if (data.roles[role] === "place" && data.isEvent(event) && app.passes(event)) events.add(event);
    }
    const [x, y] = world(lon, lat);
    places.push({ node, events: [...events], x, y });
  }
  return { places, without, any, told: places.some(({ events }) => events.length > 0) };
}
