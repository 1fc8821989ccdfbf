import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { gunzipSync, gzipSync } from "node:zlib";
import { plainResult } from "../triage/compact-result.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import { toldByName } from "./log-content.ts";

/** Raised whenever what a map result holds changes its form or meaning. */
const FORMAT = 2;
/** A stored result is never larger when unpacked; guards against a folder that someone else filled. */
const MOST_BYTES = 2 * 1024 * 1024 * 1024;

/** What was done in this run and what an earlier one had done already. */
export interface CaseCounts {
  readonly mapped: number;
  readonly reused: number;
  /** Of those mapped: what an earlier run had kept could not be read any more. */
  readonly damaged: number;
}

/** `<key>.json.gz.<machine>.<process>-<thread>.tmp`: no two writers share one. */
const ASIDE = /\.json\.gz\.([^/]*)\.(\d+)-\d+\.tmp$/;
const MACHINE = hostname().replace(/[^\w-]/g, "_");

/**
 * Map results kept in a folder of the case, one file a log, by everything that decides them: the log's content and what its name
 * tells of it, rules, filter, wants and version. A run that was stopped goes on where it was; a log that lies in several places is
 * read once.
 */
export class CaseStore {
  readonly #folder: string;
  readonly #plan: string;
  #mapped = 0;
  #reused = 0;
  #damaged = 0;

  /** `rules` names the exact texts of the rules that the plan's engine was made of. Throws when the folder cannot be made. */
  constructor(folder: string, plan: MapPlan, rules: string, version: string) {
    this.#folder = join(folder, "map-results");
    mkdirSync(this.#folder, { recursive: true });
    const { filter, wants, recover } = plan;
    const parts = [FORMAT, version, rules, filter ?? null, wants ?? null, recover ?? false];
    this.#plan = JSON.stringify(parts);
  }

  get counts(): CaseCounts {
    return { mapped: this.#mapped, reused: this.#reused, damaged: this.#damaged };
  }

  /** Counts what was done elsewhere with the same folder. */
  add({ mapped, reused, damaged }: CaseCounts): void {
    this.#mapped += mapped;
    this.#reused += reused;
    this.#damaged += damaged;
  }

  /** Removes what runs of this machine that were killed had half written; gives how many. */
  removeUnfinished(): number {
    let removed = 0;
    for (const name of readdirSync(this.#folder)) {
      const [, machine, writer] = ASIDE.exec(name) ?? [];
      if (machine !== MACHINE || isAlive(Number(writer))) continue;
      rmSync(join(this.#folder, name), { force: true });
      removed++;
    }
    return removed;
  }

  /** The result of a log of this content, told of under `path`; undefined when there is none yet or it is damaged. */
  take(sha256: string, path: string): MapResult | undefined {
    let packed: Uint8Array;
    try {
      packed = readFileSync(this.#file(sha256, path));
    } catch {
      return undefined;
    }
    const stored = unpacked(packed);
    if (stored?.ledger?.sha256 !== sha256) {
      this.#damaged++; // half a file of a full disk, say: the log is read again
      return undefined;
    }
    this.#reused++;
    return relabelled(stored, path);
  }

  /** Keeps a result. Throws when it cannot be written: without it the case would not go on where it was. */
  keep(result: MapResult): void {
    this.#mapped++;
    const file = this.#file(result.ledger.sha256, result.ledger.path);
    // Written aside and renamed: a killed run leaves no half result behind.
    const aside = `${file}.${MACHINE}.${process.pid}-${threadId}.tmp`;
    writeFileSync(aside, gzipSync(JSON.stringify(plainResult(result)), { level: 1 }));
    renameSync(aside, file);
  }

  #file(sha256: string, path: string): string {
    const key = createHash("sha256")
      .update(this.#plan)
      .update(toldByName(path))
      .update(sha256)
      .digest("hex");
    return join(this.#folder, `${key}.json.gz`);
  }
}

function unpacked(packed: Uint8Array): MapResult | undefined {
  try {
    return JSON.parse(gunzipSync(packed, { maxOutputLength: MOST_BYTES }).toString("utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** The same result of the same bytes at another place: wherever it names its file, but not in what events say. */
function relabelled(result: MapResult, path: string): MapResult {
  const before = result.ledger.path;
  if (before === path) return result;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key === "fields") return [key, inner];
        return [key, inner === before && FILE_KEYS.includes(key) ? path : walk(inner)];
      }),
    );
  };
  return walk(result) as MapResult;
}

/** Under these names model objects say which file they are about. */
const FILE_KEYS = ["path", "file", "source"];
