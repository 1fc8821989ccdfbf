// What triage with thousands of Sigma rules costs, beside rsigma on the same records and rules:
//   npm run build, then: node bench/triage.mjs RULES-FOLDER [--write]
// prints CPU seconds (user + system), wall seconds and peak MiB; with --write into bench/README.md. Medians of the rounds.
// rsigma matches JSON only: evtx_dump makes it, and it is flattened before the clock runs. Programs that are not
// installed are left out: evtx_dump, and rsigma (cargo install rsigma --version 0.23.0 --locked --features evtx,daachorse-index).
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const [rules, ...flags] = process.argv.slice(2);
if (rules === undefined) {
  console.error("usage: node bench/triage.mjs RULES-FOLDER [--write]");
  process.exit(2);
}
const main = new URL("../dist/bin/main.js", import.meta.url).pathname;
const samples = join(process.env.KONSEKI_SAMPLES ?? "../shared", "samples");
const folders = ["attack", "regression"].map((name) => join(samples, name));
const mixed = "bench/.cache/many-templates-64m.evtx";
const scratch = mkdtempSync(join(tmpdir(), "konseki-bench-"));
const env = { ...process.env, XDG_CACHE_HOME: scratch };
mkdirSync("bench/.cache", { recursive: true });

/** CPU and wall seconds and peak MiB of one run; an exit code above 3 is a failure. */
function time(command, args, input) {
  const run = spawnSync("/usr/bin/time", ["-f", "%U %S %e %M", command, ...args], {
    env,
    stdio: [input === undefined ? "ignore" : "pipe", "ignore", "pipe"],
    encoding: "utf8",
    ...(input && { input }),
  });
  const [user, system, wall, peak] = run.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  if (run.status > 3 || !(peak > 0))
    throw new Error(`${command} failed: ${run.stderr.slice(-500)}`);
  return { cpu: user + system, wall, peak: peak / 1024 };
}

const sum = (runs) => ({
  cpu: runs.reduce((total, { cpu }) => total + cpu, 0),
  wall: runs.reduce((total, { wall }) => total + wall, 0),
  peak: Math.max(...runs.map(({ peak }) => peak)),
});
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function has(command) {
  const run = spawnSync(command, ["--version"], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.split("\n", 1)[0] : undefined;
}

const triage = (inputs, workers) => () =>
  time(process.execPath, [
    main,
    ...["triage", ...inputs, "-r", rules, "--no-builtin-rules", "-q"],
    ...["--format", "jsonl", "-o", join(scratch, "out.jsonl"), "-C", "--workers", String(workers)],
  ]);
const cold = (run) => () => {
  rmSync(join(scratch, "konseki"), { recursive: true, force: true });
  return run();
};

const evtxDump = has("evtx_dump");
const rsigma = has(process.env.RSIGMA ?? "rsigma");
const dump = (files) => () =>
  sum(files.map((file) => time("evtx_dump", ["-t", "1", "-o", "jsonl", file])));

/** One flat object a record, as rsigma's sysmon pipeline wants it. */
function flatten(files, target) {
  const lines = [];
  for (const file of files) {
    const dumped = spawnSync("evtx_dump", ["-t", "1", "-o", "jsonl", file], {
      encoding: "utf8",
      maxBuffer: 4 * 1024 * 1024 * 1024,
    }).stdout;
    for (const line of dumped.split("\n")) if (line.startsWith("{")) lines.push(flat(line));
  }
  writeFileSync(target, `${lines.join("\n")}\n`);
  return lines.length;
}

function flat(line) {
  const { System, EventData, UserData } = JSON.parse(line).Event ?? {};
  const of = (value) => value?.["#text"] ?? value;
  const inner = UserData && Object.values(UserData)[0];
  return JSON.stringify({
    EventID: of(System?.EventID),
    Channel: System?.Channel,
    Provider_Name: System?.Provider?.["#attributes"]?.Name,
    Computer: System?.Computer,
    UtcTime: System?.TimeCreated?.["#attributes"]?.SystemTime,
    ...(typeof EventData === "object" ? EventData : {}),
    ...(typeof inner === "object" ? inner : {}),
  });
}

const match = (events) => () =>
  time(process.env.RSIGMA ?? "rsigma", [
    ...["engine", "eval", "-q", "-r", rules, "-p", "sysmon", "--cross-rule-ac"],
    ...["--input-format", "json", "-e", `@${events}`],
  ]);

function section(title, rows) {
  for (const { run } of rows) if (!run.isCold) run();
  const runs = rows.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, { run, warm }] of rows.entries()) {
      warm?.();
      runs[i].push(run());
    }
  const lines = [
    `### ${title}`,
    "",
    "| | CPU s | wall s | peak MiB |",
    "|---|---:|---:|---:|",
    ...rows.map(({ name }, i) => {
      const of = (key) => median(runs[i].map((run) => run[key]));
      return `| ${name} | ${of("cpu").toFixed(2)} | ${of("wall").toFixed(2)} | ${of("peak").toFixed(0)} |`;
    }),
    "",
  ];
  console.log(lines.join("\n"));
  return lines;
}

const logsBelow = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".evtx"))
    .sort()
    .map((name) => join(folder, name));
const files = folders.flatMap(logsBelow);
const bytes = files.reduce((total, file) => total + readFileSync(file).length, 0);
const warm = (workers) => () => void triage([files[0]], workers)();
const beside = (name, logs) => {
  if (evtxDump === undefined) return [];
  const flatEvents = join(scratch, `${name}.jsonl`);
  const records = flatten(logs, flatEvents);
  return [
    { name: `evtx_dump -t 1 -o jsonl, ${records} records`, run: dump(logs) },
    ...(rsigma === undefined
      ? []
      : [
          {
            name: `rsigma -p sysmon --cross-rule-ac on flat JSON lines, rules loaded anew`,
            run: match(flatEvents),
          },
        ]),
  ];
};
const machine = `Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, ${evtxDump ?? "no evtx_dump"}, ${rsigma ?? "no rsigma"}. Medians of ${ROUNDS} rounds.`;
console.log(`${machine}\n`);
/** What the same logs take to match beside what they take to parse, as bench/match-rules.mjs tells it. */
function matching(name, logs) {
  const script = new URL("./match-rules.mjs", import.meta.url).pathname;
  const run = spawnSync(process.execPath, [script, rules, ...logs], { encoding: "utf8" });
  const told = run.stdout.split("\n").find((line) => line.startsWith("(parse and match)"));
  if (run.status !== 0 || told === undefined)
    throw new Error(`match-rules failed: ${run.stderr.slice(-500)}`);
  console.log(`${name}: ${told}\n`);
  return [`${name}: ${told}.`, ""];
}

const lines = [
  machine,
  "",
  ...matching("Sample logs", folders),
  ...(existsSync(mixed) ? matching("Mixed log", [mixed]) : []),
  ...section(`${files.length} sample logs, ${(bytes / 2 ** 20).toFixed(0)} MiB, all rules`, [
    { name: "konseki triage, 1 worker, rules from cache", run: triage(folders, 1), warm: warm(1) },
    { name: "konseki triage, 2 workers, rules from cache", run: triage(folders, 2) },
    { name: "konseki triage, 1 worker, no cache yet", run: cold(triage(folders, 1)) },
    { name: "konseki triage, 2 workers, no cache yet", run: cold(triage(folders, 2)) },
    ...beside("samples", files),
  ]),
];
if (existsSync(mixed)) {
  lines.push(
    ...section("One mixed log, 64 MiB, all rules", [
      {
        name: "konseki triage, 1 worker, rules from cache",
        run: triage([mixed], 1),
        warm: warm(1),
      },
      { name: "konseki triage, 2 workers, rules from cache", run: triage([mixed], 2) },
      ...beside("mixed", [mixed]),
    ]),
  );
}
rmSync(scratch, { recursive: true, force: true });
if (flags.includes("--write")) {
  const page = new URL("./README.md", import.meta.url);
  const text = readFileSync(page, "utf8");
  const marked = /<!-- triage -->[\s\S]*<!-- \/triage -->/;
  if (!marked.test(text)) throw new Error("bench/README.md has no place for the table");
  writeFileSync(
    page,
    text.replace(marked, () => `<!-- triage -->\n${lines.join("\n")}<!-- /triage -->`),
  );
}
