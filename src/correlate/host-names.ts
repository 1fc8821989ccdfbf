/** Without `\\`, brackets, port, `::ffff:` and a trailing dot. */
export function tidyHost(raw: string): string {
  if (/^[\w-]+(?:\.[\w-]+)*$/.test(raw)) return raw;
  let text = raw
    .trim()
    .replace(/^\\{1,2}/, "")
    .replace(/\.$/, "");
  text = text
    .replace(/^\[([0-9a-fA-F:.]+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return text.replace(/^::ffff:(?=\d+\.)/i, "");
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** An address, whatever family; names are no addresses. */
export function isAddress(text: string): boolean {
  return (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || (text.includes(":") && /^[0-9a-fA-F:.%]+$/.test(text))
  );
}

/** `WS-01.corp.example` -> `WS-01`; addresses stay. */
export function shortName(name: string): string {
  return /^[\d.]+$/.test(name) || name.includes(":") ? name : name.replace(/\..*$/s, "");
}

/** Asked for every record of a case, of the same hosts over and over. */
class Remembered {
  readonly #keys = new Map<string, string>();
  readonly #make: (name: string) => string;

  constructor(make: (name: string) => string) {
    this.#make = make;
  }

  of(name: string): string {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = this.#make(name);
      if (this.#keys.size < MOST_REMEMBERED) this.#keys.set(name, key);
    }
    return key;
  }
}

const MOST_REMEMBERED = 20_000;
const nameKeys = new Remembered((name) => name.toLowerCase());
const shortKeys = new Remembered((name) => shortName(tidyHost(name)).toLowerCase());

/** A name of a host in lower case. */
export function nameKey(name: string): string {
  return nameKeys.of(name);
}

/** The same for the short name of however it is written. */
export function shortKey(name: string): string {
  return shortKeys.of(name);
}
