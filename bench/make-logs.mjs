// Makes the large logs that the benchmarks read, in bench/.cache: real chunks of the sample logs repeated, with
// record ids renumbered and checksums recomputed, so that every reader accepts them.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { crc32Table } from "../dist/base/crc32.js";

const samples = join(process.env.KONSEKI_SAMPLES ?? "../shared", "samples");
const cache = new URL("./.cache/", import.meta.url).pathname;
const CHUNK = 65_536;

/** The logs: name, size in MiB, and which chunks they repeat. */
export const LOGS = [
  { name: "security-256.evtx", mib: 256, keep: (text) => text.includes("Security-Auditing") },
  { name: "templates-64.evtx", mib: 64, keep: () => true },
  { name: "security-1024.evtx", mib: 1024, keep: (text) => text.includes("Security-Auditing") },
];

export function logPath(name) {
  return join(cache, name);
}

/** Makes what is not there yet; returns false when there are no sample logs to make it of. */
export function makeLogs() {
  if (!existsSync(samples)) return false;
  mkdirSync(cache, { recursive: true });
  const missing = LOGS.filter(({ name }) => !existsSync(logPath(name)));
  if (missing.length === 0) return true;
  const chunks = [...wholeChunks(samples)];
  for (const { name, mib, keep } of missing) {
    const chosen = chunks.filter(({ text }) => keep(text)).map(({ bytes }) => bytes);
    writeLog(logPath(name), chosen, mib);
  }
  return true;
}

/** Full, undamaged chunks of all sample logs. */
function* wholeChunks(folder) {
  for (const file of readdirSync(folder, { recursive: true }).sort()) {
    const path = join(folder, file);
    if (!file.endsWith(".evtx") || !statSync(path).isFile()) continue;
    const log = readFileSync(path);
    for (let at = 4096; at + CHUNK <= log.length; at += CHUNK) {
      const bytes = log.subarray(at, at + CHUNK);
      const free = bytes.readUInt32LE(48);
      if (bytes.toString("latin1", 0, 8) !== "ElfChnk\0" || free < 40_000 || free > CHUNK) continue;
      if (crc32Table(bytes, 512, free, 0) !== bytes.readUInt32LE(52)) continue;
      // Names lie at even and at odd offsets.
      yield { bytes, text: bytes.toString("utf16le") + bytes.subarray(1).toString("utf16le") };
    }
  }
}

function writeLog(path, chunks, mib) {
  const count = mib * 16;
  const fd = openSync(path, "w");
  writeSync(fd, Buffer.alloc(4096));
  let id = 1n;
  for (let i = 0; i < count; i++) {
    const chunk = Buffer.from(chunks[i % chunks.length]);
    id = renumber(chunk, id);
    writeSync(fd, chunk);
  }
  const header = Buffer.alloc(4096);
  header.write("ElfFile\0", 0, "latin1");
  header.writeBigUInt64LE(BigInt(count - 1), 16);
  header.writeBigUInt64LE(id, 24);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(4096, 40);
  header.writeUInt16LE(Math.min(count, 65_535), 42);
  header.writeUInt32LE(crc32Table(header, 0, 120, 0), 124);
  writeSync(fd, header, 0, 4096, 0);
  closeSync(fd);
}

/** Gives the records of a chunk the ids from `id` on; returns the next one. */
function renumber(chunk, id) {
  const first = id;
  const free = chunk.readUInt32LE(48);
  for (
    let at = 512;
    at + 28 <= free && chunk.readUInt32LE(at) === 0x2a2a;
    at += chunk.readUInt32LE(at + 4)
  ) {
    chunk.writeBigUInt64LE(id++, at + 8);
  }
  for (const [at, value] of [
    [8, first],
    [16, id - 1n],
    [24, first],
    [32, id - 1n],
  ])
    chunk.writeBigUInt64LE(value, at);
  chunk.writeUInt32LE(crc32Table(chunk, 512, free, 0), 52);
  chunk.writeUInt32LE(crc32Table(chunk, 128, 512, crc32Table(chunk, 0, 120, 0)), 124);
  return id;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  console.log(makeLogs() ? `logs are in ${cache}` : "no sample logs: set KONSEKI_SAMPLES");
}
