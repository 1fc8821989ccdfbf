/**
 * What matching rules costs beside parsing: npm run build, then
 *
 *     node bench/match-rules.mjs RULES-FOLDER LOG-FOLDER...
 *
 * prints CPU milliseconds (user + system) of: reading the rule files, reading the rule pack instead, parsing the
 * logs with every field, parsing and matching; cold and in the steady state. Fails when the hits of two passes
 * differ.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { MemorySource } from "../dist/base/byte-source.js";
import { createEngine } from "../dist/engine/compile-rules.js";
import { prepareRules } from "../dist/engine/prepare-rules.js";
import { readRulePack, writeRulePack } from "../dist/engine/rule-pack.js";
import { scanLog } from "../dist/evtx/scan-log.js";
import { installNodePlatform } from "../dist/node/platform.js";
import { parseLogsources } from "../dist/rules/parse-logsources.js";
import { parseRules } from "../dist/rules/parse-rules.js";

installNodePlatform();
const [rulesFolder, ...logFolders] = process.argv.slice(2);
if (rulesFolder === undefined || logFolders.length === 0) {
  console.error("usage: node bench/match-rules.mjs RULES-FOLDER LOG-FOLDER...");
  process.exit(2);
}

const filesBelow = (path, ending) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: "utf8" })
        .filter((name) => name.toLowerCase().endsWith(ending))
        .sort()
        .map((name) => join(path, name))
    : [path];

const timings = [];
function timed(what, work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  timings.push({ what, "CPU ms": Math.round((user + system) / 1000) });
  return result;
}

const mapping = "rules/logsources.yaml";
const prepared = timed("read and check rule files", () => {
  const sets = filesBelow(rulesFolder, ".yml").map((file) =>
    parseRules(readFileSync(file, "utf8"), file),
  );
  return prepareRules(sets, parseLogsources(readFileSync(mapping, "utf8"), mapping).table);
});
const pack = timed("write the pack", () => writeRulePack(prepared, "bench"));
const engine = timed("read the pack", () => createEngine(readRulePack(pack, "bench")));

const logs = logFolders
  .flatMap((folder) => filesBelow(folder, ".evtx"))
  .map((file) => ({ file, source: new MemorySource(readFileSync(file)) }));
let records = 0;
const pass = (onRecord) => {
  records = 0;
  for (const { file, source } of logs)
    scanLog(source, file, {
      onRecord(record) {
        records++;
        onRecord(record);
      },
      onIssue() {},
    });
};
const parseAll = () => {
  let chars = 0;
  pass((record) =>
    record.forEachField((_, text) => {
      chars += text?.length ?? 0;
    }),
  );
  return chars;
};
const match = () => {
  let hits = 0;
  pass((record) =>
    engine.match(record, () => {
      hits++;
    }),
  );
  return hits;
};

timed("parse, all fields, first pass", parseAll);
const hits = timed("parse and match, first pass", match);
for (let round = 1; round <= 3; round++) {
  timed(`parse, all fields, pass ${round + 1}`, parseAll);
  if (timed(`parse and match, pass ${round + 1}`, match) !== hits) {
    console.error("two passes found different hits");
    process.exit(1);
  }
}
console.table(timings);
const cost = (what) => timings.find((timing) => timing.what.startsWith(what))["CPU ms"];
const ratio = (pass) =>
  (cost(`parse and match, ${pass}`) / cost(`parse, all fields, ${pass}`)).toFixed(1);
// What matching alone costs is less than this, by the parse that it needs itself.
console.log(
  `(parse and match) / (parse, all fields): first pass ${ratio("first pass")}, steady ${ratio("pass 4")}`,
);
console.log(
  `${prepared.rules.length} rules, ${logs.length} logs, ${records} records, ${hits} hits, pack ${pack.length} bytes`,
);
