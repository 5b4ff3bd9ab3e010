// Events by day: storylines and kinds of news as lanes, time from left to right.
import { type App, type Change, counted, element, type Panel } from "./app";
import { movable } from "./gestures";
import { signs } from "./pieces";
import { Axis } from "./timeline-axis";
import { type Gathered, gather } from "./timeline-events";
import { FOOT, HEAD, Heads } from "./timeline-heads";
import { type Dated, inView, type Layout, layOut, type Mark } from "./timeline-lanes";
import { eventList, Popover } from "./timeline-list";
import { MARK, Marks, ROW, span } from "./timeline-marks";
import { Overview } from "./timeline-overview";
import { extent, opening, type Stretch, stretchName } from "./timeline-scale";

const CLOSEST = 200; // pixels a day

class Timeline implements Panel {
  readonly name = "timeline";
  readonly title = "Timeline";
  private app!: App;
  private root!: HTMLElement;
  private readonly told = element("p", "tl-told");
  private tools!: HTMLElement;
  private readonly undated = element("button", "tl-undated");
  private readonly view = element("div", "tl-view");
  private axis!: Axis;
  private marks!: Marks;
  private readonly scroller = element("div", "tl-scroller");
  private readonly tall = element("div", "tl-tall");
  private readonly gap = element("div", "tl-gap");
  private readonly nothing = element("div", "tl-nothing");
  private readonly body = element("div", "tl-body");
  private readonly heads = new Heads(this.tall);
  private overview!: Overview;
  private popover!: Popover;
  private events: Gathered["events"] = [];
  private without: Gathered["without"] = [];
  private lanes: Gathered["lanes"] = [];
  private all: Stretch | null = null;
  private layout!: Layout;
  private tops: number[] = []; // of each lane, pixels
  private width = 0; // pixels; kept, as asking for it anew lays out the page
  private height = 0;
  private scale = 1; // pixels a day
  private left = 0; // the day at the left edge, with its fraction
  private origin = 0; // the day at which the layer begins
  private waiting = 0;
  private fitted = false;

  mount(root: HTMLElement, app: App): void {
    this.root = root;
    this.app = app;
    this.tools = signs("tl-tools", [
      ["−", "Zoom out", () => this.zoom(1 / 1.6)],
      ["+", "Zoom in", () => this.zoom(1.6)],
      ["⤢", "Show the whole time", () => this.showAll()],
    ]);
    this.undated.type = "button";
    this.undated.setAttribute("aria-haspopup", "dialog");
    this.undated.addEventListener("click", () => this.popover.open(this.undated.textContent ?? "", this.without, this.undated));
    this.view.tabIndex = 0;
    this.view.setAttribute("role", "group");
    this.view.setAttribute("aria-label", "Timeline. Arrow keys move it, plus and minus zoom, Home shows the whole time; the tab key goes on to the events.");
    this.marks = new Marks(app);
    this.axis = new Axis(this.scroller, (text) => this.marks.widthOf(text));
    this.tall.append(this.marks.layer);
    this.scroller.append(this.tall);
    for (const [label, by] of [["← Earlier", -1], ["Later →", 1]] as const) {
      const button = element("button", "", label);
      button.type = "button";
      button.addEventListener("click", () => this.leap(by));
      this.gap.append(button);
    }
    this.view.append(this.axis.element, this.scroller, this.gap);
    this.overview = new Overview(app, (day) => this.goTo(day - this.width / this.scale / 2));
    this.body.append(this.view, this.overview.element);
    root.classList.add("tl");
    root.append(element("div", "tl-bar", [this.told, this.undated, this.tools]), this.body, this.nothing);
    this.popover = new Popover(root, app);
    this.view.addEventListener("keydown", (event) => this.key(event));
    this.scroller.addEventListener("scroll", () => this.later());
    this.marks.layer.addEventListener("click", (event) => this.clicked(event));
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

  private gather(): void {
    ({ events: this.events, without: this.without, lanes: this.lanes } = gather(this.app));
    this.all = extent(this.events);
    this.tell();
  }

  private tell(): void {
    const { events, without, all } = this;
    const none = events.length === 0;
    this.body.hidden = none;
    this.tools.hidden = none;
    this.nothing.hidden = !none;
    this.undated.hidden = without.length === 0 || none;
    this.undated.textContent = `${counted(without.length, "event", "events")} without a date`;
    this.told.textContent = all === null ? "" : `${counted(events.length, "event", "events")}, ${stretchName(all)}`;
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
    this.redraw();
    this.marks.focus(mark.events[0].node);
  }

  private clicked(event: MouseEvent): void {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-node]");
    const mark = button && this.markOf(button);
    if (!button || !mark) return;
    if (mark.events.length === 1) return this.app.select(mark.events[0].node);
    const { left } = this.root.getBoundingClientRect();
    const byDay = [...mark.events].sort((one, other) => one.first - other.first || other.weight - one.weight);
    const heading = `${counted(mark.events.length, "event", "events")}, ${span(mark, this.layout.unit)}`;
    this.popover.open(heading, byDay.map(({ node }) => node), button, button.getBoundingClientRect().left - left + MARK / 2);
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
    const even = Math.max(3, Math.min(12, Math.floor((height / lanes - HEAD - FOOT) / ROW)));
    for (const rows of this.events.length > 1500 ? [even] : [12, 9, 7, 5, 4, 3]) {
      this.layout = layOut(this.events, this.scale, rows, {
        mark: MARK, gap: 10, least: 46, most: Math.min(260, this.width * 0.6), width: (text) => this.marks.widthOf(text),
      });
      if (this.layout.rows * ROW + this.layout.lanes.length * (HEAD + FOOT) <= height) break;
    }
    let top = 0;
    this.tops = this.layout.lanes.map((lane) => {
      const mine = top;
      top += HEAD + lane.rows * ROW + FOOT;
      return mine;
    });
    this.tall.style.height = `${top}px`;
    this.origin = this.left;
    this.redraw();
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
    this.marks.layer.style.transform = `translateX(${-(this.left - this.origin) * this.scale}px)`;
    this.layout.lanes.forEach((lane, at) => {
      const top = this.tops[at];
      if (top > to || top + HEAD + lane.rows * ROW < from) return;
      lanesSeen.add(at);
      const { name, node } = this.lanes[lane.lane];
      this.heads.draw(at, top, lane.rows, name, node >= 0 ? this.app.colour(node) : null);
      for (const mark of inView(lane, offset - 40, offset + this.width + 40)) {
        const y = top + HEAD + mark.row * ROW;
        if (y + ROW < from || y > to) continue;
        seen.add(mark.events[0].node);
        this.marks.draw(mark, y, this.origin * this.scale, offset, offset + this.width, this.layout.unit, related);
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
    this.marks.keep(seen, (node) => this.layout.marks.get(node)?.events[0].node);
    this.heads.keep(lanesSeen);
    this.axis.draw(this.left, this.scale, this.width);
    this.overview.draw(this.events, this.all, { first: this.left, last: this.left + this.width / this.scale }, this.width);
  }
}

export const timeline: Panel = new Timeline();
