// The HTML report at 100,000 timeline entries in a real browser: time to write, open, filter and zoom it.
// Run after `npm run build`:  node bench/html-report.mjs [ENTRIES]   (Chromium: KONSEKI_CHROMIUM or /usr/bin/chromium)
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { bundlePage } from "../build-page.mjs";
import { renderHtml } from "../dist/viewer/render-html.js";

const RUNS = 5;
const entries = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), "konseki-bench-"));
try {
  const { outputFiles } = await build({
    entryPoints: [new URL("../test/support/sample-report.ts", import.meta.url).pathname],
    bundle: true,
    format: "esm",
    write: false,
    outdir: folder,
  });
  const module = join(folder, "sample-report.mjs");
  writeFileSync(module, outputFiles[0].contents);
  const { sampleReport } = await import(pathToFileURL(module).href);
  const report = sampleReport(500, entries);
  const page = await bundlePage();
  const started = performance.now();
  const html = renderHtml(report, { lang: "en", page });
  const written = performance.now() - started;
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  console.log(
    `entries ${entries}, findings ${report.findings.length}, file ${html.length} characters`,
  );
  console.log(`write   ${written.toFixed(0)} ms`);
  await inBrowser(pathToFileURL(file).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function inBrowser(url) {
  const browser = await chromium.launch({
    executablePath: process.env.KONSEKI_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  try {
    const samples = { open: [], filter: [], clear: [], zoom: [] };
    for (let run = 0; run < RUNS; run++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const tab = await context.newPage();
      const opened = performance.now();
      await tab.goto(url);
      await tab.waitForSelector(".entry");
      samples.open.push(performance.now() - opened);
      // Inside the page, from the keystroke's event to the second frame after it: what a user waits for.
      const timed = (action, pauseMs) =>
        tab.evaluate(`new Promise((resolve) => {
          ${action};
          const started = performance.now();
          setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() =>
            resolve(performance.now() - started))), ${pauseMs});
        })`);
      const type = (text) =>
        `const box = document.getElementById("search"); box.value = ${JSON.stringify(text)}; box.dispatchEvent(new Event("input"))`;
      samples.filter.push(await timed(type("encoded user.one 99"), 31));
      samples.clear.push(await timed(type(""), 31));
      samples.zoom.push(
        await timed(`document.querySelector("#timeline .tools button").click()`, 0),
      );
      await context.close();
    }
    for (const [name, values] of Object.entries(samples)) {
      const sorted = values.sort((a, b) => a - b);
      console.log(
        `${name.padEnd(7)} median ${sorted[RUNS >> 1].toFixed(0)} ms, worst ${sorted.at(-1).toFixed(0)} ms`,
      );
    }
  } finally {
    await browser.close();
  }
}
