import { readFileSync } from "node:fs";
import type { PageAssets } from "../viewer/render-html.ts";

/** The HTML report's page as the build bundled it, beside this program's own code in dist/. */
export function loadReportPage(): PageAssets {
  const read = (name: string) =>
    readFileSync(new URL(`../viewer/${name}`, import.meta.url), "utf8");
  return { script: read("report-page.js"), style: read("report-page.css") };
}
