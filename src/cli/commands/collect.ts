import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { VerifiedFile } from "../../node/verify-collection.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { addInputOptions, evidenceOptions, type InputOptions, inputPaths } from "../options.ts";
import { Output, unwritable } from "../output.ts";
import { outsideEvidence } from "../outside-evidence.ts";
import { progressLine } from "../progress.ts";
import { UsageError } from "../usage-error.ts";
import { VERSION } from "../version.ts";
import { warn } from "../warn.ts";

interface CollectCliOptions extends InputOptions {
  readonly output?: string;
  readonly hives: boolean;
  readonly quiet?: boolean;
}

/** `konseki collect`: logs out of any evidence, with a manifest. */
export function addCollect(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("collect")
    .description("copies logs and registry hives out of images and collections, with a manifest")
    .argument("[input...]", "files, folders, archives and disk images")
    .option("-o, --output <path>", "a new or empty folder, or a new .zip file")
    .option("--no-hives", "logs only, no registry hives")
    .option("-q, --quiet", "no progress and no warnings");
  addInputOptions(command);
  command.addHelpText(
    "after",
    "\nExample:\n  konseki collect disk.dd -o WS-01.zip\n  konseki verify WS-01.zip",
  );
  command.action(async (inputs: string[], options: CollectCliOptions) => {
    done(await collect(inputs, options));
  });
}

async function collect(
  positional: readonly string[],
  options: CollectCliOptions,
): Promise<ExitCode> {
  const named = inputPaths(positional, options);
  const { output } = options;
  if (output === undefined) throw new UsageError("no output: name a folder or .zip file with -o");
  outsideEvidence(output, named, "-o");
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { collectEvidence } = await import("../../node/collect-evidence.ts");
  const { folderSink, zipSink } = await import("../../node/collection-sink.ts");
  const { EvidenceCache } = await import("../../node/evidence-cache.ts");
  const { MANIFEST_NAME } = await import("../../node/collection-manifest.ts");
  installNodePlatform();
  if (/\.zip$/i.test(output) && existsSync(output))
    throw new UsageError(`${output} exists already: name a new file`);
  const evidence = new EvidenceCache(evidenceOptions(options));
  const found = await findInputs(named, evidence, { hives: options.hives });
  let sink: import("../../node/collection-sink.ts").CollectionSink;
  try {
    sink = /\.zip$/i.test(output) ? zipSink(output) : folderSink(output);
  } catch (error) {
    throw new UsageError(`cannot write ${output}: ${unwritable(error)}`);
  }
  const { files, problems } = await collectEvidence(found, sink, {
    sources: named,
    version: VERSION,
    now: new Date(),
    evidence,
    onProgress: progressLine(options.quiet === true),
  });
  sink.close();
  evidence.close();
  const damaged = files.filter(({ damage }) => damage !== undefined);
  if (!options.quiet) {
    for (const { path, problem } of problems) warn(`${path}: ${problem}`);
    for (const { source, damage } of damaged) warn(`${source}: ${damage?.join("; ")}`);
  }
  const answer = new Output(undefined, false);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  answer.write(
    `${files.length} files, ${bytes} bytes in ${output}; what they are and were: ${MANIFEST_NAME}\n`,
  );
  answer.close();
  return problems.length + damaged.length > 0 ? EXIT.incomplete : EXIT.done;
}

/** `konseki verify`: whether a collection is what its manifest says. */
export function addVerify(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("verify")
    .description("compares a collection with its manifest")
    .argument("<collection>", "the folder or .zip file that collect made")
    .option("--format <name>", "text or json", "text")
    .addHelpText("after", "\nExample:\n  konseki verify WS-01.zip")
    .action(async (path: string, options: { readonly format: string }) => {
      done(await verify(path, options.format));
    });
}

async function verify(path: string, format: string): Promise<ExitCode> {
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format ${format} is not known: write text or json`);
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { verifyCollection } = await import("../../node/verify-collection.ts");
  const { reasonOf } = await import("../../node/reason-of.ts");
  const { inertJson, visibleText } = await import("../../report/inert-text.ts");
  installNodePlatform();
  let result: import("../../node/verify-collection.ts").Verification;
  try {
    result = await verifyCollection(path);
  } catch (error) {
    warn(`${path}: ${reasonOf(error)}`);
    return EXIT.incomplete;
  }
  const { manifest, manifestSha256, files } = result;
  const wrong = files.filter(({ state }) => state !== "same");
  const output = new Output(undefined, false);
  if (format === "json") {
    const { tool, collected, sources } = manifest;
    output.write(`${inertJson({ tool, collected, sources, manifestSha256, files }, 2)}\n`);
  } else {
    const line = ({ file, state, detail }: VerifiedFile): string =>
      visibleText(`${state}: ${file}: ${detail}`);
    for (const file of wrong) output.write(`${line(file)}\n`);
    output.write(
      visibleText(
        `${files.length - wrong.length} of ${files.length} files are as collected ${manifest.collected} by konseki ${manifest.tool.version}; manifest SHA-256 ${manifestSha256}`,
      ),
    );
    output.write("\n");
  }
  output.close();
  return wrong.length > 0 ? EXIT.incomplete : EXIT.done;
}
