/** Offsets, sizes and types of the values of one template instance; reused from record to record. */
export class ValueTable {
  count = 0;
  offsets = new Int32Array(32);
  sizes = new Int32Array(32);
  types = new Int32Array(32);

  reserve(count: number): void {
    if (count <= this.offsets.length) return;
    const size = Math.max(count, 2 * this.offsets.length);
    const grow = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(size);
      next.set(old);
      return next;
    };
    this.offsets = grow(this.offsets);
    this.sizes = grow(this.sizes);
    this.types = grow(this.types);
  }

  push(offset: number, size: number, type: number): void {
    this.reserve(this.count + 1);
    this.offsets[this.count] = offset;
    this.sizes[this.count] = size;
    this.types[this.count] = type;
    this.count++;
  }
}
