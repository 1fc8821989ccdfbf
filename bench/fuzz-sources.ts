/**
 * Broken containers, volumes and hives through their readers:
 *
 *   npm run fuzz:sources                200 of each kind
 *   npm run fuzz:sources -- 5000 7      5,000 of each, beginning with seed 7
 *   npm run fuzz:sources -- 1 7 NTFS    the one of a seed, as a crash names it
 *
 * Each is cut, flipped, zeroed, or given numbers that lie; half of them get sound checksums again, so that what lies behind is
 * reached. Prints for each kind how many were read otherwise than the intact one, the longest time that one took (CPU) and the peak of memory; ends with 1
 * when a reader crashed, read outside the image, took over 5 seconds, or memory passed 1 GiB.
 */
import { installNodePlatform } from "../src/node/platform.ts";
import { broken, fuzzTargets } from "../test/support/fuzz-sources.ts";

const MIB = 1024 * 1024;
const MOST_MS = 5000;
const MOST_BYTES = 1024 * MIB;

installNodePlatform();
const rounds = Number(process.argv[2] ?? 200);
const firstSeed = Number(process.argv[3] ?? 0);
const only = process.argv[4];
let bad = 0;
let all = 0;
for (const target of await fuzzTargets()) {
  if (only !== undefined && target.name !== only) continue;
  const intact = (await target.read(target.bytes)).join();
  let noticed = 0;
  let longest = 0;
  let longestSeed = firstSeed;
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    const bytes = broken(target, seed);
    const start = process.cpuUsage();
    try {
      const said = await target.read(bytes);
      if (said.includes("")) throw new Error("a problem without a word");
      if (said.join() !== intact) noticed++;
    } catch (error) {
      bad++;
      console.log(`${target.name}, seed ${seed}: ${(error as Error).stack}`);
    }
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    if (ms > MOST_MS) bad++;
    if (ms > longest) {
      longest = ms;
      longestSeed = seed;
    }
    all++;
  }
  console.log(
    `${target.name}: ${rounds}, ${noticed} read otherwise than intact, longest ${Math.round(longest)} ms (seed ${longestSeed})`,
  );
}
const peak = process.resourceUsage().maxRSS * 1024;
if (peak > MOST_BYTES) bad++;
console.log(
  `\n${all} broken sources (seeds ${firstSeed} to ${firstSeed + rounds - 1}): ${bad} crashes, reads outside, or over a limit; peak ${Math.round(peak / MIB)} MiB`,
);
process.exitCode = bad === 0 ? 0 : 1;
