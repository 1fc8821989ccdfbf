import type { Command } from "commander";
import { EntityFacts } from "../../triage/entity-facts.ts";
import type { ExitCode } from "../exit-codes.ts";
import { example, type SummaryOptions, summarise, summaryCommand, times } from "./summaries.ts";

const KINDS = {
  users: {
    kind: "user",
    column: "account",
    example: "konseki users fixtures/rdp-chain --name user.one",
  },
  hosts: { kind: "host", column: "host", example: "konseki hosts fixtures/rdp-chain --name DC-01" },
} as const;

/** `konseki users`: what the logs say of accounts. */
export function addUsers(program: Command, done: (code: ExitCode) => void): void {
  addKnown(program, done, "users", "what is known of accounts, or of one with --name");
}

/** `konseki hosts`: what the logs say of hosts. */
export function addHosts(program: Command, done: (code: ExitCode) => void): void {
  addKnown(program, done, "hosts", "what is known of hosts, or of one with --name");
}

function addKnown(
  program: Command,
  done: (code: ExitCode) => void,
  name: keyof typeof KINDS,
  description: string,
): void {
  const { kind, column, example: text } = KINDS[name];
  const command = summaryCommand(program, name, description).option(
    "--name <name>",
    "only this one (* = any text)",
  );
  example(command, text);
  command.action(async (inputs: string[], options: SummaryOptions & { name?: string }) => {
    const facts = new EntityFacts(kind, options.name);
    const seenBy = kind === "user" ? ["hosts"] : [];
    done(
      await summarise(
        inputs,
        options,
        [column, "fact", "count", "value", "first", "last", ...seenBy],
        {
          take: (event) => facts.take(event),
          rows: () =>
            facts.facts().map((tally) => ({
              [column]: tally.item.name,
              fact: tally.item.fact,
              value: tally.item.value,
              ...(kind === "user" && { hosts: [...tally.item.hosts].join(", ") }),
              ...times(tally),
            })),
          leftOut: () => facts.leftOut,
        },
      ),
    );
  });
}
