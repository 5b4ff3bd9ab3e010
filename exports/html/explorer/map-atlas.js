// Writes src/map-atlas.json, the countries of world-atlas (Natural Earth, 1:50 million) in a third of their bytes:
// `node map-atlas.js`, or with --check to compare. Coordinates on a grid of 1/140 degree, differences as characters.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "src", "map-atlas.json");
const GRID = 140; // steps a degree: 800 m at the equator, finer than the coasts were drawn
const SMALLEST = 2.5; // square steps: a point whose triangle with its neighbours is smaller is left out

// 90 printable characters without the quote, the backslash, < and &: the first 45 end a number, the others go on.
const SIGNS = [...Array(94).keys()].map((code) => String.fromCharCode(code + 33)).filter((sign) => !'"\\<&'.includes(sign));

function written(number) {
  let rest = number < 0 ? -2 * number - 1 : 2 * number;
  let out = "";
  for (; rest >= 45; rest = Math.floor(rest / 45)) out += SIGNS[45 + (rest % 45)];
  return out + SIGNS[rest];
}

// Visvalingam and Whyatt (1993), without a heap: the smallest triangles go first, ends stay.
function simplified(points) {
  const kept = points.slice();
  const least = points[0].join() === points.at(-1).join() ? 5 : 2;
  const area = ([ax, ay], [bx, by], [cx, cy]) => Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
  const areas = kept.map((point, at) => (at === 0 || at === kept.length - 1 ? Infinity : area(kept[at - 1], point, kept[at + 1])));
  while (kept.length > least) {
    let at = 0;
    for (let other = 1; other < areas.length; other++) if (areas[other] < areas[at]) at = other;
    if (areas[at] >= SMALLEST) break;
    const gone = areas[at];
    kept.splice(at, 1);
    areas.splice(at, 1);
    for (const near of [at - 1, at]) {
      if (near > 0 && near < kept.length - 1) areas[near] = Math.max(gone, area(kept[near - 1], kept[near], kept[near + 1]));
    }
  }
  return kept;
}

export function atlas() {
  const world = JSON.parse(readFileSync(join(here, "node_modules/world-atlas/countries-50m.json"), "utf8"));
  const { scale, translate } = world.transform;
  const arcs = world.arcs.map((arc) => {
    let x = 0, y = 0;
    const points = arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [Math.round((x * scale[0] + translate[0]) * GRID), Math.round((y * scale[1] + translate[1]) * GRID)];
    });
    let [px, py] = [0, 0];
    return simplified(points)
      .map(([at, up]) => {
        const text = written(at - px) + written(up - py);
        [px, py] = [at, up];
        return text;
      })
      .join("");
  });
  const countries = world.objects.countries.geometries.map(({ type, arcs, properties }) => [
    properties.name,
    type === "Polygon" ? [arcs] : arcs,
  ]);
  return `{"grid":${GRID},"signs":${JSON.stringify(SIGNS.join(""))},\n"arcs":${JSON.stringify(arcs.join(" "))},\n"countries":${JSON.stringify(countries)}}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = atlas();
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (text !== readFileSync(target, "utf8")) throw new Error(`${target} is not what world-atlas makes`);
}
