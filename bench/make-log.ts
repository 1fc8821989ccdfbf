/**
 * Writes the large logs that the benchmarks read into bench/.cache:
 *
 *   npm run bench:logs                      all of them
 *   npm run bench:logs -- security-256m     one
 *
 * They repeat the chunks of real sample logs, with record ids renumbered and checksums recomputed; where no
 * samples are on this machine, they are forged. The same machine state gives the same bytes.
 */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { installPlatform } from "../src/base/platform.ts";
import type { ForgeEvent } from "../src/forge/forge-event.ts";
import { LogWriter } from "../src/forge/log-writer.ts";
import { haveSamples, samplePath } from "../test/support/samples.ts";
import { fileHeader, isFull, renumberChunk, soundChunks } from "./repeat-chunks.ts";

const MIB = 1024 * 1024;
const CHUNK = 65_536;
const HEADER = 4096;
const CACHE = join("bench", ".cache");

interface Recipe {
  readonly name: string;
  readonly bytes: number;
  /** Sample logs below samples/ whose chunks it repeats. */
  readonly samples: (path: string) => boolean;
  /** How many kinds of events the forged stand-in has. */
  readonly kinds: number;
}

const isSecurity = (path: string): boolean => /(?:^|[/\\])security\.evtx$/iu.test(path);

const RECIPES: readonly Recipe[] = [
  { name: "security-256m", bytes: 256 * MIB, samples: isSecurity, kinds: 12 },
  { name: "many-templates-64m", bytes: 64 * MIB, samples: (path) => !isSecurity(path), kinds: 900 },
  { name: "security-1g", bytes: 1024 * MIB, samples: isSecurity, kinds: 12 },
];

function main(names: readonly string[]): void {
  installPlatform({ crc32: (bytes, start, end, seed) => crc32(bytes.subarray(start, end), seed) });
  mkdirSync(CACHE, { recursive: true });
  const unknown = names.filter((name) => !RECIPES.some((recipe) => recipe.name === name));
  if (unknown.length > 0)
    throw new Error(
      `no recipe for ${unknown.join(", ")}; known: ${RECIPES.map(({ name }) => name).join(", ")}`,
    );
  for (const recipe of RECIPES) {
    if (names.length > 0 && !names.includes(recipe.name)) continue;
    const path = join(CACHE, `${recipe.name}.evtx`);
    const file = openSync(path, "w");
    try {
      const chunks = haveSamples ? sampleChunks(recipe) : [];
      const records = chunks.length > 0 ? repeat(file, recipe, chunks) : forge(file, recipe);
      const source = chunks.length > 0 ? `${chunks.length} sample chunks repeated` : "forged";
      console.log(`${path}: ${records} records, ${source}`);
    } finally {
      closeSync(file);
    }
  }
}

function sampleChunks(recipe: Recipe): Uint8Array[] {
  const root = samplePath("samples");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".evtx") && recipe.samples(path))
    .sort()
    .flatMap((path) => soundChunks(readFileSync(join(root, path))))
    .filter(isFull);
}

function repeat(file: number, recipe: Recipe, chunks: readonly Uint8Array[]): number {
  const count = Math.floor((recipe.bytes - HEADER) / CHUNK);
  let nextId = 1;
  for (let slot = 0; slot < count; slot++) {
    const chunk = chunks[slot % chunks.length]!;
    nextId += renumberChunk(chunk, nextId);
    writeSync(file, chunk, 0, CHUNK, HEADER + slot * CHUNK);
  }
  writeSync(file, fileHeader(count, nextId), 0, HEADER, 0);
  return nextId - 1;
}

function forge(file: number, recipe: Recipe): number {
  let at = HEADER;
  const writer = new LogWriter((chunk) => {
    writeSync(file, chunk, 0, CHUNK, at);
    at += CHUNK;
  });
  for (let i = 0; at + CHUNK <= recipe.bytes; i++) writer.add(forgedEvent(i, recipe.kinds));
  writeSync(file, writer.finish(), 0, HEADER, 0);
  return Number(writer.records);
}

const START = 134_169_120_000_000_000n;
const TICKS_PER_SECOND = 10_000_000n;

function forgedEvent(index: number, kinds: number): ForgeEvent {
  const kind = index % kinds;
  return {
    time: START + BigInt(index) * TICKS_PER_SECOND,
    computer: "HOST-A.corp.example",
    channel: "Security",
    provider: "Microsoft-Windows-Security-Auditing",
    providerGuid: "54849625-5478-4994-a5ba-3e3b0328c30d",
    id: 4600 + kind,
    pid: 640,
    tid: 800 + (index % 97),
    keywords: 0x8020_0000_0000_0000n,
    payload: {
      kind: "data",
      fields: [
        ["SubjectUserSid", `S-1-5-21-1004336348-1177238915-682003330-${1100 + (index % 400)}`],
        ["SubjectUserName", `user.${index % 400}`],
        ["SubjectLogonId", BigInt(0x10000 + index)],
        ["LogonType", [2, 3, 5, 10][index % 4]!],
        ["IpAddress", `10.${kind % 8}.${index % 250}.${(index >> 8) % 250}`],
        ...Array.from(
          { length: kind % 12 },
          (_, field) => [`Field${kind}_${field}`, `value ${index % 1000}`] as const,
        ),
      ],
    },
  };
}

main(process.argv.slice(2));
