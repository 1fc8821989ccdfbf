// Bundles the built command line with its packages into dist/bin: one command then loads a handful of files instead
// of hundreds, which is a third of the time that a small log takes. The library in dist/ stays as it is.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { fingerprintOf } from "./dist/node/reader-fingerprint.js";

const root = fileURLToPath(new URL(".", import.meta.url));

rmSync(join(root, "dist/bin"), { recursive: true, force: true });
await build({
  // Worker threads start from a file of their own, beside the code that starts them.
  entryPoints: {
    main: join(root, "dist/cli/main.js"),
    "map-worker": join(root, "dist/fleet/map-worker.js"),
    "prepare-rules-worker": join(root, "dist/node/prepare-rules-worker.js"),
    "dump-worker": join(root, "dist/fleet/dump-worker.js"),
  },
  outdir: join(root, "dist/bin"),
  bundle: true,
  // Commands and parsers that are imported when needed stay files of their own.
  splitting: true,
  format: "esm",
  platform: "node",
  // What is cached is used by the very code that made it.
  define: { KONSEKI_FINGERPRINT: JSON.stringify(fingerprintOf(join(root, "dist"))) },
  target: "node20",
  // It finds its .wasm file beside itself.
  external: ["libarchive-wasm"],
  // Packages in the older module format ask for Node's modules by `require`.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
chmodSync(join(root, "dist/bin/main.js"), 0o755);
// npx remembers where a command lay: links made before there was a bundle still lead to the unbundled one.
chmodSync(join(root, "dist/cli/main.js"), 0o755);

const manual = execFileSync(process.execPath, [
  join(root, "dist/bin/main.js"),
  "completion",
  "man",
]);
mkdirSync(join(root, "dist/man"), { recursive: true });
writeFileSync(join(root, "dist/man/konseki.1"), manual);
