// Bundles the HTML report's page (src/viewer/page) into one script and one style sheet that the renderer embeds.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));

/** @returns {Promise<{ script: string; style: string }>} */
export async function bundlePage() {
  const page = join(root, "src/viewer/page");
  const result = await build({
    entryPoints: [join(page, "main.ts"), join(page, "page.css")],
    outdir: "page",
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2022", "chrome110", "firefox110", "safari16"],
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  });
  const text = (ending) => result.outputFiles.find((file) => file.path.endsWith(ending)).text;
  return { script: text(".js").trim(), style: text(".css").trim() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { script, style } = await bundlePage();
  const out = join(root, "dist/viewer");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "report-page.js"), script);
  writeFileSync(join(out, "report-page.css"), style);
}
