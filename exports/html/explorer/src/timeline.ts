// Events by day: storylines and kinds of news as lanes, time from left to right.
import { type App, type Change, counted, element, type Panel } from "./app";
import { dayNumber, FAMILIES, type Node } from "./data";
import { movable } from "./gestures";
import { type Dated, inView, type Lane, type Layout, layOut, type Mark } from "./timeline-lanes";
import { eventList, Popover } from "./timeline-list";
import { Overview } from "./timeline-overview";
import { dayName, extent, nextOf, opening, startOf, type Stretch, ticks, unitName } from "./timeline-scale";

const ROW = 26; // pixels
const HEAD = 24; // of the name of a lane
const MARK = 20;
const CLOSEST = 200; // pixels a day
const NAMES: Record<(typeof FAMILIES)[number], string> = {
  conflict: "Conflict", harm: "Harm", diplomacy: "Diplomacy and aid", society: "Other news",
};

class Timeline implements Panel {
  readonly name = "timeline";
  readonly title = "Timeline";
  private app!: App;
  private root!: HTMLElement;
  private readonly told = element("p", "tl-told");
  private readonly tools = element("div", "tl-tools");
  private readonly undated = element("button", "tl-undated");
  private readonly view = element("div", "tl-view");
  private readonly axis = element("div", "tl-axis");
  private readonly scroller = element("div", "tl-scroller");
  private readonly tall = element("div", "tl-tall");
  private readonly layer = element("div", "tl-layer");
  private readonly gap = element("div", "tl-gap");
  private readonly nothing = element("div", "tl-nothing");
  private readonly body = element("div", "tl-body");
  private overview!: Overview;
  private popover!: Popover;
  private events: Dated[] = [];
  private without: number[] = [];
  private all: Stretch | null = null;
  private lanes: { name: string; node: number }[] = []; // node: an event in it, for its colour, or -1
  private layout!: Layout;
  private tops: number[] = []; // of each lane, pixels
  private width = 0; // pixels; kept, as asking for it anew lays out the page
  private height = 0;
  private scale = 1; // pixels a day
  private left = 0; // the day at the left edge, with its fraction
  private origin = 0; // the day at which the layer begins
  private drawn = new Map<number, { state: string; mark: Mark | null; button: HTMLButtonElement }>(); // by the first event of a mark
  private heads = new Map<number, HTMLElement>();
  private rover = -1; // the event whose mark is reached with the tab key
  private waiting = 0;
  private fitted = false;
  private readonly widths = new Map<string, number>();
  private readonly pen = document.createElement("canvas").getContext("2d");

  mount(root: HTMLElement, app: App): void {
    this.root = root;
    this.app = app;
    const { tools } = this;
    for (const [sign, label, act] of [
      ["−", "Zoom out", () => this.zoom(1 / 1.6)],
      ["+", "Zoom in", () => this.zoom(1.6)],
      ["⤢", "Show the whole time", () => this.showAll()],
    ] as const) {
      const button = element("button", "", sign);
      button.type = "button";
      button.title = label;
      button.setAttribute("aria-label", label);
      button.addEventListener("click", act);
      tools.append(button);
    }
    this.undated.type = "button";
    this.undated.setAttribute("aria-haspopup", "dialog");
    this.undated.addEventListener("click", () => this.popover.open(this.undated.textContent ?? "", this.without, this.undated));
    this.view.tabIndex = 0;
    this.view.setAttribute("role", "group");
    this.view.setAttribute("aria-label", "Timeline. Arrow keys move it, plus and minus zoom, Home shows the whole time; the tab key goes on to the events.");
    this.axis.setAttribute("aria-hidden", "true");
    this.tall.append(this.layer);
    this.scroller.append(this.tall);
    for (const [label, by] of [["← Earlier", -1], ["Later →", 1]] as const) {
      const button = element("button", "", label);
      button.type = "button";
      button.addEventListener("click", () => this.leap(by));
      this.gap.append(button);
    }
    this.view.append(this.axis, this.scroller, this.gap);
    this.overview = new Overview(app, (day) => this.goTo(day - this.width / this.scale / 2));
    this.body.append(this.view, this.overview.element);
    root.classList.add("tl");
    root.append(element("div", "tl-bar", [this.told, this.undated, tools]), this.body, this.nothing);
    this.popover = new Popover(root, app);
    this.view.addEventListener("keydown", (event) => this.key(event));
    this.scroller.addEventListener("scroll", () => this.later());
    this.layer.addEventListener("click", (event) => this.clicked(event));
    this.layer.addEventListener("focusin", (event) => {
      const node = Number((event.target as HTMLElement).dataset.node ?? -1);
      if (node >= 0) this.rove(node);
    });
    movable(this.view, {
      pan: (dx, dy) => {
        this.scroller.scrollTop -= dy;
        this.goTo(this.left - dx / this.scale);
      },
      zoom: (factor, x) => this.zoom(factor, x),
    });
    new ResizeObserver(() => this.resized()).observe(this.view);
  }

  show(): void {
    this.gather();
    this.resized();
    if (!this.fitted) this.fit(opening(this.events));
    this.relayout();
    this.reveal();
  }

  hide(): void { this.popover.close(false); }

  changed(what: Change): void {
    if (what === "filter") {
      this.gather();
      const inSight = this.events.some((event) => event.last >= this.left && event.first <= this.left + this.width / this.scale);
      if (!inSight || !this.fitted) this.fit(opening(this.events));
      this.relayout();
    } else if (what === "size") {
      this.resized();
    } else if (what === "theme") {
      this.redraw();
    } else {
      this.reveal();
    }
  }

  /** The view has another size, or one at all. */
  private resized(): void {
    const { clientWidth, clientHeight } = this.view;
    if (clientWidth === 0 || (clientWidth === this.width && clientHeight === this.height)) return;
    this.width = clientWidth;
    this.height = clientHeight;
    if (!this.fitted) this.fit(opening(this.events));
    this.later(true);
  }

  /** The events that pass the filters, with and without a date, and their lanes. */
  private gather(): void {
    const { data } = this.app;
    const found: { node: number; from: number; to: number }[] = [];
    this.without = [];
    for (let node = data.firstEvent; node < data.nodes.length; node++) {
      if (!this.app.passes(node)) continue;
      const { from, to } = data.nodes[node];
      const first = from ?? to;
      if (first === undefined) this.without.push(node);
      else found.push({ node, from: dayNumber(first), to: Math.max(dayNumber(first), dayNumber(to ?? first)) });
    }
    this.without.sort((one, other) => data.nodes[other].weight - data.nodes[one].weight || one - other);
    const sizes = new Map<number, number>();
    for (const { node } of found) {
      const storyline = data.nodes[node].storyline;
      if (storyline !== undefined) sizes.set(storyline, (sizes.get(storyline) ?? 0) + 1);
    }
    const storylines = [...sizes.keys()].sort((one, other) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0) || one - other);
    const laneOf = new Map(storylines.map((storyline, at) => [storyline, at]));
    this.lanes = storylines.map((storyline) => ({ name: data.storylines[storyline], node: -1 }));
    for (const family of FAMILIES) this.lanes.push({ name: NAMES[family], node: -1 });
    this.events = found.map(({ node, from, to }) => {
      const event = data.nodes[node];
      const lane = event.storyline === undefined ? storylines.length + this.family(event) : laneOf.get(event.storyline) ?? 0;
      if (event.storyline === undefined) this.lanes[lane].node = node;
      return { node, lane, first: from, last: to, weight: event.weight, label: event.name };
    });
    this.events.sort((one, other) => one.first - other.first || one.node - other.node);
    this.all = extent(this.events);
    this.tell();
  }

  private family(event: Node): number { return FAMILIES.indexOf(event.family ?? "society"); }

  private tell(): void {
    const { events, without, all } = this;
    const none = events.length === 0;
    this.body.hidden = none;
    this.tools.hidden = none;
    this.nothing.hidden = !none;
    this.undated.hidden = without.length === 0 || none;
    this.undated.textContent = `${counted(without.length, "event", "events")} without a date`;
    this.told.textContent = all === null ? "" : `${counted(events.length, "event", "events")}, ${
      all.first === all.last ? dayName(all.first) : `${dayName(all.first)} – ${dayName(all.last)}`}`;
    if (!none) return;
    if (without.length === 0) {
      const any = this.app.data.firstEvent < this.app.data.nodes.length;
      this.nothing.replaceChildren(element("p", "empty", any ? "No event passes the filters." : "The articles tell of no event."));
    } else {
      this.nothing.replaceChildren(
        element("p", "empty", `No date is known for ${without.length === 1 ? "this event" : `these ${counted(without.length, "event", "events")}`}: the articles give none, nor the day on which they were published.`),
        eventList(without, this.app, (node) => this.app.select(node)),
      );
    }
  }

  // Moving

  private showAll(): void {
    this.fit(this.all);
    this.relayout();
  }

  private fit(stretch: Stretch | null): void {
    if (stretch === null) return;
    this.fitted = this.width > 0;
    const days = Math.max(5, stretch.last - stretch.first + 1);
    // Room on both sides, more on the right, where the last label begins.
    const room = Math.max(80, this.width - 40 - Math.min(220, this.width * 0.4));
    this.scale = Math.min(CLOSEST, room / days);
    const side = stretch.last === stretch.first ? 0.25 * this.width : 40;
    this.left = stretch.first - side / this.scale;
  }

  private zoom(factor: number, x = this.width / 2): void {
    if (this.all === null) return;
    const least = Math.min(CLOSEST, (this.width * 0.5) / Math.max(30, this.all.last - this.all.first + 1));
    const scale = Math.max(least, Math.min(CLOSEST, this.scale * factor));
    this.left += x / this.scale - x / scale;
    this.scale = scale;
    this.clamp();
    this.later(true);
  }

  private goTo(day: number): void {
    this.left = day;
    this.clamp();
    this.later();
  }

  /** Some of the time that there is stays in view. */
  private clamp(): void {
    if (this.all === null) return;
    const days = this.width / this.scale;
    this.left = Math.max(this.all.first - days * 0.8, Math.min(this.all.last + 1 - days * 0.2, this.left));
  }

  /** Brings the selected event into view and marks it. */
  private reveal(): void {
    const { selection, data } = this.app;
    const event = this.events.find(({ node }) => node === selection);
    if (event) this.bring(event);
    else if (selection !== null && !data.isEvent(selection)) {
      // Of somebody or something: one of its events at least is in view, the weightiest else.
      const around = new Set(data.neighbours(selection));
      const theirs = this.events.filter(({ node }) => around.has(node));
      const end = this.left + this.width / this.scale;
      if (theirs.length > 0 && !theirs.some(({ first, last }) => last >= this.left && first <= end)) {
        this.bring(theirs.reduce((best, one) => (one.weight > best.weight ? one : best)));
      }
    }
    this.redraw();
  }

  private bring(event: Dated): void {
    const days = this.width / this.scale;
    const middle = (event.first + event.last + 1) / 2;
    if (middle < this.left + days * 0.05 || middle > this.left + days * 0.85) {
      this.left = middle - days * 0.4;
      this.clamp();
    }
    const mark = this.layout.marks.get(event.node);
    if (!mark) return;
    const top = this.top(mark);
    if (top - HEAD < this.scroller.scrollTop) this.scroller.scrollTop = top - HEAD;
    else if (top + 2 * ROW > this.scroller.scrollTop + this.scroller.clientHeight) this.scroller.scrollTop = top + 2 * ROW - this.scroller.clientHeight;
  }

  /** To the nearest event before or after a stretch without any. */
  private leap(by: number): void {
    const end = this.left + this.width / this.scale;
    const next = by < 0 ? this.events.findLast(({ first }) => first < this.left) : this.events.find(({ first }) => first > end);
    if (next) this.goTo(next.first - (this.width / this.scale) * (by < 0 ? 0.7 : 0.2));
    this.view.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-node]");
    const step = (this.width / this.scale) * 0.2;
    const actions: Record<string, () => void> = {
      "+": () => this.zoom(1.6),
      "=": () => this.zoom(1.6),
      "-": () => this.zoom(1 / 1.6),
      "0": () => this.showAll(),
      Home: () => this.showAll(),
      PageUp: () => this.goTo(this.left - 4 * step),
      PageDown: () => this.goTo(this.left + 4 * step),
      ArrowLeft: () => (button && !event.shiftKey ? this.step(button, -1) : this.goTo(this.left - step)),
      ArrowRight: () => (button && !event.shiftKey ? this.step(button, 1) : this.goTo(this.left + step)),
      ArrowUp: () => (button ? this.change(button, -1) : this.scroller.scrollBy(0, -2 * ROW)),
      ArrowDown: () => (button ? this.change(button, 1) : this.scroller.scrollBy(0, 2 * ROW)),
    };
    const act = actions[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private markOf(button: HTMLElement): Mark | undefined { return this.layout.marks.get(Number(button.dataset.node)); }

  /** To the mark before or after in the same lane. */
  private step(button: HTMLElement, by: number): void {
    const mark = this.markOf(button);
    const lane = mark && this.layout.lanes.find((one) => one.lane === mark.lane);
    const next = lane?.marks[lane.marks.indexOf(mark as Mark) + by];
    if (next) this.focus(next);
  }

  /** To the nearest mark of the lane above or below. */
  private change(button: HTMLElement, by: number): void {
    const mark = this.markOf(button);
    if (!mark) return;
    const lane = this.layout.lanes[this.layout.lanes.findIndex((one) => one.lane === mark.lane) + by];
    if (!lane) return;
    this.focus(lane.marks.reduce((best, one) => (Math.abs(one.x - mark.x) < Math.abs(best.x - mark.x) ? one : best)));
  }

  private focus(mark: Mark): void {
    this.bring(mark.events[0]);
    this.rover = mark.events[0].node;
    this.redraw();
    this.drawn.get(mark.events[0].node)?.button.focus({ preventScroll: true });
  }

  private rove(node: number): void {
    const before = this.drawn.get(this.rover);
    if (before) before.button.tabIndex = -1;
    this.rover = node;
    const now = this.drawn.get(node);
    if (now) now.button.tabIndex = 0;
  }

  private clicked(event: MouseEvent): void {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-node]");
    const mark = button && this.markOf(button);
    if (!button || !mark) return;
    if (mark.events.length === 1) return this.app.select(mark.events[0].node);
    const { left } = this.root.getBoundingClientRect();
    const byDay = [...mark.events].sort((one, other) => one.first - other.first || other.weight - one.weight);
    const heading = `${counted(mark.events.length, "event", "events")}, ${this.span(mark)}`;
    this.popover.open(heading, byDay.map(({ node }) => node), button, button.getBoundingClientRect().left - left + MARK / 2);
  }

  private span(mark: Mark): string {
    if (mark.first === mark.last) return dayName(mark.first);
    const start = startOf(mark.first, this.layout.unit);
    return nextOf(start, this.layout.unit) > mark.last && this.layout.unit !== "day"
      ? unitName(start, this.layout.unit)
      : `${dayName(mark.first)} – ${dayName(mark.last)}`;
  }

  // Drawing

  private later(relayout = false): void {
    if (relayout) this.waiting |= 2;
    if (this.waiting & 1) return;
    this.waiting |= 1;
    requestAnimationFrame(() => {
      const again = this.waiting & 2;
      this.waiting = 0;
      if (again) this.relayout();
      else this.redraw();
    });
  }

  private relayout(): void {
    if (this.all === null || this.width === 0) return;
    const height = this.scroller.clientHeight;
    // As many rows in a lane as the view has room for, three at least. Tried out where the events are few enough.
    const lanes = new Set(this.events.map(({ lane }) => lane)).size;
    const even = Math.max(3, Math.min(12, Math.floor((height / lanes - HEAD - 8) / ROW)));
    for (const rows of this.events.length > 1500 ? [even] : [12, 9, 7, 5, 4, 3]) {
      this.layout = layOut(this.events, this.scale, rows, {
        mark: MARK, gap: 10, least: 46, most: Math.min(260, this.width * 0.6), width: (text) => this.widthOf(text),
      });
      if (this.layout.rows * ROW + this.layout.lanes.length * (HEAD + 8) <= height) break;
    }
    let top = 0;
    this.tops = this.layout.lanes.map((lane) => {
      const mine = top;
      top += HEAD + lane.rows * ROW + 8;
      return mine;
    });
    this.tall.style.height = `${top}px`;
    this.origin = this.left;
    this.redraw();
  }

  private widthOf(text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.pen) this.pen.font = `13px ${getComputedStyle(this.view).fontFamily}`;
      width = Math.ceil(this.pen?.measureText(text).width ?? text.length * 7) + 10;
      this.widths.set(text, width);
    }
    return width;
  }

  private top(mark: Mark): number {
    const at = this.layout.lanes.findIndex((lane) => lane.lane === mark.lane);
    return this.tops[at] + HEAD + mark.row * ROW;
  }

  private redraw(): void {
    if (this.all === null || !this.layout) return;
    if (Math.abs(this.left - this.origin) * this.scale > 50_000) this.origin = this.left;
    const offset = this.left * this.scale;
    const related = new Set(this.app.selection === null ? [] : this.app.data.neighbours(this.app.selection));
    const seen = new Set<number>();
    const lanesSeen = new Set<number>();
    const from = this.scroller.scrollTop - ROW;
    const to = this.scroller.scrollTop + this.scroller.clientHeight + ROW;
    this.layer.style.transform = `translateX(${-(this.left - this.origin) * this.scale}px)`;
    this.layout.lanes.forEach((lane, at) => {
      const top = this.tops[at];
      if (top > to || top + HEAD + lane.rows * ROW < from) return;
      lanesSeen.add(at);
      this.drawHead(lane, at, top);
      for (const mark of inView(lane, offset - 40, offset + this.width + 40)) {
        const y = top + HEAD + mark.row * ROW;
        if (y + ROW < from || y > to) continue;
        seen.add(mark.events[0].node);
        this.drawMark(mark, y, related);
      }
    });
    const end = this.left + this.width / this.scale;
    const bare = !this.events.some(({ first, last }) => last >= this.left && first <= end);
    this.gap.hidden = !bare;
    if (bare) {
      const [before, after] = this.gap.children as unknown as [HTMLElement, HTMLElement];
      before.hidden = this.events[0].first >= this.left;
      after.hidden = this.events[this.events.length - 1].first <= end;
    }
    const active = document.activeElement;
    for (const [node, { button }] of this.drawn) {
      if (seen.has(node) || (button === active && this.layout.marks.get(node)?.events[0].node === node)) continue;
      button.remove();
      this.drawn.delete(node);
    }
    for (const [at, head] of this.heads) {
      if (lanesSeen.has(at)) continue;
      head.remove();
      this.heads.delete(at);
    }
    if (!this.drawn.has(this.rover)) {
      const first = this.drawn.entries().next();
      if (!first.done) this.rove(first.value[0]);
    }
    this.drawAxis();
    this.overview.draw(this.events, this.all, { first: this.left, last: this.left + this.width / this.scale }, this.width);
  }

  private drawHead(lane: Lane, at: number, top: number): void {
    let head = this.heads.get(at);
    if (!head) {
      head = element("div", "tl-lane");
      this.heads.set(at, head);
      this.tall.append(head);
    }
    const { name, node } = this.lanes[lane.lane];
    head.replaceChildren(element("span", "", name));
    head.style.top = `${top}px`;
    head.style.height = `${HEAD + lane.rows * ROW + 8}px`;
    head.classList.toggle("kind", node >= 0);
    head.style.setProperty("--mark", node >= 0 ? this.app.colour(node) : "inherit");
  }

  private drawMark(mark: Mark, y: number, related: ReadonlySet<number>): void {
    const key = mark.events[0].node;
    let known = this.drawn.get(key);
    if (!known) {
      const button = element("button", "tl-mark", [element("i"), element("span")]);
      button.type = "button";
      button.tabIndex = key === this.rover ? 0 : -1;
      button.dataset.node = String(key);
      known = { state: "", mark: null, button };
      this.drawn.set(key, known);
      this.layer.append(button);
    }
    const { button } = known;
    const [shape, label] = button.children as unknown as [HTMLElement, HTMLElement];
    const chosen = mark.events.find(({ node }) => node === this.app.selection);
    const lead = chosen ?? mark.events.find(({ node }) => related.has(node)) ?? mark.events[0];
    const state = `${chosen ? "chosen" : related.has(lead.node) ? "related" : ""} ${lead.node} ${this.app.theme} ${this.origin}`;
    const isBar = mark.width > MARK + 1;
    // The name of a bar that begins far to the left stays in view.
    const hidden = this.left * this.scale - mark.x;
    const shift = isBar && hidden > 0 ? Math.min(hidden + 4, Math.max(0, mark.width - 60)) : 0;
    if (isBar) {
      label.style.left = `${shift > 0 ? shift : mark.width}px`;
      label.classList.toggle("inside", shift > 0);
    } else label.style.left = "";
    if (known.mark === mark && known.state === state) return;
    known.mark = mark;
    known.state = state;
    const event = this.app.data.nodes[lead.node];
    const many = mark.events.length;
    button.style.left = `${mark.x - this.origin * this.scale}px`;
    button.style.top = `${y}px`;
    button.style.setProperty("--mark", this.app.colour(lead.node));
    shape.style.width = `${mark.width}px`;
    shape.textContent = many > 999 ? `${Math.round(many / 1000)}k` : many > 1 ? String(many) : "";
    button.className = `tl-mark${many > 1 ? " many" : ""}${isBar ? " bar" : ""}${event.status ? " unsure" : ""}${
      chosen ? " chosen" : related.has(lead.node) ? " related" : ""}`;
    label.textContent = mark.label > 0 || chosen ? event.name : "";
    label.style.maxWidth = `${chosen ? Math.max(mark.label, Math.min(260, this.widthOf(event.name))) : mark.label}px`;
    const name = many > 1
      ? `${counted(many, "event", "events")}, ${this.span(mark)}: ${event.name} and others`
      : [event.name, event.when, event.about, event.status].filter(Boolean).join(", ");
    button.title = name;
    button.setAttribute("aria-label", name);
    if (many > 1) button.setAttribute("aria-haspopup", "dialog");
    else button.removeAttribute("aria-haspopup");
    if (chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  private drawAxis(): void {
    const last = this.left + this.width / this.scale;
    const { fine, coarse, unit } = ticks(Math.floor(this.left), Math.ceil(last), this.scale, 34);
    const made: HTMLElement[] = [];
    const put = (day: number, label: string, classes: string) => {
      const tick = element("span", classes, label);
      tick.style.left = `${(day - this.left) * this.scale}px`;
      made.push(tick);
    };
    coarse.forEach(({ day, label }, at) => {
      // The month or year in which the view begins is named at its edge, until the next one pushes it out.
      const next = coarse[at + 1] ? (coarse[at + 1].day - this.left) * this.scale : Infinity;
      const x = Math.max(0, (day - this.left) * this.scale);
      if (next - x < this.widthOf(label)) return put(day, "", "tl-coarse");
      const tick = element("span", "tl-coarse", label);
      tick.style.left = `${x}px`;
      made.push(tick);
    });
    for (const { day, label } of fine) put(day, label, "tl-fine");
    this.axis.classList.toggle("single", coarse.length === 0);
    this.axis.replaceChildren(...made);
    // Lines through the lanes where a longer unit begins.
    const lines = (coarse.length > 0 ? coarse : fine).filter(({ day }) => day > this.left);
    const shades = lines.map(({ day }) => {
      const x = Math.round((day - this.left) * this.scale);
      return `linear-gradient(var(--line), var(--line)) ${x}px 0 / 1px 100% no-repeat`;
    });
    this.scroller.style.background = unit && shades.length < 80 ? shades.join(",") : "";
  }
}

export const timeline: Panel = new Timeline();
