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

/** Places for as many as fit, the first of them first; `width` measures a text. */
export class Labels {
  private readonly taken = new Map<number, [number, number, number, number][]>();
  readonly placed: Placed[] = [];

  constructor(
    private readonly right: number,
    private readonly bottom: number,
    private readonly width: (text: string, size: number) => number,
  ) {}

  /** Whether there was room. */
  add(wanted: Wanted): boolean {
    const { x, y, radius, size } = wanted;
    const width = this.width(wanted.text, size) + 4;
    const height = size + 4;
    const tries: [number, number][] = [
      [x + radius + 3, y - height / 2], [x - radius - 3 - width, y - height / 2],
      [x - width / 2, y + radius + 2], [x - width / 2, y - radius - 2 - height],
    ];
    for (const [left, top] of tries) {
      if (left < 2 || top < 2 || left + width > this.right - 2 || top + height > this.bottom - 2) continue;
      if (!this.free(left, top, left + width, top + height)) continue;
      this.take(left, top, left + width, top + height);
      this.placed.push({ wanted, left, top, width });
      return true;
    }
    return false;
  }

  /** Keep names off a node. */
  take(left: number, top: number, right: number, bottom: number): void {
    for (const cell of this.cells(left, top, right, bottom)) {
      const there = this.taken.get(cell);
      if (there) there.push([left, top, right, bottom]);
      else this.taken.set(cell, [[left, top, right, bottom]]);
    }
  }

  private free(left: number, top: number, right: number, bottom: number): boolean {
    for (const cell of this.cells(left, top, right, bottom)) {
      for (const [l, t, r, b] of this.taken.get(cell) ?? []) {
        if (left < r && right > l && top < b && bottom > t) return false;
      }
    }
    return true;
  }

  private *cells(left: number, top: number, right: number, bottom: number): Generator<number> {
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
