import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { CarveManifest } from "../../node/carve-files.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { list } from "../options.ts";
import { outsideEvidence } from "../outside-evidence.ts";
import { UsageError } from "../usage-error.ts";
import { warn } from "../warn.ts";

interface RecoverOptions {
  readonly output: string;
  readonly known?: readonly string[];
  readonly clobber?: boolean;
  readonly quiet?: boolean;
  readonly format: string;
}

const MIB = 1024 * 1024;

/** `konseki recover`: logs out of bytes that are no log any more. */
export function addRecover(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("recover")
    .description("logs from disk images, unallocated space, memory dumps, damaged files")
    .argument("<input...>", "files of any kind")
    .option("-o, --output <folder>", "where to write what is found", "recovered")
    .option(
      "--known <log>",
      "an .evtx at hand: its records are not written again (repeatable)",
      list,
    )
    .option("-C, --clobber", "write into a folder that holds other things")
    .option("--format <name>", "text or json (the manifest)", "text")
    .option("-q, --quiet", "no progress and no warnings")
    .addHelpText(
      "after",
      "\nA run that was stopped goes on where it was when it is started again with the\nsame folder.\n\nExample:\n  konseki recover disk.dd -o recovered\n  konseki triage recovered",
    )
    .action(async (inputs: string[], options: RecoverOptions) => {
      done(await recover(inputs, options));
    });
}

async function recover(inputs: readonly string[], options: RecoverOptions): Promise<ExitCode> {
  const { output, format } = options;
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format ${format} is not known: write text or json`);
  outsideEvidence(output, inputs, "--output");
  const isNew = !existsSync(output) || readdirSync(output).length === 0;
  if (!isNew && !existsSync(join(output, "journal.jsonl")) && !options.clobber)
    throw new UsageError(`${output} holds other things: name another folder, or use --clobber`);
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { carveFiles } = await import("../../node/carve-files.ts");
  const { openCopyLog } = await import("../write-copies.ts");
  installNodePlatform();
  let failed = false;
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
  };
  process.once("SIGINT", onInterrupt);
  const manifest = await carveFiles(inputs, {
    output,
    known: options.known ?? [],
    openCopyLog,
    onProblem(path, reason) {
      failed = true;
      warn(`${path}: ${reason}`);
    },
    onProgress: searchProgress(options.quiet === true),
    cancelled: () => interrupted,
  });
  process.removeListener("SIGINT", onInterrupt);
  if (manifest === undefined) {
    warn(`stopped; start it again with -o ${output} to go on`);
    return EXIT.interrupted;
  }
  const text =
    format === "json" ? `${JSON.stringify(manifest, null, 1)}\n` : manifestText(manifest, output);
  process.stdout.write(text);
  return failed ? EXIT.incomplete : EXIT.done;
}

function manifestText({ sources, counts, files }: CarveManifest, output: string): string {
  const { chunks, chunkRecords, records, repeats, unreadable } = counts;
  const searched = sources.reduce((sum, source) => sum + source.searched, 0);
  const lines = [
    `searched    ${sources.length} files, ${(searched / MIB).toFixed(1)} MiB`,
    `chunks      ${chunks.new} with new records (${chunkRecords}), ${chunks.duplicate} repeated, ${chunks.known} known, ${chunks.empty} empty`,
    `records     ${records} single ones, ${repeats} repeated or known, ${unreadable} without content`,
    ...files.map(
      ({ path, records: count }) => `written     ${join(output, path)} (${count} records)`,
    ),
    `manifest    ${join(output, "manifest.json")}; single records as text: ${join(output, "records.jsonl")}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** One line on stderr: how far the search is, and how fast. */
function searchProgress(quiet: boolean): (path: string, position: number, size: number) => void {
  if (quiet || process.stderr.isTTY !== true) return () => {};
  let lastMs = 0;
  const startMs = Date.now();
  return (path, position, size) => {
    const now = Date.now();
    if (position < size && now - lastMs < 200) return;
    lastMs = now;
    if (position >= size) {
      process.stderr.write("\r\x1b[K");
      return;
    }
    const percent = ((100 * position) / size).toFixed(1);
    const name = path.replace(/[\u0000-\u001f\u007f-\u009f]/g, "?").slice(-50);
    const seconds = Math.max((now - startMs) / 1000, 0.001);
    process.stderr.write(
      `\r\x1b[K${name} ${percent} % ${(position / MIB / seconds).toFixed(0)} MiB/s`,
    );
  };
}
