// The days, months or years above a timeline, and lines through its lanes.
import { element } from "./app";
import { ticks } from "./timeline-scale";

export class Axis {
  readonly element = element("div", "tl-axis");

  constructor(private readonly lined: HTMLElement, private readonly widthOf: (text: string) => number) {
    this.element.setAttribute("aria-hidden", "true");
  }

  draw(left: number, scale: number, width: number): void {
    const { fine, coarse } = ticks(Math.floor(left), Math.ceil(left + width / scale), scale);
    const pixels = (day: number) => (day - left) * scale;
    const made: HTMLElement[] = [];
    const put = (x: number, label: string, classes: string) => {
      const tick = element("span", classes, label);
      tick.style.left = `${x}px`;
      made.push(tick);
    };
    coarse.forEach(({ day, label }, at) => {
      // The month or year in which the view begins is named at its edge, until the next one pushes it out.
      const next = at + 1 < coarse.length ? pixels(coarse[at + 1].day) : Infinity;
      const x = Math.max(0, pixels(day));
      if (Math.min(next, width) - x >= this.widthOf(label)) put(x, label, "tl-coarse");
    });
    for (const { day, label } of fine) {
      const x = pixels(day);
      put(x, x < -3 || x + this.widthOf(label) > width ? "" : label, "tl-fine"); // no half names at the edges
    }
    this.element.classList.toggle("single", coarse.length === 0);
    this.element.replaceChildren(...made);
    const lines = (coarse.length > 0 ? coarse : fine).map(({ day }) => Math.round(pixels(day))).filter((x) => x > 0);
    this.lined.style.background = lines
      .map((x) => `linear-gradient(var(--line), var(--line)) ${x}px 0 / 1px 100% no-repeat`)
      .join(",");
  }
}
