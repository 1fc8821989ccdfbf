import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { findInputs } from "../../src/node/find-inputs.ts";
import { mapInputs } from "../../src/node/run-triage.ts";
import { shareTemplates } from "../../src/node/share-templates.ts";
import { WaitingRecoveries } from "../../src/triage/waiting-recoveries.ts";
import { placesOf } from "../support/edit-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";
import { temporaryFolder } from "../support/run-cli.ts";

const HEADER = 4096;
const CHUNK_HEADER = 512;
const FREE_SPACE = 48;

describe("recovered records that wait for templates of other logs", () => {
  const folder = temporaryFolder();
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
  const log = (count: number): Uint8Array =>
    forgeLog(
      Array.from({ length: count }, (_, tid) =>
        sampleEvent({ time: SAMPLE_TIME + BigInt(tid) * 10_000_000n, tid }),
      ),
    );
  /** Nothing of it is live, and its definitions are gone. */
  const old = log(40);
  old.fill(0, HEADER + CHUNK_HEADER, placesOf(old)[3]!.at);
  new DataView(old.buffer).setUint32(HEADER + FREE_SPACE, CHUNK_HEADER, true);
  const plan = { wants: signalWants(), recover: true };
  const mapped = async (waiting?: WaitingRecoveries) =>
    mapInputs(await findInputs([folder]), plan, { ...(waiting && { waiting }) });

  it("are mapped once, to what mapping them twice gives", async () => {
    write("old.evtx", old);
    write("other.evtx", log(2));
    const twice = await shareTemplates(await mapped(), plan);
    const waiting = new WaitingRecoveries();
    const before = await mapped(waiting);
    expect(before.map(({ events }) => events)).toEqual([0, 2]);
    const once = await shareTemplates(before, plan, undefined, waiting);
    expect(JSON.stringify(once)).toBe(JSON.stringify(twice));
    expect(once[0]?.ledger.recovery?.byCompleteness.full).toBe(37);
  });

  it("are mapped too where no other log has their templates", async () => {
    rmSync(join(folder, "other.evtx"));
    write("old.evtx", old);
    const waiting = new WaitingRecoveries();
    const once = await shareTemplates(await mapped(waiting), plan, undefined, waiting);
    expect(once).toEqual(await shareTemplates(await mapped(), plan));
    expect(once[0]?.events).toBe(37);
  });

  it("are told as left out when their log is gone by then", async () => {
    write("old.evtx", old);
    const waiting = new WaitingRecoveries();
    const before = await mapped(waiting);
    rmSync(join(folder, "old.evtx"));
    const [result] = await shareTemplates(before, plan, undefined, waiting);
    expect(result?.ledger.issueCounts["recovery-unread"]).toBe(37);
    expect(result?.ledger.issues.at(-1)?.message).toContain("could not be read again");
  });
});
