/**
 * Unwinds the reading of one record. Never leaves src/evtx: the record loop turns it into an `Issue`
 * and goes on with the next record.
 */
export class BinXmlError extends Error {
  readonly code: string;
  readonly chunkOffset: number;

  constructor(code: string, chunkOffset: number, message: string) {
    super(message);
    this.name = "BinXmlError";
    this.code = code;
    this.chunkOffset = chunkOffset;
  }
}
