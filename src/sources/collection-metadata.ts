import type { CollectionLayout } from "./collection-layout.ts";

/** Files in which a collecting program writes down whom it collected from, and when. */
const FILES: readonly (readonly [name: RegExp, read: (content: Json) => CollectionLayout])[] = [
  // Velociraptor's container: what the client says of itself.
  [
    /^client_info\.json$/i,
    (content) => ({
      layout: "Velociraptor",
      ...hostOf(
        text(content, "Fqdn") ??
          text(content, "Hostname") ??
          text(content, "os_info", "fqdn") ??
          text(content, "os_info", "hostname"),
      ),
    }),
  ],
  // And when the collection was made.
  [
    /^collection_context\.json$/i,
    (content) => ({
      layout: "Velociraptor",
      ...timeOf(sinceEpoch(content, "create_time") ?? sinceEpoch(content, "start_time")),
    }),
  ],
  // dfir-orc.github.io/outcome.html
  [
    /outcome[^/]*\.json$/i,
    (content) => ({
      layout: "DFIR-ORC",
      ...hostOf(text(content, "dfir-orc", "outcome", "computer_name")),
      ...timeOf(time(text(content, "dfir-orc", "outcome", "timestamp"))),
    }),
  ],
  // dfir-orc.github.io/outline.html: the time is in UTC.
  [
    /outline[^/]*\.json$/i,
    (content) => ({
      layout: "DFIR-ORC",
      ...timeOf(time(text(content, "dfir-orc", "time")?.replace(" ", "T").concat("Z"))),
    }),
  ],
];

/** Larger files are no such notes. */
export const MOST_METADATA_BYTES = 4 * 1024 * 1024;

type Json = unknown;

/** True for names under which a collecting program keeps its notes. */
export function isCollectionMetadata(name: string): boolean {
  return FILES.some(([pattern]) => pattern.test(name));
}

/** What such a file says; undefined when it is something else of that name. */
export function readCollectionMetadata(
  name: string,
  bytes: Uint8Array,
): CollectionLayout | undefined {
  const read = FILES.find(([pattern]) => pattern.test(name))?.[1];
  if (read === undefined || bytes.length > MOST_METADATA_BYTES) return undefined;
  let content: Json;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  const found = read(Array.isArray(content) ? content[0] : content);
  return found.host === undefined && found.collected === undefined ? undefined : found;
}

function at(content: Json, path: readonly string[]): Json {
  let value = content;
  for (const key of path)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, Json>)[key]
        : undefined;
  return value;
}

function text(content: Json, ...path: readonly string[]): string | undefined {
  const value = at(content, path);
  return typeof value === "string" && value !== "" ? value.slice(0, 255) : undefined;
}

/** Microseconds or nanoseconds of this century since 1970: servers write the one, collectors the other. */
function sinceEpoch(content: Json, ...path: readonly string[]): string | undefined {
  const value = Number(at(content, path));
  const ms = value > 4e15 ? value / 1e6 : value / 1000;
  return ms > 9e11 && ms < 4e12 ? iso(Math.round(ms)) : undefined;
}

function time(text: string | undefined): string | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : iso(ms);
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

function hostOf(host: string | undefined): { host?: string } {
  return host === undefined ? {} : { host };
}

function timeOf(collected: string | undefined): { collected?: string } {
  return collected === undefined ? {} : { collected };
}
