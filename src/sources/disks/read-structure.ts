import type { ByteSource } from "../../base/byte-source.ts";
import type { DiskOpener } from "../container.ts";
import { MediumError } from "../source-problem.ts";

/** Largest table or descriptor that is read into memory; real ones are below a tenth of it. */
const MOST_STRUCTURE_BYTES = 256 * 1024 * 1024;

/** `length` bytes of a container's structure. Throws a MediumError that names it when they are not all there. */
export function readStructure(
  source: ByteSource,
  position: number,
  length: number,
  what: string,
): Uint8Array {
  if (!Number.isSafeInteger(position) || position < 0 || length < 0)
    throw new MediumError(`${what} is said to be at ${position}`);
  if (length > MOST_STRUCTURE_BYTES)
    throw new MediumError(`${what} is said to have ${length} bytes`);
  const bytes = new Uint8Array(Math.min(length, Math.max(source.size - position, 0)));
  if (bytes.length < length || source.read(position, bytes, 0, length) < length)
    throw new MediumError(`${what} at ${position} is cut off by the end of the file`);
  return bytes;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** An opener that reports a broken structure instead of throwing. */
export function guarded(open: DiskOpener): DiskOpener {
  return async (source, context) => {
    try {
      return await open(source, context);
    } catch (error) {
      if (error instanceof MediumError || error instanceof RangeError)
        return { problem: `is damaged: ${error.message}` };
      throw error;
    }
  };
}

/** Unsigned 64 bits as a number; beyond 2^53 no place of a file can be, so it need not be exact there. */
export function u64(view: DataView, at: number, littleEndian: boolean): number {
  const low = view.getUint32(littleEndian ? at : at + 4, littleEndian);
  const high = view.getUint32(littleEndian ? at + 4 : at, littleEndian);
  return high * 0x1_0000_0000 + low;
}
