import { expect, test } from "vitest";
import type { ForgeEvent } from "../../src/forge/forge-event.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { readLog } from "../support/read-log.ts";

const events: readonly ForgeEvent[] = [
  sampleEvent({ activityId: "{2e0b7cc1-0a6e-4f0b-9d11-40a1c2d3e401}" }),
  sampleEvent({
    provider: "MsiInstaller",
    providerGuid: undefined,
    payload: { kind: "strings", strings: ["one", "", "three"] },
  }),
  sampleEvent({
    id: 1102,
    payload: {
      kind: "userData",
      root: {
        name: "LogFileCleared",
        attributes: [["xmlns", "urn:example"]],
        children: [{ name: "SubjectUserName", children: [{ content: "user.one" }] }],
      },
    },
  }),
];

/** An element without content has two spellings. */
function oneSpelling(xml: readonly string[]): string[] {
  return xml.map((text) => text.replace(/<(\w+)([^<>]*)><\/\1>/gu, "<$1$2/>"));
}

test("a forwarded record renders as the same event does with templates", () => {
  const templated = readLog(forgeLog(events));
  const forwarded = readLog(forgeLog(events, { forwarded: true }));
  expect(forwarded.issues).toEqual([]);
  expect(oneSpelling(forwarded.xml)).toEqual(oneSpelling(templated.xml));
});

test("forwarded records have no template", () => {
  const chunk = forgeLog(events, { forwarded: true }).subarray(4096);
  // The template table is empty, and the body begins with an element.
  expect([...chunk.subarray(384, 512)].every((byte) => byte === 0)).toBe(true);
  expect(chunk[512 + 24 + 4]).toBe(0x41);
});

test("what the collector adds stands behind the payload", () => {
  const rendering = {
    culture: "en-US",
    message: "An account was successfully logged on.",
    level: "Information",
    keywords: ["Audit Success"],
  };
  const { xml, issues } = readLog(forgeLog([sampleEvent({ rendering })], { forwarded: true }));
  expect(issues).toEqual([]);
  expect(xml[0]).toMatch(/<\/EventData>\s*<RenderingInfo Culture="en-US">/u);
  expect(xml[0]).toContain("<Message>An account was successfully logged on.</Message>");
  expect(xml[0]).toContain("<Keyword>Audit Success</Keyword>");
});
