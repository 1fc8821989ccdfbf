import { sha256 } from "@noble/hashes/sha2.js";
import type { TriageReport } from "../model/report.ts";
import { type Lang, message } from "../report/i18n/message.ts";
import { inertJson, markupText } from "../report/inert-text.ts";
import { pageData } from "./page-data.ts";

/** The page's own code, bundled by the build (dist/viewer/page.js and page.css). */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

export interface HtmlOptions {
  readonly lang: Lang;
  readonly page: PageAssets;
}

/**
 * The whole report as one HTML file that loads nothing. Its policy lets exactly the embedded script and
 * style run, by hash, and forbids every request and every string-to-markup sink. Log data stands in a JSON
 * block in which `<` is escaped, so no text can end it.
 */
export function renderHtml(report: TriageReport, { lang, page }: HtmlOptions): string {
  const policy = [
    "default-src 'none'",
    `script-src '${cspHash(page.script)}'`,
    `style-src '${cspHash(page.style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const title = message(lang, "report.title");
  return [
    "<!doctype html>",
    `<html lang="${lang}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${markupText(title)}</title>`,
    `<style>${page.style}</style>`,
    "</head>",
    "<body>",
    `<noscript>${markupText(message(lang, "noscript"))}</noscript>`,
    '<div id="report"></div>',
    `<script type="application/json" id="data">${inertJson(pageData(report, lang))}</script>`,
    `<script>${page.script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Hash source of a policy. The text must not be able to close its element, or it would not be what is hashed. */
function cspHash(text: string): string {
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error("page asset could end its element");
  const bytes = sha256(new TextEncoder().encode(text));
  return `sha256-${base64(bytes)}`;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += BASE64[bits >> 18]! + BASE64[(bits >> 12) & 63]!;
    text += b === undefined ? "=" : BASE64[(bits >> 6) & 63]!;
    text += c === undefined ? "=" : BASE64[bits & 63]!;
  }
  return text;
}
