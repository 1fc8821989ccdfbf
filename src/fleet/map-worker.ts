/** The code of a worker thread that maps logs: {@link MapSetup} comes as its data, then {@link MapTask}s. */
import { parentPort, workerData } from "node:worker_threads";
import { SharedCaches } from "../evtx/log-scan.ts";
import { CaseStore } from "../node/case-store.ts";
import { FileSource } from "../node/file-source.ts";
import { HashedSource } from "../node/hashed-source.ts";
import { readRuleEngine } from "../node/load-rules.ts";
import { mapFile } from "../node/map-file.ts";
import { inputName } from "../node/open-log.ts";
import { installNodePlatform } from "../node/platform.ts";
import { reasonOf } from "../node/reason-of.ts";
import type { MapPlan } from "../triage/log-mapper.ts";
import { mapStretch } from "../triage/map-stretch.ts";
import { packSignals } from "../triage/packed-signals.ts";
import { packStretch } from "../triage/packed-stretch.ts";
import type { MapAnswer, MapSetup, MapTask } from "./map-protocol.ts";
import type { WorkerMessage } from "./worker-pool.ts";

const port = parentPort;
if (port === null) throw new Error("this module runs in a worker thread only");
const post = (message: WorkerMessage<MapAnswer>, moved: ReadonlySet<ArrayBuffer> = new Set()) =>
  port.postMessage(message, [...moved]);

installNodePlatform();
const { pack, key, store: place, ...setup } = workerData as MapSetup;
const plan: MapPlan = { ...setup.plan, engine: readRuleEngine(pack, key) };
const shared = new SharedCaches();

/** Adds to `moved` what may be taken away from this thread. */
async function answer(task: MapTask, moved: Set<ArrayBuffer>): Promise<MapAnswer> {
  if (task.do === "log") {
    const store = place && new CaseStore(place.folder, plan, key, place.version);
    const result = await mapFile(task.path, plan, store === undefined ? {} : { store }, shared);
    return {
      of: "log",
      result: { ...result, signals: packSignals(result.signals, moved) },
      counts: store?.counts ?? { mapped: 0, reused: 0, damaged: 0 },
    };
  }
  const file = new FileSource(task.path);
  try {
    if (task.do === "hash") return { of: "hash", sha256: new HashedSource(file).sha256() };
    const { manyBefore } = task;
    const result = mapStretch(file, inputName(task.path), task, plan, { shared, manyBefore });
    return { of: "stretch", result: packStretch(result, moved) };
  } finally {
    file.close();
  }
}

// One job at a time: the caches are not for two.
let last: Promise<void> = Promise.resolve();
port.on("message", (task: MapTask) => {
  last = last.then(async () => {
    try {
      const moved = new Set<ArrayBuffer>();
      post({ answer: await answer(task, moved) }, moved);
    } catch (error) {
      post({ error: reasonOf(error) });
    }
  });
});
post({ ready: true });
