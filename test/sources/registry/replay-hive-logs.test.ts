import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import { marvin32 } from "../../../src/sources/registry/marvin32.ts";
import { RegistryHive } from "../../../src/sources/registry/registry-hive.ts";
import {
  type ReplayedHive,
  replayHiveLogs,
} from "../../../src/sources/registry/replay-hive-logs.ts";
import { isProblem } from "../../../src/sources/source-problem.ts";
import { readAll } from "../../support/evidence-fixture.ts";
import {
  type ForgedKey,
  forgeHive,
  forgeHiveLog,
  forgeOldHiveLog,
  withBaseBlock,
} from "../../support/forge-hive.ts";

const hiveOf = (name: string, filler = 2000): Uint8Array => {
  const key: ForgedKey = { values: { name, filler: new Uint8Array(filler).fill(name.length) } };
  return forgeHive({ keys: { A: key } });
};
/** Three states, each after a change; the last has outgrown the first. */
const states = [hiveOf("one"), hiveOf("two!"), hiveOf("three", 9000)];
const dirty = withBaseBlock(states[0]!, { primary: 8, secondary: 7 });

function replay(hive: Uint8Array, ...logs: readonly Uint8Array[]): ReplayedHive {
  return replayHiveLogs(
    new MemorySource(hive),
    logs.map((bytes, i) => ({ name: `LOG${i + 1}`, source: new MemorySource(bytes) })),
  );
}

function nameIn({ source }: ReplayedHive): string | undefined {
  const hive = RegistryHive.open(source);
  return isProblem(hive) ? undefined : hive.root.key("A")?.text("name");
}

describe("the transaction logs of a hive that was in use when it was copied", () => {
  it("are replayed: the hive is as its last entry left it, and clean", () => {
    const result = replay(dirty, forgeHiveLog(states, 8));
    expect(result).toMatchObject({ applied: 2, problems: [] });
    expect(nameIn(result)).toBe("three");
    expect(RegistryHive.open(result.source)).toMatchObject({ isClean: true });
    expect(Buffer.compare(readAll(result.source).subarray(4096), states[2]!.subarray(4096))).toBe(
      0,
    );
  });

  it("are taken in the order of their entries, whichever file they lie in", () => {
    const first = forgeHiveLog(states.slice(0, 2), 8);
    const second = forgeHiveLog(states.slice(1), 9);
    expect(nameIn(replay(dirty, first, second))).toBe("three");
    expect(nameIn(replay(dirty, second, first))).toBe("three");
    const gap = replay(dirty, first, forgeHiveLog(states.slice(1), 11));
    expect(nameIn(gap)).toBe("two!");
    expect(gap.problems.join()).toContain("entry 11 does not follow entry 8");
  });

  it("count from the hive's own number on: what is in it already is passed over", () => {
    const later = withBaseBlock(states[1]!, { primary: 9, secondary: 8 });
    const result = replay(later, forgeHiveLog(states, 8));
    expect(result.applied).toBe(1);
    expect(nameIn(result)).toBe("three");
    expect(replay(dirty, forgeHiveLog(states, 3)).applied).toBe(0);
  });

  it("mend a hive whose base block was being written", () => {
    const torn = dirty.slice();
    torn[300]! ^= 0xff;
    expect(nameIn(replay(torn, forgeHiveLog(states, 8)))).toBe("three");
  });

  it("change nothing in a clean hive", () => {
    const result = replay(states[0]!, forgeHiveLog(states, 8));
    expect(result.applied).toBe(0);
    expect(nameIn(result)).toBe("one");
  });

  it("are used up to the first damaged entry, and that is said", () => {
    const log = forgeHiveLog(states, 8);
    log[log.length - 700]! ^= 1;
    const result = replay(dirty, log);
    expect(result.applied).toBe(1);
    expect(nameIn(result)).toBe("two!");
    expect(result.problems.join()).toMatch(/LOG1: the entry at \d+ is damaged/);
    expect(replay(dirty, new Uint8Array(2000)).problems).toEqual([
      "LOG1: no transaction log with a sound base block",
    ]);
    expect(replay(dirty, new Uint8Array(0)).problems).toEqual([]);
  });

  it("of the older form hold all changed pages at once", () => {
    const result = replay(dirty, forgeOldHiveLog(states[0]!, states[2]!));
    expect(result.applied).toBe(1);
    expect(nameIn(result)).toBe("three");
    const cut = forgeOldHiveLog(states[0]!, states[2]!);
    expect(replay(dirty, cut.subarray(0, cut.length - 512))).toMatchObject({
      applied: 0,
      problems: ["LOG1: ends before its last dirty page: not applied"],
    });
  });

  it("never make the reader crash, whatever is changed in them", () => {
    const logs = [forgeHiveLog(states, 8), forgeOldHiveLog(states[0]!, states[2]!)];
    let state = 3;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let unused = 0;
    for (let round = 0; round < 400; round++) {
      const intact = logs[round % 2]!;
      const log = intact.slice(0, round % 5 === 0 ? next(intact.length) : intact.length);
      for (let i = 0; i < 4 && log.length > 0; i++) log[next(log.length)] = next(256);
      const result = replay(dirty, log);
      nameIn(result);
      expect(readAll(result.source).length).toBeLessThan(1 << 20);
      if (result.applied === 0) unused++;
    }
    expect(unused).toBeGreaterThan(50);
  });
});

it("the checksum of log entries is Marvin32 as others compute it", () => {
  const seed = [0x001b_dbcc, 0x004f_b61a] as const;
  const of = (...bytes: number[]): string =>
    [...marvin32(Uint8Array.from(bytes), 0, bytes.length, seed)]
      .reverse()
      .map((half) => half.toString(16).padStart(8, "0"))
      .join("");
  expect(of()).toBe("30ed35c100cd3c7d");
  expect(of(0xaf)).toBe("48e73fc77d75ddc1");
  expect(of(0xe7, 0x0f)).toBe("b5f6e1fc485dbff8");
  expect(of(0x86, 0x42, 0xdc, 0x59)).toBe("7008f2e87e9cf556");
});
