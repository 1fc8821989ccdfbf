/** `2026-03-02 08:09 UTC` of an ISO time or epoch milliseconds, for sentences. */
export function minute(time: string | number): string {
  const iso = typeof time === "string" ? time : new Date(time).toISOString();
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
