import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type { ByteSource } from "../base/byte-source.ts";
import type { SourceProblem } from "../sources/source-problem.ts";
import { type Spool, spoolStream } from "./spool.ts";

/** A live file that fls lists. */
export interface TskFile {
  /** `p2/Windows/…`, or without a partition where the image has no table. */
  readonly label: string;
  /** "partition 2", empty without a table. */
  readonly volume: string;
  open(): Promise<ByteSource | SourceProblem>;
}

export interface TskListing {
  readonly files: readonly TskFile[];
  readonly problems: readonly { readonly label: string; readonly problem: string }[];
}

const MOST_LISTING_BYTES = 1024 * 1024 * 1024;
const MOST_FILE_BYTES = 64 * 1024 * 1024 * 1024;

/**
 * The files of an image whose names `wants`, by The Sleuth Kit (mmls, fls, icat) where it is installed: for other file systems, and for
 * comparison. It opens containers by its own means.
 */
export function listWithTsk(path: string, wants: (path: string) => boolean): TskListing {
  // An absolute path can never look like an option.
  const image = resolve(path);
  const files: TskFile[] = [];
  const problems: { label: string; problem: string }[] = [];
  for (const { number, sector } of partitionsOf(image)) {
    const volume = number === undefined ? "" : `partition ${number}`;
    const prefix = number === undefined ? "" : `p${number}/`;
    const run = spawnSync("fls", ["-r", "-p", "-F", "-u", "-o", String(sector), image], {
      encoding: "utf8",
      maxBuffer: MOST_LISTING_BYTES,
    });
    if (run.error !== undefined || run.status !== 0) {
      const missing = (run.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
      problems.push({
        label: prefix.replace(/\/$/, ""),
        problem: missing
          ? "--engine tsk: fls of The Sleuth Kit is not installed"
          : `The Sleuth Kit: ${firstLine(run.stderr) || (run.error?.message ?? "fls failed")}`,
      });
      if (missing) break;
      continue;
    }
    for (const line of run.stdout.split("\n")) {
      const found = /^r\/r ([\d-]+):\t(.+)$/.exec(line);
      if (found === null || !wants(found[2]!)) continue;
      const [, address, name] = found;
      files.push({
        label: `${prefix}${name}`,
        volume,
        open: () => contentOf(image, sector, address!),
      });
    }
  }
  return { files, problems };
}

interface TskPartition {
  readonly number: number | undefined;
  readonly sector: number;
}

/** What mmls says; one volume from the first sector on where it finds no table. */
function partitionsOf(image: string): TskPartition[] {
  const run = spawnSync("mmls", [image], { encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });
  if (run.status !== 0) return [{ number: undefined, sector: 0 }];
  const found: TskPartition[] = [];
  let logical = 5;
  for (const line of run.stdout.split("\n")) {
    const slot = /^\d+:\s+(?:(\d{3}):)?(\d{3})\s+(\d+)\s+\d+\s+\d+\s/.exec(line);
    if (slot === null) continue;
    const [, table, entry, sector] = slot;
    const number = table === undefined || table === "000" ? Number(entry) + 1 : logical++;
    found.push({ number, sector: Number(sector) });
  }
  return found;
}

async function contentOf(
  image: string,
  sector: number,
  address: string,
): Promise<Spool | SourceProblem> {
  const child = spawn("icat", ["-o", String(sector), image, address], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (said.length < 1000) said += text;
  });
  const ended = new Promise<number | null>((done, failed) => {
    child.once("error", failed);
    child.once("close", done);
  });
  try {
    const content = await spoolStream(child.stdout, MOST_FILE_BYTES);
    const status = await ended;
    if (status === 0) return content;
    content.close();
    return { problem: `The Sleuth Kit: ${firstLine(said) || "icat failed"}` };
  } catch (error) {
    child.kill();
    return { problem: `The Sleuth Kit: ${(error as Error).message}` };
  }
}

function firstLine(text: string | null): string {
  return (text ?? "").trim().split("\n")[0]!.slice(0, 300);
}
