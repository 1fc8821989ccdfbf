/**
 * Unwinds the reading of one record. Never leaves src/evtx: the record loop turns it into an `Issue`
 * and goes on with the next record. No `Error`: old bytes hold thousands that break, and a stack
 * trace costs more than reading a record.
 */
export class BinXmlError {
  readonly code: string;
  readonly chunkOffset: number;
  readonly message: string;

  constructor(code: string, chunkOffset: number, message: string) {
    this.code = code;
    this.chunkOffset = chunkOffset;
    this.message = message;
  }
}
