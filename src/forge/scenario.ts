import { accountSid } from "./account-sid.ts";
import { parseDuration } from "./duration.ts";
import { completeEvent, type EventSpec, type ScenarioHost } from "./event-spec.ts";
import { ForgeError } from "./forge-error.ts";
import type { ForgeEvent, ForgeValue } from "./forge-event.ts";
import { parseFiletime } from "./literals.ts";
import { logFileName, safeName } from "./log-file-name.ts";
import type { LogOptions } from "./log-writer.ts";
import { makeNoise, type NoiseRequest } from "./noise.ts";
import { NOISE_KINDS } from "./noise-kinds.ts";
import {
  EVENT_KEYS,
  eventSpec,
  fieldsOf,
  listOf,
  numberOf,
  type Refuse,
  refuseIn,
  textOf,
} from "./scenario-event.ts";
import { type Placed, parsePlaced } from "./scenario-yaml.ts";

/** One log of a scenario: the events of one channel of one host, in order of time. */
export interface ScenarioLog {
  readonly host: string;
  readonly channel: string;
  /** `HOST/File name as Windows has it.evtx`. */
  readonly path: string;
  readonly options: LogOptions;
  readonly events: readonly ForgeEvent[];
}

export interface Scenario {
  readonly title: string;
  /** Sorted by host, then channel. */
  readonly logs: readonly ScenarioLog[];
}

const TOP_KEYS = [
  "title",
  "seed",
  "start",
  "hosts",
  "accounts",
  "hours",
  "logs",
  "events",
  "noise",
];
/** Events of one scenario; larger logs are made with LogWriter. */
const MAX_EVENTS = 2_000_000;

/** Reads a scenario. Throws ForgeError that names the line of what is wrong. `name` is shown in errors. */
export function parseScenario(yamlText: string, name: string): Scenario {
  return new ScenarioReader(name).read(parsePlaced(yamlText, name));
}

class ScenarioReader {
  readonly #name: string;
  readonly #refuse: Refuse;
  readonly #hosts = new Map<string, ScenarioHost>();
  readonly #accounts = new Map<string, string>();
  readonly #logs = new Map<string, { host: string; channel: string; events: ForgeEvent[] }>();
  readonly #options = new Map<string, LogOptions>();
  #start = 0n;
  #seed = "0";
  #hours: readonly [number, number] = [7, 18];
  #events = 0;

  constructor(name: string) {
    this.#name = name;
    this.#refuse = refuseIn(name);
  }

  read(root: Placed): Scenario {
    const refuse = this.#refuse;
    const top = fieldsOf(root, TOP_KEYS, "a scenario", refuse);
    const start = top.get("start");
    const hosts = top.get("hosts");
    if (start === undefined || hosts === undefined)
      throw refuse(root, "a scenario needs start and hosts");
    this.#start = this.#absolute(start);
    if (top.has("seed")) this.#seed = textOf(top.get("seed")!, "seed", refuse);
    this.#readHosts(hosts);
    for (const [account, sid] of top.get("accounts")?.entries ?? [])
      this.#accounts.set(account, textOf(sid, "an account's SID", refuse));
    if (top.has("hours")) this.#hours = this.#readHours(top.get("hours")!);
    for (const item of top.has("logs") ? listOf(top.get("logs")!, "logs", refuse) : [])
      this.#readLogOptions(item);
    for (const item of top.has("events") ? listOf(top.get("events")!, "events", refuse) : [])
      this.#readEvent(item);
    const noise = top.has("noise") ? listOf(top.get("noise")!, "noise", refuse) : [];
    for (const [index, item] of noise.entries()) this.#readNoise(item, index);
    return {
      title: top.has("title") ? textOf(top.get("title")!, "title", refuse) : "",
      logs: this.#finish(),
    };
  }

  #readHosts(place: Placed): void {
    const refuse = this.#refuse;
    if (place.entries === undefined || place.entries.length === 0)
      throw refuse(place, "hosts has to be a map of host names");
    for (const [name, value] of place.entries) {
      const fields =
        value.entries === undefined && value.value === null
          ? new Map<string, Placed>()
          : fieldsOf(value, ["domain", "addresses"], "a host", refuse);
      const domainPlace = fields.get("domain");
      const domain = domainPlace === undefined ? "" : textOf(domainPlace, "domain", refuse);
      const addresses = fields.get("addresses");
      this.#hosts.set(name, {
        name,
        computer: domain === "" ? name : `${name}.${domain}`,
        domain: domain === "" ? "WORKGROUP" : domain.split(".")[0]!.toUpperCase(),
        addresses:
          addresses === undefined
            ? []
            : listOf(addresses, "addresses", refuse).map((item) =>
                textOf(item, "an address", refuse),
              ),
      });
    }
  }

  #readHours(place: Placed): [number, number] {
    const [from, to, ...more] = listOf(place, "hours", this.#refuse).map((item) =>
      Number(numberOf(item, "an hour", 24n, this.#refuse)),
    );
    if (from === undefined || to === undefined || more.length > 0 || from >= to)
      throw this.#refuse(place, "hours has to be two hours of the day", "as in [7, 18]");
    return [from, to];
  }

  #readLogOptions(place: Placed): void {
    const refuse = this.#refuse;
    const keys = ["host", "channel", "dirty", "exported", "forwarded", "firstRecordId"];
    const fields = fieldsOf(place, keys, "a log", refuse);
    const host = this.#host(fields, "host", place);
    const channel = fields.get("channel");
    if (channel === undefined) throw refuse(place, "a log needs a channel");
    const first = fields.get("firstRecordId");
    this.#options.set(logKey(host.name, textOf(channel, "channel", refuse)), {
      dirty: this.#truth(fields.get("dirty"), "dirty"),
      exported: this.#truth(fields.get("exported"), "exported"),
      forwarded: this.#truth(fields.get("forwarded"), "forwarded"),
      firstRecordId:
        first === undefined
          ? undefined
          : numberOf(first, "firstRecordId", 0xffff_ffff_ffffn, refuse),
    });
  }

  #truth(place: Placed | undefined, what: string): boolean {
    if (place === undefined) return false;
    if (typeof place.value !== "boolean")
      throw this.#refuse(place, `${what} has to be true or false`);
    return place.value;
  }

  #readEvent(place: Placed): void {
    const refuse = this.#refuse;
    const fields = fieldsOf(place, [...EVENT_KEYS, "repeat", "every"], "an event", refuse);
    const host = this.#host(fields, "host", place);
    const at = fields.get("at");
    if (at === undefined) throw refuse(place, "an event needs a time", "at: +5m");
    const spec = eventSpec(fields, place, refuse);
    const repeat = fields.get("repeat");
    const times =
      repeat === undefined ? 1 : Number(numberOf(repeat, "repeat", BigInt(MAX_EVENTS), refuse));
    const every = repeat === undefined ? 0n : this.#interval(fields.get("every") ?? place);
    const first = this.#time(at);
    for (let index = 0; index < times; index++)
      this.#add(
        host,
        completeEvent(
          repeat === undefined ? spec : numbered(spec, index + 1),
          host,
          first + every * BigInt(index),
        ),
        place,
      );
  }

  #interval(place: Placed): bigint {
    const interval = typeof place.value === "string" ? parseDuration(place.value) : undefined;
    if (interval !== undefined) return interval;
    throw this.#refuse(place, "no interval", "every: 30m");
  }

  #readNoise(place: Placed, index: number): void {
    const refuse = this.#refuse;
    const keys = [
      "kind",
      "host",
      "client",
      "clients",
      "user",
      "users",
      "from",
      "to",
      "every",
      "officeHours",
    ];
    const fields = fieldsOf(place, keys, "a noise generator", refuse);
    const kindPlace = fields.get("kind");
    const kindName = kindPlace?.value;
    if (typeof kindName !== "string" || !Object.hasOwn(NOISE_KINDS, kindName))
      throw refuse(
        kindPlace ?? place,
        `no kind of noise "${kindName ?? ""}"`,
        `known: ${Object.keys(NOISE_KINDS).join(", ")}`,
      );
    const kind = NOISE_KINDS[kindName]!;
    const host = this.#host(fields, "host", place);
    const users = this.#names(fields, "user").map((name) => ({
      name,
      sid: this.#accounts.get(name) ?? accountSid(host.domain, name),
    }));
    const clients = this.#names(fields, "client").map((name) => this.#known(name, place));
    if (kind.needs.includes("user") && users.length === 0)
      throw refuse(place, `${kindName} needs a user`);
    if (kind.needs.includes("client") && clients.length === 0)
      throw refuse(place, `${kindName} needs a client`, "name a host of the scenario");
    const to = fields.get("to");
    if (to === undefined) throw refuse(place, "a noise generator needs an end", "to: +3d");
    const every = fields.get("every");
    const interval = every === undefined ? undefined : this.#interval(every);
    const from = fields.get("from");
    for (const client of clients.length === 0 ? [undefined] : clients) {
      const request: NoiseRequest = {
        kind: kindName,
        host,
        hostSid: accountSid(host.domain, `${host.name}$`),
        client,
        clientSid: client === undefined ? "" : accountSid(client.domain, `${client.name}$`),
        users,
        from: from === undefined ? this.#start : this.#time(from),
        to: this.#time(to),
        every: interval,
        hours: this.#hours,
        officeHours:
          kind.officeHours === true || this.#truth(fields.get("officeHours"), "officeHours"),
        seed: `${this.#seed} ${index} ${kindName} ${host.name} ${client?.name ?? ""}`,
      };
      for (const made of makeNoise(request))
        this.#add(made.host, completeEvent(made.spec, made.host, made.time), place);
    }
  }

  /** One name under `key`, or a list of them under its plural. */
  #names(fields: ReadonlyMap<string, Placed>, key: string): string[] {
    const one = fields.get(key);
    const many = fields.get(`${key}s`);
    const names = one === undefined ? [] : [textOf(one, key, this.#refuse)];
    if (many !== undefined)
      for (const item of listOf(many, `${key}s`, this.#refuse))
        names.push(textOf(item, key, this.#refuse));
    return names;
  }

  #host(fields: ReadonlyMap<string, Placed>, key: string, place: Placed): ScenarioHost {
    const field = fields.get(key);
    if (field === undefined) throw this.#refuse(place, "a host is missing");
    return this.#known(textOf(field, key, this.#refuse), field);
  }

  #known(name: string, place: Placed): ScenarioHost {
    const host = this.#hosts.get(name);
    if (host !== undefined) return host;
    throw this.#refuse(place, `no host "${name}"`, `known: ${[...this.#hosts.keys()].join(", ")}`);
  }

  #absolute(place: Placed): bigint {
    const text = textOf(place, "a time", this.#refuse);
    const time = parseFiletime(text);
    if (time === undefined)
      throw this.#refuse(place, `"${text}" is no time`, "write UTC as 2026-03-02T08:00:00Z");
    return time;
  }

  #time(place: Placed): bigint {
    const text = textOf(place, "a time", this.#refuse);
    if (!text.startsWith("+")) return this.#absolute(place);
    const offset = parseDuration(text.slice(1));
    if (offset === undefined)
      throw this.#refuse(place, `"${text}" is no offset`, "as in +1d2h30m2.5s");
    return this.#start + offset;
  }

  #add(host: ScenarioHost, event: ForgeEvent, place: Placed): void {
    if (++this.#events > MAX_EVENTS)
      throw this.#refuse(place, `more than ${MAX_EVENTS} events`, "make the interval longer");
    const key = logKey(host.name, event.channel);
    let log = this.#logs.get(key);
    if (log === undefined) {
      log = { host: host.name, channel: event.channel, events: [] };
      this.#logs.set(key, log);
    }
    log.events.push(event);
  }

  #finish(): ScenarioLog[] {
    const paths = new Set<string>();
    return [...this.#logs.entries()]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, { host, channel, events }]) => {
        const path = `${safeName(host)}/${logFileName(channel)}`;
        if (paths.has(path))
          throw new ForgeError("badScenario", `two logs would be ${path}`, this.#name);
        paths.add(path);
        events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
        return { host, channel, path, options: this.#options.get(key) ?? {}, events };
      });
  }
}

/** An event that is repeated: `{n}` in its texts is its number, from 1. */
function numbered(spec: EventSpec, number: number): EventSpec {
  const text = <T>(value: T): T | string =>
    typeof value === "string" ? value.replaceAll("{n}", String(number)) : value;
  return {
    ...spec,
    ...(spec.data !== undefined && {
      data: spec.data.map(([name, value]): [string, ForgeValue] => [name, text(value)]),
    }),
    ...(spec.strings !== undefined && { strings: spec.strings.map((each) => text(each)) }),
  };
}

function logKey(host: string, channel: string): string {
  return `${host}\0${channel}`;
}
