import type { ByteSource } from "../../base/byte-source.ts";
import type { DiskOpener } from "../container.ts";
import { MediumError } from "../source-problem.ts";
import { JoinedSource } from "./joined-source.ts";

const MOST_PIECES = 1000;
/** Pieces in a row that may be missing before those behind them are looked for no more. */
const MOST_MISSING = 50;

/**
 * A raw image in pieces: `.001`, `.002` … (or from `.000`), each beside the first. All but the last are of one size: a piece that is
 * missing or cut off leaves a hole, so that those behind it stay in their places.
 */
export const openSplitRaw: DiskOpener = (source, { name, sibling, onIssue }) => {
  const match = /^(.*\.)(00[01])$/s.exec(name);
  if (match === null) return { problem: `${name} is not the first piece of a split image` };
  const nameOf = (number: number): string => `${match[1]}${String(number).padStart(3, "0")}`;
  const damage = (message: string): void =>
    onIssue({ code: "image-damaged", severity: "warning", message, source: name });
  const first = Number(match[2]);
  const found = new Map<number, ByteSource>([[first, source]]);
  let last = first;
  for (let number = first + 1; number - last <= MOST_MISSING + 1; number++) {
    const piece = found.size < MOST_PIECES ? sibling(nameOf(number)) : undefined;
    if (piece === undefined) continue;
    found.set(number, piece);
    last = number;
  }
  const pieces: ByteSource[] = [];
  for (let number = first; number <= last; number++) {
    const piece = found.get(number);
    if (piece !== undefined) pieces.push(piece);
    const missing = number === last ? 0 : source.size - (piece?.size ?? 0);
    if (missing === 0) continue;
    const what = piece === undefined ? "is missing" : "is cut off";
    damage(`${nameOf(number)} ${what}: ${missing} bytes of the disk cannot be read`);
    if (missing > 0) pieces.push(new Hole(missing, `${nameOf(number)}, which ${what}`));
  }
  return { disk: new JoinedSource(pieces), facts: { pieces: String(found.size) } };
};

/** Bytes that are known to be somewhere else. */
class Hole implements ByteSource {
  readonly size: number;
  readonly #where: string;

  constructor(size: number, where: string) {
    this.size = size;
    this.#where = where;
  }

  read(): number {
    throw new MediumError(`it lies in ${this.#where}`);
  }
}
