import { expect, it } from "vitest";
import { correlate } from "../../../src/correlate/correlate.ts";
import { deletedLogFiles } from "../../../src/correlate/deletion/deleted-log-files.ts";
import type { InputLedger, MftFacts } from "../../../src/model/ledger.ts";
import { unreadLedger } from "../../../src/triage/map-evtx.ts";

const FOLDER = "disk.dd!/p2/Windows/System32/winevt/Logs";

function input(path: string, created: string, mft: Partial<MftFacts> = {}): InputLedger {
  const times = { created, modified: created, changed: created, accessed: created };
  return {
    ...unreadLedger(path, ""),
    status: "read",
    hosts: ["HOST-A"],
    evidence: { source: "disk.dd", inside: [] },
    mft: { entry: 50, sequence: 2, deleted: false, standard: times, fileName: times, ...mft },
  };
}

function findings(inputs: readonly InputLedger[]) {
  const nothing = {
    signals: [],
    findings: [],
    rhythms: [],
    filtered: false,
    rule: () => undefined,
  };
  return correlate({ ...nothing, inputs }, [deletedLogFiles]).findings;
}

it("a deleted MFT entry of a log in its place is a fact, with the file that took its place", () => {
  const [found, ...more] = findings([
    input(`${FOLDER}/Security.evtx`, "2026-03-02T09:00:00.0000000Z"),
    input(
      "disk.dd!/p2/$Deleted/87-2/Windows/System32/winevt/Logs/Security.evtx",
      "2025-01-01T00:00:00.0000000Z",
      {
        entry: 87,
        deleted: true,
        clusters: { total: 136, reused: 4 },
      },
    ),
  ]);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ kind: "fact", severity: "high", hosts: ["HOST-A"] });
  expect(found!.statement).toContain("4 of its 136 clusters are used again");
  expect(found!.statement).toContain("A new file of the same name was created 2026-03-02 09:00:00");
});

it("a Security log younger than the System log it was installed with is a hypothesis", () => {
  const found = findings([
    input(`${FOLDER}/Security.evtx`, "2026-03-02T09:00:00.0000000Z"),
    input(`${FOLDER}/System.evtx`, "2025-01-01T00:00:00.0000000Z"),
    input(`${FOLDER}/Application.evtx`, "2025-01-01T00:00:01.0000000Z"),
  ]);
  expect(found.map(({ kind, title }) => [kind, title])).toEqual([
    ["hypothesis", "A log file is younger than those it was set up with"],
  ]);
});

it("says nothing of logs set up together, archives, copies elsewhere, shadow copies and plain files", () => {
  const old = "2025-01-01T00:00:00.0000000Z";
  const { mft: _, ...plain } = input(`${FOLDER}/Security.evtx`, "2026-03-02T09:00:00.0000000Z");
  const shadow = input(
    `disk.dd!/p2/$Shadow1/Windows/System32/winevt/Logs/System.evtx`,
    "2024-01-01T00:00:00.0000000Z",
  );
  expect(
    findings([
      input(`${FOLDER}/Security.evtx`, old),
      input(`${FOLDER}/System.evtx`, "2025-01-01T00:00:09.0000000Z"),
      input(`${FOLDER}/Microsoft-Windows-Sysmon%4Operational.evtx`, "2026-03-02T09:00:00.0000000Z"),
      input(`disk.dd!/p2/$Deleted/9-1/Windows/System32/winevt/Logs/Archive-Security-1.evtx`, old, {
        deleted: true,
      }),
      input(`disk.dd!/p2/$Deleted/8-1/Users/user.one/Security.evtx`, old, { deleted: true }),
      { ...shadow, evidence: { source: "disk.dd", inside: [], shadowCopy: old } },
      plain,
    ]),
  ).toEqual([]);
});
