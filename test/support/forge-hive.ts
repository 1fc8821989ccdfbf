import { marvin32 } from "../../src/sources/registry/marvin32.ts";

/** Writes a registry hive, so that its reading can be tested without one of Windows. */

export interface ForgedKey {
  readonly values?: Readonly<Record<string, string | number | readonly string[] | Uint8Array>>;
  readonly keys?: Readonly<Record<string, ForgedKey>>;
}

const BINS = 4096;
const NONE = 0xffffffff;

export function forgeHive(root: ForgedKey, clean = true): Uint8Array {
  const cells: Uint8Array[] = [];
  // The first bin begins with a header of 32 bytes.
  let next = 32;
  const cell = (content: Uint8Array): number => {
    const at = next;
    const size = Math.ceil((content.length + 4) / 8) * 8;
    const bytes = new Uint8Array(size);
    new DataView(bytes.buffer).setInt32(0, -size, true);
    bytes.set(content, 4);
    cells.push(bytes);
    next += size;
    return at;
  };
  // The root never moves, however much the hive grows.
  const rootAt = cell(new Uint8Array(76 + "ROOT".length));
  writeKey("ROOT", root, cell);
  cells[0] = cells.at(-1)!.slice();
  const size = Math.ceil(next / 4096) * 4096;
  const hive = new Uint8Array(BINS + size);
  const view = new DataView(hive.buffer);
  hive.set(latin("regf"), 0);
  view.setUint32(4, 7, true);
  view.setUint32(8, clean ? 7 : 6, true);
  view.setUint32(20, 1, true);
  view.setUint32(24, 5, true);
  view.setUint32(32, 1, true);
  view.setUint32(36, rootAt, true);
  view.setUint32(40, size, true);
  hive.set(latin("hbin"), BINS);
  view.setUint32(BINS + 8, size, true);
  let at = BINS + 32;
  for (const bytes of cells) {
    hive.set(bytes, at);
    at += bytes.length;
  }
  if (at < hive.length) view.setInt32(at, hive.length - at, true);
  let sum = 0;
  for (let i = 0; i < 508; i += 4) sum ^= view.getUint32(i, true);
  view.setUint32(508, sum, true);
  return hive;
}

type Cell = (content: Uint8Array) => number;

function writeKey(name: string, { values = {}, keys = {} }: ForgedKey, cell: Cell): number {
  const children = Object.entries(keys).map(([child, key]) => writeKey(child, key, cell));
  const list = new Uint8Array(4 + children.length * 8);
  const listView = new DataView(list.buffer);
  list.set(latin("lh"), 0);
  listView.setUint16(2, children.length, true);
  children.forEach((child, i) => {
    listView.setUint32(4 + i * 8, child, true);
  });
  const named = Object.entries(values).map(([value, data]) => writeValue(value, data, cell));
  const valueList = new Uint8Array(named.length * 4);
  named.forEach((value, i) => {
    new DataView(valueList.buffer).setUint32(i * 4, value, true);
  });
  const node = new Uint8Array(76 + name.length);
  const view = new DataView(node.buffer);
  node.set(latin("nk"), 0);
  view.setUint16(2, name === "ROOT" ? 0x2c : 0x20, true);
  view.setUint32(20, children.length, true);
  view.setUint32(28, children.length === 0 ? NONE : cell(list), true);
  view.setUint32(32, NONE, true);
  view.setUint32(36, named.length, true);
  view.setUint32(40, named.length === 0 ? NONE : cell(valueList), true);
  view.setUint32(44, NONE, true);
  view.setUint32(48, NONE, true);
  view.setUint16(72, name.length, true);
  node.set(latin(name), 76);
  return cell(node);
}

function writeValue(
  name: string,
  data: string | number | readonly string[] | Uint8Array,
  cell: Cell,
): number {
  const [type, bytes]: [number, Uint8Array] =
    typeof data === "string"
      ? [1, utf16(`${data}\0`)]
      : typeof data === "number"
        ? [4, new Uint8Array(new Uint32Array([data]).buffer)]
        : data instanceof Uint8Array
          ? [3, data]
          : [7, utf16(`${data.join("\0")}\0\0`)];
  const value = new Uint8Array(20 + name.length);
  const view = new DataView(value.buffer);
  value.set(latin("vk"), 0);
  view.setUint16(2, name.length, true);
  if (bytes.length <= 4) {
    view.setUint32(4, bytes.length + 0x80000000, true);
    value.set(bytes, 8);
  } else {
    view.setUint32(4, bytes.length, true);
    view.setUint32(8, bytes.length > 16_344 ? writeLarge(bytes, cell) : cell(bytes), true);
  }
  view.setUint32(12, type, true);
  view.setUint16(16, 1, true);
  value.set(latin(name), 20);
  return cell(value);
}

function writeLarge(bytes: Uint8Array, cell: Cell): number {
  const segments: number[] = [];
  for (let at = 0; at < bytes.length; at += 16_344)
    segments.push(cell(bytes.subarray(at, at + 16_344)));
  const list = cell(new Uint8Array(new Uint32Array(segments).buffer));
  const head = new Uint8Array(8);
  head.set(latin("db"), 0);
  new DataView(head.buffer).setUint16(2, segments.length, true);
  new DataView(head.buffer).setUint32(4, list, true);
  return cell(head);
}

function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
}

/** The hives of an invented host, as its registry would have them. */
export function forgeHostHives(): Record<"SYSTEM" | "SOFTWARE" | "SECURITY", Uint8Array> {
  const shutdown = new Uint8Array(8);
  // 2026-03-02T08:00:00Z
  new DataView(shutdown.buffer).setBigUint64(0, 134_169_120_000_000_000n, true);
  const counts = [5, 11, 14, 3, 6, 6, 6, 4, 4];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const policy = new Uint8Array(12 + total * 2 + 2 + counts.length * 2);
  const view = new DataView(policy.buffer);
  view.setUint16(0, 0x100, true);
  view.setUint32(4, counts.length, true);
  view.setUint32(8, 12 + total * 2 + 2, true);
  view.setUint16(12 + 5 * 2, 3, true);
  view.setUint16(12 + (5 + 11 + 14 + 3) * 2, 1, true);
  counts.forEach((count, i) => {
    view.setUint16(12 + total * 2 + 2 + i * 2, count, true);
  });
  const system: ForgedKey = {
    keys: {
      Select: { values: { Current: 2 } },
      ControlSet002: {
        keys: {
          Control: {
            keys: {
              ComputerName: { keys: { ComputerName: { values: { ComputerName: "HOST-A" } } } },
              TimeZoneInformation: {
                values: { TimeZoneKeyName: "Tokyo Standard Time", ActiveTimeBias: 0xfffffde4 },
              },
              Windows: { values: { ShutdownTime: shutdown } },
              "Session Manager": {
                keys: {
                  "Memory Management": {
                    keys: { PrefetchParameters: { values: { BootId: 42 } } },
                  },
                },
              },
            },
          },
          Services: {
            keys: {
              EventLog: {
                keys: {
                  Security: { values: { MaxSize: 20_971_520, Retention: 0 } },
                  System: {
                    values: { MaxSize: 1_048_576, Retention: 0xffffffff, AutoBackupLogFiles: 1 },
                  },
                },
              },
              Tcpip: {
                keys: {
                  Parameters: {
                    values: { Hostname: "HOST-A", Domain: "corp.example" },
                    keys: {
                      Interfaces: {
                        keys: {
                          "{1}": { values: { DhcpIPAddress: "10.1.0.11" } },
                          "{2}": { values: { IPAddress: ["192.0.2.7", "0.0.0.0"] } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
  const channel = (enabled: number): ForgedKey => ({
    values: { Enabled: enabled, MaxSize: 67_108_864, Retention: 0 },
  });
  const software: ForgedKey = {
    keys: {
      Microsoft: {
        keys: {
          "Windows NT": {
            keys: {
              CurrentVersion: {
                values: {
                  ProductName: "Windows 10 Pro",
                  DisplayVersion: "23H2",
                  CurrentBuild: "22631",
                  UBR: 3007,
                  InstallDate: 1_700_000_000,
                },
              },
            },
          },
          Windows: {
            keys: {
              CurrentVersion: {
                keys: {
                  WINEVT: {
                    keys: {
                      Channels: {
                        keys: {
                          "Microsoft-Windows-Sysmon/Operational": channel(1),
                          "Microsoft-Windows-TaskScheduler/Operational": channel(0),
                          "Vendor-Other/Debug": channel(1),
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
  return {
    SYSTEM: forgeHive(system),
    SOFTWARE: forgeHive(software, false),
    SECURITY: forgeHive({
      keys: { Policy: { keys: { PolAdtEv: { values: { "": policy } } } } },
    }),
  };
}

const PAGE = 512;

/** The 512-byte pages in which two states of a hive differ, from the first bin on, by offset. */
function changedPages(before: Uint8Array, after: Uint8Array): [offset: number, Uint8Array][] {
  const pages: [number, Uint8Array][] = [];
  for (let at = BINS; at < after.length; at += PAGE) {
    const page = after.subarray(at, at + PAGE);
    if (Buffer.compare(page, before.subarray(at, at + PAGE)) !== 0) pages.push([at - BINS, page]);
  }
  return pages;
}

/** The base block of a hive with numbers of its own, as hives in use and transaction logs have it. */
export function withBaseBlock(
  hive: Uint8Array,
  fields: { primary: number; secondary: number; fileType?: number },
): Uint8Array {
  const bytes = hive.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(4, fields.primary, true);
  view.setUint32(8, fields.secondary, true);
  view.setUint32(28, fields.fileType ?? 0, true);
  let sum = 0;
  for (let i = 0; i < 508; i += 4) sum ^= view.getUint32(i, true);
  view.setUint32(508, sum, true);
  return bytes;
}

/** A transaction log of Windows 8.1 and later: one entry from each state of the hive to the next. */
export function forgeHiveLog(states: readonly Uint8Array[], firstSequence: number): Uint8Array {
  const seed = [0x884d_ef82, 0xc555_4e7a] as const;
  const last = states.at(-1)!;
  const pieces = [
    withBaseBlock(last, {
      primary: firstSequence,
      secondary: firstSequence,
      fileType: 6,
    }).subarray(0, PAGE),
  ];
  for (let i = 1; i < states.length; i++) {
    const pages = changedPages(states[i - 1]!, states[i]!);
    const used = 40 + pages.length * (8 + PAGE);
    const entry = new Uint8Array(Math.ceil(used / PAGE) * PAGE);
    const view = new DataView(entry.buffer);
    entry.set(latin("HvLE"));
    view.setUint32(4, entry.length, true);
    view.setUint32(12, firstSequence + i - 1, true);
    view.setUint32(16, states[i]!.length - BINS, true);
    view.setUint32(20, pages.length, true);
    pages.forEach(([offset, page], index) => {
      view.setUint32(40 + index * 8, offset, true);
      view.setUint32(44 + index * 8, PAGE, true);
      entry.set(page, 40 + pages.length * 8 + index * PAGE);
    });
    const hash = (at: number, from: number, to: number): void => {
      const [low, high] = marvin32(entry, from, to, seed);
      view.setUint32(at, low, true);
      view.setUint32(at + 4, high, true);
    };
    hash(24, 40, entry.length);
    hash(32, 0, 32);
    pieces.push(entry);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** A transaction log of the older form: a bitmap of the changed pages, then the pages. */
export function forgeOldHiveLog(before: Uint8Array, after: Uint8Array): Uint8Array {
  const pages = changedPages(before, after);
  const bitmap = (after.length - BINS) / PAGE / 8;
  const vector = new Uint8Array(Math.ceil((4 + bitmap) / PAGE) * PAGE);
  vector.set(latin("DIRT"));
  for (const [offset] of pages) {
    const page = offset / PAGE;
    vector[4 + (page >> 3)]! |= 1 << (page & 7);
  }
  const base = withBaseBlock(after, { primary: 8, secondary: 8, fileType: 1 }).subarray(0, PAGE);
  return new Uint8Array(Buffer.concat([base, vector, ...pages.map(([, page]) => page)]));
}
