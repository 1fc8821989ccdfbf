import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bundlePage } from "../../build-page.mjs";
import { renderHtml } from "../../src/viewer/render-html.ts";
import { expectInert } from "../support/inert.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

const page = await bundlePage();
const html = renderHtml(sampleReport(4, 20), { lang: "ja", page });

describe("HTML report as text", () => {
  it("lets exactly its own script and style run, by hash", () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!;
    const hash = (text: string) => createHash("sha256").update(text).digest("base64");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash(page.script)}'`);
    expect(policy).toContain(`style-src 'sha256-${hash(page.style)}'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const blocks = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1]);
    expect(blocks).toEqual([page.script]);
  });

  it("names no address to load anything from", () => {
    const withoutData = html.replace(/<script type="application\/json"[\s\S]*?<\/script>/, "");
    expect(withoutData).not.toMatch(/\b(src|href)=["']?(https?:)?\/\//);
    expect(page.script).not.toMatch(
      /\bfetch\s*\(|\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/,
    );
    expect(page.style).not.toMatch(/url\(|@import/);
  });

  it("states its language", () => {
    expect(html).toContain('<html lang="ja">');
    expect(html).toContain("<title>Windowsイベントログ調査結果</title>");
  });

  it("keeps hostile strings inside the data block, which they cannot end", () => {
    const hostile = renderHtml(hostileReport(), { lang: "en", page });
    expectInert(hostile.replace(page.script, ""));
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
    expect(hostile).not.toMatch(/<img|alert\(1\)<\/script>/);
    const data = /id="data">([\s\S]*?)<\/script>/.exec(hostile)![1]!;
    expect(JSON.parse(data).findings[0].title.startsWith(HOSTILE)).toBe(true);
  });

  it("refuses page code that would end its own element", () => {
    expect(() =>
      renderHtml(sampleReport(0, 0), { lang: "en", page: { ...page, script: "'</script>'" } }),
    ).toThrow();
  });
});
