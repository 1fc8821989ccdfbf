/**
 * Every container form of one freshly made NTFS volume, each read and held against icat:
 *
 *   npm run forms                 in a temporary folder, removed at the end
 *   npm run forms -- OUT          keeps them in OUT, for other programs
 *
 * The volume is written by ntfs-3g where it can be mounted (root and FUSE: fixtures/evidence/make-ntfs.py), with fragmented,
 * compressed, resident, deleted and alternate-stream logs; else it is the checked-in one, to which ntfscp adds one more log. Ends with 1
 * when a form that could be made gives other logs.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { installNodePlatform } from "../src/node/platform.ts";
import {
  CONTAINER_FORMS,
  have,
  logsByIcat,
  logsByKonseki,
  makeDisks,
} from "../test/support/container-forms.ts";

installNodePlatform();
const kept = process.argv[2];
const folder = kept ?? mkdtempSync(join(tmpdir(), "konseki-forms-"));
mkdirSync(folder, { recursive: true });
const fresh = spawnSync("python3", ["fixtures/evidence/make-ntfs.py", folder]).status === 0;
const packed = join(fresh ? folder : "fixtures/evidence", "ntfs.dd.gz");
const volume = join(folder, "volume.dd");
writeFileSync(volume, gunzipSync(readFileSync(packed)));
if (have("ntfscp"))
  spawnSync("ntfscp", ["-q", volume, "fixtures/clean/SRV-02/Security.evtx", "copied.evtx"]);
const disks = makeDisks(folder, volume);
const expected = logsByIcat(volume);
console.log(
  `a volume ${fresh ? "made anew" : "from the fixtures"}, ${expected.length} logs by icat\n`,
);
let wrong = 0;
for (const { name, needs, make } of CONTAINER_FORMS) {
  const absent = needs.filter((program) => !have(program));
  if (absent.length > 0) {
    console.log(`${name}: not made, ${absent.join(", ")} not installed`);
    continue;
  }
  const own = join(folder, name.replaceAll(/[^A-Za-z0-9.]+/g, "-"));
  mkdirSync(own, { recursive: true });
  const logs = await logsByKonseki(make(own, disks)).catch((error: Error) => [error.message]);
  const equal = logs.join() === expected.join();
  if (!equal) wrong++;
  console.log(`${name}: ${equal ? `${logs.length} logs, all equal` : `DIFFERS: ${logs[0]}`}`);
}
console.log(`\n${wrong} forms differ`);
if (kept === undefined) rmSync(folder, { recursive: true });
process.exitCode = wrong === 0 ? 0 : 1;
