import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import { parseAuditPolicy } from "../../../src/sources/registry/audit-policy.ts";
import { readHostFacts } from "../../../src/sources/registry/read-host-facts.ts";
import { RegistryHive } from "../../../src/sources/registry/registry-hive.ts";
import { isProblem } from "../../../src/sources/source-problem.ts";
import { forgeHive, forgeHostHives } from "../../support/forge-hive.ts";

function open(bytes: Uint8Array): RegistryHive {
  const hive = RegistryHive.open(new MemorySource(bytes));
  if (isProblem(hive)) throw new Error(hive.problem);
  return hive;
}

describe("a registry hive", () => {
  it("gives keys and values of every kind, without regard to case", () => {
    const large = Uint8Array.from({ length: 40_000 }, (_, i) => i & 255);
    const { root, isClean } = open(
      forgeHive({
        keys: {
          One: { keys: { Two: { values: { text: "a", number: 7, many: ["x", "y"], large } } } },
        },
      }),
    );
    const key = root.key("one\\TWO");
    expect(key?.text("Text")).toBe("a");
    expect(key?.number("NUMBER")).toBe(7);
    expect(key?.texts("many")).toEqual(["x", "y"]);
    expect(key?.bytes("large")).toEqual(large);
    expect(key?.text("number")).toBeUndefined();
    expect(root.key("One\\Three")).toBeUndefined();
    expect(isClean).toBe(true);
    expect(RegistryHive.open(new MemorySource(new Uint8Array(600)))).toHaveProperty("problem");
  });

  it("that is damaged gives less, and never hangs or throws", () => {
    const intact = forgeHostHives().SYSTEM;
    let state = 5;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let less = 0;
    for (let round = 0; round < 300; round++) {
      const bytes = intact.slice(0, round % 3 === 0 ? 512 + next(intact.length) : intact.length);
      for (let i = 0; i < 8; i++) bytes[36 + next(bytes.length - 36)] = next(256);
      const hive = RegistryHive.open(new MemorySource(bytes));
      if (isProblem(hive)) continue;
      if (readHostFacts({ system: hive }, [], []).host !== "HOST-A") less++;
    }
    expect(less).toBeGreaterThan(20);
  });
});

describe("the facts of a host", () => {
  it("come from its three hives", () => {
    const { SYSTEM, SOFTWARE, SECURITY } = forgeHostHives();
    const facts = readHostFacts(
      { system: open(SYSTEM), software: open(SOFTWARE), security: open(SECURITY) },
      ["SYSTEM"],
      [],
    );
    const { audit, ...rest } = facts;
    expect(rest).toEqual({
      sources: ["SYSTEM"],
      host: "HOST-A",
      domain: "corp.example",
      windows: "Windows 11 Pro 23H2",
      build: "22631.3007",
      installed: "2023-11-14T22:13:20Z",
      lastShutdown: "2026-03-02T08:00:00.0000000Z",
      boots: 42,
      timeZone: "Tokyo Standard Time",
      biasMinutes: -540,
      addresses: ["10.1.0.11", "192.0.2.7"],
      channels: [
        { channel: "Security", maxBytes: 20_971_520, whenFull: "overwrite" },
        { channel: "System", maxBytes: 1_048_576, whenFull: "archive" },
        {
          channel: "Microsoft-Windows-Sysmon/Operational",
          enabled: true,
          maxBytes: 67_108_864,
          whenFull: "overwrite",
        },
        {
          channel: "Microsoft-Windows-TaskScheduler/Operational",
          enabled: false,
          maxBytes: 67_108_864,
          whenFull: "overwrite",
        },
      ],
      problems: [],
    });
    expect(audit).toHaveLength(59);
    expect(audit.filter(({ success, failure }) => success || failure)).toEqual([
      { category: "Logon/Logoff", subcategory: "Logon", success: true, failure: true },
      {
        category: "Detailed Tracking",
        subcategory: "Process Creation",
        success: true,
        failure: false,
      },
    ]);
  });

  it("leave out an audit policy of another form", () => {
    expect(parseAuditPolicy(new Uint8Array(20))).toBeUndefined();
    expect(parseAuditPolicy(new Uint8Array(0))).toBeUndefined();
  });
});
