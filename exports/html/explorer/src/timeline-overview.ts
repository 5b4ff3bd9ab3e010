// A strip below the timeline: how many events begin when, in all of its time, and which part of it is in view.
import { type App, element } from "./app";
import { counts, shortName, type Stretch, unitName, unitOf } from "./timeline-scale";

const HEIGHT = 44;
const SIDE = 10; // pixels left and right, so that the first and the last bar can be seen and seized

export class Overview {
  readonly element = element("div", "tl-overview");
  private readonly canvas = element("canvas");
  private readonly brush = element("div", "tl-brush");
  private width = 0;
  private all: Stretch = { first: 0, last: 0 };
  private drawnFor: unknown[] = [];

  constructor(private readonly app: App, private readonly goTo: (middle: number) => void) {
    this.canvas.setAttribute("role", "img");
    this.element.append(this.canvas, this.brush);
    let held: number | null = null; // days between the pointer and the middle of the view
    let view: Stretch = this.all;
    this.element.addEventListener("pointerdown", (event) => {
      view = this.view;
      const day = this.dayAt(event.clientX);
      const middle = (view.first + view.last) / 2;
      held = day >= view.first && day <= view.last ? day - middle : 0;
      this.element.setPointerCapture(event.pointerId);
      this.goTo(day - held);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (held !== null) this.goTo(this.dayAt(event.clientX) - held);
    });
    for (const end of ["pointerup", "pointercancel"] as const) this.element.addEventListener(end, () => { held = null; });
  }

  private view: Stretch = { first: 0, last: 0 };

  private get scale(): number {
    return (this.width - 2 * SIDE) / (this.all.last - this.all.first + 1);
  }

  private dayAt(clientX: number): number {
    return this.all.first + (clientX - this.element.getBoundingClientRect().left - SIDE) / this.scale;
  }

  draw(events: readonly Stretch[], all: Stretch, view: Stretch, width: number): void {
    this.all = all;
    this.view = view;
    this.width = width;
    const left = Math.max(0, SIDE + (view.first - all.first) * this.scale);
    const right = Math.min(width, SIDE + (view.last - all.first) * this.scale);
    this.brush.style.left = `${Math.min(left, width - 6)}px`;
    this.brush.style.width = `${Math.max(6, right - left)}px`;
    const state = [events, all.first, all.last, width, this.app.theme];
    if (state.every((part, at) => part === this.drawnFor[at])) return;
    this.drawnFor = state;
    this.paint(events, width);
  }

  private paint(events: readonly Stretch[], width: number): void {
    const unit = unitOf(this.scale, 3);
    const bars = counts(events, this.all, unit);
    const most = bars.reduce((best, bar) => (bar.count > best.count ? bar : best), bars[0]);
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(HEIGHT * ratio);
    const pen = this.canvas.getContext("2d");
    if (!pen) return;
    pen.scale(ratio, ratio);
    pen.fillStyle = this.app.token("soft");
    for (const { start, end, count } of bars) {
      if (count === 0) continue;
      const x = SIDE + (Math.max(start, this.all.first) - this.all.first) * this.scale;
      const w = Math.min(24, Math.max(2, (Math.min(end, this.all.last + 1) - Math.max(start, this.all.first)) * this.scale - 1));
      const high = Math.max(2, Math.sqrt(count / most.count) * (HEIGHT - 20)); // by the root: single events stay visible
      pen.fillRect(x, HEIGHT - 14 - high, w, high);
    }
    // The years, or months, below.
    pen.font = `11px ${getComputedStyle(this.element).fontFamily}`;
    pen.textBaseline = "bottom";
    const named = unitOf(this.scale, 64);
    let free = 0;
    for (const bar of counts([], this.all, named)) {
      const label = shortName(bar.start, named);
      const x = SIDE + (bar.start - this.all.first) * this.scale;
      const wide = pen.measureText(label).width;
      if (x < free || x + wide > width) continue;
      pen.fillText(label, x, HEIGHT - 1);
      free = x + wide + 14;
    }
    this.canvas.setAttribute("aria-label", `Events by ${unit}; most, ${most.count.toLocaleString("en")}, in ${unitName(most.start, unit)}`);
  }
}
