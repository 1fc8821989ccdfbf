// The worker that prints records, but it dies when it is given a later stretch of a log whose name says so.
import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ path, from }) => {
  if (from > 0 && path.includes("crash-behind")) process.exit(7);
});
await import("../../dist/fleet/dump-worker.js");
