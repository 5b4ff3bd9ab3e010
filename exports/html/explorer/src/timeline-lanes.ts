// Which events share a mark, in which row of its lane each mark stands, and how wide its label may be. No DOM here.
import { extent, nextOf, startOf, type Stretch, type Unit, unitOf } from "./timeline-scale";

export interface Dated extends Stretch {
  readonly node: number;
  readonly lane: number;
  readonly weight: number; // what comes first where not all can be shown
  readonly label: string;
}

/** One event, or several of the same lane and the same time. */
export interface Mark {
  readonly lane: number;
  readonly events: readonly Dated[]; // the weightiest first
  readonly first: number; // days
  readonly last: number;
  readonly x: number; // pixels from day 0
  readonly width: number; // of the mark itself
  row: number;
  label: number; // pixels for its label, 0 for none
}

export interface Lane {
  readonly lane: number;
  readonly rows: number;
  readonly top: number; // in rows, from the first lane
  readonly marks: readonly Mark[]; // by x
  readonly longest: number; // pixels of the widest mark with its label: how far back a search has to begin
}

export interface Layout {
  readonly pixelsPerDay: number;
  readonly unit: Unit; // events of one lane in one of these share a mark
  readonly lanes: readonly Lane[];
  readonly rows: number; // of all lanes
  readonly marks: ReadonlyMap<number, Mark>; // by node
}

export interface Measure {
  readonly mark: number; // width of a mark, pixels
  readonly gap: number; // between a label and the next mark
  readonly least: number; // a label narrower than this is left out
  readonly most: number; // a label is never wider
  width(text: string): number; // of a text as it will be drawn
}

/** Sorts events into marks and rows; `mostRows` in a lane, what does not fit there shares a mark. Stable under panning. */
export function layOut(events: readonly Dated[], pixelsPerDay: number, mostRows: number, measure: Measure): Layout {
  const unit = unitOf(pixelsPerDay, measure.mark + 2);
  const byLane = new Map<number, Dated[]>();
  for (const event of events) {
    const lane = byLane.get(event.lane);
    if (lane) lane.push(event);
    else byLane.set(event.lane, [event]);
  }
  const bounds = around(unit, events);
  const lanes: Lane[] = [];
  const marks = new Map<number, Mark>();
  let top = 0;
  for (const lane of [...byLane.keys()].sort((one, other) => one - other)) {
    const packed = pack(byLane.get(lane) ?? [], lane, pixelsPerDay, bounds, mostRows, measure);
    const rows = packed.reduce((most, mark) => Math.max(most, mark.row + 1), 1);
    const longest = packed.reduce((most, mark) => Math.max(most, mark.width + mark.label), 0);
    lanes.push({ lane, rows, top, marks: packed, longest });
    for (const mark of packed) for (const event of mark.events) marks.set(event.node, mark);
    top += rows;
  }
  return { pixelsPerDay, unit, lanes, rows: top, marks };
}

function pack(events: readonly Dated[], lane: number, pixelsPerDay: number, bounds: Bounds, mostRows: number, measure: Measure): Mark[] {
  const rows: Mark[][] = Array.from({ length: mostRows }, () => []);
  const short: Dated[] = [];
  // What lasts longer than two marks is a bar, the weightiest first; half of the rows are kept free of bars.
  const lasting = events.filter((event) => {
    const lasts = (event.last - event.first) * pixelsPerDay > 2 * measure.mark;
    if (!lasts) short.push(event);
    return lasts;
  });
  lasting.sort((one, other) => other.weight - one.weight || one.first - other.first || one.node - other.node);
  for (const event of lasting) {
    const x = event.first * pixelsPerDay + 1;
    const width = (event.last - event.first + 1) * pixelsPerDay - 2;
    const wanted = Math.min(measure.most, measure.width(event.label), 120);
    const half = rows.slice(0, Math.max(1, mostRows >> 1));
    const fits = (row: readonly Mark[], room: number) =>
      row.every((bar) => bar.x + bar.width + room <= x || x + width + room <= bar.x);
    let row = half.findIndex((marks) => fits(marks, wanted));
    if (row < 0) row = half.findIndex((marks) => fits(marks, 2));
    if (row < 0) short.push(event);
    else rows[row].push({ lane, events: [event], first: event.first, last: event.last, x, width, row, label: 0 });
  }
  for (const row of rows) row.sort((one, other) => one.x - other.x);
  for (const mark of points(short, lane, pixelsPerDay, bounds, mostRows, measure)) {
    const row = roomiest(rows, mark, measure);
    if (row >= 0) insert(rows[row], { ...mark, row });
    else share(rows, mark);
  }
  for (const row of rows) {
    for (const [at, mark] of row.entries()) {
      const room = at + 1 < row.length ? row[at + 1].x - measure.gap - mark.x - mark.width : Infinity;
      const label = Math.min(measure.most, measure.width(mark.events[0].label), room);
      mark.label = label < Math.min(measure.least, measure.width(mark.events[0].label)) ? 0 : label;
    }
  }
  return rows.flat().sort((one, other) => one.x - other.x || one.row - other.row);
}

/** Marks of single events and of those that share one, from left to right. */
function points(events: readonly Dated[], lane: number, pixelsPerDay: number, bounds: Bounds, mostRows: number, measure: Measure): Mark[] {
  const groups = new Map<number, Dated[]>();
  for (const event of events) {
    const [start] = bounds(event.first);
    const group = groups.get(start);
    if (group) group.push(event);
    else groups.set(start, [event]);
  }
  // With rows to spare a few are not worth a count and stand below each other.
  const few = mostRows < 5 ? 1 : Math.floor(mostRows * 0.7);
  const marks: Mark[] = [];
  for (const members of groups.values()) {
    members.sort((one, other) => other.weight - one.weight || one.first - other.first || one.node - other.node);
    for (const shared of members.length > few ? [members] : members.map((event) => [event])) {
      const first = shared.reduce((day, event) => Math.min(day, event.first), Infinity);
      const last = shared.reduce((day, event) => Math.max(day, event.last), -Infinity);
      // A mark stands in the middle of its day, or of the unit that it counts, and never leaves that.
      const [start, next] = bounds(first);
      const width = widthOfCount(shared.length, measure);
      const middle = (shared.length === 1 ? first + 0.5 : (start + next) / 2) * pixelsPerDay - width / 2;
      const x = Math.max(start * pixelsPerDay, Math.min(next * pixelsPerDay - width, middle));
      marks.push({ lane, events: shared, first, last, x, width, row: 0, label: 0 });
    }
  }
  return marks.sort((one, other) => one.x - other.x || one.events[0].node - other.events[0].node);
}

function widthOfCount(count: number, measure: Measure): number {
  return measure.mark + (count > 1 ? Math.max(0, String(count).length - 2) * 7 : 0);
}

/** The first row with room for a mark and for all of the label before it; else where that label loses least; else -1. */
function roomiest(rows: readonly Mark[][], mark: Mark, measure: Measure): number {
  const wanted = Math.min(measure.most, measure.width(mark.events[0].label));
  let best = -1;
  let least = Infinity;
  for (const [at, row] of rows.entries()) {
    const next = after(row, mark.x);
    const before = row[next - 1];
    if (before && before.x + before.width + 2 > mark.x) continue;
    const end = mark.x + mark.width;
    if (next < row.length && end + 2 > row[next].x) continue;
    const reaches = before ? before.x + before.width + Math.min(measure.most, measure.width(before.events[0].label)) + measure.gap - mark.x : 0;
    const lacks = next < row.length ? end + wanted + measure.gap - row[next].x : 0;
    const lost = Math.max(0, reaches) + Math.max(0, lacks);
    if (lost === 0) return at;
    if (lost < least) [best, least] = [at, lost];
  }
  return best;
}

/** Where every row is taken: the events join the nearest mark. */
function share(rows: readonly Mark[][], mark: Mark): void {
  let nearest: Mark | undefined;
  for (const row of rows) {
    for (const other of row.slice(Math.max(0, after(row, mark.x) - 2))) {
      if (other.x > mark.x + mark.width) break;
      const isCloser = nearest === undefined || Math.abs(other.x - mark.x) < Math.abs(nearest.x - mark.x);
      if (isCloser) nearest = other;
    }
  }
  if (nearest === undefined) return; // every row is taken at mark.x, by something
  const row = rows[nearest.row];
  const events = [...nearest.events, ...mark.events];
  events.sort((one, other) => other.weight - one.weight || one.first - other.first || one.node - other.node);
  row[row.indexOf(nearest)] = { ...nearest, events, first: Math.min(nearest.first, mark.first), last: Math.max(nearest.last, mark.last) };
}

/** How many marks of a row begin at x or before it. */
function after(row: readonly Mark[], x: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[middle].x <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(row: Mark[], mark: Mark): void { row.splice(after(row, mark.x), 0, mark); }

type Bounds = (day: number) => readonly [start: number, next: number];

/** The unit around a day, without asking the calendar each time. */
function around(unit: Unit, events: readonly Dated[]): Bounds {
  const all = extent(events) ?? { first: 0, last: 0 };
  const starts = [startOf(all.first, unit)];
  while (starts[starts.length - 1] <= all.last) starts.push(nextOf(starts[starts.length - 1], unit));
  return (day) => {
    let low = 0;
    let high = starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return [starts[low], starts[low + 1]];
  };
}

/** The marks of a lane that reach into pixels from to to. */
export function inView(lane: Lane, from: number, to: number): Mark[] {
  const { marks, longest } = lane;
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].x < from - longest) low = middle + 1;
    else high = middle;
  }
  const found: Mark[] = [];
  for (let at = low; at < marks.length && marks[at].x <= to; at++) {
    if (marks[at].x + marks[at].width + marks[at].label >= from) found.push(marks[at]);
  }
  return found;
}
