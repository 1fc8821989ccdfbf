/** Characters that Windows refuses in names, and controls. */
const REFUSED = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Names that mean devices on Windows, with any extension. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const MOST_NAME_BYTES = 160;

/**
 * A label of evidence as a relative path that can be written on any system: no way out of the folder, no device
 * names, nothing that a file system refuses. Different labels may give the same path.
 */
export function safePath(label: string): string {
  const parts = label
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .map(safeName);
  return parts.length === 0 ? "_" : parts.join("/");
}

function safeName(name: string): string {
  let safe = name.replace(REFUSED, "_").replace(/[. ]+$/, (end) => "_".repeat(end.length));
  if (DEVICES.test(safe)) safe = `_${safe}`;
  // Half a surrogate pair cannot be written as UTF-8.
  return shortened(safe.replace(/\p{Surrogate}/gu, "_"));
}

/** Names longer than a file system takes lose their middle; the extension stays. */
function shortened(name: string): string {
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  if (bytes(name) <= MOST_NAME_BYTES) return name;
  const end = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  const letters = [...name.slice(0, name.length - end.length)];
  while (bytes(letters.join("")) + bytes(end) + 1 > MOST_NAME_BYTES) letters.pop();
  return `${letters.join("")}~${end}`;
}
