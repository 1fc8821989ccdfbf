import type { ByteSource } from "../../base/byte-source.ts";
import type { DiskOpener } from "../container.ts";
import { JoinedSource } from "./joined-source.ts";

const MOST_PIECES = 1000;

/** A raw image in pieces: `.001`, `.002` … (or from `.000`), each beside the first. */
export const openSplitRaw: DiskOpener = (source, { name, sibling }) => {
  const match = /^(.*\.)(00[01])$/s.exec(name);
  if (match === null) return { problem: `${name} is not the first piece of a split image` };
  const pieces: ByteSource[] = [source];
  for (let number = Number(match[2]) + 1; pieces.length < MOST_PIECES; number++) {
    const piece = sibling(`${match[1]}${String(number).padStart(3, "0")}`);
    if (piece === undefined) break;
    pieces.push(piece);
  }
  return { disk: new JoinedSource(pieces), facts: { pieces: String(pieces.length) } };
};
