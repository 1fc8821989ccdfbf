import { fieldLayout } from "./field-layouts.ts";
import type { ForgeElement, ForgeEvent, ForgePayload, ForgeValue } from "./forge-event.ts";
import { defaultProvider, providerDefaults } from "./provider-defaults.ts";

export interface ScenarioHost {
  readonly name: string;
  /** Name with domain, as the Computer field has it. */
  readonly computer: string;
  /** The domain's short name in capitals; WORKGROUP for a host without domain. */
  readonly domain: string;
  readonly addresses: readonly string[];
}

/** An event as a scenario or a noise generator says it: only what differs from the ordinary. */
export interface EventSpec {
  readonly channel: string;
  readonly id: number;
  readonly provider?: string | undefined;
  readonly version?: number | undefined;
  readonly level?: number | undefined;
  readonly task?: number | undefined;
  readonly opcode?: number | undefined;
  readonly qualifiers?: number | undefined;
  readonly keywords?: bigint | undefined;
  readonly recordId?: bigint | undefined;
  readonly pid?: number | undefined;
  readonly tid?: number | undefined;
  readonly userSid?: string | undefined;
  readonly activityId?: string | undefined;
  readonly data?: readonly (readonly [name: string, ForgeValue])[] | undefined;
  readonly strings?: readonly string[] | undefined;
  readonly binary?: Uint8Array | undefined;
  readonly userData?: ForgeElement | undefined;
}

/** An event of a host with everything that its provider always writes filled in. */
export function completeEvent(spec: EventSpec, host: ScenarioHost, time: bigint): ForgeEvent {
  const provider = spec.provider ?? defaultProvider(spec.channel, spec.id);
  const general = providerDefaults(provider);
  const defaults = { ...general, ...general.ids?.[spec.id] };
  return {
    time,
    computer: host.computer,
    channel: spec.channel,
    provider,
    providerGuid: general.guid,
    id: spec.id,
    qualifiers: spec.qualifiers ?? defaults.qualifiers,
    version: spec.version ?? defaults.version,
    level: spec.level ?? defaults.level ?? 4,
    task: spec.task ?? defaults.task,
    opcode: spec.opcode ?? defaults.opcode,
    keywords:
      spec.keywords ?? (defaults.keywords === undefined ? undefined : BigInt(defaults.keywords)),
    recordId: spec.recordId,
    pid: spec.pid ?? (spec.channel === "Security" ? 728 : 1180),
    tid: spec.tid ?? 2104,
    userSid: spec.userSid ?? defaults.userSid,
    activityId: spec.activityId,
    payload: payloadOf(spec, provider, general.xmlns, host),
  };
}

function payloadOf(
  spec: EventSpec,
  provider: string,
  xmlns: string | undefined,
  host: ScenarioHost,
): ForgePayload | undefined {
  if (spec.userData !== undefined)
    return { kind: "userData", root: inNamespace(spec.userData, xmlns) };
  if (spec.strings !== undefined || spec.binary !== undefined) {
    const strings = spec.strings ?? [];
    return spec.binary === undefined
      ? { kind: "strings", strings }
      : { kind: "strings", strings, binary: spec.binary };
  }
  const layout = fieldLayout(provider, spec.id);
  if (layout === undefined)
    return spec.data === undefined ? undefined : { kind: "data", fields: spec.data };
  const given = new Map(spec.data);
  const fields: [string, ForgeValue][] = [];
  for (const [name, usual] of Object.entries(layout)) {
    fields.push([name, given.has(name) ? given.get(name)! : usualValue(usual, host)]);
    given.delete(name);
  }
  for (const field of given) fields.push(field);
  return { kind: "data", fields };
}

function usualValue(usual: string | number, host: ScenarioHost): string | number {
  if (typeof usual === "number") return usual;
  return usual.replaceAll("{host}", host.name).replaceAll("{domain}", host.domain);
}

function inNamespace(root: ForgeElement, xmlns: string | undefined): ForgeElement {
  const { attributes = [] } = root;
  if (xmlns === undefined || attributes.some(([name]) => name === "xmlns")) return root;
  return { ...root, attributes: [["xmlns", xmlns], ...attributes] };
}
