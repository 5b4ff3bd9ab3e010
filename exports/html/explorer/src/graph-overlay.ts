// What lies over the picture of the graph: what is selected, and the names for which there is room.
import type { App } from "./app";
import { Labels, shortened, type Wanted } from "./labels";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
const MOST_LABELS = 140;
const ROOM = 9000; // square pixels for a name

/** Where the coordinates of the graph are on the screen. */
export interface Plane {
  readonly origin: { readonly x: number; readonly y: number }; // pixels
  readonly across: number; // pixels for one
  readonly down: number;
}

export interface Seen extends Plane {
  readonly width: number; // pixels
  readonly height: number;
  readonly drawn: ArrayLike<number>; // for each node whether it is in the picture
  readonly order: readonly number[]; // those, the most told of first
  readonly selection: number | null;
  readonly hovered: number | null;
  radius(node: number): number; // pixels
}

export class Overlay {
  private readonly widths = new Map<string, number>();

  constructor(private readonly app: App, private readonly context: CanvasRenderingContext2D) {}

  draw({ width, height, origin, across, down, drawn, order, selection, hovered, radius }: Seen): void {
    const { app, context } = this;
    const { data } = app;
    context.clearRect(0, 0, width, height);
    const place = (node: number): [number, number] => [origin.x + across * data.nodes[node].x, origin.y + down * data.nodes[node].y];
    const colours = { ink: app.token("ink"), paper: app.token("paper"), soft: app.token("soft") };

    const chosen: number[] = [];
    if (selection !== null && drawn[selection]) {
      const joined = data.neighbours(selection).filter((node) => drawn[node] && app.passes(node));
      const [x, y] = place(selection);
      context.lineWidth = joined.length > 60 ? 0.7 : 1.4;
      context.strokeStyle = colours.soft;
      context.beginPath();
      for (const node of joined) {
        const [nx, ny] = place(node);
        context.moveTo(x, y);
        context.lineTo(nx, ny);
      }
      context.stroke();
      for (const node of joined) this.node(node, place(node), radius(node));
      this.node(selection, [x, y], radius(selection) + 1.5, colours.ink);
      chosen.push(selection, ...joined.sort((one, other) => data.nodes[other].weight - data.nodes[one].weight || one - other));
    }
    const labels = new Labels(width, height, (text, size) => this.width(text, size));
    const most = Math.min(MOST_LABELS, Math.max(8, Math.round((width * height) / ROOM)));
    const want = (node: number, rank: number): Wanted => {
      const [x, y] = place(node);
      const size = node === selection ? 15 : rank < most / 6 ? 14 : 12;
      return { node, x, y, radius: radius(node), size, text: shortened(data.nodes[node].name, data.isEvent(node) ? 34 : 28) };
    };
    const inView = (node: number): boolean => {
      const [x, y] = place(node);
      return x > 0 && y > 0 && x < width && y < height;
    };
    // Names keep off nodes where there are few enough of them in view for that.
    const visible = chosen.length ? chosen : order;
    const near = visible.length > 20_000 ? [] : visible.filter((node) => app.passes(node) && inView(node));
    if (near.length < 600) {
      for (const node of near) {
        const [x, y] = place(node);
        labels.keepOff(x, y, Math.max(1, radius(node) - 1));
      }
    }
    const first = hovered !== null && drawn[hovered] ? [hovered] : [];
    let tried = 0;
    for (const node of [...first, ...chosen.slice(0, 1)]) if (inView(node)) labels.add(want(node, 0), true);
    for (const node of visible) {
      if (labels.placed.length >= most || tried > 4 * most) break;
      if (node === hovered || node === selection || !app.passes(node) || !inView(node)) continue;
      tried++;
      labels.add(want(node, labels.placed.length), tried <= most / 6);
    }
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = colours.paper;
    for (const { wanted, left, top } of labels.placed) {
      context.font = `${wanted.node === selection || wanted.node === hovered ? "600 " : ""}${wanted.size}px ${FONT}`;
      context.fillStyle = colours.ink;
      context.strokeText(wanted.text, left + 2, top + wanted.size / 2 + 2);
      context.fillText(wanted.text, left + 2, top + wanted.size / 2 + 2);
    }
  }

  private node(node: number, [x, y]: [number, number], radius: number, rim = ""): void {
    const { context } = this;
    context.beginPath();
    if (this.app.data.isEvent(node)) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.app.colour(node);
    context.fill();
    if (!rim) return;
    const { lineWidth } = context;
    context.strokeStyle = rim;
    context.lineWidth = 2;
    context.stroke();
    context.lineWidth = lineWidth;
  }

  private width(text: string, size: number): number {
    const key = `${size} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.context.font = `${size}px ${FONT}`;
      width = this.context.measureText(text).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
  }
}
