// Which names can stand beside their nodes without one on top of another.

export interface Wanted {
  readonly node: number;
  readonly x: number; // middle of the node, pixels
  readonly y: number;
  readonly radius: number;
  readonly text: string;
  readonly size: number; // pixels of its letters
}

export interface Placed {
  readonly wanted: Wanted;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const CELL = 64;
type Box = [left: number, top: number, right: number, bottom: number];

/** Places for as many as fit, the first of them first; `width` measures a text. */
export class Labels {
  private readonly names = new Map<number, Box[]>();
  private readonly nodes = new Map<number, Box[]>();
  readonly placed: Placed[] = [];

  constructor(
    private readonly right: number,
    private readonly bottom: number,
    private readonly width: (text: string, size: number) => number,
  ) {}

  /** Whether there was room; `must`: on top of nodes if need be, but never on another name. */
  add(wanted: Wanted, must = false): boolean {
    const { x, y, radius, size } = wanted;
    const width = this.width(wanted.text, size) + 4;
    const height = size + 4;
    const boxes = ([
      [x + radius + 3, y - height / 2], [x - radius - 3 - width, y - height / 2],
      [x - width / 2, y + radius + 2], [x - width / 2, y - radius - 2 - height],
    ] as const).map(([left, top]): Box => [left, top, left + width, top + height])
      .filter(([left, top, right, bottom]) =>
        left >= 2 && top >= 2 && right <= this.right - 2 && bottom <= this.bottom - 2 && this.free(this.names, [left, top, right, bottom]));
    const box = boxes.find((each) => this.free(this.nodes, each)) ?? (must ? boxes[0] : undefined);
    if (!box) return false;
    this.take(this.names, box);
    this.placed.push({ wanted, left: box[0], top: box[1], width });
    return true;
  }

  /** Keep names off a node. */
  keepOff(x: number, y: number, radius: number): void {
    this.take(this.nodes, [x - radius, y - radius, x + radius, y + radius]);
  }

  private take(taken: Map<number, Box[]>, box: Box): void {
    for (const cell of this.cells(box)) {
      const there = taken.get(cell);
      if (there) there.push(box);
      else taken.set(cell, [box]);
    }
  }

  private free(taken: Map<number, Box[]>, box: Box): boolean {
    const [left, top, right, bottom] = box;
    for (const cell of this.cells(box)) {
      for (const [l, t, r, b] of taken.get(cell) ?? []) if (left < r && right > l && top < b && bottom > t) return false;
    }
    return true;
  }

  private *cells([left, top, right, bottom]: Box): Generator<number> {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) yield column * 4096 + row;
    }
  }
}

/** At most this many characters, cut between words. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text || "?";
  const cut = text.slice(0, most);
  return `${cut.slice(0, cut.lastIndexOf(" ") > most / 2 ? cut.lastIndexOf(" ") : most).replace(/[\s,;:]+$/, "")}…`;
}
