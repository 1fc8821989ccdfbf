import { statSync } from "node:fs";
import { type ByteSource, MemorySource } from "../base/byte-source.ts";
import type { Issue } from "../model/issue.ts";
import { IssueLog } from "../model/issue-log.ts";
import type { EvidenceFacts, InputLedger, MftFacts } from "../model/ledger.ts";
import { layoutOf } from "../sources/collection-layout.ts";
import type { KnownLayout } from "../sources/collection-notes.ts";
import { PatchedSource } from "../sources/patched-source.ts";
import { isProblem, problemText } from "../sources/source-problem.ts";
import { type CollectedFact, collectedFile, withCollected } from "./collected-file.ts";
import { sharedEvidence, splitEvidencePath } from "./evidence-cache.ts";
import type { Evidence, EvidenceItem } from "./evidence-reader.ts";
import { FileSource } from "./file-source.ts";
import { folderNotes } from "./folder-notes.ts";
import { HashedSource } from "./hashed-source.ts";

/** No log of Windows is larger; stops images that claim files without end. */
const MOST_LOG_BYTES = 64 * 1024 * 1024 * 1024;

/** The path that means standard input, and its name in reports. */
const STDIN = "-";
const MOST_STDIN_BYTES = 2 * 1024 * 1024 * 1024;

export function inputName(path: string): string {
  return path === STDIN ? "(stdin)" : path;
}

/** A log that is being read, wherever it lies. */
export interface OpenLog {
  readonly source: HashedSource;
  /** The same bytes for who needs no hash. */
  readonly unhashed: ByteSource;
  readonly evidence?: EvidenceFacts;
  readonly mft?: MftFacts;
  /** Of a log in a collection: what its manifest says of it. */
  readonly collected?: CollectedFact;
  /** What was damaged on the way to its bytes so far: read it when the log has been read. */
  damage(): IssueLog;
  close(): void;
}

/**
 * Opens a log by its path: `-` is standard input, else a file, or something inside a container (`disk.dd!/Windows/System32/winevt/Logs/Security.evtx`).
 * Rejects with the reason in words when there is none or it cannot be read.
 */
export async function openLog(path: string, cache = sharedEvidence): Promise<OpenLog> {
  if (path === STDIN) return openStdin();
  const inside = statSync(path, { throwIfNoEntry: false }) ? undefined : splitEvidencePath(path);
  if (inside === undefined) {
    const file = new FileSource(path);
    const damage = new IssueLog();
    const layout: KnownLayout = { ...layoutOf(path), ...folderNotes(path) };
    return {
      source: new HashedSource(file),
      unhashed: file,
      ...collectedAs(collectedFile(path)),
      ...(layout.layout !== undefined && { evidence: { source: path, inside: [], ...layout } }),
      damage: () => damage,
      close: () => file.close(),
    };
  }
  const evidence = await cache.at(inside.file);
  const item = evidence && findItem(evidence, inside.file, path);
  if (evidence === undefined || item === undefined)
    throw new Error(`${inside.file} holds no log of this name`);
  return openItem(evidence, item);
}

/** What is piped in is read whole: a log is read by place, not by order. */
async function openStdin(): Promise<OpenLog> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    size += (piece as Buffer).length;
    if (size > MOST_STDIN_BYTES)
      throw new Error(
        `more than ${MOST_STDIN_BYTES} bytes came in: save it to a file and name that`,
      );
    pieces.push(piece as Buffer);
  }
  if (size === 0) throw new Error("nothing came in");
  const damage = new IssueLog();
  const unhashed = new MemorySource(new Uint8Array(Buffer.concat(pieces)));
  const source = new HashedSource(unhashed);
  return { source, unhashed, damage: () => damage, close: () => undefined };
}

async function openItem(evidence: Evidence, item: EvidenceItem): Promise<OpenLog> {
  const before = evidence.issues.issues.length;
  const notes = evidence.items.find(({ role }) => role === "log") === item ? evidence.notes : [];
  const opened = await item.open();
  if (isProblem(opened)) throw new Error(problemText(opened));
  if (opened.size > MOST_LOG_BYTES)
    throw new Error(`it claims ${opened.size} bytes: above ${MOST_LOG_BYTES} nothing is read`);
  const gaps: Issue[] = [];
  const patched = new PatchedSource(opened, (fileOffset, bytes, reason) =>
    gaps.push({
      code: "evidence-unreadable",
      severity: "warning",
      message: `${bytes} bytes at ${fileOffset} cannot be read and count as zeros: ${reason}`,
      source: item.path,
      fileOffset,
      bytes,
    }),
  );
  return {
    source: new HashedSource(patched),
    unhashed: patched,
    evidence: item.evidence,
    ...collectedAs(item.collected),
    ...(item.mft !== undefined && { mft: item.mft }),
    damage: () => {
      const log = new IssueLog();
      for (const issue of [...notes, ...evidence.issues.issues.slice(before), ...gaps])
        log.add(issue);
      return log;
    },
    close: () => (opened as ByteSource & { close?(): void }).close?.(),
  };
}

function collectedAs(collected: CollectedFact | undefined): { collected?: CollectedFact } {
  return collected === undefined ? {} : { collected };
}

/** By its exact label; else without the partition, and in any case, when only one log fits. */
function findItem(evidence: Evidence, file: string, path: string): EvidenceItem | undefined {
  const exact = evidence.items.find((item) => item.path === path);
  if (exact !== undefined) return exact;
  const plain = (label: string): string =>
    label
      .slice(file.length)
      .replaceAll("\\", "/")
      .replace(/^!\/p\d+\//, "!/")
      .toLowerCase();
  const wanted = plain(path);
  const fitting = evidence.items.filter((item) => plain(item.path) === wanted);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A ledger line with what is known of where the log lay and of damage on the way. */
export function withEvidence(ledger: InputLedger, log: OpenLog): InputLedger {
  const { issues: damage, counts } = log.damage();
  const { evidence, mft, changed } = withCollected(log, log.collected, ledger.sha256);
  const issues = [...damage];
  if (changed !== undefined) issues.push({ ...changed, source: ledger.path });
  if (evidence === undefined && mft === undefined && issues.length === 0) return ledger;
  const issueCounts = { ...ledger.issueCounts };
  for (const [code, count] of Object.entries(counts))
    issueCounts[code] = (issueCounts[code] ?? 0) + count;
  if (changed !== undefined) issueCounts[changed.code] = 1;
  const conflict = hostConflict(ledger, evidence);
  if (conflict !== undefined) {
    issues.push(conflict);
    issueCounts[conflict.code] = 1;
  }
  const damaged = issues.some(({ code }) => code === "evidence-unreadable");
  return {
    ...ledger,
    ...(damaged &&
      ledger.status === "read" && {
        status: "partial",
        reason: "some of it could not be read from the image",
      }),
    ...(damaged &&
      ledger.status === "unread" && { reason: "its bytes could not be read from the image" }),
    ...(evidence !== undefined && { evidence }),
    ...(mft !== undefined && { mft }),
    issues: [...ledger.issues, ...issues],
    issueCounts,
  };
}

/** A collection named after another host than the one whose events a log holds: one of the two is not what it seems. */
function hostConflict(ledger: InputLedger, evidence: EvidenceFacts | undefined): Issue | undefined {
  const told = evidence?.host?.toLowerCase();
  const own = ledger.hosts.filter((host) => host !== "");
  if (told === undefined || own.length === 0) return undefined;
  const short = (host: string): string => host.toLowerCase().split(".")[0]!;
  if (own.some((host) => short(host) === short(told))) return undefined;
  return {
    code: "host-conflict",
    severity: "warning",
    message: `the collection is of ${evidence?.host} by its name, but the events are of ${own.slice(0, 3).join(", ")}`,
    source: ledger.path,
  };
}
