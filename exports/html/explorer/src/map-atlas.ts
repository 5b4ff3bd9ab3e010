// The countries of the world as shapes to draw. Made from world-atlas, that is Natural Earth, by map-atlas.js.
import { geoBounds, geoCentroid, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { Polygon } from "topojson-specification";
import packed from "./map-atlas.json";

export const WORLD = 1024; // units of the shapes for the whole world: fine enough for single precision, which canvas uses

/** Longitude and latitude to coordinates of the world, 0 to 1. */
export function world(lon: number, lat: number): [number, number] {
  const bounded = Math.max(-85, Math.min(85, lat));
  return [lon / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI)];
}

export interface Shape {
  readonly country: string;
  readonly path: Path2D; // in 0 … WORLD
  readonly left: number; // 0 … 1
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Country {
  readonly name: string;
  readonly x: number; // where its name may stand
  readonly y: number;
  readonly width: number; // of its largest part
}

type Points = [number, number][];

/** Lines of the atlas, in degrees: pairs of differences, written as digits of base 45 of which all but the last are raised. */
export function decode(text: string, signs: string, grid: number): Points[] {
  const values = new Uint8Array(128);
  [...signs].forEach((sign, value) => { values[sign.charCodeAt(0)] = value; });
  return text.split(" ").map((line) => {
    const points: Points = [];
    let x = 0;
    let y = 0;
    let number = 0;
    let place = 1;
    let first: number | null = null;
    for (let at = 0; at < line.length; at++) {
      const value = values[line.charCodeAt(at)];
      number += (value % 45) * place;
      place *= 45;
      if (value >= 45) continue;
      const signed = number % 2 ? -(number + 1) / 2 : number / 2;
      number = 0;
      place = 1;
      if (first === null) {
        first = signed;
        continue;
      }
      x += first;
      y += signed;
      first = null;
      points.push([x / grid, y / grid]);
    }
    return points;
  });
}

/** Units from west to east of what d3 has cut at 180°. */
function acrossDateLine(geometry: Parameters<typeof geoBounds>[0]): number {
  const [[west], [east]] = geoBounds(geometry);
  return (((east - west + 360) % 360) / 360) * WORLD;
}

/** Every island and mainland as a shape, country by country, and at the end where the names of countries go. */
export function* atlas(): Generator<Shape[], Country[]> {
  // The points are projected here, each once; only what crosses 180° has to be cut there by d3.
  const degrees = decode(packed.arcs, packed.signs, packed.grid);
  const flat = degrees.map((arc) => arc.map(([lon, lat]): [number, number] => {
    const [x, y] = world(lon, lat);
    return [x * WORLD, y * WORLD];
  }));
  const wraps = degrees.map((arc) => arc.some(([lon], at) => at > 0 && Math.abs(lon - arc[at - 1][0]) > 180));
  const mercator = geoMercator().scale(WORLD / (2 * Math.PI)).translate([WORLD / 2, WORLD / 2]).precision(0);
  const countries: Country[] = [];
  for (const [name, polygons] of packed.countries as [string, number[][][]][]) {
    const shapes: Shape[] = [];
    let widest = 0;
    let country: Country | null = null;
    for (const arcs of polygons) {
      const crosses = arcs.flat().some((arc) => wraps[arc < 0 ? ~arc : arc]);
      const projection = crosses ? mercator : null;
      const topology = { type: "Topology" as const, arcs: crosses ? degrees : flat, objects: {} };
      const part: Polygon = { type: "Polygon", arcs };
      const { geometry } = feature(topology, part);
      const measure = geoPath(projection);
      const [[left, top], [right, bottom]] = measure.bounds(geometry);
      const path = new Path2D();
      geoPath(projection, path as unknown as CanvasRenderingContext2D)(geometry);
      shapes.push({ country: name, path, left: left / WORLD, top: top / WORLD, right: right / WORLD, bottom: bottom / WORLD });
      const width = crosses ? acrossDateLine(geometry) : right - left;
      if (width <= widest) continue;
      widest = width;
      const [x, y] = (crosses && mercator(geoCentroid(geometry))) || measure.centroid(geometry);
      country = { name, x: x / WORLD, y: y / WORLD, width: width / WORLD };
    }
    if (country !== null) countries.push(country);
    yield shapes;
  }
  return countries;
}
