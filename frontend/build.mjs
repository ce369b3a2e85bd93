// Builds every browser asset from npm packages and our own sources; nothing third-party is committed.
// Names are stable: WhiteNoise's manifest adds the hashes.
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const out = path.join(root, "src/ronghe/common/static/ronghe/dist");

const entry = (name) => path.join(here, name);
const shared = {
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "linked",
  logLevel: "warning",
  outdir: out,
  target: ["chrome87", "safari15", "firefox91"],
};

async function* files(folder, pattern) {
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, item.name);
    if (item.isDirectory()) yield* files(full, pattern);
    else if (pattern.test(item.name)) yield full;
  }
}

// icon="x", {% icon "x" %}, <c-icon name="x", "icon": "x", icon: "x"; a bound attribute (:icon="x") names a variable.
const ICON = /(?:(?<![:\w])icon["']?\s*[=:]\s*|\{%\s*icon\s+|<c-icon\s+name=)["']([a-z][a-z0-9-]*)["']/g;

async function iconNames() {
  const names = new Set();
  for await (const file of files(path.join(root, "src/ronghe"), /\.(html|py)$/)) {
    for (const match of (await readFile(file, "utf8")).matchAll(ICON)) names.add(match[1]);
  }
  return [...names].sort();
}

async function symbol(name) {
  const file = path.join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  const svg = await readFile(file, "utf8").catch(() => {
    throw new Error(`Tabler has no outline icon called ${name}`);
  });
  const body = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/<\/?svg[\s\S]*?>/g, "").replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${body.trim()}</symbol>`;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  build({ ...shared, entryPoints: ["theme.ts", "app.ts", "charts.ts", "grid.ts", "field.ts", "tour.ts"].map(entry), format: "iife" }),
  build({ ...shared, entryPoints: ["app.css", "print.css"].map((name) => entry(name)) }),
]);
// a phone's home screen wants pictures of fixed sizes: drawn from our own icon
await initWasm(await readFile(path.join(root, "node_modules/@resvg/resvg-wasm/index_bg.wasm")));
const icon = await readFile(path.join(root, "src/ronghe/common/static/ronghe/icon.svg"), "utf8");
// a maskable icon fills its square; the system cuts its own shape out of the middle
const square = icon.replace('rx="7"', "").replace("<path ", '<path transform="translate(3.2 3.2) scale(.8)" ');
for (const [name, svg, width] of [["icon-180", icon.replace('rx="7"', ""), 180], ["icon-192", icon, 192], ["icon-512", icon, 512], ["icon-maskable", square, 512]]) {
  await writeFile(path.join(out, `${name}.png`), new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng());
}
const names = await iconNames();
const symbols = await Promise.all(names.map(symbol));
await writeFile(path.join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
console.log(`frontend: ${names.length} icons, assets in ${path.relative(root, out)}`);
