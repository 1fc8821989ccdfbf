import type { ChannelSetting, HostFacts, HostMoment } from "../model/host-facts.ts";
import type { Text } from "../model/phrase.ts";
import { type Lang, message } from "./i18n/message.ts";

/** What registry and logs say of one host, one line each; the first names it. Sentences are in the words of `say`. */
export function hostFactsLines(
  facts: HostFacts,
  lang: Lang,
  say: (text: Text) => string,
): string[] {
  const { host, domain, windows, build, timeZone, biasMinutes, installed, lastShutdown } = facts;
  const name = host ?? message(lang, "report.none");
  const audited = facts.audit.filter(({ success, failure }) => success || failure);
  const off = facts.audit.filter(({ success, failure }) => !success && !failure);
  const line = (label: string, values: readonly (string | undefined)[]): string[] => {
    const text = values.filter((value) => value !== undefined && value !== "").join(", ");
    return text === "" ? [] : [`${label}: ${text}`];
  };
  return [
    domain === undefined ? name : `${name} (${domain})`,
    ...line("Windows", [windows, build]),
    ...line(message(lang, "hostFacts.timeZone"), [
      timeZone,
      biasMinutes === undefined ? undefined : utcOffset(biasMinutes),
    ]),
    ...line(message(lang, "hostFacts.installed"), [installed]),
    ...line(message(lang, "hostFacts.lastBoot"), [
      facts.lastBoot && momentText(facts.lastBoot),
      facts.boots === undefined
        ? undefined
        : message(lang, "hostFacts.boots", { count: facts.boots }),
    ]),
    ...line(message(lang, "hostFacts.lastShutdown"), [
      lastShutdown && `${lastShutdown} (${message(lang, "hostFacts.registry")})`,
      facts.loggedShutdown && momentText(facts.loggedShutdown),
    ]),
    ...line(message(lang, "hostFacts.addresses"), facts.addresses),
    ...line(
      message(lang, "hostFacts.channels"),
      facts.channels.map((channel) => channelText(channel, lang)),
    ),
    ...line(
      message(lang, "hostFacts.audited"),
      audited.map(({ subcategory, success, failure }) => {
        const what = success && failure ? "auditBoth" : success ? "auditSuccess" : "auditFailure";
        return `${subcategory} (${message(lang, `hostFacts.${what}`)})`;
      }),
    ),
    ...line(
      message(lang, "hostFacts.notAudited"),
      off.map(({ subcategory }) => subcategory),
    ),
    ...(facts.conflicts ?? []).map(
      (text) => `${message(lang, "hostFacts.conflict")}: ${say(text)}`,
    ),
    ...facts.problems.map(say),
  ];
}

/** The time, and the record that says so. */
function momentText({ time, by, ref }: HostMoment): string {
  return `${time} (${by}, ${ref.channel} #${ref.recordId})`;
}

function channelText({ channel, enabled, maxBytes, whenFull }: ChannelSetting, lang: Lang): string {
  const facts = [
    ...(enabled === undefined
      ? []
      : [message(lang, enabled ? "hostFacts.enabled" : "hostFacts.disabled")]),
    ...(maxBytes === undefined ? [] : [`${Math.round(maxBytes / 1024)} KiB`]),
    ...(whenFull === undefined ? [] : [message(lang, `hostFacts.${whenFull}`)]),
  ];
  return facts.length === 0 ? channel : `${channel} (${facts.join("; ")})`;
}

/** Minutes that are added to local time for UTC, as people write the zone. */
function utcOffset(bias: number): string {
  const minutes = Math.abs(bias);
  const sign = bias <= 0 ? "+" : "-";
  const two = (value: number): string => String(value).padStart(2, "0");
  return `UTC${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
