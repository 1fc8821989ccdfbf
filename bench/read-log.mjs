// One way of reading one log, in a process of its own: MODE FILE. Prints what it read. parser.mjs runs it bundled, as
// the command line is.
import { openSync, writeSync } from "node:fs";
import { ByteWriter } from "../dist/base/byte-writer.js";
import { scanLog } from "../dist/evtx/scan-log.js";
import { FileSource } from "../dist/node/file-source.js";
import { installNodePlatform } from "../dist/node/platform.js";

const [mode, file] = process.argv.slice(2);
installNodePlatform();
const source = new FileSource(file);
const out = new ByteWriter();
const sink = openSync("/dev/null", "w");
let records = 0;
// A cell of a typed array: a sum in a variable is a new object of the heap at each addition.
const units = new Float64Array(1);
const RULE_FIELDS = ["TargetUserName", "IpAddress", "LogonType"];
const seen = (text) => {
  if (typeof text === "string") units[0] += text.length;
};
const VISITORS = {
  walk: () => {},
  system(record) {
    seen(record.channel);
    seen(record.provider);
    seen(record.computer);
    units[0] += record.eventId + record.timeMs;
  },
  rule(record) {
    VISITORS.system(record);
    if (records % 5 === 0) for (const name of RULE_FIELDS) seen(record.get(name));
  },
  fields(record) {
    record.forEachField((_, text) => seen(text));
  },
  jsonl(record) {
    record.writeJson(out);
    out.byte(0x0a);
    if (out.at >= 65_536) {
      writeSync(sink, out.written);
      units[0] += out.at;
      out.clear();
    }
  },
};
const visit = VISITORS[mode];
scanLog(source, file, {
  onRecord(record) {
    records++;
    visit(record);
  },
});
console.log(JSON.stringify({ mode, records, units: units[0] }));
