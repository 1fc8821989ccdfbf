const LONGEST = 100;
/** Names that Windows gives to devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** File names made of computers and channels as logs name them: never outside the folder, never twice the same. */
export class OutputNames {
  readonly #used = new Set<string>();

  /** `HOST-A_Security.evtx`; channels write `/` as Windows does, `%4`. */
  of(computer: string, channel: string, extension: string): string {
    const base = `${plain(computer) || "unknown"}_${plain(channel.replaceAll("/", "%4")) || "unknown"}`;
    let name = `${base}${extension}`;
    for (let n = 2; this.#used.has(name.toLowerCase()); n++) name = `${base}-${n}${extension}`;
    this.#used.add(name.toLowerCase());
    return name;
  }
}

function plain(text: string): string {
  const safe = text
    .slice(0, LONGEST)
    .replaceAll(/[^A-Za-z0-9%._-]/g, "_")
    .replace(/^\.+/, "_");
  return DEVICE.test(safe) ? `${safe}_` : safe;
}
