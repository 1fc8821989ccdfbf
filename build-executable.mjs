// konseki as one executable file with Node inside (Node's "single executable applications"), for machines without Node:
//   node build-executable.mjs [--node FILE] [--out FILE]
// --node: the Node binary to build on (default: this one). One for Windows or macOS can be given on any system; it has to be
// of the version that runs this script. A macOS result has to be signed there before it runs; a Windows one loses its signature.
// Needs `npm run build` before, and fetches postject (MIT) through npx unless KONSEKI_POSTJECT names its cli.js.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { fingerprintOf } from "./dist/node/reader-fingerprint.js";

const POSTJECT = "postject@1.0.0-alpha.6";
/** The mark in Node's binary that says where to look for a program; Node's documentation names it. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

const root = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({ options: { node: { type: "string" }, out: { type: "string" } } });
const node = values.node ?? process.execPath;
const kind = binaryKind(readFileSync(node).subarray(0, 4));
const out = resolve(values.out ?? join(root, "dist", kind === "pe" ? "konseki.exe" : "konseki"));
const work = mkdtempSync(join(tmpdir(), "konseki-executable-"));

/** The same as in build-cli.mjs, in one file each. */
const bundling = {
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
};
const fingerprint = { KONSEKI_FINGERPRINT: JSON.stringify(fingerprintOf(join(root, "dist"))) };

try {
  const workers = {};
  for (const path of ["fleet/map-worker", "fleet/dump-worker", "node/prepare-rules-worker"]) {
    const name = basename(path);
    const outfile = join(work, `${name}.js`);
    await build({
      ...bundling,
      entryPoints: [join(root, `dist/${path}.js`)],
      outfile,
      format: "esm",
      define: fingerprint,
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    workers[`dist/bin/${name}.js`] = readFileSync(outfile, "utf8");
  }
  const files = JSON.stringify({ ...programFiles(), ...workers });
  const version = createHash("sha256").update(files).digest("hex").slice(0, 16);
  writeFileSync(join(work, "files.json"), files);
  const main = join(work, "konseki.cjs");
  await build({
    entryPoints: [join(root, "dist/cli/main.js")],
    outfile: main,
    ...bundling,
    format: "cjs",
    define: { ...fingerprint, "import.meta.url": "konsekiHome" },
    banner: { js: `const konsekiHome = (${unpackFiles.toString()})("${version}");` },
  });
  const blob = join(work, "konseki.blob");
  writeFileSync(
    join(work, "sea.json"),
    JSON.stringify({
      main,
      output: blob,
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      assets: { files: join(work, "files.json") },
    }),
  );
  execFileSync(process.execPath, ["--experimental-sea-config", join(work, "sea.json")]);
  mkdirSync(dirname(out), { recursive: true });
  copyFileSync(node, out);
  chmodSync(out, 0o755);
  const inject = [out, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE];
  if (kind === "macho") inject.push("--macho-segment-name", "NODE_SEA");
  const own = process.env.KONSEKI_POSTJECT;
  if (own)
    execFileSync(process.execPath, [own, ...inject], { stdio: ["ignore", "ignore", "inherit"] });
  else
    execFileSync("npx", ["--yes", `--package=${POSTJECT}`, "--", "postject", ...inject], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
  process.stdout.write(`${out}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** What the program reads beside its code, by path from the root of the package. */
function programFiles() {
  const rules = readdirSync(join(root, "rules"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
  const page = ["report-page.js", "report-page.css"].map((name) => `dist/viewer/${name}`);
  return Object.fromEntries(
    ["package.json", ...page, ...rules].map((path) => [
      path.replaceAll("\\", "/"),
      readFileSync(join(root, path), "utf8"),
    ]),
  );
}

function binaryKind(magic) {
  if (magic.toString("latin1") === "\x7fELF") return "elf";
  if (magic.toString("latin1", 0, 2) === "MZ") return "pe";
  return "macho";
}

/**
 * Runs inside the executable, before the program: lays its files into the user's cache, once a version, and returns the URL that the
 * bundled code takes for its own. Stands alone, because its text goes into the banner.
 */
function unpackFiles(version) {
  const fs = require("node:fs");
  const os = require("node:os");
  const path = require("node:path");
  const base =
    process.env.XDG_CACHE_HOME ||
    (process.platform === "win32" && process.env.LOCALAPPDATA) ||
    path.join(os.homedir(), ".cache");
  const home = path.join(base, "konseki", `program-${version}`);
  const url = (folder) =>
    require("node:url").pathToFileURL(path.join(folder, "dist/bin/main.js")).href;
  const lay = (folder) => {
    const files = JSON.parse(require("node:sea").getAsset("files", "utf8"));
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      fs.writeFileSync(file, text);
    }
    return folder;
  };
  if (fs.existsSync(home)) return url(home);
  try {
    fs.mkdirSync(path.dirname(home), { recursive: true, mode: 0o700 });
    // Laid aside and renamed, so that no other run sees half of it.
    const aside = lay(fs.mkdtempSync(`${home}-`));
    try {
      fs.renameSync(aside, home);
    } catch {
      // Another run was faster.
      fs.rmSync(aside, { recursive: true, force: true });
    }
    return url(home);
  } catch {
    // A home that cannot be written: a folder of this run's own, gone when it ends.
    const folder = lay(fs.mkdtempSync(path.join(os.tmpdir(), "konseki-program-")));
    process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
    return url(folder);
  }
}
