import type { Completeness, RecoveryNote, TemplateOrigin } from "../../model/record-ref.ts";
import { BinXmlError } from "../binxml/binxml-error.ts";
import type { Body, BodyReader } from "../binxml/body-reader.ts";
import { VALUE_TYPE } from "../binxml/tokens.ts";
import { RECORD_HEADER_SIZE } from "../chunk-walker.ts";
import { EvtxRecord } from "../evtx-record.ts";
import type { Candidate } from "./find-candidates.ts";
import { isPlausibleHeader } from "./find-candidates.ts";
import type { TemplateProof } from "./template-proof.ts";
import { valueDigest } from "./value-digest.ts";

const SIZE_COPY = 4;
const MOST_PADDING = 7;
const DAY_MS = 86_400_000;
const CHECKS = ["framing", "value-sizes", "header-time", "header-id", "event-time"] as const;
const NO_LOGS: readonly string[] = [];
const ORIGIN_RANK: readonly TemplateOrigin[] = [
  "literal",
  "own-chunk",
  "same-log",
  "library",
  "none",
];
const COMPLETENESS_RANK: readonly Completeness[] = ["full", "repaired", "partial", "positional"];

/** A candidate, read: what of it holds and how sure. */
export interface RecoveredContent {
  readonly completeness: Completeness;
  readonly templates: TemplateOrigin;
  /** The other logs that templates were taken from. */
  readonly templateLogs: readonly string[];
  readonly checks: readonly string[];
  /** Undefined also where it was not asked for. */
  readonly digest: string | undefined;
}

/** Reads candidates of the chunk that its reader stands on. The record is a cursor. */
export class RecoveredReader {
  readonly record: EvtxRecord;
  readonly #reader: BodyReader;
  readonly #proof: TemplateProof;
  readonly #checkLists: (readonly string[] | undefined)[] = [];
  #last: RecoveredContent | undefined;

  constructor(reader: BodyReader, proof: TemplateProof) {
    this.#reader = reader;
    this.#proof = proof;
    this.record = new EvtxRecord(reader);
  }

  /** Moves `record` to the candidate; undefined when nothing of its content can be read. A digest costs half as much again. */
  read(candidate: Candidate, wantsDigest: boolean): RecoveredContent | undefined {
    const { offset, size } = candidate;
    const end = offset + size - SIZE_COPY;
    const { origins, sources } = this.#proof;
    origins.length = 0;
    sources.clear();
    let body: Body;
    let isWhole: boolean;
    try {
      body = this.#reader.readRecord(offset + RECORD_HEADER_SIZE, end);
      isWhole = body.terminated;
      if (body.roots.length === 0) return undefined;
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
      return undefined;
    }
    const rootOrigin = weakest(origins);
    if (!this.#readEmbedded(body, 1)) isWhole = false;
    const { record } = this;
    record.moveTo(body);
    record.state = candidate.state;
    record.chunkOffset = offset;
    record.size = size;
    const checks = this.#checks(candidate, body, end);
    const templates = weakest(origins);
    const completeness: Completeness =
      rootOrigin === "none"
        ? "positional"
        : !isWhole || templates === "none"
          ? "partial"
          : candidate.framed || candidate.state === "unlinked"
            ? "full"
            : "repaired";
    const digest = wantsDigest ? valueDigest(this.#reader, body) : undefined;
    return this.#content({
      ...{ completeness, templates, checks, digest },
      templateLogs: sources.size === 0 ? NO_LOGS : [...sources],
    });
  }

  /** Record after record says the same: they share one object. */
  #content(content: RecoveredContent): RecoveredContent {
    const last = this.#last;
    const isSame =
      content.completeness === last?.completeness &&
      content.templates === last.templates &&
      content.checks === last.checks &&
      content.digest === last.digest &&
      content.templateLogs === last.templateLogs;
    if (!isSame) this.#last = content;
    return isSame ? last : content;
  }

  /** Reads every embedded value, so that all templates are known; false when one cannot be read. */
  #readEmbedded(body: Body, depth: number): boolean {
    let isSound = true;
    for (const instance of body.roots) {
      const { values } = instance;
      for (let i = 0; i < values.count; i++) {
        if (values.types[i] !== VALUE_TYPE.binXml) continue;
        try {
          const embedded = this.#reader.embedded(instance, i, depth);
          if (embedded !== undefined && !this.#readEmbedded(embedded, depth + 1)) isSound = false;
        } catch (error) {
          if (!(error instanceof BinXmlError)) throw error;
          isSound = false;
        }
      }
    }
    return isSound;
  }

  /** Thousands of records hold the same: they share one list. */
  #checks(candidate: Candidate, body: Body, end: number): readonly string[] {
    const { record } = this;
    const held = [
      candidate.framed,
      body.terminated && end - body.end <= MOST_PADDING,
      isPlausibleHeader(this.#reader.view, candidate.offset),
      record.recordId === record.headerRecordId,
      Math.abs(record.writtenMs - record.timeMs) <= DAY_MS,
    ];
    const key = held.reduce((bits, isHeld, i) => (isHeld ? bits | (1 << i) : bits), 0);
    this.#checkLists[key] ??= CHECKS.filter((_, i) => held[i]);
    return this.#checkLists[key];
  }
}

/** How much a reading is worth, 0 = best: for choosing among copies of one record. */
export function readingRank(content: RecoveredContent): number {
  return (
    COMPLETENESS_RANK.indexOf(content.completeness) * ORIGIN_RANK.length +
    ORIGIN_RANK.indexOf(content.templates)
  );
}

export function noteOf(
  content: RecoveredContent,
  more: Pick<RecoveryNote, "assumed" | "copyOf" | "hostOffset">,
): RecoveryNote {
  const { templates, templateLogs, checks } = content;
  return { templates, ...(templateLogs.length > 0 && { templateLogs }), checks, ...more };
}

function weakest(origins: readonly TemplateOrigin[]): TemplateOrigin {
  let rank = 0;
  for (const origin of origins) rank = Math.max(rank, ORIGIN_RANK.indexOf(origin));
  return ORIGIN_RANK[rank]!;
}
