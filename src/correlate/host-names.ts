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

/** A name of a host in lower case. */
export function nameKey(name: string): string {
  let key = nameKeys.get(name);
  if (key === undefined) {
    key = name.toLowerCase();
    if (nameKeys.size < MOST_NAME_KEYS) nameKeys.set(name, key);
  }
  return key;
}

/** Asked for every record of a case, of the same hosts over and over. */
const nameKeys = new Map<string, string>();
const MOST_NAME_KEYS = 20_000;
