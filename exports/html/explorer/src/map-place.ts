// Where a map opens, and where its labels go. Coordinates of the world run from 0 to 1 (Mercator); no DOM here.

export interface Spot {
  readonly x: number; // of the world
  readonly y: number;
  readonly weight: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boxOf(spots: readonly Spot[]): Box | null {
  if (spots.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of spots) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

const SPARED = 0.2; // part of the weight that may lie outside of the view that a map opens with

/**
 * The box to open with: of all spots, unless most of the weight lies close together. A flood in one state opens on the
 * state although somebody far away sent help. Spots are left out from the outside, each time where the box shrinks most.
 */
export function openingBox(spots: readonly Spot[], aspect: number): Box | null {
  const all = boxOf(spots);
  if (all === null || spots.length < 3) return all;
  const total = spots.reduce((sum, { weight }) => sum + weight, 0);
  const byX = [...spots.keys()].sort((one, other) => spots[one].x - spots[other].x || one - other);
  const byY = [...spots.keys()].sort((one, other) => spots[one].y - spots[other].y || one - other);
  const gone = new Set<number>();
  const next = (order: readonly number[], from: number, step: number) => {
    let at = from;
    while (gone.has(order[at])) at += step;
    return at;
  };
  const size = (box: Box) => Math.max((box.right - box.left) / aspect, box.bottom - box.top);
  let [x0, x1, y0, y1] = [0, spots.length - 1, 0, spots.length - 1];
  let spared = total * SPARED;
  const tried: Box[] = [];
  while (spots.length - gone.size > 2) {
    const [left, right, top, bottom] = [byX[x0], byX[x1], byY[y0], byY[y1]];
    const candidates = [left, right, top, bottom].filter((spot) => spots[spot].weight <= spared);
    let chosen = -1;
    let smallest: Box | null = null;
    for (const spot of new Set(candidates)) {
      gone.add(spot);
      const [a, b, c, d] = [next(byX, x0, 1), next(byX, x1, -1), next(byY, y0, 1), next(byY, y1, -1)];
      const box = { left: spots[byX[a]].x, right: spots[byX[b]].x, top: spots[byY[c]].y, bottom: spots[byY[d]].y };
      // For the weight that it costs, so that one heavy spot is not left out where two light ones would do.
      if (smallest === null || size(box) + spots[spot].weight / total / 50 < size(smallest) + spots[chosen].weight / total / 50) [chosen, smallest] = [spot, box];
      gone.delete(spot);
    }
    if (chosen < 0 || smallest === null) break;
    gone.add(chosen);
    spared -= spots[chosen].weight;
    [x0, x1, y0, y1] = [next(byX, x0, 1), next(byX, x1, -1), next(byY, y0, 1), next(byY, y1, -1)];
    tried.push(smallest);
  }
  const best = tried.at(-1);
  if (best === undefined || size(best) >= size(all) / 3) return all;
  // No more is left out than makes a difference.
  return tried.find((box) => size(box) <= size(best) * 1.5) ?? best;
}

export interface Sign {
  readonly x: number; // pixels, the middle of what is named
  readonly y: number;
  readonly radius: number; // of the circle that is named; 0: the label stands in the middle itself
  readonly width: number; // of its label
}

export interface Label {
  readonly sign: number; // position among the signs
  readonly left: number;
  readonly top: number;
}

/** Places for the labels of as many signs as have room, the first ones first: no two overlap, none is cut off. */
export function placeLabels(signs: readonly Sign[], height: number, view: Box, most: number, covered: readonly Box[] = []): Label[] {
  const taken: Box[] = [...covered];
  const labels: Label[] = [];
  for (let at = 0; at < signs.length && labels.length < most; at++) {
    const { x, y, radius, width } = signs[at];
    const away = radius + 4;
    const corners: [number, number][] = radius === 0
      ? [[x - width / 2, y - height / 2]]
      : [[x + away, y - height / 2], [x - away - width, y - height / 2], [x - width / 2, y - away - height], [x - width / 2, y + away]];
    for (const [left, top] of corners) {
      const box = { left: left - 3, top: top - 1, right: left + width + 3, bottom: top + height + 1 };
      if (box.left < view.left || box.right > view.right || box.top < view.top || box.bottom > view.bottom) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      if (signs.slice(0, Math.min(at, 60)).some((other) => other.radius > 0 && touches(box, other))) continue;
      taken.push(box);
      labels.push({ sign: at, left, top });
      break;
    }
  }
  return labels;
}

export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function touches(box: Box, { x, y, radius }: Sign): boolean {
  const dx = x - Math.max(box.left, Math.min(box.right, x));
  const dy = y - Math.max(box.top, Math.min(box.bottom, y));
  return dx * dx + dy * dy < radius * radius * 0.5; // the rim may be touched
}
