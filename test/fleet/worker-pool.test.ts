import { expect, it } from "vitest";
import { WorkerPool } from "../../src/fleet/worker-pool.ts";

/** Answers with the number of its thread; a job "long" waits until the other thread has done what it is given. */
const code = `
  import { parentPort, threadId, workerData } from "node:worker_threads";
  const done = new Int32Array(workerData);
  parentPort.on("message", (task) => {
    if (task.wait > 0) while (Atomics.load(done, 0) < task.wait) Atomics.wait(done, 0, Atomics.load(done, 0), 1000);
    else { Atomics.add(done, 0, 1); Atomics.notify(done, 0); }
    parentPort.postMessage({ answer: threadId });
  });
  parentPort.postMessage({ ready: true });
`;

it("no job waits behind a long one while another worker could do it", async () => {
  const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const pool = new WorkerPool<{ wait: number }, number>(entry, new SharedArrayBuffer(4), 2);
  try {
    // It ends only when all the others are done: one that waited behind it would wait for ever.
    const long = pool.run({ wait: 6 }, { isLong: true });
    const others = await Promise.all(Array.from({ length: 6 }, () => pool.run({ wait: 0 })));
    expect(new Set(others).size).toBe(1);
    expect(others).not.toContain(await long);
  } finally {
    await pool.close();
  }
}, 20_000);
