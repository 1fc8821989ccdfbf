import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseVerdicts } from "../../src/report/verdicts.ts";
import {
  haveBrowser,
  launchBrowser,
  noBrowserReason,
  type OpenedReport,
  openReport,
} from "../support/browser.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const suite = haveBrowser ? describe : describe.skip;

suite(`HTML report in a browser${haveBrowser ? "" : ` (${noBrowserReason})`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** Opens a report, and after the visit demands that nothing was asked for and nothing complained. */
  async function visit(
    report: Parameters<typeof openReport>[1],
    options: Parameters<typeof openReport>[2],
    act: (opened: OpenedReport) => Promise<void>,
  ): Promise<void> {
    const opened = await openReport(browser, report, options);
    try {
      await act(opened);
      expect(opened.errors).toEqual([]);
      expect(opened.requests).toEqual([]);
    } finally {
      await opened.close();
    }
  }

  it("opens a finding, its evidence and the record behind it", () =>
    visit(sampleReport(24, 400), {}, async ({ page }) => {
      const card = page.locator("#finding-kf-00000000");
      const title = card.locator("button.title");
      expect(await title.getAttribute("aria-expanded")).toBe("false");
      await title.click();
      expect(await title.getAttribute("aria-expanded")).toBe("true");
      expect(await card.locator(".evidence tbody tr").count()).toBe(3);
      await card.locator("button.record").first().click();
      const dialog = page.locator("dialog.record");
      expect(await dialog.textContent()).toContain("SubjectDomainName");
      expect(await dialog.textContent()).toContain("<EventID>1102</EventID>");
      await page.keyboard.press("Escape");
      await expect.poll(() => dialog.count()).toBe(0);
    }));

  it("filters findings and entries together by words, severity, host and kind", () =>
    visit(sampleReport(24, 400), {}, async ({ page }) => {
      const cards = page.locator(".finding");
      const entries = page.locator("#timeline p[role=status]").last();
      expect(await cards.count()).toBe(24);
      await page.fill("#search", "encoded powershell");
      await expect.poll(() => page.locator(".finding").count()).toBe(6);
      expect(await entries.textContent()).toBe("110 of 400");
      await page.fill("#search", "encoded no-such-word");
      await expect.poll(() => page.locator(".finding").count()).toBe(0);
      expect(await page.locator("#findings .notice").textContent()).toContain("Nothing matches");
      await page.click("text=Clear filters");
      expect(await cards.count()).toBe(24);
      await page.getByLabel("Severity at least").selectOption("1");
      expect(await cards.count()).toBe(8);
      await page.getByLabel("Kind").selectOption("hypothesis");
      expect(await cards.count()).toBe(1);
      await page.click("text=Clear filters");
      await page.getByRole("search").getByLabel("Host").selectOption("DC-01.corp.example");
      expect(await cards.count()).toBe(6);
    }));

  it("zooms the timeline by buttons, keys, wheel and drag, and lists the entries of the period", () =>
    visit(sampleReport(4, 400), {}, async ({ page }) => {
      const entries = page.locator("#timeline p[role=status]").last();
      const shown = async () => Number((await entries.textContent())?.split(" ")[0]);
      expect(await shown()).toBe(400);
      await page.click("text=Zoom in");
      const half = await shown();
      expect(half).toBeGreaterThan(150);
      expect(half).toBeLessThan(250);
      await page.click("text=Whole period");
      const canvas = page.locator("canvas.timeline");
      await canvas.focus();
      await page.keyboard.press("+");
      expect(await shown()).toBe(half);
      await page.keyboard.press("ArrowRight");
      expect(await page.locator(".entry time").first().textContent()).not.toContain("03-02");
      await page.keyboard.press("Home");
      expect(await shown()).toBe(400);
      await canvas.hover();
      await page.mouse.wheel(0, -200);
      await expect.poll(shown).toBeLessThan(400);
      await page.keyboard.press("Home");
      const box = (await canvas.boundingBox())!;
      await page.mouse.move(box.x + 300, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 500, box.y + 60, { steps: 4 });
      await page.mouse.up();
      const chosen = await shown();
      expect(chosen).toBeGreaterThan(50);
      expect(chosen).toBeLessThan(110);
    }));

  it("keeps only the rows in view in the document, wherever the list is scrolled", () =>
    visit(sampleReport(4, 20_000), {}, async ({ page }) => {
      const list = page.locator(".entries");
      expect(await page.locator(".entry").count()).toBeLessThan(60);
      await page.evaluate("document.querySelector('.entries').scrollTop = 1e9");
      await page.waitForSelector('.entry[aria-posinset="20000"]');
      expect(await page.locator(".entry").count()).toBeLessThan(60);
      const box = (await list.boundingBox())!;
      const last = (await page.locator('.entry[aria-posinset="20000"]').boundingBox())!;
      expect(last.y).toBeGreaterThanOrEqual(box.y);
      expect(last.y + last.height).toBeLessThanOrEqual(box.y + box.height + 2);
    }));

  it("draws a deletion gap as a hole in its host's lane, and says it in words", () =>
    visit(sampleReport(1, 0), {}, async ({ page }) => {
      expect(await page.locator(".gaps summary").textContent()).toBe("Missing records (1)");
      const lanesWithGapColour = await page.evaluate(`(() => {
        const canvas = document.querySelector("canvas.timeline");
        const context = canvas.getContext("2d");
        const lanes = new Set();
        const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
        for (let i = 0; i < data.length; i += 4) {
          // The purple of gaps: much red and blue, little green.
          if (data[i] > 110 && data[i + 1] < 60 && data[i + 2] > 110) {
            lanes.add(Math.floor((Math.floor(i / 4 / width) - 22) / 26));
          }
        }
        return [...lanes];
      })()`);
      expect(lanesWithGapColour).toEqual([0]);
    }));

  it("moves through the graph by slider, and a node filters by its host", () =>
    visit(sampleReport(8, 40), {}, async ({ page }) => {
      const visible = page.locator("path.hop:not([data-hidden])");
      const all = await visible.count();
      const rows = page.locator("#graph tbody tr");
      expect(await rows.count()).toBe(6);
      await page.locator("#graph-time").fill("1");
      expect(await rows.count()).toBe(1);
      expect(await visible.count()).toBe(1);
      expect(all).toBeGreaterThan(1);
      await page.locator("#graph-time").focus();
      await page.keyboard.press("End");
      expect(await visible.count()).toBe(all);
      await page.locator("#graph tbody button.link").first().click();
      expect(await page.locator(".finding .body:not([hidden])").count()).toBe(1);
      await page.locator('g.node[aria-label="DC-01.corp.example"]').focus();
      await page.keyboard.press("Enter");
      expect(await page.getByRole("search").getByLabel("Host").inputValue()).toBe("");
      expect(await page.locator(".finding").count()).toBe(2);
    }));

  it("marks a verdict with a note and saves a file that the next run applies", () =>
    visit(sampleReport(8, 40), {}, async ({ page }) => {
      const card = page.locator("#finding-kf-00000001");
      await card.locator("button.title").click();
      await card.getByLabel("Verdict").selectOption("false-positive");
      await card.getByLabel("Note").fill("Backup server; ticket 12 <b>");
      expect(await page.locator("#notebook [role=status]").textContent()).toBe(
        "1 of 8 findings marked",
      );
      const download = page.waitForEvent("download");
      await page.click("#save-verdicts");
      const text = readFileSync(await (await download).path(), "utf8");
      const { verdicts, issues } = parseVerdicts(text, "download");
      expect(issues).toEqual([]);
      expect([...verdicts]).toEqual([
        ["kf-00000001", { verdict: "false-positive", note: "Backup server; ticket 12 <b>" }],
      ]);
      await page.getByRole("search").getByLabel("Verdict").selectOption("open");
      expect(await page.locator(".finding").count()).toBe(7);
      await page.getByLabel("Load verdicts").setInputFiles({
        name: "verdicts.json",
        mimeType: "application/json",
        buffer: Buffer.from(text.replace("kf-00000001", "kf-00000002")),
      });
      await expect.poll(() => page.locator(".finding").count()).toBe(6);
    }));

  it("prints every finding opened, to a PDF", () =>
    visit(sampleReport(60, 400), {}, async ({ page }) => {
      const pdf = await page.pdf({ format: "A4" });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      expect(await page.locator(".finding .body:not([hidden])").count()).toBe(60);
    }));

  it("switches language and theme in place", () =>
    visit(sampleReport(8, 40), { lang: "ja" }, async ({ page }) => {
      expect(await page.locator("html").getAttribute("lang")).toBe("ja");
      expect(await page.locator("h2").allTextContents()).toContain("検出事項");
      expect(await page.locator(".badge.kind-fact").first().textContent()).toBe("事実");
      await page.click("#theme");
      expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
      await page.click("#language");
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      expect(await page.locator("h2").allTextContents()).toContain("Findings");
    }));

  it("shows a report without anything", () =>
    visit(
      { ...sampleReport(0, 0), inputs: [], hosts: [], first: null, last: null, sessions: [] },
      {},
      async ({ page }) => {
        expect(await page.locator(".notice").first().textContent()).toContain("not proof");
      },
    ));

  it("runs nothing that a log says, and shows it", () =>
    visit(hostileReport(), {}, async ({ page }) => {
      page.on("dialog", () => {
        throw new Error("a log string ran");
      });
      for (const title of await page.locator("button.title").all()) await title.click();
      await page.locator("button.record").first().click();
      const dialog = page.locator("dialog.record");
      expect(await dialog.textContent()).toContain("<script>alert(1)</script>");
      const text = (await page.evaluate("document.body.innerText")) as string;
      expect(text).toContain("\\u202egpj.exe");
      expect(text).not.toMatch(/[\u0000-\u0008\u001b\u009b\u202e\u2066]/);
      expect(await page.locator("main script, main img, main style").count()).toBe(0);
    }));

  for (const lang of ["en", "ja"] as const) {
    for (const width of [1280, 400]) {
      for (const dark of [false, true]) {
        const name = `${lang}, ${width} px${dark ? ", dark" : ""}`;
        it(`has no serious accessibility issue and no sideways scrolling (${name})`, () =>
          visit(sampleReport(10, 200), { lang, width, dark }, async ({ page }) => {
            await page.locator("button.title").first().click();
            // The policy forbids added scripts; the tester's evaluate is not bound by it.
            await page.evaluate(axe);
            const violations = (await page.evaluate(
              "axe.run().then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + n.any.map((a) => a.message).join(' ')).join(' | ')))",
            )) as string[];
            expect(violations).toEqual([]);
            const overflow = await page.evaluate(
              "document.documentElement.scrollWidth - window.innerWidth",
            );
            expect(overflow).toBeLessThanOrEqual(0);
          }));
      }
    }
  }
});
