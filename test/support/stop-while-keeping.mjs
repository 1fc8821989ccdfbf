/**
 * Loaded before the command line (`node --import`): ends the process itself once it has kept STOP_AFTER results in a case folder.
 * STOP_BY: a signal, or `half`: killed while the next result is half written.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { STOP_AFTER, STOP_BY } = process.env;
const { renameSync, writeFileSync } = fs;
let kept = 0;

fs.renameSync = (from, to) => {
  renameSync(from, to);
  if (!/map-results.*\.json\.gz$/.test(to)) return;
  kept++;
  if (kept === Number(STOP_AFTER) && STOP_BY !== "half") process.kill(process.pid, STOP_BY);
};
fs.writeFileSync = (file, data, ...rest) => {
  if (
    STOP_BY === "half" &&
    kept === Number(STOP_AFTER) &&
    /map-results.*\.tmp$/.test(String(file))
  ) {
    writeFileSync(file, data.subarray(0, data.length / 2));
    process.kill(process.pid, "SIGKILL");
  }
  writeFileSync(file, data, ...rest);
};
syncBuiltinESMExports();
