import { createDecipheriv, createHash } from "node:crypto";
import { platform } from "../../base/platform.ts";
import {
  type Coder,
  type Folder,
  HeaderReader,
  headerOfOneFile,
  KIND,
  SevenZipError,
  SIGNATURE_SIZE,
  type Streams,
  writtenStreams,
} from "./seven-zip-header.ts";

/** The coder 7zAES: AES-256 in CBC mode, its key from the password by many rounds of SHA-256. */
const AES = "06f10701";
const COPY: Coder = { id: "00", inStreams: 1, outStreams: 1, properties: new Uint8Array(0) };
/** Rounds are two to the power of this; 7-Zip takes 19. More would only keep konseki busy. */
const MOST_POWER = 24;
const MOST_HEADER_BYTES = 64 * 1024 * 1024;

/**
 * The same archive without its encryption: what is packed is decrypted and the coder for that taken out, so that a reader that
 * knows no encryption unpacks it; undefined when it has none. `unpack` gives the only file of an archive. Throws
 * {@link SevenZipError} where the password does not fit or the archive is damaged.
 */
export function decryptedSevenZip(
  archive: Uint8Array,
  password: string,
  unpack: (archive: Uint8Array) => Uint8Array | undefined,
): Uint8Array | undefined {
  const keys = new Keys(password);
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const offset = SIGNATURE_SIZE + Number(view.getBigUint64(12, true));
  const size = Number(view.getBigUint64(20, true));
  if (offset + size > archive.length || size > MOST_HEADER_BYTES)
    throw new SevenZipError("its header is cut off");
  let header = archive.subarray(offset, offset + size);
  for (let packed = 0; header[0] === KIND.encodedHeader; packed++) {
    if (packed > 4) throw new SevenZipError("its header is packed again and again");
    const { streams, data } = decrypted(archive, new HeaderReader(header, 1).streams(), keys);
    const only = streams.folders[0];
    const unpacked = unpack(joined(data, headerOfOneFile(streams)));
    if (unpacked === undefined || (only?.crc !== undefined && crcOf(unpacked) !== only.crc))
      throw new SevenZipError("no password given opens it");
    header = unpacked;
  }
  const start = mainStreamsAt(header);
  const reader = new HeaderReader(header, start);
  const main = reader.streams();
  if (!keys.used && main.folders.every((folder) => aesOf(folder) < 0)) return undefined;
  const { streams, data } = decrypted(archive, main, keys);
  return joined(
    data,
    Buffer.concat([
      header.subarray(0, start),
      Uint8Array.from(writtenStreams(streams)),
      header.subarray(reader.at),
    ]),
  );
}

/** Where the lists of the main streams begin; properties of the archive before them are passed over. */
function mainStreamsAt(header: Uint8Array): number {
  const reader = new HeaderReader(header);
  if (reader.byte() !== KIND.header) throw new SevenZipError("its header is of an unknown kind");
  if (reader.byte() !== KIND.mainStreams)
    throw new SevenZipError("its header begins with properties that are not read");
  return reader.at;
}

/** Packed streams one behind the other, none of them encrypted, and their description. */
function decrypted(
  archive: Uint8Array,
  { position, packSizes, folders }: Streams,
  keys: Keys,
): { streams: Streams; data: Uint8Array[] } {
  const data: Uint8Array[] = [];
  const plain: Folder[] = [];
  let at = SIGNATURE_SIZE + position;
  let next = 0;
  for (const folder of folders) {
    const own: Uint8Array[] = [];
    for (let i = 0; i < folder.packed.length; i++) {
      const size = packSizes[next++] ?? 0;
      if (at + size > archive.length) throw new SevenZipError("its packed data is cut off");
      own.push(archive.subarray(at, at + size));
      at += size;
    }
    let open = folder;
    for (let coder = aesOf(open); coder >= 0; coder = aesOf(open))
      open = withoutCoder(open, coder, own, keys);
    plain.push(open);
    data.push(...own);
  }
  return {
    streams: { position: 0, packSizes: data.map(({ length }) => length), folders: plain },
    data,
  };
}

function aesOf({ coders }: Folder): number {
  return coders.findIndex(({ id }) => id === AES);
}

/** Takes a decrypting coder out; the packed stream that it reads is decrypted in `own`. */
function withoutCoder(folder: Folder, index: number, own: Uint8Array[], keys: Keys): Folder {
  const before = folder.coders.slice(0, index);
  const inIndex = before.reduce((sum, { inStreams }) => sum + inStreams, 0);
  const outIndex = before.reduce((sum, { outStreams }) => sum + outStreams, 0);
  const stream = folder.packed.indexOf(inIndex);
  const length = folder.sizes[outIndex];
  const bytes = own[stream];
  if (bytes === undefined || length === undefined || length > bytes.length)
    throw new SevenZipError("it encrypts in an unknown way");
  own[stream] = keys.decrypt(folder.coders[index]!, bytes).subarray(0, length);
  const pair = folder.pairs.find((one) => one.outIndex === outIndex);
  // Nothing but encrypted: what is left is a copy.
  if (pair === undefined)
    return { ...folder, coders: folder.coders.map((one, at) => (at === index ? COPY : one)) };
  const moved = (value: number, removed: number): number => (value > removed ? value - 1 : value);
  return {
    coders: folder.coders.filter((_, at) => at !== index),
    pairs: folder.pairs
      .filter((one) => one !== pair)
      .map((one) => ({
        inIndex: moved(one.inIndex, inIndex),
        outIndex: moved(one.outIndex, outIndex),
      })),
    packed: folder.packed.map((one) => moved(one === inIndex ? pair.inIndex : one, inIndex)),
    sizes: folder.sizes.filter((_, at) => at !== outIndex),
    crc: folder.crc,
  };
}

/** Keys of one password, made when something asks for them; to make one takes half a million rounds. */
class Keys {
  readonly #password: Buffer;
  readonly #known = new Map<string, Buffer>();

  constructor(password: string) {
    this.#password = Buffer.from(password, "utf16le");
  }

  get used(): boolean {
    return this.#known.size > 0;
  }

  decrypt({ properties }: Coder, bytes: Uint8Array): Uint8Array {
    const [first = 0, second = 0] = properties;
    const power = first & 0x3f;
    const saltSize = ((first >> 7) & 1) + (second >> 4);
    const ivSize = ((first >> 6) & 1) + (second & 0x0f);
    if (bytes.length % 16 !== 0 || properties.length < 2 + saltSize + ivSize)
      throw new SevenZipError("its encrypted data is cut off");
    const salt = properties.subarray(2, 2 + saltSize);
    const iv = Buffer.alloc(16);
    iv.set(properties.subarray(2 + saltSize, 2 + saltSize + ivSize).subarray(0, 16));
    const decipher = createDecipheriv("aes-256-cbc", this.#key(power, salt), iv);
    decipher.setAutoPadding(false);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  }

  #key(power: number, salt: Uint8Array): Buffer {
    const name = `${power}:${Buffer.from(salt).toString("hex")}`;
    let key = this.#known.get(name);
    if (key === undefined) {
      key = this.#made(power, salt);
      this.#known.set(name, key);
    }
    return key;
  }

  #made(power: number, salt: Uint8Array): Buffer {
    if (power === 0x3f)
      return Buffer.concat([salt, this.#password, Buffer.alloc(32)]).subarray(0, 32);
    if (power > MOST_POWER)
      throw new SevenZipError(`its key takes two to the power of ${power} rounds`);
    const hash = createHash("sha256");
    const rounds = 2 ** power;
    const length = salt.length + this.#password.length + 8;
    const block = Buffer.alloc(length * Math.min(rounds, 4096));
    for (let round = 0; round < rounds; ) {
      let at = 0;
      for (; at < block.length && round < rounds; at += length, round++) {
        block.set(salt, at);
        block.set(this.#password, at + salt.length);
        block.writeUInt32LE(round, at + length - 8);
      }
      hash.update(block.subarray(0, at));
    }
    return hash.digest();
  }
}

function crcOf(bytes: Uint8Array): number {
  return platform.crc32(bytes, 0, bytes.length, 0) >>> 0;
}

/** An archive of packed data and a header, behind a new signature header. */
function joined(data: readonly Uint8Array[], header: Uint8Array): Uint8Array {
  const length = data.reduce((sum, { length: one }) => sum + one, 0);
  const bytes = Buffer.alloc(SIGNATURE_SIZE + length + header.length);
  bytes.set([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
  let at = SIGNATURE_SIZE;
  for (const piece of [...data, header]) {
    bytes.set(piece, at);
    at += piece.length;
  }
  bytes.writeBigUInt64LE(BigInt(length), 12);
  bytes.writeBigUInt64LE(BigInt(header.length), 20);
  bytes.writeUInt32LE(crcOf(header), 28);
  bytes.writeUInt32LE(crcOf(bytes.subarray(12, 32)), 8);
  return bytes;
}
