import { existsSync, readdirSync, statSync } from "node:fs";
import type { Command } from "commander";
import type { Issue } from "../model/issue.ts";
import { IssueLog } from "../model/issue-log.ts";
import type { TriageReport } from "../model/report.ts";
import type { EvidenceCache } from "../node/evidence-cache.ts";
import type { RuleChoice } from "../node/load-rules.ts";
import { openNewFile } from "./output.ts";
import { outsideEvidence } from "./outside-evidence.ts";
import { UsageError } from "./usage-error.ts";
import { warn } from "./warn.ts";

export interface EvidenceOutputOptions {
  readonly evtx?: string;
  readonly neighbours?: string;
  readonly evidence?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

const MOST_NEIGHBOURS = 10_000;
const USUAL_NEIGHBOURS = 5;

export function addEvidenceOutputOptions(command: Command): Command {
  return command
    .option("--evtx <file>", "write the records behind findings as one smaller .evtx file too")
    .option("--neighbours <n>", "with --evtx: records to take before and behind each (default: 5)")
    .option(
      "--evidence <folder>",
      "write for each finding its raw records, their XML, hashes and the rule's text",
    );
}

/** Copies of what findings stand on. Made before the logs are read, so that a wrong place is told at once. */
export class EvidenceOutput {
  readonly #evtx: { readonly path: string; readonly fd: number } | undefined;
  readonly #neighbours: number;
  readonly #folder: string | undefined;
  readonly #choice: RuleChoice;
  readonly #quiet: boolean;

  constructor(options: EvidenceOutputOptions, inputs: readonly string[], choice: RuleChoice) {
    const { evtx, evidence, neighbours } = options;
    this.#choice = choice;
    this.#quiet = options.quiet === true;
    this.#neighbours = Number(neighbours ?? USUAL_NEIGHBOURS);
    if (neighbours !== undefined && evtx === undefined)
      throw new UsageError("--neighbours goes with --evtx FILE");
    if (!/^\d{1,5}$/.test(neighbours ?? "0") || this.#neighbours > MOST_NEIGHBOURS)
      throw new UsageError(
        `--neighbours ${neighbours}: write a number from 0 to ${MOST_NEIGHBOURS}`,
      );
    if (evidence !== undefined) {
      outsideEvidence(evidence, inputs, "--evidence");
      if (existsSync(evidence) && !isEmptyFolder(evidence))
        throw new UsageError(`--evidence ${evidence} is not an empty folder: name another place`);
      this.#folder = evidence;
    }
    if (evtx !== undefined) {
      outsideEvidence(evtx, inputs, "--evtx");
      this.#evtx = { path: evtx, fd: openNewFile(evtx, options.clobber === true) };
    }
  }

  async write(report: TriageReport, cache: EvidenceCache): Promise<void> {
    const issues = new IssueLog((issue: Issue) => warn(`${issue.source}: ${issue.message}`));
    const onIssue = (issue: Issue): void => issues.add(issue);
    if (this.#evtx !== undefined) {
      const { path, fd } = this.#evtx;
      const { writeFlaggedLog } = await import("./write-flagged-log.ts");
      const { flagged, neighbours, refused } = await writeFlaggedLog(
        report,
        fd,
        this.#neighbours,
        onIssue,
        cache,
      );
      this.#say(
        `${path}: ${flagged} flagged records, ${neighbours} neighbours${refused > 0 ? `, ${refused} could not be copied` : ""}`,
      );
    }
    if (this.#folder === undefined) return;
    const { writeEvidencePack } = await import("../node/evidence-pack.ts");
    const { loadRuleSet, ruleDocuments, ruleText } = await import("../node/rule-set.ts");
    const { inertJson, inertXml } = await import("../report/inert-text.ts");
    const loaded = loadRuleSet(this.#choice);
    const rules = new Map(ruleDocuments(loaded.set).map((rule) => [rule.id, rule]));
    const { findings, records, files } = await writeEvidencePack(this.#folder, report, {
      onIssue,
      cache,
      xml: inertXml,
      json: (value) => inertJson(value, 2),
      ruleText: ({ id }) => {
        const rule = rules.get(id);
        return rule && ruleText(loaded, rule);
      },
    });
    this.#say(`${this.#folder}: ${findings} findings, ${records} records, ${files} files`);
  }

  #say(text: string): void {
    if (!this.#quiet) warn(text);
  }
}

function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}
