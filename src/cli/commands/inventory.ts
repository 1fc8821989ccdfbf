import type { Command } from "commander";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  type FilterOptions,
  type InputOptions,
  inputPaths,
} from "../options.ts";
import { Output } from "../output.ts";
import { progressLine } from "../progress.ts";
import { warn } from "../warn.ts";

interface DraftOptions extends FilterOptions, InputOptions {
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

/** `konseki inventory`: a first inventory out of logs, and a check of one. */
export function addInventory(program: Command, done: (code: ExitCode) => void): void {
  const inventory = program
    .command("inventory")
    .description("a first inventory out of logs; a check of one before it is used");
  inventory.addHelpText("after", "\nExample:\n  konseki inventory draft fixtures/rdp-chain");
  const draft = inventory
    .command("draft")
    .description("writes hosts, addresses and guessed roles as CSV, for somebody to correct")
    .argument("[input...]", "files, folders, or - for standard input")
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .option("-q, --quiet", "no progress and no warnings");
  addFilterOptions(addInputOptions(draft));
  draft.addHelpText(
    "after",
    "\nExample:\n  konseki inventory draft fixtures/rdp-chain -o inventory.csv",
  );
  draft.action(async (inputs: string[], options: DraftOptions) => {
    done(await writeDraft(inputs, options));
  });
  inventory
    .command("check")
    .description("says which rows of an inventory cannot be used, and how to mend them")
    .argument("<file>", "the inventory, CSV or YAML")
    .addHelpText("after", "\nExample:\n  konseki inventory check inventory.csv")
    .action(async (file: string) => {
      const { readInventory } = await import("../read-inventory.ts");
      const { segments, hosts, issues } = readInventory(file);
      new Output(undefined, false).write(
        `${segments.length} segments, ${hosts.length} hosts, ${issues.length} problems\n`,
      );
      done(issues.length > 0 ? EXIT.findings : EXIT.done);
    });
}

async function writeDraft(positional: readonly string[], options: DraftOptions): Promise<ExitCode> {
  const named = inputPaths(positional, options);
  const filter = eventFilter(options);
  const output = new Output(options.output, options.clobber === true, named);
  const { installNodePlatform } = await import("../../node/platform.ts");
  installNodePlatform();
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { mapInputs } = await import("../../node/run-triage.ts");
  const { signalWants } = await import("../../correlate/analyzers.ts");
  const { draftOf } = await import("../../triage/draft-of.ts");
  const { csvText } = await import("../../report/inert-text.ts");
  const results = await mapInputs(
    await findInputs(named),
    { filter, wants: signalWants() },
    { onProgress: progressLine(options.quiet === true) },
  );
  const columns = ["cidr", "segment", "role", "host", "owner", "edr", "note"] as const;
  const rows = draftOf(results);
  output.write(
    csvText(
      columns,
      rows.map((row) => columns.map((column) => row[column])),
    ),
  );
  output.close();
  const incomplete = results.map(({ ledger }) => ledger).filter(({ status }) => status !== "read");
  if (!options.quiet)
    for (const { path, status, reason } of incomplete) warn(`${path}: ${status}: ${reason}`);
  return incomplete.length > 0 ? EXIT.incomplete : EXIT.done;
}
