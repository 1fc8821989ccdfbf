// How fast logs are read, beside other readers, paired in the same run: npm run bench (the Node on this machine),
// npm run bench:newest-node (the newest one).
// Prints a table and, with --write, puts it into bench/README.md. Wall seconds are medians; ratios are medians of
// the ratios of neighbouring runs, so that a machine that gets slower meanwhile does not decide.
import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { cpus } from "node:os";
import { crc32 } from "node:zlib";
import { buildSync } from "esbuild";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const main = new URL("../dist/bin/main.js", import.meta.url).pathname;
// One CommonJS file: Node starts it 15 ms sooner than modules, which are no part of reading.
const reader = new URL("./.cache/read-log.cjs", import.meta.url).pathname;
buildSync({
  entryPoints: [new URL("./read-log.mjs", import.meta.url).pathname],
  outfile: reader,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
const samples = `${process.env.KONSEKI_SAMPLES ?? "../shared"}/samples`;

function find(command, args = ["--version"]) {
  const run = spawnSync(command, args, { encoding: "utf8" });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

/** Wall seconds, peak MiB of one run. */
function time(command, args) {
  const start = process.hrtime.bigint();
  const run = spawnSync("/usr/bin/time", ["-f", "%M", command, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peak = Number(run.stderr.trim().split("\n").at(-1)) / 1024;
  return { seconds, peak, code: run.status };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Runs the rows in turn, round after round; the first row is what the others are compared with. */
function compare(rows, mib) {
  const runs = rows.map(() => []);
  for (const { command, args } of rows) time(command, args);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, { command, args }] of rows.entries()) runs[i].push(time(command, args));
  return rows.map(({ name, records }, i) => {
    const seconds = median(runs[i].map((run) => run.seconds));
    const ratio = median(runs[i].map((run, round) => run.seconds / runs[0][round].seconds));
    return {
      name,
      seconds,
      mibs: mib / seconds,
      krecs: records / seconds / 1000,
      peak: Math.max(...runs[i].map((run) => run.peak)),
      ratio,
    };
  });
}

function table(title, rows, base) {
  const lines = [
    `### ${title}`,
    "",
    `| way of reading | wall s | MiB/s | 1000 records/s | peak MiB | ratio to ${base} |`,
    "|---|---:|---:|---:|---:|---:|",
    ...rows.map(
      (row) =>
        `| ${row.name} | ${row.seconds.toFixed(2)} | ${row.mibs.toFixed(0)} | ${row.krecs.toFixed(0)} | ${row.peak.toFixed(0)} | ${row.ratio.toFixed(2)} |`,
    ),
    "",
  ];
  return lines.join("\n");
}

const logPath = (name) => new URL(`./.cache/${name}`, import.meta.url).pathname;
const wanted = [
  "security-256m",
  "many-templates-64m",
  ...(process.argv.includes("--large") ? ["security-1g"] : []),
];
for (const name of wanted) {
  if (!existsSync(logPath(`${name}.evtx`)))
    execFileSync("npm", ["run", "--silent", "bench:logs", "--", name], { stdio: "inherit" });
}
const evtxDump = find("evtx_dump");
const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}, ${evtxDump ?? "evtx_dump absent"}`;
const parts = [
  `Machine: ${machine}. ${ROUNDS} rounds after a warm-up. Output goes to /dev/null.`,
  "",
];

for (const name of ["security-256m.evtx", "many-templates-64m.evtx"]) {
  const file = logPath(name);
  const mib = statSync(file).size / 1024 / 1024;
  const { records } = JSON.parse(
    execFileSync(process.execPath, [reader, "walk", file], { encoding: "utf8" }),
  );
  const ours = (title, mode) => ({
    name: title,
    command: process.execPath,
    args: [reader, mode, file],
    records,
  });
  const rows = [
    ...(evtxDump
      ? [
          {
            name: "evtx_dump -t 1 -o jsonl",
            command: "evtx_dump",
            args: ["-t", "1", "-o", "jsonl", file],
            records,
          },
        ]
      : []),
    ours("walk only", "walk"),
    ours("System fields", "system"),
    ours("System fields, 3 named fields of every fifth record (rule path)", "rule"),
    ours("all fields", "fields"),
    ours("JSONL", "jsonl"),
    {
      name: "konseki dump (JSONL, as many workers as are worth it)",
      command: process.execPath,
      args: [main, "dump", "-o", "/dev/null", "-C", file],
      records,
    },
    {
      name: "konseki triage (hash, rules, report)",
      command: process.execPath,
      args: [main, "triage", "-q", "--format", "jsonl", "-o", "/dev/null", "-C", file],
      records,
    },
  ];
  parts.push(
    table(`${name}, ${mib.toFixed(0)} MiB, ${records} records`, compare(rows, mib), rows[0].name),
  );
}

// A TypeScript reader from npm, where it is installed (npm i --no-save @ts-evtx/core): it refuses large files.
const tsEvtx = existsSync(new URL("../node_modules/@ts-evtx/core", import.meta.url));
const piece = logPath("security-64m.evtx");
if (tsEvtx) {
  const whole = openSync(logPath("security-256m.evtx"), "r");
  const bytes = Buffer.alloc(4096 + 1023 * 65_536);
  readSync(whole, bytes, 0, bytes.length, 0);
  closeSync(whole);
  bytes.writeUInt16LE(1023, 42);
  bytes.writeBigUInt64LE(1022n, 16);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 120)), 124);
  writeFileSync(piece, bytes);
  const ts = new URL("./read-ts-evtx.mjs", import.meta.url).pathname;
  const { records } = JSON.parse(
    execFileSync(process.execPath, [reader, "walk", piece], { encoding: "utf8" }),
  );
  const ours = (title, mode) => ({
    name: title,
    command: process.execPath,
    args: [reader, mode, piece],
    records,
  });
  const rows = [
    { name: "@ts-evtx/core, every event", command: process.execPath, args: [ts, piece], records },
    ours("konseki, all fields", "fields"),
    ours("konseki, JSONL", "jsonl"),
  ];
  parts.push(
    table(
      `The first 64 MiB of it, ${records} records`,
      compare(rows, bytes.length / 1024 / 1024),
      "@ts-evtx/core",
    ),
  );
}

const small = `${samples}/attack/UACME_59_Sysmon.evtx`;
if (existsSync(small)) {
  const rows = [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"], records: 0 },
    {
      name: "konseki triage of a 68 KiB log, rules from cache",
      command: process.execPath,
      args: [main, "triage", "-q", small],
      records: 7,
    },
  ];
  parts.push(table("Start to exit, 68 KiB", compare(rows, 68 / 1024), "node alone"));
}

const large = logPath("security-1g.evtx");
if (existsSync(large) && process.argv.includes("--large")) {
  const run = time(process.execPath, [
    main,
    "triage",
    "-q",
    "--format",
    "jsonl",
    "-o",
    "/dev/null",
    "-C",
    large,
  ]);
  parts.push(
    `Triage of one 1 GiB log: ${run.seconds.toFixed(1)} s, peak ${run.peak.toFixed(0)} MiB.`,
    "",
  );
}

const text = parts.join("\n");
console.log(text);
if (process.argv.includes("--write")) {
  const readme = new URL("./README.md", import.meta.url);
  const old = readFileSync(readme, "utf8");
  const place = `parser, Node ${process.versions.node.split(".")[0]}`;
  const [before, rest] = old.split(`<!-- ${place} -->\n`);
  if (rest === undefined) throw new Error(`${readme.pathname} has no place for "${place}"`);
  const after = rest.split(`<!-- /${place} -->`)[1];
  writeFileSync(readme, `${before}<!-- ${place} -->\n${text}<!-- /${place} -->${after}`);
}
