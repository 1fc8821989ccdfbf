import type { HostFacts } from "../model/host-facts.ts";
import type { TriageReport } from "../model/report.ts";
import type {
  LogSetting,
  LogSufficiency,
  SufficiencyAnswer,
  SufficiencyReason,
} from "../model/sufficiency.ts";
import { joinHostFacts } from "./join-host-facts.ts";

/** The report with what registry hives say, and with its answers on logs made surer by it. */
export function withHostFacts(report: TriageReport, registry: readonly HostFacts[]): TriageReport {
  const { sufficiency, inputs, hostFacts: logged = [] } = report;
  return {
    ...report,
    hostFacts: joinHostFacts(registry, logged, inputs),
    ...(sufficiency && { sufficiency: withKnownSettings(sufficiency, registry) }),
  };
}

/** The same answers, with what the registry of a host says of why its logs hold nothing: read, no longer inferred. */
export function withKnownSettings(
  sufficiency: LogSufficiency,
  hostFacts: readonly HostFacts[],
): LogSufficiency {
  const facts = new Map(
    hostFacts.flatMap((each) => (each.host === undefined ? [] : [[shortName(each.host), each]])),
  );
  const settings = new Map(sufficiency.settings.map((setting) => [setting.id, setting]));
  return {
    ...sufficiency,
    hosts: sufficiency.hosts.map((host) => {
      const known = facts.get(shortName(host.host));
      if (known === undefined) return host;
      return { ...host, answers: host.answers.map((answer) => told(answer, known, settings)) };
    }),
  };
}

function told(
  answer: SufficiencyAnswer,
  facts: HostFacts,
  settings: ReadonlyMap<string, LogSetting>,
): SufficiencyAnswer {
  if (answer.answer === "yes") return answer;
  const off = answer.settings.flatMap((id): SufficiencyReason[] => {
    const setting = settings.get(id);
    return setting === undefined ? [] : switchedOff(setting, facts);
  });
  return off.length === 0 ? answer : { ...answer, reasons: [...answer.reasons, ...off] };
}

function switchedOff({ command, policy = "" }: LogSetting, facts: HostFacts): SufficiencyReason[] {
  // Policies are named in English in both places, whatever the language of Windows.
  const subcategory = /> Audit ([^:>]+): /.exec(policy)?.[1];
  const audit = facts.audit.find((each) => each.subcategory === subcategory);
  if (audit !== undefined && !audit.success && !audit.failure)
    return [{ code: "audit-off", params: { subcategory: audit.subcategory } }];
  const channel = /^wevtutil sl "([^"]+)" \/e:true$/.exec(command)?.[1]?.toLowerCase();
  const found = facts.channels.find((each) => each.channel.toLowerCase() === channel);
  return found?.enabled === false
    ? [{ code: "channel-off", params: { channel: found.channel } }]
    : [];
}

function shortName(host: string): string {
  return host.toLowerCase().replace(/\..*$/s, "");
}
