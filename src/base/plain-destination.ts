import { isAddress } from "./ip-network.ts";

const NAME = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u;
const MOST_CHARS = 2048;

/**
 * The address or name in what an analyst has at hand: a URL, with a port, made harmless (`hxxps://c2[.]example/a`). In
 * lower case; undefined: there is none in it.
 */
export function plainDestination(text: string): string | undefined {
  if (text.length > MOST_CHARS) return undefined;
  const armed = text
    .trim()
    .toLowerCase()
    .replaceAll(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/g, ".")
    .replaceAll("[:]", ":")
    .replaceAll("[://]", "://");
  const [rest = ""] = armed.replace(/^[a-z]{1,10}:\/\//, "").split(/[/?#]/);
  const host = rest
    .replace(/^\[([0-9a-f:.%]+)\](?::\d+)?$/, "$1")
    .replace(/^([^:]+):\d+$/, "$1")
    .replace(/\.$/, "");
  return isAddress(host) || NAME.test(host) ? host : undefined;
}
