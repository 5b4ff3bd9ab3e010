import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, world } from "../src/map-atlas";
import packed from "../src/map-atlas.json";
import { boxOf, openingBox, overlap, placeLabels, type Sign, type Spot } from "../src/map-place";

let state = 11;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;

test("a flood in one state opens on the state although help came from afar", () => {
  const spots: Spot[] = [...Array(20).keys()].map((at) => ({ x: 0.35 + at / 4000, y: 0.58 + (at % 5) / 2000, weight: 2 }));
  const box = openingBox([...spots, { x: 0.52, y: 0.34, weight: 1 }, { x: 0.21, y: 0.39, weight: 3 }], 1.6);
  assert.deepEqual(box, boxOf(spots));
});

test("news of the whole world opens on the whole world", () => {
  const spots: Spot[] = [...Array(60).keys()].map(() => ({ x: random(), y: 0.2 + random() / 2, weight: 1 + Math.floor(random() * 5) }));
  assert.deepEqual(openingBox(spots, 1.6), boxOf(spots));
});

test("one place, two places and none have a box or none", () => {
  assert.equal(openingBox([], 1), null);
  assert.deepEqual(openingBox([{ x: 0.5, y: 0.4, weight: 1 }], 1), { left: 0.5, right: 0.5, top: 0.4, bottom: 0.4 });
  assert.equal(openingBox([{ x: 0.1, y: 0.4, weight: 1 }, { x: 0.9, y: 0.4, weight: 50 }], 1)?.left, 0.1);
});

test("what the box leaves out is never more than a fifth of the weight", () => {
  for (let round = 0; round < 50; round++) {
    const spots: Spot[] = [...Array(3 + round).keys()].map(() => ({ x: random() ** 6, y: random() ** 6, weight: 1 + Math.floor(random() * 9) }));
    const box = openingBox(spots, 1.5);
    assert.ok(box);
    const total = spots.reduce((sum, { weight }) => sum + weight, 0);
    const kept = spots.filter(({ x, y }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    assert.ok(kept.reduce((sum, { weight }) => sum + weight, 0) >= total * 0.8 - 1e-9);
  }
});

test("labels never overlap, are never cut off and keep clear of what covers the map", () => {
  const view = { left: 0, top: 0, right: 900, bottom: 600 };
  const inset = { left: 700, top: 450, right: 900, bottom: 600 };
  const signs: Sign[] = [...Array(800).keys()].map(() => ({ x: random() * 900, y: random() * 600, radius: random() < 0.2 ? 0 : 4 + random() * 20, width: 20 + random() * 150 }));
  const labels = placeLabels(signs, 16, view, 220, [inset]);
  assert.ok(labels.length > 30);
  const boxes = labels.map(({ sign, left, top }) => ({ left, top, right: left + signs[sign].width, bottom: top + 16 }));
  for (const [at, box] of boxes.entries()) {
    assert.ok(box.left >= 0 && box.right <= 900 && box.top >= 0 && box.bottom <= 600);
    assert.ok(!overlap(box, inset));
    for (const other of boxes.slice(at + 1)) assert.ok(!overlap(box, other));
  }
  assert.equal(labels[0].sign, signs.findIndex((_, at) => placeLabels([signs[at]], 16, view, 1, [inset]).length === 1));
});

test("the atlas decodes to lines on the globe", () => {
  const lines = decode(packed.arcs, packed.signs, packed.grid);
  const points = lines.flat();
  assert.ok(points.length > 40_000);
  for (const [lon, lat] of points) assert.ok(Math.abs(lon) <= 180.01 && Math.abs(lat) <= 90.01);
  const used = (packed.countries as [string, number[][][]][]).flatMap(([, polygons]) => polygons.flat(2)).map((arc) => (arc < 0 ? ~arc : arc));
  assert.equal(Math.max(...used), lines.length - 1);
  // Rings close: where one line ends the next begins.
  const ends = (arc: number) => (arc < 0 ? [...lines[~arc]].reverse() : lines[arc]);
  for (const [name, polygons] of packed.countries as [string, number[][][]][]) {
    for (const ring of polygons.flat()) {
      ring.forEach((arc, at) => assert.deepEqual(ends(arc).at(-1), ends(ring[(at + 1) % ring.length])[0], name));
    }
  }
});

test("Greenwich on the equator is the middle of the world", () => {
  assert.deepEqual(world(0, 0).map((value) => Math.round(value * 1e9) / 1e9), [0.5, 0.5]);
  assert.ok(world(0, 60)[1] < world(0, 40)[1]);
});
