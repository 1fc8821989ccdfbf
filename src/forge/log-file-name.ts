/** The file that Windows keeps a channel in: `/` becomes `%4`. Other characters that no path may hold are escaped alike. */
export function logFileName(channel: string): string {
  return `${safeName(channel)}.evtx`;
}

/** A name as a single safe path part. */
export function safeName(name: string): string {
  const safe = name.replaceAll("/", "%4").replace(/[\x00-\x1f<>:"\\|?*]/gu, "_");
  return /^\.*$/u.test(safe) ? `_${safe}` : safe;
}
