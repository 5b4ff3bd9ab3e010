// Where it happened: places on a map of the world without tiles, sized by what is told of them.
import { type App, type Change, counted, element, type Panel } from "./app";
import { movable } from "./gestures";
import { Drawing } from "./map-drawing";
import { dayList, placeList } from "./map-list";
import { Measure } from "./map-measure";
import { type Box, boxOf, openingBox } from "./map-place";
import { type Spotted, spotted } from "./map-spotted";
import { signs } from "./pieces";

const FARTHEST = 256; // pixels for the whole world
const CLOSEST = 256 * 2 ** 10; // the outlines are no finer
const ALONE = 256 * 2 ** 7; // a map of one place opens with some of its country around it
const TOP = 0.06; // of the world: the poles come into view only where there are places
const BOTTOM = 0.74;
const LARGEST = 26; // radius, pixels
const SMALLEST = 4;

interface Place extends Spotted {
  readonly size: number; // events or articles
}

class PlaceMap implements Panel {
  readonly name = "map";
  readonly title = "Map";
  private app!: App;
  private readonly told = element("p", "tl-told");
  private tools!: HTMLElement;
  private readonly sizes = element("div", "map-by");
  private readonly body = element("div", "map-body");
  private readonly stage = element("div", "map-stage");
  private drawing!: Drawing;
  private readonly tip = element("div", "map-tip");
  private readonly aside = element("aside", "map-aside");
  private readonly nothing = element("p", "empty map-nothing");
  private readonly measure = new Measure();
  private without = 0; // places whose position is not known
  private places: Place[] = []; // the largest first
  private edges = { top: TOP, bottom: BOTTOM };
  private named: ReadonlySet<string> = new Set();
  private by: "events" | "articles" = "events";
  private readonly choices: HTMLButtonElement[] = [];
  private x = 0.5; // the middle of the view, of the world
  private y = 0.4;
  private scale = 1024; // pixels for the whole world
  private width = 0; // pixels; kept, as asking for it anew lays out the page
  private height = 0;
  private fitted = false;
  private pointed: number | null = null; // node
  private listed: number | null = null; // the place whose events are listed
  private waiting = false;

  mount(root: HTMLElement, app: App): void {
    this.app = app;
    root.classList.add("tl");
    const { sizes } = this;
    this.tools = signs("tl-tools", [
      ["−", "Zoom out", () => this.zoom(1 / 1.6)],
      ["+", "Zoom in", () => this.zoom(1.6)],
      ["⤢", "Show all places", () => this.showAll()],
    ]);
    sizes.append(element("span", "", "Sized by"));
    sizes.setAttribute("role", "group");
    sizes.setAttribute("aria-label", "Sized by");
    for (const what of ["events", "articles"] as const) {
      const choice = element("button", "", what);
      choice.type = "button";
      choice.addEventListener("click", () => {
        this.by = what;
        this.gather();
        this.list();
        this.later();
      });
      this.choices.push(choice);
      sizes.append(choice);
    }
    this.drawing = new Drawing(app);
    this.tip.hidden = true;
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "group");
    this.stage.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom, Home shows all places; the list beside it has every place.");
    this.stage.append(this.drawing.canvas, this.measure.element, this.tip);
    this.aside.setAttribute("aria-label", "Places");
    this.body.append(this.stage, this.aside);
    root.append(element("div", "tl-bar", [this.told, sizes, this.tools]), this.body, this.nothing);
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("pointermove", (event) => this.hover(event));
    this.stage.addEventListener("pointerleave", () => this.point(null));
    this.stage.addEventListener("click", (event) => {
      const found = this.at(event);
      if (found) this.app.select(found.node);
    });
    this.stage.addEventListener("dblclick", (event) => {
      const { left, top } = this.stage.getBoundingClientRect();
      this.zoom(2, event.clientX - left, event.clientY - top);
    });
    movable(this.stage, {
      pan: (dx, dy) => this.move(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
    });
    new ResizeObserver(() => this.resized()).observe(this.stage);
  }

  show(): void {
    this.gather();
    if (this.places.length > 0) this.drawing.prepare(() => this.later());
    this.resized();
    if (!this.fitted) this.fit(this.opening());
    this.selected();
  }

  hide(): void { this.point(null); }

  changed(what: Change): void {
    if (what === "filter") {
      this.gather();
      if (this.places.length > 0) this.drawing.prepare(() => this.later());
      if (!this.fitted || !this.places.some((place) => this.sees(place))) this.fit(this.opening());
      this.list();
    } else if (what === "selection") this.selected();
    else if (what === "size") this.resized();
    else if (what === "theme") this.list();
    this.later();
  }

  private resized(): void {
    this.width = this.stage.clientWidth;
    this.height = this.stage.clientHeight;
    this.later();
  }

  /** The places that pass the filters, with the events there that do. */
  private gather(): void {
    const { places, without, any, told } = spotted(this.app);
    const { nodes } = this.app.data;
    const by = told ? this.by : "articles";
    this.places = places
      .map((place) => ({ ...place, size: by === "events" ? place.events.length : nodes[place.node].weight }))
      .sort((one, other) => other.size - one.size || nodes[other.node].weight - nodes[one.node].weight || one.node - other.node);
    this.named = new Set(this.places.map(({ node }) => nodes[node].name));
    const box = boxOf(this.places.map(({ x, y, size }) => ({ x, y, weight: size })));
    if (box) this.edges = { top: box.top - 0.05, bottom: box.bottom + 0.05 };
    for (const choice of this.choices) {
      choice.setAttribute("aria-pressed", String(choice.textContent === by));
      choice.disabled = !told;
    }
    this.without = without;
    const none = this.places.length === 0;
    this.body.hidden = none;
    this.told.hidden = none;
    this.tools.hidden = none;
    this.sizes.hidden = none;
    this.nothing.hidden = !none;
    this.nothing.textContent = any
      ? "No place passes the filters."
      : without > 0 ? `The position of ${without === 1 ? "the one place" : `none of the ${without.toLocaleString("en")} places`} that the articles name is ${without === 1 ? "not " : ""}known.` : "The articles name no place.";
  }

  // Moving

  private opening(): Box | null {
    const { places } = this;
    const eventful = places.filter(({ events }) => events.length > 0);
    return openingBox((eventful.length > 0 ? eventful : places).map(({ x, y, size }) => ({ x, y, weight: Math.max(1, size) })), this.width / Math.max(1, this.height));
  }

  private showAll(): void {
    this.fit(boxOf(this.places.map(({ x, y, size }) => ({ x, y, weight: size }))));
    this.later();
  }

  private fit(box: Box | null): void {
    if (box === null || this.width === 0) return;
    this.fitted = true;
    const side = Math.min(90, this.width * 0.16);
    const across = (this.width - 2 * side) / Math.max(1e-9, box.right - box.left);
    const down = (this.height - 2 * Math.min(70, this.height * 0.16)) / Math.max(1e-9, box.bottom - box.top);
    this.scale = Math.max(this.farthest, Math.min(box.left === box.right && box.top === box.bottom ? ALONE : CLOSEST, across, down));
    this.x = (box.left + box.right) / 2;
    this.y = (box.top + box.bottom) / 2;
    this.clamp();
  }

  private get farthest(): number { return Math.max(FARTHEST, Math.min(this.width, this.height)); }

  private clamp(): void {
    // The view leaves the world only where the world is smaller than it.
    const within = (at: number, from: number, to: number, seen: number) =>
      seen >= to - from ? (from + to) / 2 : Math.max(from + seen / 2, Math.min(to - seen / 2, at));
    this.x = within(this.x, 0, 1, this.width / this.scale);
    this.y = within(this.y, Math.min(TOP, this.edges.top), Math.max(BOTTOM, this.edges.bottom), this.height / this.scale);
  }

  private move(dx: number, dy: number): void {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.clamp();
    this.later();
  }

  private zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    const scale = Math.max(this.farthest, Math.min(CLOSEST, this.scale * factor));
    this.x += (x - this.width / 2) * (1 / this.scale - 1 / scale);
    this.y += (y - this.height / 2) * (1 / this.scale - 1 / scale);
    this.scale = scale;
    this.clamp();
    this.later();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: Record<string, () => void> = {
      "+": () => this.zoom(1.6),
      "=": () => this.zoom(1.6),
      "-": () => this.zoom(1 / 1.6),
      "0": () => this.showAll(),
      Home: () => this.showAll(),
      ArrowLeft: () => this.move(80, 0),
      ArrowRight: () => this.move(-80, 0),
      ArrowUp: () => this.move(0, 80),
      ArrowDown: () => this.move(0, -80),
    };
    const act = actions[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private screen({ x, y }: { x: number; y: number }): [number, number] {
    return [(x - this.x) * this.scale + this.width / 2, (y - this.y) * this.scale + this.height / 2];
  }

  private sees(place: Place): boolean {
    const [x, y] = this.screen(place);
    return x > 0 && x < this.width && y > 0 && y < this.height;
  }

  private radius(place: Place): number {
    const most = this.places[0]?.size || 1;
    const largest = Math.min(LARGEST, 8 + 4 * Math.sqrt(most), Math.max(14, this.width / 30));
    return Math.max(this.places.length > 200 ? SMALLEST - 1 : SMALLEST, Math.sqrt(place.size / most) * largest);
  }

  // Selecting

  /** Places that the selection has to do with: itself, where an event was, where those events were. */
  private related(): Set<number> {
    const { selection, data } = this.app;
    const found = new Set<number>();
    if (selection === null) return found;
    found.add(selection);
    if (data.isEvent(selection)) for (const node of data.neighbours(selection)) found.add(node);
    else if (data.nodes[selection].lat === undefined) {
      for (const event of data.neighbours(selection)) {
        if (data.isEvent(event) && this.app.passes(event)) for (const node of data.neighbours(event)) found.add(node);
      }
    }
    return found;
  }

  private selected(): void {
    const { selection } = this.app;
    const own = this.places.find(({ node }) => node === selection);
    if (own) this.listed = own.node;
    const related = this.related();
    const there = this.places.filter(({ node }) => related.has(node));
    if (there.length > 0 && !there.some((place) => this.sees(place))) {
      const box = boxOf(there.map(({ x, y }) => ({ x, y, weight: 1 })));
      if (box && Math.max(box.right - box.left, box.bottom - box.top) * this.scale > Math.min(this.width, this.height) * 0.8) this.fit(box);
      else if (box) {
        this.x = (box.left + box.right) / 2;
        this.y = (box.top + box.bottom) / 2;
        this.clamp();
      }
    }
    this.list();
    this.later();
  }

  private list(): void {
    const focused = this.aside.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.node : undefined;
    const inside = this.aside.contains(document.activeElement);
    const { scrollTop } = this.aside;
    const place = this.places.find(({ node }) => node === this.listed);
    const what = place
      ? dayList(place, this.app, () => {
          const before = this.listed;
          this.listed = null;
          if (this.app.selection === before) this.app.select(null);
          else this.list();
          this.aside.querySelector<HTMLElement>(`[data-node="${before}"], button`)?.focus();
        })
      : placeList(this.places, this.app, (node) => this.point(node));
    const same = this.aside.dataset.of === String(place?.node);
    this.aside.dataset.of = String(place?.node);
    this.aside.replaceChildren(what);
    this.aside.scrollTop = same ? scrollTop : 0;
    for (const button of this.aside.querySelectorAll<HTMLElement>("[data-node]")) {
      if (Number(button.dataset.node) === this.app.selection) button.setAttribute("aria-current", "true");
    }
    if (inside) (this.aside.querySelector<HTMLElement>(`[data-node="${focused}"]`) ?? this.aside.querySelector<HTMLElement>("button"))?.focus({ preventScroll: true });
  }

  private at(event: MouseEvent): Place | undefined {
    const { left, top } = this.stage.getBoundingClientRect();
    const [px, py] = [event.clientX - left, event.clientY - top];
    let best: Place | undefined;
    let nearest = Infinity;
    // The smallest circle under the pointer, or the nearest one almost under it.
    for (const place of this.places) {
      const [x, y] = this.screen(place);
      const away = Math.hypot(x - px, y - py);
      const radius = this.radius(place);
      const reach = Math.max(radius + 2, 9);
      const rank = away <= radius ? radius : radius + 20 + away;
      if (away <= reach && rank <= nearest) [best, nearest] = [place, rank];
    }
    return best;
  }

  private hover(event: PointerEvent): void {
    const found = event.buttons === 0 ? this.at(event) : undefined;
    this.stage.classList.toggle("over", found !== undefined);
    this.point(found?.node ?? null);
  }

  private point(node: number | null): void {
    if (node === this.pointed) return;
    this.pointed = node;
    this.later();
  }

  // Drawing

  private later(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  private draw(): void {
    const { width, height } = this;
    if (this.places.length === 0 || width === 0) return;
    if (!this.fitted) this.fit(this.opening());
    this.clamp();
    this.stage.dataset.theme = this.app.theme;
    const { nodes } = this.app.data;
    const related = this.related();
    const circles = [];
    for (const place of this.places) {
      const [x, y] = this.screen(place);
      if (x < -LARGEST || x > width + LARGEST || y < -LARGEST || y > height + LARGEST) continue;
      const marked = place.node === this.pointed || related.has(place.node);
      circles.push({ x, y, radius: this.radius(place), colour: this.app.colour(place.node), name: nodes[place.node].name, marked });
    }
    const outside = this.places.filter((place) => !this.sees(place)).length;
    const told = [
      counted(this.places.length, "place", "places"),
      outside > 0 ? `${outside.toLocaleString("en")} outside this view` : "",
      this.without > 0 ? `${this.without.toLocaleString("en")} more whose position is not known` : "",
    ].filter(Boolean).join(", ");
    if (this.told.textContent !== told) this.told.textContent = told;
    const view = { x: this.x, y: this.y, scale: this.scale, width, height };
    this.drawing.draw(view, circles, this.named);
    this.measure.draw(view, this.drawing.countryAt(view));
    this.drawTip();
    const first = this.places.slice(0, 3).map(({ node }) => nodes[node].name).join(", ");
    this.drawing.canvas.setAttribute("aria-label", `${counted(circles.length, "place", "places")} in view; told of most: ${first}`);
  }

  private drawTip(): void {
    const place = this.places.find(({ node }) => node === this.pointed);
    this.tip.hidden = place === undefined || !this.sees(place);
    if (place === undefined || this.tip.hidden) return;
    const node = this.app.data.nodes[place.node];
    const told = [place.events.length > 0 ? counted(place.events.length, "event", "events") : "", counted(node.weight, "article", "articles")];
    this.tip.replaceChildren(element("strong", "", node.name), element("span", "", told.filter(Boolean).join(", ")));
    const [x, y] = this.screen(place);
    const wide = this.tip.offsetWidth;
    const below = y < 90;
    this.tip.style.left = `${Math.max(6, Math.min(this.width - wide - 6, x - wide / 2))}px`;
    this.tip.style.top = below ? `${y + this.radius(place) + 8}px` : `${y - this.radius(place) - 8 - this.tip.offsetHeight}px`;
  }
}

export const map: Panel = new PlaceMap();
