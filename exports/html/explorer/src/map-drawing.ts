// The map as a canvas: land, circles, names, and a small world in the corner when little of it is in view.
import type { App } from "./app";
import { atlas, type Country, type Shape, WORLD } from "./map-atlas";
import { placeLabels, type Sign } from "./map-place";

const LETTERS = 13; // pixels
const MOST_LABELS = 220;
const SLICE = 12; // milliseconds of work on the shapes at a time, so that the page never stands still

export interface View {
  readonly x: number; // the middle, of the world
  readonly y: number;
  readonly scale: number; // pixels for the whole world
  readonly width: number; // pixels
  readonly height: number;
}

export interface Circle {
  readonly x: number; // pixels
  readonly y: number;
  readonly radius: number;
  readonly colour: string;
  readonly name: string;
  readonly marked: boolean;
}

interface Frame {
  readonly left: number; // pixels
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export class Drawing {
  readonly canvas = document.createElement("canvas");
  private readonly shapes: Shape[] = [];
  private countries: Country[] = [];
  private growing = false;
  private water = "";
  private land = "";
  private border = "";
  private family = "";
  private readonly widths = new Map<string, number>();

  constructor(private readonly app: App) { this.canvas.setAttribute("role", "img"); }

  /** Makes the shapes, once, a little at a time; calls `ready` when all are there. */
  prepare(ready: () => void): void {
    if (this.growing) return;
    this.growing = true;
    const parts = atlas();
    const step = () => {
      const end = performance.now() + SLICE;
      while (performance.now() < end) {
        const { value, done } = parts.next();
        if (done) {
          this.countries = value.sort((one, other) => other.width - one.width);
          return ready();
        }
        this.shapes.push(...value);
      }
      setTimeout(step);
    };
    step();
  }

  /** Circles from the first to the last, the marked ones above; names of countries are left out where `named` has them. */
  draw(view: View, circles: readonly Circle[], named: ReadonlySet<string>): void {
    const { width, height } = view;
    const ratio = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const pen = this.canvas.getContext("2d");
    if (!pen) return;
    const style = getComputedStyle(this.canvas);
    this.water = style.getPropertyValue("--map-water").trim();
    this.land = style.getPropertyValue("--map-land").trim();
    this.border = style.getPropertyValue("--map-border").trim();
    this.family = style.fontFamily;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.drawLand(pen, ratio, { left: 0, top: 0, width, height }, view);
    this.drawCircles(pen, circles);
    this.drawNames(pen, view, circles, named);
    if (isClose(view)) this.drawInset(pen, ratio, view);
  }

  /** The country that the middle of a close view is in. */
  countryAt(view: View): string | undefined {
    const pen = this.canvas.getContext("2d");
    if (!pen || !isClose(view)) return undefined;
    pen.save();
    pen.resetTransform();
    const { x, y } = view;
    const found = this.shapes.find(({ path, left, top, right, bottom }) =>
      left <= x && x <= right && top <= y && y <= bottom && pen.isPointInPath(path, x * WORLD, y * WORLD));
    pen.restore();
    return found?.country;
  }

  private drawLand(pen: CanvasRenderingContext2D, ratio: number, frame: Frame, { x, y, scale }: Pick<View, "x" | "y" | "scale">): void {
    const { width, height } = frame;
    const factor = scale / WORLD;
    const [left, top] = [x - width / scale / 2, y - height / scale / 2];
    const [right, bottom] = [left + width / scale, top + height / scale];
    pen.save();
    pen.beginPath();
    pen.rect(frame.left, frame.top, width, height);
    pen.clip();
    pen.fillStyle = this.water;
    pen.fill();
    pen.setTransform(ratio * factor, 0, 0, ratio * factor, (frame.left - left * scale) * ratio, (frame.top - top * scale) * ratio);
    pen.fillStyle = this.land;
    pen.strokeStyle = this.border;
    pen.lineWidth = 0.8 / factor;
    pen.lineJoin = "round";
    const least = 1.2 / scale; // islands smaller than a pixel or so
    for (const shape of this.shapes) {
      if (shape.right < left || shape.left > right || shape.bottom < top || shape.top > bottom) continue;
      if (shape.right - shape.left < least && shape.bottom - shape.top < least) continue;
      pen.fill(shape.path);
      pen.stroke(shape.path);
    }
    pen.restore();
  }

  private drawCircles(pen: CanvasRenderingContext2D, circles: readonly Circle[]): void {
    const ink = this.app.token("ink");
    for (const above of [false, true]) {
      for (const { x, y, radius, colour, marked } of circles) {
        if (marked !== above) continue;
        pen.beginPath();
        pen.arc(x, y, radius, 0, 2 * Math.PI);
        pen.globalAlpha = marked ? 0.55 : 0.3;
        pen.fillStyle = colour;
        pen.fill();
        pen.globalAlpha = 1;
        pen.strokeStyle = marked ? ink : colour;
        pen.lineWidth = marked ? 2.5 : 1.25;
        pen.stroke();
      }
    }
  }

  private drawNames(pen: CanvasRenderingContext2D, view: View, circles: readonly Circle[], named: ReadonlySet<string>): void {
    const order = [...circles.filter(({ marked }) => marked), ...circles.filter(({ marked }) => !marked)];
    const names = order.map(({ name }) => (name.length <= 32 ? name : `${name.slice(0, 30).trimEnd()}…`));
    const font = `${LETTERS}px ${this.family}`;
    const fontOfCountries = `600 11px ${this.family}`;
    pen.font = `600 ${font}`; // as wide as when it is marked
    const signs: Sign[] = order.map(({ x, y, radius }, at) => ({ x, y, radius, width: this.widthOf(pen, names[at]) }));
    // Names of countries stand where there is room left, and not twice.
    pen.font = fontOfCountries;
    for (const country of this.countries) {
      const wide = this.widthOf(pen, country.name);
      if (country.width * view.scale < wide * 1.3) continue;
      const x = (country.x - view.x) * view.scale + view.width / 2;
      const y = (country.y - view.y) * view.scale + view.height / 2;
      if (x < 0 || x > view.width || y < 0 || y > view.height || named.has(country.name)) continue;
      names.push(country.name);
      signs.push({ x, y, radius: 0, width: wide });
    }
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.strokeStyle = this.land;
    pen.lineWidth = 3;
    const bounds = { left: 2, top: 2, right: view.width - 2, bottom: view.height - 24 };
    const { left, top, width, height } = insetOf(view);
    const covered = isClose(view) ? [{ left, top, right: left + width, bottom: top + height }] : [];
    for (const { sign, left, top } of placeLabels(signs, LETTERS + 3, bounds, MOST_LABELS, covered)) {
      const circle: Circle | undefined = order[sign]; // none: a country
      pen.font = circle === undefined ? fontOfCountries : circle.marked ? `600 ${font}` : font;
      pen.fillStyle = this.app.token(circle === undefined ? "soft" : "ink");
      pen.strokeText(names[sign], left, top + LETTERS / 2 + 1.5);
      pen.fillText(names[sign], left, top + LETTERS / 2 + 1.5);
    }
  }

  private drawInset(pen: CanvasRenderingContext2D, ratio: number, view: View): void {
    const frame = insetOf(view);
    const { left, top, width, height } = frame;
    const scale = Math.max(width * 2, Math.min(width * 24, view.scale / 24));
    this.drawLand(pen, ratio, frame, { x: view.x, y: view.y, scale });
    pen.lineWidth = 1;
    pen.strokeStyle = this.app.token("soft");
    pen.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    const [w, h] = [Math.max(5, (view.width / view.scale) * scale), Math.max(4, (view.height / view.scale) * scale)];
    pen.lineWidth = 2;
    pen.strokeStyle = this.app.token("accent");
    pen.strokeRect(left + width / 2 - w / 2, top + height / 2 - h / 2, w, h);
  }

  private widthOf(pen: CanvasRenderingContext2D, text: string): number {
    const key = `${pen.font} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      width = Math.ceil(pen.measureText(text).width);
      this.widths.set(key, width);
    }
    return width;
  }
}

/** Whether less than a twelfth of the world is in view from left to right. */
function isClose({ scale, width }: View): boolean { return scale > width * 12; }

function insetOf(view: View): Frame {
  const [width, height, below] = view.width < 500 ? [96, 72, 30] : [168, 120, 10];
  return { left: view.width - width - 10, top: view.height - height - below, width, height };
}
