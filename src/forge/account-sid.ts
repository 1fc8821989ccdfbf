import { sha256 } from "@noble/hashes/sha2.js";

/** An invented SID that the same domain and account always get. */
export function accountSid(domain: string, account: string): string {
  const [a, b, c] = words(domain.toUpperCase());
  const [rid] = words(`${domain.toUpperCase()}\\${account.toLowerCase()}`);
  return `S-1-5-21-${a}-${b}-${c}-${1100 + (rid % 8000)}`;
}

function words(text: string): [number, number, number] {
  const digest = sha256(new TextEncoder().encode(text));
  const view = new DataView(digest.buffer, digest.byteOffset);
  // The first three words of a domain's SID are ordinary 32-bit numbers; keep clear of small ones.
  return [0, 4, 8].map((at) => 1_000_000_000 + (view.getUint32(at) % 3_000_000_000)) as [
    number,
    number,
    number,
  ];
}
