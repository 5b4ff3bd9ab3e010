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
  // Events that last longer than two units are bars of their own; the others share a mark with all of theirs.
  const groups = new Map<number, Dated[]>();
  const loose: Dated[][] = [];
  // With rows to spare a few are not worth a count and stand below each other.
  const few = mostRows < 5 ? 1 : Math.floor(mostRows * 0.7);
  for (const event of events) {
    const [start] = bounds(event.first);
    if ((event.last - event.first) * pixelsPerDay > 2 * measure.mark) loose.push([event]);
    else if (groups.has(start)) groups.get(start)?.push(event);
    else groups.set(start, [event]);
  }
  for (const members of groups.values()) {
    if (members.length > few) loose.push(members);
    else for (const event of members) loose.push([event]);
  }
  const waiting = loose.map((members) => made(members, lane, pixelsPerDay, bounds, measure));
  waiting.sort((one, other) => one.x - other.x || other.width - one.width || one.events[0].node - other.events[0].node);
  const rows: { mark: Mark; end: number; solid: number }[] = []; // the last mark in each row, where its label and itself end
  const packed: Mark[] = [];
  for (const mark of waiting) {
    const wanted = Math.min(measure.most, measure.width(mark.events[0].label));
    let row = rows.findIndex((last) => last.end + measure.gap <= mark.x);
    if (row < 0 && rows.length < mostRows) row = rows.length;
    if (row < 0) {
      // No row is empty here: shorten the label that reaches in least.
      for (let at = 0; at < rows.length; at++) {
        if (rows[at].solid + 2 <= mark.x && (row < 0 || rows[at].end < rows[row].end)) row = at;
      }
      if (row >= 0) {
        const before = rows[row].mark;
        const room = mark.x - measure.gap - before.x - before.width;
        before.label = room < measure.least ? 0 : room;
      }
    }
    if (row < 0) {
      // Every row is taken by a bar or a mark: share the mark that begins latest.
      const nearest = rows.reduce((one, other) => (other.mark.x > one.mark.x ? other : one));
      const joined = made([...nearest.mark.events, ...mark.events], lane, pixelsPerDay, bounds, measure);
      const shared = { ...joined, x: nearest.mark.x, width: nearest.mark.width, row: nearest.mark.row, label: nearest.mark.label };
      packed[packed.lastIndexOf(nearest.mark)] = shared;
      nearest.mark = shared;
      continue;
    }
    mark.row = row;
    mark.label = wanted;
    packed.push(mark);
    const solid = mark.x + mark.width;
    rows[row] = { mark, solid, end: solid + wanted };
  }
  return packed;
}

function made(members: readonly Dated[], lane: number, pixelsPerDay: number, bounds: Bounds, measure: Measure): Mark {
  const events = [...members].sort((one, other) => other.weight - one.weight || one.first - other.first || one.node - other.node);
  let first = Infinity;
  let last = -Infinity;
  for (const event of events) {
    first = Math.min(first, event.first);
    last = Math.max(last, event.last);
  }
  const width = Math.max(measure.mark, (last - first + 1) * pixelsPerDay - 2);
  const isBar = events.length === 1 && (last - first) * pixelsPerDay > 2 * measure.mark;
  if (isBar) return { lane, events, first, last, x: first * pixelsPerDay + 1, width, row: 0, label: 0 };
  // A mark stands in the middle of its day, or of the unit that it counts, and never leaves that.
  const [start, next] = bounds(first);
  const middle = (events.length === 1 ? first + 0.5 : (start + next) / 2) * pixelsPerDay - measure.mark / 2;
  const x = Math.max(start * pixelsPerDay, Math.min(next * pixelsPerDay - measure.mark, middle));
  return { lane, events, first, last, x, width: measure.mark, row: 0, label: 0 };
}

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
