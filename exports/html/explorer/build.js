// Writes explorer.js and explorer.css: `npm ci --ignore-scripts && npm run build`. The same lock file gives the same
// bytes, which `npm run check` compares with those that are there.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const checking = process.argv.includes("--check");

// Every package that the bundle may hold parts of, with its licence as it came: what its licence asks for.
function notices(bundled) {
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const lines = ["The explorer is made of these packages, each under its own licence.", ""];
  const texts = new Map();
  for (const [path, entry] of Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const used = bundled.some((file) => file.startsWith(`${path}/`)) || path.endsWith("/world-atlas"); // as map-atlas.json
    if (path === "" || entry.dev || !used) continue;
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
  return lines.join("\n").replaceAll("*/", "* /").replace(/<(?=[/!])/g, "< ");
}

const options = {
  absWorkingDir: here,
  entryPoints: { explorer: "src/main.ts" },
  bundle: true,
  minify: true,
  charset: "ascii", // the page may be read in any encoding before it says which
  target: ["es2022"],
  format: "iife",
  legalComments: "none",
  outdir: here,
  write: false,
  metafile: true,
};
const { metafile } = await build(options);
const made = await build({ ...options, footer: { js: `/*!\n${notices(Object.keys(metafile.inputs))}\n*/` } });
for (const file of made.outputFiles) {
  // A browser ends a script at this tag wherever it stands.
  if (/<\/(script|style)|<!--/i.test(file.text)) throw new Error(`${file.path} holds a tag that would end it`);
  if (!checking) writeFileSync(file.path, file.text);
  else if (file.text !== readFileSync(file.path, "utf8")) throw new Error(`${file.path} is not what the source makes`);
  console.log(`${file.path.split("/").at(-1)}: ${file.text.length} bytes`);
}
