import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openEvidence } from "../../src/node/evidence-reader.ts";
import { readCollectionMetadata } from "../../src/sources/collection-metadata.ts";
import { forgeTar, forgeZip } from "../support/forge-archive.ts";
import { temporaryFolder } from "../support/run-cli.ts";

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const csv = (text: string): Uint8Array => new TextEncoder().encode(text);
const LOG = new Uint8Array(readFileSync("fixtures/rdp-chain/WS-01/Security.evtx"));

async function factsOf(name: string, bytes: Uint8Array) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  const evidence = await openEvidence(path, {});
  const facts = evidence?.items.map(({ evidence: { layout, host, collected } }) => ({
    layout,
    host,
    collected,
  }));
  evidence?.close();
  return facts;
}

it("host and time of a Velociraptor container come from its own files, whatever it is called", async () => {
  const files = {
    "uploads/auto/C%3A/Windows/System32/winevt/Logs/Security.evtx": LOG,
    "client_info.json": json({ client_id: "C.1", Hostname: "HOST-A", Fqdn: "HOST-A.corp.example" }),
    "collection_context.json": json({ create_time: 1_772_440_200_000_000 }),
  };
  const expected = [
    { layout: "Velociraptor", host: "HOST-A.corp.example", collected: "2026-03-02T08:30:00Z" },
  ];
  expect(await factsOf("renamed.zip", await forgeZip(files))).toEqual(expected);
  files["collection_context.json"] = json({ create_time: 1_772_440_200_000_000_000 });
  expect(await factsOf("renamed.tar", await forgeTar(files))).toEqual(expected);
});

it("those of DFIR-ORC lie around the archives of its logs", async () => {
  const inner = await forgeZip({ "Event/Security.evtx": LOG });
  const outcome = {
    "dfir-orc": { outcome: { timestamp: "2026-03-02T08:30:00Z", computer_name: "HOST-A" } },
  };
  const files = { "Events.zip": inner, "ORC_outcome.json": json(outcome) };
  expect(await factsOf("case.zip", await forgeZip(files))).toEqual([
    { layout: "DFIR-ORC", host: "HOST-A", collected: "2026-03-02T08:30:00Z" },
  ]);
  const outline = json({ "dfir-orc": { time: "2026-03-02 08:30:00.500" } });
  expect(readCollectionMetadata("ORC_outline.json", outline)).toEqual({
    layout: "DFIR-ORC",
    collected: "2026-03-02T08:30:00.500Z",
  });
});

it("notes of two collections in one archive count for their own folders, in one folder for none", async () => {
  const notes = (host: string): Uint8Array => json({ Hostname: host });
  const files = {
    "a/Security.evtx": LOG,
    "a/client_info.json": notes("HOST-A"),
    "b/client_info.json": notes("HOST-B"),
    "b/uploads/auto/C%3A/Security.evtx": LOG,
    "c/Security.evtx": LOG,
    "d/uploads.json": json({ vfs_path: "x", Timestamp: "2026-03-02T08:30:00Z" }),
    "d/x/Security.evtx": LOG,
  };
  expect((await factsOf("both.zip", await forgeZip(files)))?.map(({ host }) => host)).toEqual([
    "HOST-A",
    "HOST-B",
    undefined,
    undefined,
  ]);
  const mixed = {
    "Security.evtx": LOG,
    "client_info.json": notes("HOST-A"),
    "GetThis.csv": csv("ComputerName,SampleName\nHOST-B,Security.evtx"),
  };
  expect(await factsOf("mixed.zip", await forgeZip(mixed))).toEqual([{}]);
});

it("notes that are none change nothing", () => {
  for (const bytes of [json(null), json([]), json({ Hostname: 7 }), json("x"), LOG])
    expect(readCollectionMetadata("client_info.json", bytes)).toBeUndefined();
  expect(readCollectionMetadata("collection_context.json", json({ create_time: 7 }))).toBe(
    undefined,
  );
});
