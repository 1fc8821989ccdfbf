// The worker that maps logs, but it dies when it is given a log whose name says so: "crash-once" or "crash-always".
import { existsSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ path, from }) => {
  if (from !== undefined && from > 0 && path.includes("crash-behind")) process.exit(7);
  if (path.includes("crash-always")) process.exit(7);
  if (path.includes("crash-once") && !existsSync(`${path}.died`)) {
    writeFileSync(`${path}.died`, "");
    process.exit(7);
  }
});
await import("../../dist/fleet/map-worker.js");
