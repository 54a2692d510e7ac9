// Bundles static/css/portal.css and static/js/*.js into static/dist/, with the fonts beside them.
// Run by `make setup` (npm run build); static/dist/ is what Django serves and is not in git.

import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const sources = join(root, "static");
const finished = join(sources, "dist");
const draft = join(root, "build", "dist");
const builtFolders = ["css", "js", "dist"];
const fonts = ["inter-latin-wght-normal.woff2", "inter-vietnamese-wght-normal.woff2"];

/** Say what is missing and stop, without a stack trace. */
function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** The stylesheet and every script at the top of static/js (folders below hold what they import). */
function entryPoints() {
  const stylesheet = join(sources, "css", "portal.css");
  if (!existsSync(stylesheet)) refuse("static/css/portal.css is missing: there is nothing to build.");
  const scripts = join(sources, "js");
  if (!existsSync(scripts)) refuse("static/js is missing: there is nothing to build.");
  const names = readdirSync(scripts).filter((name) => name.endsWith(".js"));
  if (names.length === 0) refuse("static/js has no .js file: there is nothing to build.");
  return [stylesheet, ...names.map((name) => join(scripts, name))];
}

/** Bundle; the fonts are named in the stylesheet as they will lie in dist. */
async function bundle(entries) {
  await build({
    entryPoints: entries,
    entryNames: "[name]",
    outdir: draft,
    bundle: true,
    minify: true,
    sourcemap: false,
    charset: "utf8",
    target: ["es2020", "chrome90", "firefox90", "safari14.1"],
    format: "iife",
    legalComments: "inline",
    external: ["*.woff2", "*.svg", "*.png"],
    logLevel: "warning",
  });
}

/** The two cuts of Inter that Vietnamese and English need, with their licence. */
function copyFonts() {
  const inter = join(root, "node_modules", "@fontsource-variable", "inter");
  mkdirSync(join(draft, "fonts"), { recursive: true });
  for (const name of fonts) cpSync(join(inter, "files", name), join(draft, "fonts", name));
  cpSync(join(inter, "LICENSE"), join(draft, "fonts", "LICENSE.txt"));
}

/** The pictures that Leaflet's stylesheet names, beside it, with its licence. */
function copyMapPictures() {
  const leaflet = join(root, "node_modules", "leaflet");
  cpSync(join(leaflet, "dist", "images"), join(draft, "images"), { recursive: true });
  cpSync(join(leaflet, "LICENSE"), join(draft, "images", "LICENSE.txt"));
}

/** Our own pictures and icons go along unchanged. */
function copyPictures() {
  for (const entry of readdirSync(sources, { withFileTypes: true })) {
    if (builtFolders.includes(entry.name)) continue;
    cpSync(join(sources, entry.name), join(draft, entry.name), { recursive: true });
  }
}

const entries = entryPoints();
rmSync(draft, { recursive: true, force: true });
mkdirSync(draft, { recursive: true });
await bundle(entries).catch(() => refuse("The assets could not be built; the lines above say where."));
copyFonts();
copyMapPictures();
copyPictures();
// Only a complete build replaces the last one.
rmSync(finished, { recursive: true, force: true });
renameSync(draft, finished);
console.log(`static/dist: ${readdirSync(finished).sort().join(" ")}`);
