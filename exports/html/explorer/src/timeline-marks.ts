// Marks of a timeline as buttons: made when they come into view, taken away when they leave it.
import { type App, counted, element } from "./app";
import type { Mark } from "./timeline-lanes";
import { dayName, nextOf, startOf, type Unit, unitName } from "./timeline-scale";

export const ROW = 26; // pixels from one row to the next
export const MARK = 20; // pixels of a mark that is not a bar
const EDGE = 6; // pixels between a label and the right edge of the view
const LEAST = 40; // pixels of a label that is worth having

interface Drawn {
  readonly button: HTMLButtonElement;
  mark: Mark | null;
  state: string; // what it was drawn for
}

/** The days that the events of a mark are from. */
export function span(mark: Mark, unit: Unit): string {
  if (mark.first === mark.last) return dayName(mark.first);
  const start = startOf(mark.first, unit);
  return nextOf(start, unit) > mark.last && unit !== "day" ? unitName(start, unit) : `${dayName(mark.first)} – ${dayName(mark.last)}`;
}

export class Marks {
  readonly layer = element("div", "tl-layer");
  private readonly drawn = new Map<number, Drawn>(); // by the first event of a mark
  private readonly pen = document.createElement("canvas").getContext("2d");
  private readonly widths = new Map<string, number>();
  private rover = -1; // the event whose mark is reached with the tab key

  constructor(private readonly app: App) {
    this.layer.addEventListener("focusin", (event) => {
      const node = Number((event.target as HTMLElement).dataset.node ?? -1);
      if (node >= 0) this.rove(node);
    });
  }

  /** Pixels of a label. */
  widthOf(text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.pen && this.widths.size === 0) this.pen.font = `13px ${getComputedStyle(this.layer).fontFamily}`;
      width = Math.ceil(this.pen?.measureText(text).width ?? text.length * 7) + 10;
      this.widths.set(text, width);
    }
    return width;
  }

  /**
   * Draws a mark, or what of it has changed; `origin` is the pixel where the layer begins, `offset` and `end` those where
   * the view begins and ends.
   */
  draw(mark: Mark, y: number, origin: number, offset: number, end: number, unit: Unit, related: ReadonlySet<number>): void {
    const drawn = this.drawn.get(mark.events[0].node) ?? this.made(mark.events[0].node);
    const { button } = drawn;
    const [shape, label] = button.children as unknown as [HTMLElement, HTMLElement];
    const chosen = mark.events.find(({ node }) => node === this.app.selection);
    const lead = chosen ?? mark.events.find(({ node }) => related.has(node)) ?? mark.events[0];
    const way = chosen ? " chosen" : related.has(lead.node) ? " related" : "";
    const isBar = mark.width > MARK && mark.events.length === 1;
    // The name of a bar that begins far to the left stays in view, inside of it.
    const hidden = isBar ? offset - mark.x : 0;
    const shift = hidden > 0 ? Math.min(hidden + 4, Math.max(0, mark.width - 60)) : 0;
    if (shift > 0) {
      label.style.left = `${shift}px`;
      label.style.maxWidth = `${mark.width - shift - 4}px`;
    }
    // A name that would reach over the right edge is cut there, or left out where too little of it would remain.
    const name = this.app.data.nodes[lead.node].name;
    const wanted = chosen ? Math.max(mark.label, Math.min(280, Math.ceil(this.widthOf(name) * 1.1))) : mark.label;
    const room = Math.max(0, Math.floor(end - mark.x - mark.width - EDGE));
    const width = room >= wanted ? wanted : room < LEAST ? 0 : room;
    const state = `${way} ${lead.node} ${this.app.theme} ${origin} ${shift > 0} ${width}`;
    if (drawn.mark === mark && drawn.state === state) return;
    drawn.mark = mark;
    drawn.state = state;
    const event = this.app.data.nodes[lead.node];
    const many = mark.events.length;
    button.style.left = `${mark.x - origin}px`;
    button.style.top = `${y}px`;
    button.style.setProperty("--tint", this.app.colour(lead.node));
    button.className = `tl-mark${many > 1 ? " many" : ""}${isBar ? " lasting" : ""}${event.status ? " unsure" : ""}${way}`;
    shape.style.width = `${mark.width}px`;
    shape.dataset.count = many > 1 ? String(many) : "";
    label.textContent = width > 0 || shift > 0 ? name : "";
    label.className = shift > 0 ? "inside" : "";
    if (shift === 0) label.style.maxWidth = `${width}px`;
    const told = many > 1
      ? `${counted(many, "event", "events")}, ${span(mark, unit)}: ${event.name} and others`
      : [event.name, event.when, event.about, event.status].filter(Boolean).join(", ");
    button.title = told;
    button.setAttribute("aria-label", told);
    if (many > 1) button.setAttribute("aria-haspopup", "dialog");
    else button.removeAttribute("aria-haspopup");
    if (chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  /** Takes away all but these. The one that has the focus stays; where its event shares another mark now, that gets it. */
  keep(seen: ReadonlySet<number>, markOf: (node: number) => number | undefined): void {
    const active = document.activeElement;
    let heir: number | undefined;
    for (const [node, { button }] of this.drawn) {
      const now = button === active ? markOf(node) : undefined;
      if (seen.has(node) || now === node) continue;
      heir ??= now;
      button.remove();
      this.drawn.delete(node);
    }
    if (heir !== undefined && this.drawn.has(heir)) this.focus(heir);
    if (this.drawn.has(this.rover)) return;
    const first = this.drawn.keys().next();
    if (!first.done) this.rove(first.value);
  }

  focus(node: number): void {
    this.rove(node);
    this.drawn.get(node)?.button.focus({ preventScroll: true });
  }

  private rove(node: number): void {
    const before = this.drawn.get(this.rover);
    if (before) before.button.tabIndex = -1;
    this.rover = node;
    const now = this.drawn.get(node);
    if (now) now.button.tabIndex = 0;
  }

  private made(node: number): Drawn {
    const button = element("button", "tl-mark", [element("i"), element("span")]);
    button.type = "button";
    button.tabIndex = node === this.rover ? 0 : -1;
    button.dataset.node = String(node);
    const drawn = { button, mark: null, state: "" };
    this.drawn.set(node, drawn);
    this.layer.append(button);
    return drawn;
  }
}
