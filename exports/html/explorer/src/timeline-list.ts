// A list of events over the timeline: those of one mark, or those without a date.
import { type App, element } from "./app";

const PAGE = 100; // entries shown at once

/** The events as buttons, a hundred at a time. */
export function eventList(nodes: readonly number[], app: App, chosen: (node: number) => void): HTMLElement {
  const list = element("ul", "tl-events");
  const more = element("button", "tl-more");
  more.type = "button";
  let shown = 0;
  const add = () => {
    const from = shown;
    for (; shown < Math.min(nodes.length, from + PAGE); shown++) list.append(entry(nodes[shown], app, chosen));
    more.hidden = shown >= nodes.length;
    more.textContent = `${(nodes.length - shown).toLocaleString("en")} more`;
    if (from > 0) (list.children[from].firstElementChild as HTMLElement).focus();
  };
  more.addEventListener("click", add);
  add();
  return element("div", "tl-entries", [list, more]);
}

function entry(node: number, app: App, chosen: (node: number) => void): HTMLLIElement {
  const event = app.data.nodes[node];
  const about = [event.when, event.about, event.status ?? ""].filter(Boolean).join(" · ");
  const button = element("button", "tl-entry", [element("strong", "", event.name), element("small", "", about)]);
  button.type = "button";
  button.style.setProperty("--tint", app.colour(node));
  if (app.selection === node) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => chosen(node));
  return element("li", "", [button]);
}

/** A list in front of the timeline; Escape, the cross and a click outside close it and give the focus back. */
export class Popover {
  private readonly box = element("div", "tl-popover");
  private opener: HTMLElement | null = null;
  private readonly outside = (event: PointerEvent) => {
    if (!this.box.contains(event.target as globalThis.Node)) this.close(false);
  };

  constructor(private readonly root: HTMLElement, private readonly app: App) {
    this.box.setAttribute("role", "dialog");
    this.box.hidden = true;
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close(true);
      }
    });
    this.root.append(this.box);
  }

  get isOpen(): boolean { return !this.box.hidden; }

  open(heading: string, nodes: readonly number[], opener: HTMLElement, near?: number): void {
    this.opener = opener;
    const title = element("h2", "", heading);
    const cross = element("button", "tl-close", "×");
    cross.type = "button";
    cross.setAttribute("aria-label", "Close the list");
    cross.addEventListener("click", () => this.close(true));
    const list = eventList(nodes, this.app, (node) => {
      this.close(true);
      this.app.select(node);
    });
    this.box.setAttribute("aria-label", heading);
    this.box.replaceChildren(element("div", "tl-popover-head", [title, cross]), list);
    this.box.hidden = false;
    const room = this.root.clientWidth - this.box.offsetWidth - 12;
    this.box.style.left = `${Math.max(12, Math.min(room, (near ?? room) - this.box.offsetWidth / 2))}px`;
    (list.querySelector<HTMLElement>("[aria-current]") ?? list.querySelector<HTMLElement>("button") ?? cross).focus();
    document.addEventListener("pointerdown", this.outside, true);
  }

  close(focus: boolean): void {
    if (this.box.hidden) return;
    document.removeEventListener("pointerdown", this.outside, true);
    this.box.hidden = true;
    this.box.replaceChildren();
    if (focus) this.opener?.focus();
  }
}
