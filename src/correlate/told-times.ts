import { say, type Text } from "../model/phrase.ts";

/** `2026-03-02 08:09 UTC` of an ISO time or epoch milliseconds, for sentences. */
export function minute(time: string | number): string {
  const iso = typeof time === "string" ? time : new Date(time).toISOString();
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** From the first to the last of several times, for sentences. */
export function period(first: string | number, last: string | number): Text {
  const [from, to] = [minute(first), minute(last)];
  return from === to ? say`within one minute at ${from}` : say`between ${from} and ${to}`;
}
