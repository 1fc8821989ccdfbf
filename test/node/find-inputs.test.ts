import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { findInputs } from "../../src/node/find-inputs.ts";
import { mapInputs } from "../../src/node/run-triage.ts";
import { temporaryFolder } from "../support/run-cli.ts";

it("in a folder takes logs by name and by signature, and names what cannot be opened", async () => {
  const folder = temporaryFolder();
  const put = (name: string, bytes: string): void =>
    writeFileSync(join(folder, name), bytes, "latin1");
  put("Security.evtx", "ElfFile\0");
  put("renamed.bin", "ElfFile\0");
  put("collection.zip", "PK\x03\x04rest");
  put("disk.E01", "EVF\x09\x0d\x0a\xff\x00");
  put("disk.dd", "no signature");
  put("notes.txt", "nothing to do with logs");
  mkdirSync(join(folder, "sub"));
  symlinkSync(join(folder, "Security.evtx"), join(folder, "sub", "link.evtx"));
  const found = Object.fromEntries(
    (await findInputs([folder])).map((input) => [
      basename(input.path),
      "problem" in input ? input.problem : "taken",
    ]),
  );
  expect(found).toEqual({
    "Security.evtx": "taken",
    "renamed.bin": "taken",
    "collection.zip": expect.stringContaining("a zip archive"),
    "disk.E01": expect.stringContaining("an E01 disk image"),
    "disk.dd": expect.stringContaining("a disk image by its name"),
    "link.evtx": expect.stringContaining("not followed"),
  });
});

it("a log in a folder that a collector named says from which host and when, and when its events are another's", async () => {
  const folder = join(temporaryFolder(), "Collection-WS-01.corp.example-2026-03-02T08_30_00Z");
  mkdirSync(folder);
  cpSync("fixtures/rdp-chain/WS-01/Security.evtx", join(folder, "own.evtx"));
  cpSync("fixtures/rdp-chain/DC-01/Security.evtx", join(folder, "other.evtx"));
  const results = await mapInputs(await findInputs([folder]), {}, {});
  expect(
    results.map(({ ledger }) => [
      basename(ledger.path),
      ledger.evidence?.layout,
      ledger.evidence?.collected,
      ledger.issues.map(({ code }) => code),
    ]),
  ).toEqual([
    ["other.evtx", "Velociraptor", "2026-03-02T08:30:00Z", ["host-conflict"]],
    ["own.evtx", "Velociraptor", "2026-03-02T08:30:00Z", []],
  ]);
});
