const BLOCK = 4096;

/**
 * Decompresses LZNT1 ([MS-XCA] 2.5) into `target`; the rest of it is zeroed. Returns the bytes written, or undefined when the data is damaged:
 * what came before the damage is then in `target`.
 */
export function decompressLznt1(data: Uint8Array, target: Uint8Array): number | undefined {
  let at = 0;
  let out = 0;
  while (at + 2 <= data.length && out < target.length) {
    const header = data[at]! | (data[at + 1]! << 8);
    if (header === 0) break;
    at += 2;
    const end = at + (header & 0x0fff) + 1;
    if (end > data.length) return damaged(target, out);
    const blockEnd = Math.min(out + BLOCK, target.length);
    if ((header & 0x8000) === 0) {
      const count = Math.min(end - at, blockEnd - out);
      target.set(data.subarray(at, at + count), out);
      out += count;
    } else {
      const done = block(data, at, end, target, out, blockEnd);
      if (done < 0) return damaged(target, out);
      out = done;
    }
    at = end;
    // A block that gives less than 4096 bytes is filled up with zeros unless it is the last one.
    if (at + 2 <= data.length && (data[at] !== 0 || data[at + 1] !== 0) && out < blockEnd) {
      target.fill(0, out, blockEnd);
      out = blockEnd;
    }
  }
  target.fill(0, out);
  return out;
}

function damaged(target: Uint8Array, out: number): undefined {
  target.fill(0, out);
  return undefined;
}

/** One compressed block; returns where its output ends, or -1 when it refers to before its start. */
function block(
  data: Uint8Array,
  from: number,
  end: number,
  target: Uint8Array,
  start: number,
  limit: number,
): number {
  let at = from;
  let out = start;
  while (at < end && out < limit) {
    const flags = data[at++]!;
    for (let bit = 0; bit < 8 && at < end && out < limit; bit++) {
      if ((flags & (1 << bit)) === 0) {
        target[out++] = data[at++]!;
        continue;
      }
      if (at + 2 > end) return -1;
      const token = data[at]! | (data[at + 1]! << 8);
      at += 2;
      // The further into the block, the more bits the distance takes from the length.
      let lengthBits = 12;
      for (let position = out - start - 1; position >= 0x10; position >>= 1) lengthBits--;
      const distance = (token >> lengthBits) + 1;
      const length = Math.min((token & ((1 << lengthBits) - 1)) + 3, limit - out);
      if (distance > out - start) return -1;
      for (let i = 0; i < length; i++, out++) target[out] = target[out - distance]!;
    }
  }
  return out;
}
