/** IP networks, v4 and v6; a v4 address inside `::ffff:0:0/96` counts as the v4 address it is. */

export interface Network {
  /** 32-bit words, one for v4, four for v6, with the mask applied. */
  readonly words: readonly number[];
  readonly masks: readonly number[];
}

/** `undefined`: not a network. A bare address is the network of itself. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const words = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (words === undefined) return undefined;
  const width = words.length * 32;
  const lengthText = slash < 0 ? String(width) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(lengthText) || Number(lengthText) > width) return undefined;
  let left = Number(lengthText);
  const masks = words.map(() => {
    const bits = Math.min(left, 32);
    left -= bits;
    return bits === 0 ? 0 : (-1 << (32 - bits)) | 0;
  });
  return { words: words.map((word, i) => word & (masks[i] as number)), masks };
}

export function networkHolds(network: Network, address: string): boolean {
  const words = parseAddress(address);
  return words !== undefined && holds(network, words);
}

function holds(network: Network, words: readonly number[]): boolean {
  return (
    words.length === network.words.length &&
    words.every((word, i) => (word & (network.masks[i] as number)) === (network.words[i] as number))
  );
}

/** True for addresses that the internet does not route: private, link-local, loopback, shared (RFC 1918, 4193, 6598 …). */
export function isInternalAddress(address: string): boolean {
  const words = parseAddress(address);
  return words !== undefined && INTERNAL.some((network) => holds(network, words));
}

/** True when the text is an address at all. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

/** One 32-bit word for v4 (also when written as v6-mapped), four for v6. */
function parseAddress(text: string): readonly number[] | undefined {
  if (text.length > 64) return undefined;
  if (!text.includes(":")) {
    const v4 = parseV4(text);
    return v4 === undefined ? undefined : [v4];
  }
  const zone = text.indexOf("%");
  let body = zone < 0 ? text : text.slice(0, zone);
  const tail = body.slice(body.lastIndexOf(":") + 1);
  if (tail.includes(".")) {
    const v4 = parseV4(tail);
    if (v4 === undefined) return undefined;
    body = `${body.slice(0, -tail.length)}${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`;
  }
  const halves = body.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const given = groups.reduce((sum, half) => sum + half.length, 0);
  if (halves.length === 2 ? given > 7 : given !== 8) return undefined;
  const head = groups[0] as string[];
  const rest = groups[1] ?? [];
  const all = [...head, ...new Array<string>(8 - given).fill("0"), ...rest];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const words: number[] = [];
  for (let i = 0; i < 8; i += 2)
    words.push(
      (Number.parseInt(all[i] as string, 16) << 16) | Number.parseInt(all[i + 1] as string, 16),
    );
  const [a, b, c, d] = words as [number, number, number, number];
  return a === 0 && b === 0 && c === 0xffff ? [d] : [a, b, c, d];
}

function parseV4(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((word, part) => (word << 8) | Number(part), 0);
}

const INTERNAL: readonly Network[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "0.0.0.0/32",
  "::/127",
  "fc00::/7",
  "fe80::/10",
].map((text) => parseNetwork(text)!);
