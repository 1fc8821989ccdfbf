import { crc32Table } from "../../src/base/crc32.ts";

const HEADER = 4096;
const CHUNK = 65_536;

/** A record of a log in memory. */
export interface Place {
  readonly at: number;
  readonly size: number;
  readonly id: bigint;
  readonly chunk: number;
}

/** All records by walking the chunks. */
export function placesOf(bytes: Uint8Array): Place[] {
  const view = viewOf(bytes);
  const places: Place[] = [];
  for (let chunk = HEADER; chunk + CHUNK <= bytes.length; chunk += CHUNK) {
    const free = chunk + view.getUint32(chunk + 48, true);
    for (let at = chunk + 512; at + 28 <= free; ) {
      const size = view.getUint32(at + 4, true);
      places.push({ at, size, id: view.getBigUint64(at + 8, true), chunk });
      at += size;
    }
  }
  return places;
}

/** Hides record `id` in the one before it and numbers all that follow one down, as eventlogedit does; checksums fit. */
export function unlinkRecord(original: Uint8Array, id: bigint): Uint8Array {
  const bytes = original.slice();
  const view = viewOf(bytes);
  const places = placesOf(bytes);
  const victim = places.findIndex((place) => place.id === id);
  const host = places[victim - 1];
  const hidden = places[victim];
  if (host === undefined || hidden === undefined || host.chunk !== hidden.chunk)
    throw new Error(`record ${id} has none before it in its chunk`);
  const size = host.size + hidden.size;
  view.setUint32(host.at + 4, size, true);
  view.setUint32(host.at + size - 4, size, true);
  for (const place of places.slice(victim + 1)) {
    view.setBigUint64(place.at + 8, place.id - 1n, true);
    const inXml = findId(view, place);
    if (inXml !== undefined) view.setBigUint64(inXml, place.id - 1n, true);
  }
  for (const chunk of new Set(places.slice(victim).map((place) => place.chunk))) {
    // First number and id go down in later chunks, last ones in all.
    for (const field of chunk === hidden.chunk ? [16, 32] : [8, 16, 24, 32])
      view.setBigUint64(chunk + field, view.getBigUint64(chunk + field, true) - 1n, true);
    const last = placesOf(bytes)
      .filter((place) => place.chunk === chunk)
      .at(-1)!;
    view.setUint32(chunk + 44, last.at - chunk, true);
  }
  view.setBigUint64(24, view.getBigUint64(24, true) - 1n, true);
  return withChecksums(bytes);
}

/** Numbers record `id` and all behind it in its chunk anew, by `step` higher or lower; checksums fit. */
export function renumberFrom(original: Uint8Array, id: bigint, step: bigint): Uint8Array {
  const bytes = original.slice();
  const view = viewOf(bytes);
  const from = placesOf(bytes).find((place) => place.id === id);
  if (from === undefined) throw new Error(`no record ${id}`);
  for (const place of placesOf(bytes)) {
    if (place.chunk !== from.chunk || place.at < from.at) continue;
    const inXml = findId(view, place);
    if (inXml !== undefined) view.setBigUint64(inXml, place.id + step, true);
    view.setBigUint64(place.at + 8, place.id + step, true);
  }
  return withChecksums(bytes);
}

/** Sets what the file header says comes next, and how many chunks there are. */
export function setCounters(
  original: Uint8Array,
  nextRecordId: bigint,
  chunks: number,
): Uint8Array {
  const bytes = original.slice();
  const view = viewOf(bytes);
  view.setBigUint64(24, nextRecordId, true);
  view.setUint16(42, chunks, true);
  return withChecksums(bytes);
}

/** The first chunk ends before its record number `keep`, 0 = first; those behind it become slack. Checksums fit. */
export function endChunkBefore(original: Uint8Array, keep: number): Uint8Array {
  const bytes = original.slice();
  const view = viewOf(bytes);
  const places = placesOf(bytes).filter(({ chunk }) => chunk === HEADER);
  const first = places[keep]!;
  const last = places[keep - 1]!;
  view.setUint32(HEADER + 48, first.at - HEADER, true);
  view.setUint32(HEADER + 44, last.at - HEADER, true);
  view.setBigUint64(HEADER + 16, view.getBigUint64(HEADER + 8, true) + BigInt(keep - 1), true);
  view.setBigUint64(HEADER + 32, last.id, true);
  return withChecksums(bytes);
}

/** The same log with every checksum computed anew. */
export function withChecksums(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  for (let chunk = HEADER; chunk + CHUNK <= bytes.length; chunk += CHUNK) {
    const free = view.getUint32(chunk + 48, true);
    view.setUint32(chunk + 52, crc32Table(bytes, chunk + 512, chunk + free, 0), true);
    const head = crc32Table(bytes, chunk, chunk + 120, 0);
    view.setUint32(chunk + 124, crc32Table(bytes, chunk + 128, chunk + 512, head), true);
  }
  view.setUint32(124, crc32Table(bytes, 0, 120, 0), true);
  return bytes;
}

function findId(view: DataView, { at, size, id }: Place): number | undefined {
  for (let place = at + 24; place + 8 <= at + size; place++)
    if (view.getBigUint64(place, true) === id) return place;
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
