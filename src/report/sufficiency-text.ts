import type {
  HostSufficiency,
  LogSetting,
  LogSufficiency,
  SufficiencyAnswer,
  SufficiencyReason,
} from "../model/sufficiency.ts";
import { JA_POLICIES } from "./i18n/ja-policies.ts";
import { type Lang, message } from "./i18n/message.ts";

/**
 * One reason in words. Parameters come from a log: whoever prints them escapes them. `timeText` gives times the form of
 * the output.
 */
export function reasonText(
  lang: Lang,
  { code, params }: SufficiencyReason,
  timeText: (iso: string) => string = asIs,
): string {
  const { time } = params;
  const shown = typeof time === "string" ? { ...params, time: timeText(time) } : params;
  return message(lang, `sufficiency.reason.${code}`, shown);
}

const asIs = (iso: string): string => iso;

/** How far back a log reaches. */
export function retentionText(lang: Lang, days: number): string {
  return days < 1
    ? message(lang, "sufficiency.underOneDay")
    : message(lang, "sufficiency.days", { count: days });
}

/** A plain sentence to hand to the owner of the host; empty when the logs answer. */
export function customerSentence(lang: Lang, host: string, answer: SufficiencyAnswer): string {
  if (answer.answer === "yes") return "";
  const question = message(lang, `question.${answer.question}`);
  const told = message(lang, `sufficiency.customer.${answer.answer}`, { host, question });
  return answer.settings.length === 0
    ? told
    : `${told} ${message(lang, "sufficiency.customer.change")}`;
}

/** The same for all questions of a host, one sentence for each answer there is. */
export function customerSummary(lang: Lang, { host, answers }: HostSufficiency): string[] {
  return (["no", "partly"] as const).flatMap((kind) => {
    const asked = answers.filter(({ answer }) => answer === kind);
    if (asked.length === 0) return [];
    const questions = asked.map(({ question: id }) => message(lang, `question.${id}`));
    const question = lang === "ja" ? `「${questions.join("」「")}」` : questions.join(" ");
    return [message(lang, `sufficiency.customer.${kind}`, { host, question })];
  });
}

/** The settings of an answer, looked up. */
export function settingsOf(
  { settings }: LogSufficiency,
  answer: Pick<SufficiencyAnswer, "settings">,
): LogSetting[] {
  return settings.filter(({ id }) => answer.settings.includes(id));
}

/** Where a setting is in the Group Policy editor, step by step, in the words of a Windows of that language. */
export function policyPath(lang: Lang, policy: string): string {
  if (lang === "en") return policy;
  const word = (text: string) => (Object.hasOwn(JA_POLICIES, text) ? JA_POLICIES[text]! : text);
  return policy
    .split(" > ")
    .map((step) => step.split(": ").map(word).join(": "))
    .join(" > ");
}

/** The object of one host in json and jsonl: ready to read without looking anything up. */
export function* sufficiencyObjects(sufficiency: LogSufficiency): Generator<object> {
  for (const { host, answers } of sufficiency.hosts) {
    yield {
      type: "sufficiency",
      host,
      answers: answers.map((answer) => ({
        ...answer,
        text: message("en", `question.${answer.question}`),
        reasons: answer.reasons.map((each) => ({
          code: each.code,
          text: reasonText("en", each),
          params: each.params,
        })),
        settings: settingsOf(sufficiency, answer),
        customer: customerSentence("en", host, answer),
      })),
    };
  }
}
