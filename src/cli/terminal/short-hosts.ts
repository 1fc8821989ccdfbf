const firstLabel = (host: string): string =>
  /^\d+(\.\d+){3}$/.test(host) ? host : host.split(".")[0]!;

/** A host's name without its domain where no other host of the report has the same; else the whole name. */
export function shortHosts(hosts: readonly string[]): (host: string) => string {
  const names = new Map<string, Set<string>>();
  for (const host of hosts) {
    const label = firstLabel(host).toLowerCase();
    names.set(label, (names.get(label) ?? new Set()).add(host.toLowerCase()));
  }
  return (host) => {
    const label = firstLabel(host);
    return (names.get(label.toLowerCase())?.size ?? 0) > 1 ? host : label;
  };
}
