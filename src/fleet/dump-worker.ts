/** The code of a worker thread that prints records: a {@link PrintPlan} comes as its data, then {@link DumpTask}s. */
import { parentPort, workerData } from "node:worker_threads";
import { SharedCaches } from "../evtx/log-scan.ts";
import { installNodePlatform } from "../node/platform.ts";
import { reasonOf } from "../node/reason-of.ts";
import { type PrintPlan, RecordPrinter } from "../node/record-printer.ts";
import type { DumpAnswer, DumpTask } from "./dump-protocol.ts";
import { dumpStretch } from "./dump-stretch.ts";
import type { WorkerMessage } from "./worker-pool.ts";

const port = parentPort;
if (port === null) throw new Error("this module runs in a worker thread only");
const post = (message: WorkerMessage<DumpAnswer>): void => port.postMessage(message);

installNodePlatform();
const printer = new RecordPrinter(workerData as PrintPlan);
const shared = new SharedCaches();

port.on("message", (task: DumpTask) => {
  try {
    const log = dumpStretch(task, printer, shared);
    const { written } = printer.out;
    const fits = written.length <= task.space.byteLength;
    if (fits) new Uint8Array(task.space).set(written);
    post({ answer: { log, text: fits ? written.length : written } });
  } catch (error) {
    post({ error: reasonOf(error) });
  }
});
post({ ready: true });
