// Days on a line: where they are, which of them bear a name, and which stretch to open with. Days count from 1970.

export interface Stretch {
  readonly first: number;
  readonly last: number; // the last day, itself included
}

export interface Tick {
  readonly day: number;
  readonly label: string;
}

export type Unit = "day" | "week" | "month" | "quarter" | "year" | "lustrum" | "decade" | "quarter-century" | "century";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const UNITS: readonly Unit[] = ["day", "week", "month", "quarter", "year", "lustrum", "decade", "quarter-century", "century"];
const DAYS: Record<Unit, number> = {
  day: 1, week: 7, month: 28, quarter: 90, year: 365, lustrum: 5 * 365, decade: 3652, "quarter-century": 9131, century: 36524,
};
// Pixels that the name of one takes: "14", "May", "2024".
const ROOM: Record<Unit, number> = {
  day: 26, week: 26, month: 36, quarter: 36, year: 46, lustrum: 46, decade: 46, "quarter-century": 46, century: 46,
};
const YEARS: Partial<Record<Unit, number>> = { year: 1, lustrum: 5, decade: 10, "quarter-century": 25, century: 100 };

/** Year, month from 0, day of the month and day of the week of a day. */
export function calendar(day: number): [year: number, month: number, date: number, weekday: number] {
  const at = new Date(day * 86_400_000);
  return [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCDay()];
}

function numberOf(year: number, month: number): number {
  const at = new Date(0);
  at.setUTCFullYear(year, month, 1);
  return Math.round(at.getTime() / 86_400_000);
}

/** The first day of the day, week (from Monday), month, … that a day is in. */
export function startOf(day: number, unit: Unit): number {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7); // day 0 was a Thursday
  const [year, month] = calendar(day);
  if (unit === "month") return numberOf(year, month);
  if (unit === "quarter") return numberOf(year, month - (month % 3));
  const years = YEARS[unit] ?? 1;
  return numberOf(Math.floor(year / years) * years, 0);
}

/** The first day of the next one. */
export function nextOf(start: number, unit: Unit): number {
  if (unit === "day") return start + 1;
  if (unit === "week") return start + 7;
  const [year, month] = calendar(start);
  if (unit === "month") return numberOf(year, month + 1);
  if (unit === "quarter") return numberOf(year, month + 3);
  return numberOf(year + (YEARS[unit] ?? 1), 0);
}

/** The shortest unit that is at least so many pixels wide. */
export function unitOf(pixelsPerDay: number, pixels: number): Unit {
  return UNITS.find((unit) => DAYS[unit] * pixelsPerDay >= pixels) ?? "century";
}

/** 14 May 2024. */
export function dayName(day: number): string {
  const [year, month, date] = calendar(day);
  return `${date} ${MONTHS[month]} ${year}`;
}

/** A unit by its first day: "14 May 2024", "week of 13 May 2024", "May 2024", "2024", "2020–2029". */
export function unitName(start: number, unit: Unit): string {
  const [year, month] = calendar(start);
  if (unit === "day") return dayName(start);
  if (unit === "week") return `week of ${dayName(start)}`;
  if (unit === "month") return `${MONTHS[month]} ${year}`;
  if (unit === "quarter") return `${MONTHS[month]} to ${MONTHS[month + 2]} ${year}`;
  const years = YEARS[unit] ?? 1;
  return years === 1 ? String(year) : `${year}–${year + years - 1}`;
}

/** A stretch by its days, or by its months where it is long. */
export function stretchName({ first, last }: Stretch): string {
  if (first === last) return dayName(first);
  const name = last - first > 700 ? (day: number) => unitName(startOf(day, "month"), "month") : dayName;
  return `${name(first)} – ${name(last)}`;
}

/** A unit where there is little room: "14 May", "May 2024", "2020". */
export function shortName(start: number, unit: Unit): string {
  const [year, month, date] = calendar(start);
  if (unit === "day" || unit === "week") return `${date} ${MONTHS[month].slice(0, 3)}`;
  if (unit === "month" || unit === "quarter") return `${MONTHS[month].slice(0, 3)} ${year}`;
  return String(year);
}

/** Two rows of ticks for days first to last: fine ones, with room for their names, and the longer units around them. */
export function ticks(first: number, last: number, pixelsPerDay: number): { fine: Tick[]; coarse: Tick[]; unit: Unit } {
  const unit = UNITS.find((one) => DAYS[one] * pixelsPerDay >= ROOM[one]) ?? "century";
  const coarseUnit: Unit | null = unit === "day" || unit === "week" ? "month" : unit === "month" || unit === "quarter" ? "year" : null;
  const fine = each(first, last, unit).map((day) => ({ day, label: fineLabel(day, unit, pixelsPerDay) }));
  const coarse = coarseUnit === null ? [] : each(first, last, coarseUnit).map((day) => ({ day, label: unitName(day, coarseUnit) }));
  return { fine, coarse, unit };
}

function fineLabel(day: number, unit: Unit, pixelsPerDay: number): string {
  const [year, month, date, weekday] = calendar(day);
  if (unit === "day") return pixelsPerDay >= 56 ? `${WEEKDAYS[weekday]} ${date}` : String(date);
  if (unit === "week") return String(date);
  if (unit === "month" || unit === "quarter") return MONTHS[month].slice(0, 3);
  return String(year);
}

function each(first: number, last: number, unit: Unit): number[] {
  const found: number[] = [];
  for (let day = startOf(first, unit); day <= last; day = nextOf(day, unit)) found.push(day);
  return found;
}

/** From the earliest day to the latest; nothing for no events. */
export function extent(events: readonly Stretch[]): Stretch | null {
  if (events.length === 0) return null;
  let first = Infinity;
  let last = -Infinity;
  for (const event of events) {
    first = Math.min(first, event.first);
    last = Math.max(last, event.last);
  }
  return { first, last };
}

/**
 * The stretch to open with: all of it, unless four fifths of the events lie in less than a third of it. News of this
 * month that recalls a war of long ago opens on this month.
 */
export function opening(events: readonly Stretch[]): Stretch | null {
  const all = extent(events);
  if (all === null || events.length < 3) return all;
  const sorted = [...events].sort((one, other) => one.first - other.first);
  const needed = Math.ceil(sorted.length * 0.8);
  let best = all;
  for (let from = 0; from + needed <= sorted.length; from++) {
    const first = sorted[from].first;
    const last = sorted[from + needed - 1].first;
    if (last - first < best.last - best.first) best = { first, last };
  }
  return best.last - best.first + 1 < (all.last - all.first + 1) / 3 ? best : all;
}

/** How many events begin in each unit from the first to the last: what the overview shows. */
export function counts(events: readonly Stretch[], all: Stretch, unit: Unit): { start: number; end: number; count: number }[] {
  const starts = each(all.first, all.last, unit);
  const bars = starts.map((start) => ({ start, end: nextOf(start, unit), count: 0 }));
  for (const event of events) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= event.first) low = middle;
      else high = middle - 1;
    }
    bars[low].count++;
  }
  return bars;
}
