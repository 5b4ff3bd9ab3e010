// The names of the lanes of a timeline, each above its lane while that is in view.
import { element } from "./app";
import { ROW } from "./timeline-marks";

export const HEAD = 24; // pixels of the name of a lane
export const FOOT = 8; // below its last row

export class Heads {
  private readonly drawn = new Map<number, HTMLElement>(); // by lane

  constructor(private readonly into: HTMLElement) {}

  /** Draws the name of a lane; `tint`: of a kind of news, not of a story. */
  draw(lane: number, top: number, rows: number, name: string, tint: string | null): void {
    let head = this.drawn.get(lane);
    if (!head) {
      head = element("div", "tl-lane");
      this.drawn.set(lane, head);
      this.into.append(head);
    }
    head.replaceChildren(element("span", "", name));
    head.style.top = `${top}px`;
    head.style.height = `${HEAD + rows * ROW + FOOT}px`;
    head.classList.toggle("family", tint !== null);
    head.style.setProperty("--tint", tint ?? "inherit");
  }

  /** Takes away all but these. */
  keep(seen: ReadonlySet<number>): void {
    for (const [lane, head] of this.drawn) {
      if (seen.has(lane)) continue;
      head.remove();
      this.drawn.delete(lane);
    }
  }
}
