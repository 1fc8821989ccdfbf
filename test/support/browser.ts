import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { bundlePage } from "../../build-page.mjs";
import type { TriageReport } from "../../src/model/report.ts";
import type { Lang } from "../../src/report/i18n/message.ts";
import { renderHtml } from "../../src/viewer/render-html.ts";

/** Debian's Chromium; set KONSEKI_CHROMIUM to use another one. */
const executablePath = process.env.KONSEKI_CHROMIUM ?? "/usr/bin/chromium";

export const haveBrowser = existsSync(executablePath);
/** Shown beside tests that are skipped because no browser is installed. */
export const noBrowserReason = `no browser at ${executablePath} (set KONSEKI_CHROMIUM)`;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface OpenedReport {
  readonly page: Page;
  /** Console errors, page errors and policy violations. */
  readonly errors: string[];
  /** Every address the page asked for beyond its own file. */
  readonly requests: string[];
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly lang?: Lang;
  readonly width?: number;
  readonly dark?: boolean;
}

/** Writes the report to a file of its own folder and opens it as an analyst would. */
export async function openReport(
  browser: Browser,
  report: TriageReport,
  options: OpenOptions = {},
): Promise<OpenedReport> {
  const folder = mkdtempSync(join(tmpdir(), "konseki-html-"));
  const file = join(folder, "report.html");
  const html = renderHtml(report, { lang: options.lang ?? "en", page: await bundlePage() });
  writeFileSync(file, html);
  const opened = await openReportFile(browser, file, options);
  return {
    ...opened,
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a report that lies in a file. */
export async function openReportFile(
  browser: Browser,
  file: string,
  options: OpenOptions = {},
): Promise<OpenedReport> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark === true ? "dark" : "light",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") errors.push(line.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  const own = pathToFileURL(file).href;
  page.on("request", (request) => {
    const url = request.url().split("#", 1)[0]!;
    if (url !== own && !url.startsWith("blob:")) requests.push(url);
  });
  await page.goto(own);
  await page.waitForSelector("main section");
  return {
    page,
    errors,
    requests,
    close: () => context.close(),
  };
}
