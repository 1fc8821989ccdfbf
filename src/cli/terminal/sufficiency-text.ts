import type { ChalkInstance } from "chalk";
import {
  type Answer,
  type HostSufficiency,
  type LogSufficiency,
  QUESTION_IDS,
  type QuestionId,
} from "../../model/sufficiency.ts";
import { type Lang, message } from "../../report/i18n/message.ts";
import { visibleText } from "../../report/inert-text.ts";
import {
  customerSummary,
  policyPath,
  reasonText,
  retentionText,
  settingsOf,
} from "../../report/sufficiency-text.ts";
import type { TimePrinter } from "../times.ts";
import { columnsOf, fitText, wrapText } from "./text-layout.ts";

export interface SufficiencyOptions {
  readonly chalk: ChalkInstance;
  readonly width: number;
  readonly lang: Lang;
  readonly time: TimePrinter;
}

const ANSWERS: readonly Answer[] = ["yes", "partly", "no"];

/** One line a question over all hosts, for a report that has more to say. */
export function sufficiencySummary(
  sufficiency: LogSufficiency,
  { chalk, lang, width }: SufficiencyOptions,
): string[] {
  const { hosts } = sufficiency;
  const [only] = hosts;
  const questions = QUESTION_IDS.flatMap((id) => {
    const answers = hosts.flatMap((host) => host.answers.filter(({ question }) => question === id));
    return answers.length === 0 ? [] : [{ id, answers }];
  });
  const wide = Math.max(...questions.map(({ id }) => columnsOf(questionText(lang, id))));
  const room = Math.min(wide, width - 30);
  return questions.map(({ id, answers }) => {
    const label = fitText(questionText(lang, id), room);
    if (hosts.length === 1 && only !== undefined)
      return `  ${label}  ${answerText(lang, answers[0]!.answer, chalk)}`;
    const count = (answer: Answer): number =>
      answers.filter((each) => each.answer === answer).length;
    return `  ${label}  ${message(lang, "sufficiency.allHosts", { yes: count("yes"), partly: count("partly"), no: count("no") })}`;
  });
}

/** Everything, host by host: answers with period and reasons, then what to set. */
export function renderSufficiency(
  sufficiency: LogSufficiency,
  options: SufficiencyOptions,
): string {
  const { lang, width } = options;
  const lines = [...wrapText(message(lang, "sufficiency.explained"), width)];
  if (sufficiency.hosts.length === 0)
    lines.push("", ...wrapText(message(lang, "sufficiency.noHosts"), width));
  for (const host of sufficiency.hosts) lines.push("", ...hostLines(sufficiency, host, options));
  if (sufficiency.hostsLeftOut > 0)
    lines.push("", message(lang, "sufficiency.leftOut", { count: sufficiency.hostsLeftOut }));
  return `${lines.join("\n")}\n`;
}

function hostLines(
  sufficiency: LogSufficiency,
  { host, answers }: HostSufficiency,
  { chalk, lang, width, time }: SufficiencyOptions,
): string[] {
  const lines = [chalk.bold(visibleText(host))];
  const put = (text: string, indent: number, first: string): void => {
    for (const [at, line] of wrapText(visibleText(text), Math.max(width - indent, 20)).entries())
      lines.push((at === 0 ? first : " ".repeat(indent)) + line);
  };
  for (const answer of answers) {
    const { from, to, retentionDays } = answer;
    const period =
      from === null || to === null || retentionDays === null
        ? ""
        : `${time(from)} – ${time(to)} (${retentionText(lang, retentionDays)})`;
    const asked = `  ${answerText(lang, answer.answer, chalk)} ${questionText(lang, answer.question)}`;
    const fits = columnsOf(asked) + columnsOf(period) + 2 <= width;
    lines.push(fits && period !== "" ? `${asked}  ${chalk.dim(period)}` : asked);
    if (!fits && period !== "") lines.push(`        ${chalk.dim(period)}`);
    for (const each of answer.reasons) put(reasonText(lang, each, time), 8, "      - ");
  }
  for (const sentence of customerSummary(lang, { host, answers }))
    put(`${message(lang, "sufficiency.customer")}: ${sentence}`, 4, "  > ");
  const settings = settingsOf(sufficiency, { settings: answers.flatMap((each) => each.settings) });
  if (settings.length > 0) lines.push(`  ${chalk.bold(message(lang, "sufficiency.settings"))}`);
  for (const { command, policy, noisy } of settings) {
    // A command is for copying: it is never wrapped.
    lines.push(`    ${visibleText(command)}`);
    if (policy !== undefined)
      put(`${message(lang, "sufficiency.policy")}: ${policyPath(lang, policy)}`, 8, "      ");
    if (noisy) put(message(lang, "sufficiency.noisy"), 8, "      ! ");
  }
  return lines;
}

function questionText(lang: Lang, id: QuestionId): string {
  return message(lang, `question.${id}`);
}

function answerText(lang: Lang, answer: Answer, chalk: ChalkInstance): string {
  const widest = Math.max(
    ...ANSWERS.map((each) => columnsOf(message(lang, `sufficiency.${each}`))),
  );
  const text = fitText(message(lang, `sufficiency.${answer}`), widest);
  return answer === "yes"
    ? chalk.green(text)
    : answer === "no"
      ? chalk.red(text)
      : chalk.yellow(text);
}
