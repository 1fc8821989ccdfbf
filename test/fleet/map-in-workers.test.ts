import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { mapInWorkers } from "../../src/fleet/map-in-workers.ts";
import { worthwhileWorkers } from "../../src/fleet/worker-count.ts";
import { findInputs } from "../../src/node/find-inputs.ts";
import { loadRules } from "../../src/node/load-rules.ts";
import { mapInputs } from "../../src/node/run-triage.ts";
import { plainResult } from "../../src/triage/compact-result.ts";
import { reduce } from "../../src/triage/reduce.ts";
import { repeatChunks } from "../support/repeated-log.ts";
import { temporaryFolder } from "../support/run-cli.ts";

const built = new URL("../../dist/fleet/map-worker.js", import.meta.url);
const crashing = new URL("../support/crashing-worker.mjs", import.meta.url);
const sample = "fixtures/rdp-chain/WS-01/Security.evtx";

const rules = await loadRules({ paths: [], builtIn: true, cache: false });
const data = { wants: signalWants(), recover: true };
const plan = { ...data, engine: rules.engine };
const setup = { pack: rules.pack(), key: rules.key, plan: data };

const here = async (paths: readonly string[]) => mapInputs(await findInputs(paths), plan, {});
const inWorkers = async (paths: readonly string[], workers: number, entry = built) =>
  mapInWorkers(await findInputs(paths), plan, { workers, setup, entry });
/** All that was found, where signals stand in columns too. */
const saidBy = (results: Awaited<ReturnType<typeof here>>) =>
  JSON.stringify(results.map((result) => plainResult(result)));
const reportOf = (results: Awaited<ReturnType<typeof here>>) =>
  JSON.stringify(
    reduce(results, rules.engine, { version: "", isBuiltIn: () => true, ruleIssues: [] }),
  );

/** A folder with a log of five stretches, whose seams cut through what happens in it, and small ones. */
function mixedFolder(): string {
  const folder = temporaryFolder();
  cpSync("fixtures/rdp-chain", join(folder, "chain"), { recursive: true });
  writeFileSync(join(folder, "large.evtx"), repeatChunks(readFileSync(sample), 600));
  writeFileSync(join(folder, "broken.evtx"), "no log");
  writeFileSync(join(folder, "empty.evtx"), "");
  return folder;
}

describe("logs read by worker threads", () => {
  const folder = mixedFolder();

  it("give the same results, byte for byte, whatever the number of workers", async () => {
    const alone = await here([folder, join(folder, "absent.evtx")]);
    const expected = saidBy(alone);
    expect(alone.find(({ ledger }) => ledger.path.endsWith("large.evtx"))?.ledger).toMatchObject({
      status: "read",
      chunks: { read: 600 },
    });
    for (const workers of [1, 2, 3]) {
      const results = await inWorkers([folder, join(folder, "absent.evtx")], workers);
      expect(saidBy(results)).toBe(expected);
    }
  }, 60_000);

  it("fold the repeats of a log with very many signals as one thread does", async () => {
    const many = join(temporaryFolder(), "many.evtx");
    const busy = readFileSync("fixtures/deleted-logs/WS-71/Security.evtx");
    writeFileSync(many, repeatChunks(busy, 700));
    const fields = ["TargetUserName", "IpAddress", "LogonType"];
    const wants = [{ kind: "any", subscription: { channels: ["Security"], fields } }];
    const every = { engine: rules.engine, wants };
    const inputs = await findInputs([many]);
    const alone = await mapInputs(inputs, every, {});
    expect(alone[0]?.ledger.issueCounts["signals-folded"]).toBeGreaterThan(0);
    const options = { workers: 2, setup: { ...setup, plan: { wants } }, entry: built };
    const results = await mapInWorkers(inputs, every, options);
    expect(saidBy(results)).toBe(saidBy(alone));
  }, 30_000);

  it("give the same report in whatever order the inputs are named", async () => {
    const chain = join(folder, "chain");
    const paths = ["WS-01", "SRV-01", "DC-01"].map((host) => join(chain, host));
    const large = join(folder, "large.evtx");
    const expected = reportOf(await here([...paths, large]));
    expect(reportOf(await inWorkers([large, ...paths].reverse(), 2))).toBe(expected);
  }, 60_000);

  it("are read again by another worker when one dies", async () => {
    const once = join(temporaryFolder(), "crash-once.evtx");
    cpSync(sample, once);
    const results = await inWorkers([once, sample], 2, crashing);
    expect(saidBy(results)).toBe(saidBy(await here([once, sample])));
  }, 30_000);

  it("are told as unread when workers die on them twice, and the others are read", async () => {
    const always = join(temporaryFolder(), "crash-always.evtx");
    cpSync(sample, always);
    const [lost, kept] = await inWorkers([always, sample], 2, crashing);
    expect(lost?.ledger).toMatchObject({ status: "unread", path: always });
    expect(lost?.ledger.reason).toContain("2 workers died on it");
    expect(saidBy([kept!])).toBe(saidBy(await here([sample])));
  }, 30_000);

  it("are told as read in part when workers die on a stretch of them", async () => {
    const base = temporaryFolder();
    const behind = join(base, "crash-behind.evtx");
    cpSync(join(folder, "large.evtx"), behind);
    const [result] = await inWorkers([behind], 2, crashing);
    expect(result?.ledger.status).toBe("partial");
    expect(result?.ledger.issueCounts["stretch-unread"]).toBe(4);
    expect(result?.ledger.chunks).toMatchObject({ expected: 600, read: 128, damaged: 472 });
    expect(result?.events).toBeGreaterThan(0);
  }, 30_000);

  it("are read in this thread when no worker can start", async () => {
    const nowhere = new URL("../support/no-such-worker.mjs", import.meta.url);
    const results = await inWorkers([folder], 2, nowhere);
    expect(saidBy(results)).toBe(saidBy(await here([folder])));
  }, 30_000);
});

it("small inputs start no workers; large ones use the cores there are", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "small"));
  writeFileSync(join(folder, "small", "a.evtx"), new Uint8Array(69_632));
  expect(worthwhileWorkers(await findInputs([join(folder, "small")]), 8)).toBe(1);
  const [input] = await findInputs([join(folder, "small")]);
  const many = new Array(3000).fill(input);
  // One of them joins.
  expect(worthwhileWorkers(many, 1)).toBe(1);
  expect(worthwhileWorkers(many, 2)).toBe(1);
  expect(worthwhileWorkers(many, 4)).toBe(3);
  expect(worthwhileWorkers(many, 64)).toBeGreaterThan(2);
});
