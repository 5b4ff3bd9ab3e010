// Writes ../assets/query.js and ../assets/query.css: `npm ci --ignore-scripts && npm run build`. The same lock file gives
// the same bytes, which `npm run check` compares with those that are there.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "assets");
const checking = process.argv.includes("--check");

// Every package that the bundle may hold parts of, with its licence as it came: what its licence asks for.
function notices() {
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const lines = ["The query page is made of these packages, each under its own licence.", ""];
  const texts = new Map();
  for (const [path, entry] of Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (path === "" || entry.dev || entry.optional || path.includes("/@types/")) continue;
    const folder = join(here, path);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).sort().find((name) => /^(licen[cs]e|copying)/i.test(name));
    const author = typeof about.author === "string" ? about.author : about.author?.name;
    const by = author ? `, by ${author.replace(/\s*<[^>]*>/, "")}` : "";
    lines.push(`${about.name} ${about.version} (${about.license}${by})`);
    if (file) {
      const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
      texts.set(text, [...(texts.get(text) ?? []), about.name]);
    }
  }
  for (const [text, names] of texts) lines.push("", `--- ${names.join(", ")} ---`, "", text);
  return lines.join("\n").replaceAll("*/", "* /");
}

const kept = `/*!\n${notices()}\n*/`;
const made = await build({
  absWorkingDir: here,
  entryPoints: { query: "source/query.js" },
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["es2022"],
  format: "iife",
  legalComments: "inline",
  loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "dataurl" },
  footer: { js: kept, css: "/*! Styles of YASGUI and the packages named at the end of query.js, under the licences given there. */" },
  outdir: out,
  write: false,
});
for (const file of made.outputFiles) {
  // A browser must not look for source maps that are not there.
  const text = file.text.replace(/\n?(\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)/g, "");
  if (!checking) writeFileSync(file.path, text);
  else if (text !== readFileSync(file.path, "utf8")) throw new Error(`${file.path} is not what the source makes`);
}
