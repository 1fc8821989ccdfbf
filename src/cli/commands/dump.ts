import type { Command } from "commander";
import type { InputLedger } from "../../model/ledger.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { workerCount } from "../map-logs.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  evidenceOptions,
  type FilterOptions,
  type InputOptions,
  inputPaths,
  list,
} from "../options.ts";
import { Output } from "../output.ts";
import { recordIdFilter } from "../record-ids.ts";
import { UsageError } from "../usage-error.ts";
import { warn } from "../warn.ts";

interface DumpCliOptions extends FilterOptions, InputOptions {
  readonly format: string;
  readonly records?: readonly string[];
  readonly recovered?: boolean;
  readonly workers?: number;
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

/** `konseki dump`: records as they are. */
export function addDump(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("dump")
    .description("records as jsonl, json or xml")
    .argument("[input...]", "files, folders, or - for standard input")
    .option(
      "--format <name>",
      "jsonl (a record a line, as evtx_dump writes it), json (one array), xml",
      "jsonl",
    )
    .option("--records <ids>", "only these EventRecordIDs (17 or 100-200; repeatable)", list)
    .option(
      "--recovered",
      "also the records brought back from slack, stale chunks and other records, each marked with how",
    )
    .option("--workers <n>", "worker threads; 1 = none (default: by cores and size)", workerCount)
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .option("-q, --quiet", "no warnings");
  addFilterOptions(addInputOptions(command));
  command.addHelpText(
    "after",
    "\nExample:\n  konseki dump fixtures/rdp-chain --event-id 4624 | head -3\n  konseki dump Security.evtx --format xml --records 100-120 -o part.xml",
  );
  command.action(async (inputs: string[], options: DumpCliOptions) => {
    done(await dump(inputs, options));
  });
}

async function dump(positional: readonly string[], options: DumpCliOptions): Promise<ExitCode> {
  const { format } = options;
  if (format !== "jsonl" && format !== "json" && format !== "xml") {
    throw new UsageError(`--format ${format} is not known: write jsonl, json or xml`);
  }
  const filter = { ...eventFilter(options), ...recordIdFilter(options.records) };
  const named = inputPaths(positional, options);
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { dumpLog, learnTemplatesOf, newCaches } = await import("../../node/dump-log.ts");
  const { EvidenceCache } = await import("../../node/evidence-cache.ts");
  installNodePlatform();
  const output = new Output(options.output, options.clobber === true, named);
  const framed = new Framed(output, format);
  const evidence = new EvidenceCache(evidenceOptions(options));
  let incomplete = false;
  const found = await findInputs(named, evidence);
  const shared = newCaches();
  if (options.recovered) {
    for (const input of found)
      if (!("problem" in input)) await learnTemplatesOf(input.path, shared, evidence);
  }
  const paths: string[] = [];
  for (const input of found) {
    if ("problem" in input) {
      warn(`${input.path}: ${input.problem}`);
      incomplete = true;
    } else paths.push(input.path);
  }
  const dumpOptions = {
    plan: { format, filter },
    shared,
    write: (bytes: Uint8Array) => framed.write(bytes),
    stopped: () => output.closed,
  } as const;
  const { worthwhileWorkers } = await import("../../fleet/worker-count.ts");
  // What is brought back needs the log as a whole.
  const workers = options.recovered ? 1 : (options.workers ?? worthwhileWorkers(found));
  const tell = (ledger: InputLedger): void => {
    if (ledger.status === "read") return;
    incomplete = true;
    if (!options.quiet) warn(`${ledger.path}: ${ledger.status}: ${ledger.reason}`);
  };
  if (workers === 1) {
    for (const path of paths) {
      if (output.closed) break;
      tell(await dumpLog(path, { ...dumpOptions, recover: options.recovered === true }, evidence));
    }
  } else {
    const { dumpInWorkers } = await import("../../fleet/dump-in-workers.ts");
    for await (const ledger of dumpInWorkers(paths, { ...dumpOptions, workers }, evidence))
      tell(ledger);
  }
  evidence.close();
  framed.end();
  output.close();
  return incomplete ? EXIT.incomplete : EXIT.done;
}

/** Puts the root element or array around the records. */
class Framed {
  readonly #output: Output;
  readonly #format: "jsonl" | "json" | "xml";
  #first = true;

  constructor(output: Output, format: "jsonl" | "json" | "xml") {
    this.#output = output;
    this.#format = format;
    if (format === "json") output.write("[");
    else if (format === "xml") output.write('<?xml version="1.0" encoding="utf-8"?>\n<Events>\n');
  }

  write(bytes: Uint8Array): void {
    if (this.#format !== "json") {
      this.#output.write(bytes);
      return;
    }
    const lines = new TextDecoder()
      .decode(bytes)
      .split("\n")
      .filter((line) => line !== "");
    if (lines.length === 0) return;
    this.#output.write(`${this.#first ? "\n" : ",\n"}${lines.join(",\n")}`);
    this.#first = false;
  }

  end(): void {
    if (this.#format === "json") this.#output.write("\n]\n");
    else if (this.#format === "xml") this.#output.write("</Events>\n");
  }
}
