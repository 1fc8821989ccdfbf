// How fast bytes without logs are searched: node bench/carve.mjs [MIB] (npm run build first). Prints MB/s beside
// `grep -c ElfChnk` on the same file, paired in the same run.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MIB = 1024 * 1024;
const size = Number(process.argv[2] ?? 512) * MIB;
const main = new URL("../dist/bin/main.js", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "carve-"));
const file = join(folder, "noise.bin");
const fd = openSync(file, "w");
for (let at = 0; at < size; at += MIB) writeSync(fd, randomBytes(MIB));
closeSync(fd);

function seconds(command, args) {
  const start = process.hrtime.bigint();
  const run = spawnSync(command, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  if (run.error !== undefined) return undefined;
  return Number(process.hrtime.bigint() - start) / 1e9;
}

try {
  const rows = [];
  for (let round = 0; round < 4; round++) {
    const output = join(folder, `out-${round}`);
    const ours = seconds(process.execPath, [main, "recover", file, "-q", "-o", output]);
    const grep = seconds("grep", ["-c", "ElfChnk", file]);
    if (round > 0) rows.push([ours, grep]);
  }
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const rate = (time) =>
    time === undefined ? "not installed" : `${(size / 1e6 / time).toFixed(0)} MB/s`;
  console.log(`${size / MIB} MiB of random bytes, start to exit, median of ${rows.length}`);
  console.log(`konseki recover    ${rate(median(rows.map(([ours]) => ours)))}`);
  console.log(`grep -c ElfChnk    ${rate(median(rows.map(([, grep]) => grep)))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
