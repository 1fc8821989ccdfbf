/**
 * Mutated chunks through live reading, recovery and rendering:
 *
 *   npm run fuzz                100,000 of them
 *   npm run fuzz -- 5000 7      5,000, beginning with seed 7
 *
 * Beside each lies an untouched chunk, whose records must all be read. Prints how many chunks were read, the longest time
 * that one took (CPU: a busy machine is no hang) and the peak of memory; ends with 1 when a chunk crashed, cost the other a
 * record, took over a second or memory passed 256 MiB.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MemorySource } from "../src/base/byte-source.ts";
import { ByteWriter } from "../src/base/byte-writer.ts";
import { SharedCaches } from "../src/evtx/log-scan.ts";
import { scanAndRecover } from "../src/evtx/recover/scan-and-recover.ts";
import { forgeLog } from "../src/forge/forge-log.ts";
import { installNodePlatform } from "../src/node/platform.ts";
import { SAMPLE_TIME, sampleEvent } from "../test/support/forge-sample.ts";
import { Dice, mutateChunk } from "../test/support/mutate-chunk.ts";
import { haveSamples, samplePath } from "../test/support/samples.ts";

const HEADER = 4096;
const CHUNK = 65_536;
const MIB = 1024 * 1024;
const MOST_MS = 1000;
const MOST_BYTES = 256 * MIB;
const MOST_SEEDS = 400;

installNodePlatform();
const rounds = Number(process.argv[2] ?? 100_000);
const firstSeed = Number(process.argv[3] ?? 0);

function chunksOf(log: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = HEADER; at + CHUNK <= log.length; at += CHUNK)
    if (log[at] === 0x45 && log[at + 1] === 0x6c) chunks.push(log.slice(at, at + CHUNK));
  return chunks;
}

function seeds(): Uint8Array[] {
  const forged = chunksOf(
    forgeLog(Array.from({ length: 200 }, (_, i) => sampleEvent({ time: SAMPLE_TIME + BigInt(i) }))),
  );
  if (!haveSamples) return forged;
  const folder = samplePath("samples");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".evtx"))
    .sort();
  const real = files.flatMap((name) =>
    chunksOf(Uint8Array.from(readFileSync(join(folder, name)))).slice(0, 2),
  );
  const step = Math.max(1, Math.floor(real.length / MOST_SEEDS));
  return [...forged, ...real.filter((_, i) => i % step === 0)];
}

const chunks = seeds();
const sound = chunks[0]!;
const bytes = new Uint8Array(HEADER + 2 * CHUNK);
bytes.set([0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00]);
bytes.set(sound, HEADER + CHUNK);
const source = new MemorySource(bytes);
const shared = new SharedCaches();
const out = new ByteWriter();

/** Reads the log; returns how many records of the second chunk were live, and their bytes. */
function read(): { beside: string; live: number; recovered: number } {
  let count = 0;
  let size = 0;
  let live = 0;
  let recovered = 0;
  scanAndRecover(
    source,
    "fuzz.evtx",
    {
      onRecord(record) {
        if (record.chunk === 1) {
          count++;
          size += record.size;
          return;
        }
        live++;
        out.clear();
        record.writeJson(out);
        record.forEachField(() => {});
      },
      onRecovered(record) {
        recovered++;
        out.clear();
        record.writeJson(out);
        record.toXml();
      },
    },
    { shared },
  );
  return { beside: `${count} records, ${size} bytes`, live, recovered };
}

const { beside: expected } = read();
let crashes = 0;
let lost = 0;
let slow = 0;
let longest = 0;
let longestSeed = 0;
let peak = 0;
let live = 0;
let recovered = 0;
for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
  const dice = new Dice(seed);
  bytes.set(mutateChunk(dice.pick(chunks), chunks, dice), HEADER);
  const before = process.cpuUsage();
  try {
    const result = read();
    live += result.live;
    recovered += result.recovered;
    if (result.beside !== expected) {
      lost++;
      console.log(`seed ${seed}: beside it ${result.beside}, expected ${expected}`);
    }
  } catch (error) {
    crashes++;
    console.log(`seed ${seed}: ${error instanceof Error ? error.stack : error}`);
  }
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms > MOST_MS) slow++;
  if (ms > longest) {
    longest = ms;
    longestSeed = seed;
  }
  if (seed % 100 === 0) peak = Math.max(peak, process.memoryUsage.rss());
}
console.log(
  `${rounds} mutated chunks (seeds ${firstSeed} to ${firstSeed + rounds - 1}, of ${chunks.length} sound ones): ` +
    `${live} live records and ${recovered} brought back; ${crashes} crashes, ${lost} with a record lost beside, ` +
    `${slow} over ${MOST_MS} ms; longest ${longest.toFixed(0)} ms (seed ${longestSeed}), peak ${(peak / MIB).toFixed(0)} MiB`,
);
process.exitCode = crashes + lost + slow > 0 || peak > MOST_BYTES ? 1 : 0;
