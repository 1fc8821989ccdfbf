import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dumpInWorkers } from "../../src/fleet/dump-in-workers.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { dumpLog } from "../../src/node/dump-log.ts";
import type { PrintPlan } from "../../src/node/record-printer.ts";
import { repeatChunks } from "../support/repeated-log.ts";
import { temporaryFolder } from "../support/run-cli.ts";

const built = new URL("../../dist/fleet/dump-worker.js", import.meta.url);
const crashing = new URL("../support/crashing-dump-worker.mjs", import.meta.url);
const sample = "fixtures/rdp-chain/WS-01/Security.evtx";

/** Collects what is written; the bytes are only good until `write` returns. */
class Collected {
  readonly pieces: Buffer[] = [];
  readonly write = (bytes: Uint8Array): void => void this.pieces.push(Buffer.from(bytes));

  get text(): string {
    return Buffer.concat(this.pieces).toString("utf8");
  }
}

async function here(paths: readonly string[], plan: PrintPlan) {
  const out = new Collected();
  const ledgers: InputLedger[] = [];
  for (const path of paths) ledgers.push(await dumpLog(path, { plan, write: out.write }));
  return { ledgers, text: out.text };
}

async function inWorkers(paths: readonly string[], plan: PrintPlan, workers = 2, entry = built) {
  const out = new Collected();
  const ledgers: InputLedger[] = [];
  for await (const ledger of dumpInWorkers(paths, { plan, workers, entry, write: out.write }))
    ledgers.push(ledger);
  return { ledgers, text: out.text };
}

/** A log of several stretches, one cut off inside a chunk, small ones, and some that are no .evtx files. */
function mixedLogs(): string[] {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const large = repeatChunks(readFileSync(sample), 70);
  writeFileSync(at("large.evtx"), large);
  writeFileSync(at("cut.evtx"), large.subarray(0, large.length - 1_200_000));
  cpSync(sample, at("small.evtx"));
  writeFileSync(at("lines.jsonl"), '{"Event":{"System":{"EventID":7,"Computer":"HOST-A"}}}\n');
  writeFileSync(at("broken.evtx"), "no log");
  writeFileSync(at("empty.evtx"), "");
  return ["small.evtx", "lines.jsonl", "large.evtx", "broken.evtx", "cut.evtx", "empty.evtx"].map(
    at,
  );
}

describe("records printed by worker threads", () => {
  const logs = mixedLogs();

  it("are the same bytes in the same order, and the logs told alike, whatever the number of workers", async () => {
    for (const plan of [
      { format: "jsonl", filter: {} },
      { format: "xml", filter: { eventIds: [4624, 4688] } },
    ] as const) {
      const alone = await here(logs, plan);
      expect(alone.text.length).toBeGreaterThan(100_000);
      expect(alone.ledgers.map(({ status }) => status)).toContain("partial");
      for (const workers of [1, 3]) expect(await inWorkers(logs, plan, workers)).toEqual(alone);
    }
  }, 60_000);

  it("lose no more than the stretches on which workers die, which are told", async () => {
    const behind = join(temporaryFolder(), "crash-behind.evtx");
    cpSync(logs[2]!, behind);
    const plan: PrintPlan = { format: "jsonl", filter: {} };
    const { ledgers, text } = await inWorkers([behind, sample], plan, 2, crashing);
    expect(ledgers[0]).toMatchObject({ status: "partial", chunks: { read: 16, damaged: 54 } });
    expect(ledgers[0]?.issueCounts["stretch-unread"]).toBe(4);
    const whole = await here([behind, sample], plan);
    const small = await here([sample], plan);
    expect(whole.text.startsWith(text.slice(0, text.length - small.text.length))).toBe(true);
    expect(text.endsWith(small.text)).toBe(true);
  }, 30_000);

  it("are printed in this thread when no worker can start", async () => {
    const nowhere = new URL("../support/no-such-worker.mjs", import.meta.url);
    const plan: PrintPlan = { format: "jsonl", filter: {} };
    expect(await inWorkers(logs, plan, 2, nowhere)).toEqual(await here(logs, plan));
  }, 30_000);

  it("stop when the reader of the pipe has gone", async () => {
    let written = 0;
    const write = (): void => void written++;
    const plan: PrintPlan = { format: "jsonl", filter: {} };
    const options = { plan, workers: 2, entry: built, write, stopped: () => written > 1 };
    let told = 0;
    for await (const _ of dumpInWorkers([logs[2]!], options)) told++;
    expect([written, told]).toEqual([2, 0]);
  }, 30_000);
});
