import { parseDuration } from "./duration.ts";
import type { EventSpec, ScenarioHost } from "./event-spec.ts";
import type { ForgeElement, ForgeValue } from "./forge-event.ts";
import { filetimeIso, filetimeUnixMs } from "./literals.ts";
import { NOISE_KINDS, type NoiseEvent } from "./noise-kinds.ts";
import { SeededRandom } from "./random.ts";

/** One generator of a scenario, its names already resolved. */
export interface NoiseRequest {
  readonly kind: string;
  readonly host: ScenarioHost;
  readonly hostSid: string;
  readonly client: ScenarioHost | undefined;
  readonly clientSid: string;
  readonly users: readonly { readonly name: string; readonly sid: string }[];
  /** FILETIME ticks. */
  readonly from: bigint;
  readonly to: bigint;
  /** Mean interval in ticks; absent: the kind's own. */
  readonly every: bigint | undefined;
  /** Only within `hours`, Monday to Friday. */
  readonly officeHours: boolean;
  /** Hours of the working day, UTC. */
  readonly hours: readonly [from: number, to: number];
  readonly seed: string;
}

export interface NoiseOccurrence {
  readonly host: ScenarioHost;
  readonly time: bigint;
  readonly spec: EventSpec;
}

const SECOND = 10_000_000n;
const DAY_MS = 86_400_000;

/** The events of one generator, the same for the same seed. */
export function makeNoise(request: NoiseRequest): NoiseOccurrence[] {
  const kind = NOISE_KINDS[request.kind]!;
  const random = new SeededRandom(request.seed);
  const mean = request.every ?? parseDuration(kind.every)!;
  const variants = kind.variants ?? [{}];
  const made: NoiseOccurrence[] = [];
  // Half to one and a half intervals apart, and the first one somewhere in the first interval.
  for (
    let time = request.from + step(mean, random.next());
    time < request.to;
    time += step(mean, 0.5 + random.next())
  ) {
    const words = drawWords(request, random.pick(variants), time, random);
    if (request.officeHours && !inOffice(time, request.hours)) continue;
    for (const event of kind.events) {
      const at = time + (parseDuration(event.after ?? "0s") ?? 0n);
      if (at >= request.to) continue;
      const host = event.onClient === true ? request.client! : request.host;
      made.push({ host, time: at, spec: fill(event, words) });
    }
  }
  return made;
}

/** At least a second: an interval of zero would never end. */
function step(mean: bigint, share: number): bigint {
  const ticks = (mean * BigInt(Math.round(share * 1_000_000))) / 1_000_000n;
  return ticks > SECOND ? ticks : SECOND;
}

function inOffice(time: bigint, [from, to]: readonly [number, number]): boolean {
  const ms = filetimeUnixMs(time);
  const date = new Date(ms);
  const day = date.getUTCDay();
  const hour = (ms % DAY_MS) / 3_600_000;
  return day >= 1 && day <= 5 && hour >= from && hour < to;
}

type Words = Readonly<Record<string, string>>;

function drawWords(
  request: NoiseRequest,
  variant: Words,
  time: bigint,
  random: SeededRandom,
): Words {
  const { host, client, users } = request;
  const hex = (low: number, high: number) => `0x${random.between(low, high).toString(16)}`;
  const user = users.length === 0 ? { name: "", sid: "" } : random.pick(users);
  const dot = host.computer.indexOf(".");
  return {
    host: host.name,
    computer: host.computer,
    hostSid: request.hostSid,
    hostAddress: host.addresses[0] ?? host.name,
    domain: host.domain,
    realm: dot < 0 ? host.domain : host.computer.slice(dot + 1).toUpperCase(),
    user: user.name,
    userSid: user.sid,
    client: client?.name ?? "",
    clientComputer: client?.computer ?? "",
    clientSid: request.clientSid,
    address: client?.addresses[0] ?? "",
    logonId: hex(0x10_0000, 0xff_ffff),
    logonId2: hex(0x10_0000, 0xff_ffff),
    pid: hex(0x400, 0x2fff),
    pid2: hex(0x400, 0x2fff),
    port: String(random.between(49_152, 65_535)),
    session: String(random.between(2, 9)),
    guid: random.guid(),
    hex8: random.between(0x1000_0000, 0x7fff_ffff).toString(16),
    time: filetimeIso(time),
    before: filetimeIso(time - BigInt(random.between(10_000, 400_000))),
    ...variant,
  };
}

function fill(event: NoiseEvent, words: Words): EventSpec {
  const value = (text: string | number): string | number =>
    typeof text === "number"
      ? text
      : text.replace(/\{(\w+)\}/gu, (whole, word: string) =>
          Object.hasOwn(words, word) ? words[word]! : whole,
        );
  return {
    channel: event.channel,
    id: event.id,
    provider: event.provider,
    userSid: event.userSid === undefined ? undefined : String(value(event.userSid)),
    data:
      event.data === undefined
        ? undefined
        : Object.entries(event.data).map(([name, text]): [string, ForgeValue] => [
            name,
            value(text),
          ]),
    strings: event.strings?.map((text) => String(value(text))),
    userData: event.userData === undefined ? undefined : tree(event.userData, value),
  };
}

function tree(
  [root, leaves]: NonNullable<NoiseEvent["userData"]>,
  value: (text: string | number) => string | number,
): ForgeElement {
  return {
    name: root,
    children: Object.entries(leaves).map(([name, text]) => ({
      name,
      children: [{ content: value(text) }],
    })),
  };
}
