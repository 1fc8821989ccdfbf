import { expect, it } from "vitest";
import { layoutOf } from "../../src/sources/collection-layout.ts";

it.each([
  [
    "cases/Collection-HOST-A.corp.example-2026-03-02T08_30_00Z.zip!/uploads/auto/C%3A/Windows/System32/winevt/Logs/Security.evtx",
    { layout: "Velociraptor", host: "HOST-A.corp.example", collected: "2026-03-02T08:30:00Z" },
  ],
  [
    "uac-host-a-linux-20260302083000.tar.gz!/uac.tar!/x.evtx",
    { layout: "UAC", host: "host-a", collected: "2026-03-02T08:30:00" },
  ],
  [
    "DFIR-ORC_WorkStation_HOST-A_Event.7z!/Event.7z!/Security.evtx",
    { layout: "DFIR-ORC", host: "HOST-A" },
  ],
  [
    "2026-03-02T083000_HOST-A.zip!/C/Windows/System32/winevt/Logs/Security.evtx",
    { layout: "KAPE", host: "HOST-A", collected: "2026-03-02T08:30:00" },
  ],
])("%s", (path, expected) => {
  expect(layoutOf(path)).toEqual(expected);
});

it("is not told by other names", () => {
  expect(layoutOf("out/C/Windows/System32/winevt/Logs/Security.evtx")).toBeUndefined();
});
