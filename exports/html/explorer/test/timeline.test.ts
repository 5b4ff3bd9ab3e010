import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dated, inView, layOut, type Mark, type Measure } from "../src/timeline-lanes";
import { calendar, counts, dayName, extent, nextOf, opening, startOf, ticks, type Unit, unitName } from "../src/timeline-scale";

const MEASURE: Measure = { mark: 20, gap: 10, least: 46, most: 260, width: (text) => text.length * 7 };
const day = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);

// The same events on every run: a small generator with its own state.
function made(count: number, span: number, lanes: number): Dated[] {
  let state = 7;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return [...Array(count).keys()].map((node) => {
    const first = day("1965-03-01") + Math.floor(random() * span);
    return { node, lane: Math.floor(random() * lanes), first, last: first + (random() < 0.1 ? Math.floor(random() * 40) : 0), weight: 1 + Math.floor(random() * 9), label: "x".repeat(3 + Math.floor(random() * 40)) };
  });
}

const CASES: [string, Dated[], number][] = [
  ["ten thousand over sixty years, all in view", made(10_000, 21_900, 30), 1200 / 21_900],
  ["ten thousand over sixty years, at a day's zoom", made(10_000, 21_900, 30), 60],
  ["ten thousand in one year", made(10_000, 365, 4), 3],
  ["forty over two days", made(40, 2, 3), 200],
  ["one", made(1, 1, 1), 100],
];

for (const [name, events, scale] of CASES) {
  for (const rows of [3, 12]) {
    const layout = layOut(events, scale, rows, MEASURE);
    const all = layout.lanes.flatMap((lane) => lane.marks);

    test(`every event has one mark: ${name}, ${rows} rows`, () => {
      const shown = all.flatMap((mark) => mark.events.map(({ node }) => node));
      assert.equal(shown.length, events.length);
      assert.equal(new Set(shown).size, events.length);
      for (const { node } of events) assert.ok(layout.marks.get(node)?.events.some((event) => event.node === node));
    });

    test(`marks and labels never overlap and rows are kept: ${name}, ${rows} rows`, () => {
      const last = new Map<string, Mark>();
      for (const mark of all) {
        assert.ok(mark.row < rows);
        const before = last.get(`${mark.lane} ${mark.row}`);
        if (before) assert.ok(before.x + before.width + before.label <= mark.x + 1e-6, `${before.events[0].node} reaches ${mark.events[0].node}`);
        last.set(`${mark.lane} ${mark.row}`, mark);
      }
    });

    test(`what is in view is what reaches into it: ${name}, ${rows} rows`, () => {
      const from = all[all.length >> 1].x;
      for (const lane of layout.lanes) {
        const slow = lane.marks.filter((mark) => mark.x <= from + 500 && mark.x + mark.width + mark.label >= from);
        assert.deepEqual(inView(lane, from, from + 500), slow);
      }
    });
  }
}

test("events of one day in one lane fold into a count, the weightiest first", () => {
  const events = [1, 5, 3].map((weight, node) => ({ node, lane: 0, first: 100, last: 100, weight, label: "Strike" }));
  const [mark] = layOut(events, 40, 3, MEASURE).lanes[0].marks;
  assert.deepEqual(mark.events.map(({ node }) => node), [1, 2, 0]);
});

test("with rows to spare they stand below each other", () => {
  const events = [0, 1, 2].map((node) => ({ node, lane: 0, first: 100, last: 100, weight: 1, label: "Strike" }));
  assert.equal(layOut(events, 40, 12, MEASURE).lanes[0].rows, 3);
});

test("a count has room for its digits", () => {
  const events = [...Array(1234).keys()].map((node) => ({ node, lane: 0, first: 100, last: 100, weight: 1, label: "Strike" }));
  assert.equal(layOut(events, 60, 3, MEASURE).lanes[0].marks[0].width, 34);
});

test("bars leave room for what happened on a day", () => {
  const bars = [...Array(9).keys()].map((node) => ({ node, lane: 0, first: 0, last: 400, weight: 5, label: "War" }));
  const layout = layOut([...bars, { node: 9, lane: 0, first: 200, last: 200, weight: 1, label: "Strike" }], 5, 4, MEASURE);
  assert.deepEqual(layout.marks.get(9)?.events.map(({ node }) => node), [9]);
  assert.equal(layout.lanes[0].marks.filter(({ width }) => width > 1000).length, 2);
});

test("an event of ten days is a bar of ten days", () => {
  const [mark] = layOut([{ node: 0, lane: 0, first: 10, last: 19, weight: 1, label: "Siege" }], 30, 3, MEASURE).lanes[0].marks;
  assert.deepEqual([mark.x, mark.width], [301, 298]);
});

test("the layout does not depend on the order of the events", () => {
  const events = made(300, 400, 3);
  const strip = (order: Dated[]) => layOut(order, 3, 4, MEASURE).lanes.map(({ marks }) => marks.map(({ row, x, events: [{ node }] }) => [row, x, node]));
  assert.deepEqual(strip(events), strip([...events].reverse()));
});

test("units begin where the calendar says and follow each other without a gap", () => {
  for (const unit of ["day", "week", "month", "quarter", "year", "lustrum", "decade", "quarter-century", "century"] as Unit[]) {
    for (const at of ["1899-12-31", "1969-12-31", "1970-01-01", "2024-02-29", "2025-06-15"]) {
      const start = startOf(day(at), unit);
      assert.ok(start <= day(at) && day(at) < nextOf(start, unit), `${unit} ${at}`);
      assert.equal(startOf(nextOf(start, unit), unit), nextOf(start, unit));
      assert.equal(startOf(nextOf(start, unit) - 1, unit), start);
    }
  }
  assert.equal(startOf(day("2024-05-15"), "week"), day("2024-05-13"));
  assert.deepEqual(calendar(day("2024-02-29")), [2024, 1, 29, 4]);
  assert.equal(dayName(day("2024-02-29")), "29 February 2024");
  assert.equal(unitName(day("2020-01-01"), "decade"), "2020–2029");
});

test("ticks stand far enough apart at every zoom", () => {
  for (let scale = 0.01; scale < 250; scale *= 1.3) {
    const first = day("2024-01-01");
    const { fine, coarse } = ticks(first, first + Math.ceil(1440 / scale), scale);
    for (const [at, tick] of fine.entries()) if (at > 0) assert.ok((tick.day - fine[at - 1].day) * scale >= 26, `${scale}`);
    assert.ok(fine.length <= 60 && coarse.length <= 60);
  }
});

test("news of this month that recalls an old war opens on this month", () => {
  const events = ["1941-06-22", ...Array(9).fill("2025-06-01"), "2025-06-20"].map((iso) => ({ first: day(iso), last: day(iso) }));
  assert.ok((opening(events)?.first ?? 0) >= day("2025-06-01"));
  assert.equal(extent(events)?.first, day("1941-06-22"));
  assert.equal(opening([]), null);
  assert.deepEqual(opening([{ first: 5, last: 6 }]), { first: 5, last: 6 });
});

test("the overview counts every event once", () => {
  const events = made(500, 4000, 2);
  const all = extent(events);
  assert.ok(all);
  for (const unit of ["day", "month", "year"] as Unit[]) {
    assert.equal(counts(events, all, unit).reduce((sum, { count }) => sum + count, 0), 500);
  }
});
