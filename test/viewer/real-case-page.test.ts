import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  haveBrowser,
  launchBrowser,
  noBrowserReason,
  type OpenedReport,
  openReportFile,
} from "../support/browser.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const CASES = ["rdp-chain", "domain-admin", "ssh-and-services", "support-scam", "clean"].map(
  (name) => `fixtures/${name}`,
);

interface Found {
  readonly type: "finding";
  readonly id: string;
  readonly kind: string;
  readonly rule: { readonly id: string };
  readonly verdict?: unknown;
}

interface Input {
  readonly type: "input";
  readonly hosts: readonly string[];
  readonly channels: readonly { readonly channel: string; readonly records: number }[];
}

type Item = Found | Input;

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
const suite = haveBrowser ? describe : describe.skip;

suite(`HTML report of forged logs${haveBrowser ? "" : ` (${noBrowserReason})`}`, () => {
  const folder = temporaryFolder();
  const html = { en: join(folder, "en.html"), ja: join(folder, "ja.html") };
  let browser: Browser;
  let findings: Found[];
  let inputs: Input[];

  beforeAll(async () => {
    for (const lang of ["en", "ja"] as const) {
      const run = runCli(["triage", ...CASES, "--html", html[lang], "--lang", lang]);
      expect(run.code, run.stderr).toBe(0);
    }
    const items: Item[] = JSON.parse(runCli(["triage", ...CASES, "--format", "json"]).stdout);
    findings = items.filter((item) => item.type === "finding");
    inputs = items.filter((item) => item.type === "input");
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function visit(
    file: string,
    act: (opened: OpenedReport) => Promise<void>,
    options: Parameters<typeof openReportFile>[2] = {},
  ): Promise<void> {
    const opened = await openReportFile(browser, file, options);
    try {
      await act(opened);
      expect(opened.errors).toEqual([]);
      expect(opened.requests).toEqual([]);
    } finally {
      await opened.close();
    }
  }

  it("answers each question for each host, and says why and what to set where it cannot", () =>
    visit(html.en, async ({ page }) => {
      const section = page.locator("#sufficiency");
      const hosts = (await section.locator("> .table thead th").allTextContents()).slice(1);
      expect(hosts).toContain("DC-01.corp.example");
      expect(hosts.length).toBe(new Set(inputs.flatMap((input) => input.hosts)).size);
      const row = (question: string) =>
        section.locator("> .table tbody tr").filter({ hasText: question }).locator("td");
      const scripts = await row("Which PowerShell scripts ran?").allTextContents();
      expect(scripts[1 + hosts.indexOf("DC-01.corp.example")]).toBe("no");
      expect(scripts[1 + hosts.indexOf("SRV-02.corp.example")]).toBe("yes");
      const details = section.locator("details").filter({ hasText: "DC-01.corp.example" }).first();
      await details.locator("summary").click();
      const why = details.locator("tbody tr").filter({ hasText: "Which PowerShell scripts ran?" });
      expect((await why.locator("td").last().textContent())!.length).toBeGreaterThan(10);
      expect(await details.locator("ul li code").count()).toBeGreaterThan(0);
    }));

  it("counts the records of every channel of a host as the inputs do", () =>
    visit(html.en, async ({ page }) => {
      const table = page.locator("#coverage h3 + .table");
      const hosts = await table.locator("thead th").allTextContents();
      for (const host of ["DC-01.corp.example", "SRV-01.corp.example"]) {
        const wanted = new Map<string, number>();
        for (const input of inputs.filter(({ hosts }) => hosts[0] === host)) {
          for (const { channel, records } of input.channels) {
            wanted.set(channel, (wanted.get(channel) ?? 0) + records);
          }
        }
        expect(wanted.size).toBeGreaterThan(2);
        for (const [channel, records] of wanted) {
          const row = table.locator("tbody tr").filter({
            has: page.getByRole("cell", { name: channel, exact: true }),
          });
          const cell = row.locator("td").nth(hosts.indexOf(host));
          expect(await cell.textContent(), `${host} ${channel}`).toBe(String(records));
        }
      }
    }));

  it("lists the sessions with who came from where and how", () =>
    visit(html.en, async ({ page }) => {
      const rows = page.locator("#sessions tbody tr").filter({ hasText: "SRV-01.corp.example" });
      const texts = await rows.allTextContents();
      expect(
        texts.some((text) => /user\.admin/.test(text) && /10 \(RemoteInteractive\)/.test(text)),
        texts.join("\n"),
      ).toBe(true);
    }));

  it("names the cleared logs' missing periods beside the holes of the timeline", () =>
    visit(html.en, async ({ page }) => {
      const gaps = page.locator(".gaps");
      await gaps.locator("summary").click();
      const text = (await gaps.textContent())!;
      expect(text).toContain("DC-01.corp.example");
      expect(text).toMatch(/2026-03-02 08:\d\d/);
    }));

  it("leads by keyboard alone from the top to a record and back", () =>
    visit(html.en, async ({ page }) => {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.className")).toBe("skip");
      await page.keyboard.press("Enter");
      const focused = () => page.evaluate("document.activeElement.className") as Promise<string>;
      for (let i = 0; i < 20 && (await focused()) !== "title"; i++)
        await page.keyboard.press("Tab");
      expect(await focused()).toBe("title");
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.ariaExpanded")).toBe("true");
      for (let i = 0; i < 20 && !(await focused()).includes("record"); i++) {
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await page.waitForSelector("dialog.record[open]");
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator("dialog.record").count()).toBe(0);
      expect(await focused()).toContain("record");
    }));

  it("gives verdicts that the next run takes over, to the JSON and the page", async () => {
    const [first] = findings;
    const saved = join(folder, "verdicts.json");
    await visit(html.en, async ({ page }) => {
      const card = page.locator(`[id="finding-${first!.id}"]`);
      await card.locator("button.title").click();
      await card.getByLabel("Verdict").selectOption("confirmed");
      await card.getByLabel("Note").fill("seen by user.three");
      const download = page.waitForEvent("download");
      await page.click("#save-verdicts");
      await (await download).saveAs(saved);
    });
    expect(readFileSync(saved, "utf8")).toContain(first!.id);
    const again = join(folder, "again.html");
    const run = runCli(
      ["triage", ...CASES, "--verdicts", saved, "--html", again].concat("--format", "json"),
    );
    expect(run.code, run.stderr).toBe(0);
    const marked = (JSON.parse(run.stdout) as Found[]).filter(({ verdict }) => verdict);
    expect(marked.map(({ id, verdict }) => [id, verdict])).toEqual([
      [first!.id, { verdict: "confirmed", note: "seen by user.three" }],
    ]);
    await visit(again, async ({ page }) => {
      await page.getByRole("search").getByLabel("Verdict").selectOption("confirmed");
      expect(await page.locator(".finding").count()).toBe(1);
    });
  });

  it("says in Japanese what konseki's rules found, with the logs' own names", () =>
    visit(html.ja, async ({ page }) => {
      const ofRules = findings.filter(
        ({ kind, rule }) => kind === "fact" && /^[0-9a-f-]{36}$/.test(rule.id),
      );
      const ids = new Set(ofRules.map(({ id }) => `finding-${id}`));
      // The rest follows on demand.
      const cards = (await page.evaluate(
        "[...document.querySelectorAll('.finding')].map((card) => [card.id, card.querySelector('.statement').textContent])",
      )) as [string, string][];
      const statements = cards.filter(([id]) => ids.has(id)).map(([, text]) => text);
      expect(statements.length).toBeGreaterThan(15);
      expect(statements.filter((text) => !JAPANESE.test(text))).toEqual([]);
      const cleared = page.locator(".finding", { hasText: "セキュリティログの消去" }).first();
      expect(await cleared.locator(".statement").textContent()).toMatch(
        /user\.admin がセキュリティログを消去しました/,
      );
      await page.fill("#search", "がセキュリティログを消去しました");
      await expect.poll(() => page.locator(".finding").count()).toBeLessThan(5);
      expect(await page.locator(".entry").count()).toBeGreaterThan(0);
    }));

  it("has no sentence left in English when it speaks Japanese, with everything opened", () =>
    visit(html.ja, async ({ page }) => {
      const texts = (await page.evaluate(`(() => {
        document.querySelectorAll("details").forEach((each) => { each.open = true; });
        document.querySelectorAll("button.title").forEach((each) => each.click());
        const texts = [];
        const walker = document.createTreeWalker(document.querySelector("#report"), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          if (!walker.currentNode.parentElement.closest("code, pre")) texts.push(walker.currentNode.textContent);
        }
        return texts;
      })()`)) as string[];
      expect(texts.filter((text) => JAPANESE.test(text)).length).toBeGreaterThan(500);
      const words = (text: string) => text.match(/(?<![\w.\\/-])[a-z]{2,}(?![\w.\\/-])/g) ?? [];
      expect(texts.filter((text) => !JAPANESE.test(text) && words(text).length > 2)).toEqual([]);
    }));

  it("scrolls sideways nowhere, wide or narrow, with everything opened", async () => {
    for (const lang of ["en", "ja"] as const) {
      for (const width of [400, 1280]) {
        await visit(
          html[lang],
          async ({ page }) => {
            await page.evaluate(
              "document.querySelectorAll('details').forEach((each) => { each.open = true; }); document.querySelectorAll('button.title').forEach((each) => each.click())",
            );
            const over = "document.documentElement.scrollWidth - window.innerWidth";
            expect(await page.evaluate(over), `${lang} ${width}`).toBeLessThanOrEqual(0);
          },
          { width },
        );
      }
    }
  });
});
