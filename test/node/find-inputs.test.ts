import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { findInputs } from "../../src/node/find-inputs.ts";
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
