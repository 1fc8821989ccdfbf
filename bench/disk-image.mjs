// How long it takes to get the logs out of a disk image, beside The Sleuth Kit (fls, then icat a log), paired in the
// same run: npm run build && node bench/disk-image.mjs
// Makes a sparse image of 10 GB with one NTFS volume (mkntfs, ntfscp: no root, no mounting) in bench/.cache and checks that both
// give the same bytes. GIGABYTES, FILES and ROUNDS change its size, the other files on it, and the number of runs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GIGABYTES = Number(process.env.GIGABYTES ?? 10);
const FILES = Number(process.env.FILES ?? 1000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LOGS = 60;
const main = new URL("../dist/bin/main.js", import.meta.url).pathname;
const cache = new URL("./.cache/", import.meta.url).pathname;
const fixtures = new URL("../fixtures/", import.meta.url).pathname;
const image = join(cache, `disk-${GIGABYTES}-${FILES}.dd`);
const work = mkdtempSync(join(tmpdir(), "konseki-bench-"));

function must(command, args) {
  const run = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${run.stderr}`);
  return run.stdout;
}

/** Wall seconds and peak MiB of one run. */
function time(command, args) {
  const start = process.hrtime.bigint();
  const run = spawnSync("/usr/bin/time", ["-f", "%M", command, ...args], { encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, mebibytes: Number(run.stderr.trim().split("\n").at(-1)) / 1024 };
}

function makeImage() {
  mkdirSync(cache, { recursive: true });
  const fd = openSync(image, "w");
  ftruncateSync(fd, GIGABYTES * 1e9);
  closeSync(fd);
  must("mkntfs", ["-q", "-F", "-Q", image]);
  const log = readFileSync(join(fixtures, "clean/SRV-02/Security.evtx"));
  const source = join(work, "source");
  for (let i = 0; i < LOGS; i++) {
    // One log of 20 MiB as Security logs are, the rest of about 1 MiB; no two alike.
    const size = i === 0 ? 20 << 20 : 1 << 20;
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; at += 65_536) log.copy(bytes, at, 4096, 4096 + 65_536);
    log.copy(bytes, 0, 0, 4096);
    bytes.writeUInt32LE(i, 200);
    writeFileSync(source, bytes);
    must("ntfscp", ["-q", image, source, `log${i}.evtx`]);
  }
  for (let i = 0; i < FILES; i++) {
    writeFileSync(source, Buffer.alloc(5000 + i, i));
    must("ntfscp", ["-q", image, source, `file${i}.bin`]);
  }
}

/** fls and icat as people use them: one list, then one icat a log. */
function sleuthKit(out) {
  const script = `mkdir -p "$2"; fls -r -p -F "$1" | awk -F'\\t' '/\\.evtx$/ { split($1, a, " "); id = a[2]; sub(":", "", id); print id, $2 }' | while read -r id name; do icat "$1" "$id" > "$2/$name"; done`;
  return time("bash", ["-c", script, "sh", image, out]);
}

function konseki(out) {
  return time(process.execPath, [main, "collect", image, "--no-hives", "-q", "-o", out]);
}

function hashes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".evtx"))
    .map((entry) =>
      createHash("sha256")
        .update(readFileSync(join(entry.parentPath, entry.name)))
        .digest("hex"),
    )
    .sort();
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

if (!existsSync(image)) makeImage();
const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const [a, b] = [join(work, "konseki"), join(work, "tsk")];
  const ours = konseki(a);
  const theirs = sleuthKit(b);
  const [own, other] = [hashes(a), hashes(b)];
  if (own.length !== LOGS || own.join() !== other.join()) throw new Error("the logs differ");
  rounds.push({ ours, theirs, ratio: ours.seconds / theirs.seconds });
  for (const folder of [a, b]) rmSync(folder, { recursive: true });
}
rmSync(work, { recursive: true });
const of = (pick) => median(rounds.map(pick));
console.log(`| ${GIGABYTES} GB image, ${LOGS} logs, ${FILES} other files | seconds | MiB |`);
console.log("|--|--|--|");
console.log(
  `| konseki collect (with hashes and manifest) | ${of((r) => r.ours.seconds).toFixed(2)} | ${of((r) => r.ours.mebibytes).toFixed(0)} |`,
);
console.log(
  `| fls + icat | ${of((r) => r.theirs.seconds).toFixed(2)} | ${of((r) => r.theirs.mebibytes).toFixed(0)} |`,
);
console.log(
  `\nmedian ratio ${of((r) => r.ratio).toFixed(2)} (target: at most 1.5), all ${LOGS} logs equal, ${ROUNDS} rounds`,
);
