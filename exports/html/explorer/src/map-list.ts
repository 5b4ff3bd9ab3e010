// Beside the map: the places told of most, or what happened in one of them, by day.
import { type App, counted, element } from "./app";
import type { Spotted } from "./map-spotted";

const PAGE = 100;

/** Every place as a button, the ones told of most first. */
export function placeList(places: readonly Spotted[], app: App, pointed: (node: number | null) => void): HTMLElement {
  const list = element("ol", "map-places");
  const more = element("button", "tl-more");
  more.type = "button";
  let shown = 0;
  const add = () => {
    const from = shown;
    for (; shown < Math.min(places.length, from + PAGE); shown++) {
      const { node, events } = places[shown];
      const told = events.length > 0 ? counted(events.length, "event", "events") : counted(app.data.nodes[node].weight, "article", "articles");
      const button = element("button", "map-place", [element("span", "", app.data.nodes[node].name), element("small", "", told)]);
      button.type = "button";
      button.dataset.node = String(node);
      if (node === app.selection) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => app.select(node));
      for (const come of ["pointerenter", "focus"] as const) button.addEventListener(come, () => pointed(node));
      for (const go of ["pointerleave", "blur"] as const) button.addEventListener(go, () => pointed(null));
      list.append(element("li", "", [button]));
    }
    more.hidden = shown >= places.length;
    more.textContent = `${(places.length - shown).toLocaleString("en")} more`;
    if (from > 0) (list.children[from].firstElementChild as HTMLElement).focus();
  };
  more.addEventListener("click", add);
  add();
  return element("div", "", [list, more]);
}

/** What happened in a place, by day, the latest day first and the undated last. */
export function dayList({ node, events }: Spotted, app: App, back: () => void): HTMLElement {
  const { nodes } = app.data;
  const all = element("button", "map-back", "All places");
  all.type = "button";
  all.addEventListener("click", back);
  const made = element("div", "map-days", [all, element("h2", "", nodes[node].name)]);
  if (events.length === 0) {
    made.append(element("p", "empty", `No event that is shown took place here; ${counted(nodes[node].weight, "article speaks", "articles speak")} of it.`));
    return made;
  }
  const day = (event: number) => nodes[event].from ?? nodes[event].to ?? "";
  const sorted = [...events].sort((one, other) =>
    day(other).localeCompare(day(one)) || nodes[other].weight - nodes[one].weight || one - other);
  let shown = 0;
  const list = element("div");
  const more = element("button", "tl-more");
  more.type = "button";
  const add = () => {
    const from = shown;
    for (; shown < Math.min(sorted.length, from + PAGE); shown++) {
      const event = nodes[sorted[shown]];
      const when = event.when || "Without a date";
      let group = list.lastElementChild;
      if (group?.firstElementChild?.textContent !== when) {
        group = element("section", "", [element("h3", "", when), element("ul")]);
        list.append(group);
      }
      const about = [event.about, event.status ?? ""].filter(Boolean).join(" · ");
      const button = element("button", "tl-entry", [element("strong", "", event.name), element("small", "", about)]);
      button.type = "button";
      button.dataset.node = String(sorted[shown]);
      button.style.setProperty("--tint", app.colour(sorted[shown]));
      const chosen = sorted[shown];
      button.addEventListener("click", () => app.select(chosen));
      group.lastElementChild?.append(element("li", "", [button]));
    }
    more.hidden = shown >= sorted.length;
    more.textContent = `${(sorted.length - shown).toLocaleString("en")} more`;
    if (from > 0) list.querySelectorAll<HTMLElement>(".tl-entry")[from].focus();
  };
  more.addEventListener("click", add);
  add();
  made.append(list, more);
  return made;
}
