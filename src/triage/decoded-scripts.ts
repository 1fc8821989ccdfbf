import type { EventView } from "../model/event.ts";
import { base64Bytes, type Inflate, unpackedTexts } from "./packed-text.ts";

/** Text that ran, put together again: script blocks of several records, encoded commands, and what these carry packed. Plain data. */
export interface DecodedScript {
  readonly time: string;
  readonly host: string;
  readonly kind: "script-block" | "encoded-command" | "packed-text";
  /** ScriptBlockId, or the record that holds the command; for packed text also how it was packed. */
  readonly id: string;
  /** Pieces found of pieces there were; an encoded command is one of one. */
  readonly pieces: string;
  readonly path: string;
  readonly text: string;
}

interface Block {
  readonly time: string;
  readonly host: string;
  readonly path: string;
  readonly total: number;
  readonly pieces: Map<number, string>;
}

const MOST_BLOCKS = 50_000;
const MOST_PIECES = 2_000;
const MOST_COMMANDS = 50_000;
const MOST_ENCODED_CHARS = 65_536;

/** Where command lines stand, by the names that Windows and Sysmon give them. */
const COMMAND_FIELDS = ["CommandLine", "ParentCommandLine", "ImagePath", "HostApplication"];
/** Characters of unpacked text of one run. */
const MOST_UNPACKED_CHARS = 64 * 1024 * 1024;

/** Gathers PowerShell script blocks (4104) and base64 commands (`-EncodedCommand`) from events. */
export class DecodedScripts {
  readonly #blocks = new Map<string, Block>();
  readonly #commands = new Map<string, DecodedScript>();
  readonly #inflate: Inflate | undefined;
  /** Events whose text is not in the result, because there were too many. */
  leftOut = 0;

  /** Without `inflate`, deflated text stays packed. */
  constructor(inflate?: Inflate) {
    this.#inflate = inflate;
  }

  take(event: EventView): void {
    if (event.eventId === 4104) this.#takeBlock(event);
    for (const field of COMMAND_FIELDS) {
      const line = event.get(field);
      if (typeof line === "string") this.#takeCommand(event, line);
    }
  }

  /** In time order. */
  scripts(): DecodedScript[] {
    const blocks = [...this.#blocks].map(([key, block]): DecodedScript => {
      const numbers = [...block.pieces.keys()].sort((a, b) => a - b);
      let text = "";
      let before = 0;
      for (const number of numbers) {
        if (number > before + 1) text += `[… ${number - before - 1} pieces missing …]`;
        text += block.pieces.get(number)!;
        before = number;
      }
      if (before < block.total) text += `[… ${block.total - before} pieces missing …]`;
      return {
        time: block.time,
        host: block.host,
        kind: "script-block",
        id: key.slice(key.indexOf("\n") + 1),
        pieces: `${numbers.length}/${block.total}`,
        path: block.path,
        text,
      };
    });
    const outer = [...blocks, ...this.#commands.values()];
    return [...outer, ...this.#packedIn(outer)].sort(
      (a, b) => compare(a.time, b.time) || compare(a.id, b.id),
    );
  }

  #packedIn(scripts: readonly DecodedScript[]): DecodedScript[] {
    const found: DecodedScript[] = [];
    let chars = 0;
    for (const script of scripts) {
      for (const { packing, text } of unpackedTexts(script.text, this.#inflate)) {
        chars += text.length;
        if (chars > MOST_UNPACKED_CHARS) this.leftOut++;
        else found.push({ ...script, kind: "packed-text", id: `${script.id} (${packing})`, text });
      }
    }
    return found;
  }

  #takeBlock(event: EventView): void {
    const text = event.get("ScriptBlockText");
    const id = event.get("ScriptBlockId");
    if (typeof text !== "string" || typeof id !== "string") return;
    const key = `${event.computer}\n${id.toLowerCase()}`;
    let block = this.#blocks.get(key);
    if (block === undefined) {
      if (this.#blocks.size >= MOST_BLOCKS) {
        this.leftOut++;
        return;
      }
      const path = event.get("Path");
      block = {
        time: event.time,
        host: event.computer,
        path: typeof path === "string" ? path : "",
        total: Math.max(1, Number(event.get("MessageTotal")) || 1),
        pieces: new Map(),
      };
      this.#blocks.set(key, block);
    }
    if (block.pieces.size >= MOST_PIECES) this.leftOut++;
    else block.pieces.set(Number(event.get("MessageNumber")) || 1, text);
  }

  #takeCommand(event: EventView, line: string): void {
    const text = encodedCommand(line);
    if (text !== undefined) this.#addCommand(event, "encoded-command", text);
    else if (line.length <= MOST_ENCODED_CHARS && /frombase64string/i.test(line))
      for (const packed of unpackedTexts(line, this.#inflate))
        this.#addCommand(event, "packed-text", packed.text, ` (${packed.packing})`);
  }

  #addCommand(event: EventView, kind: DecodedScript["kind"], text: string, packing = ""): void {
    const key = `${event.computer}\n${text}`;
    if (this.#commands.has(key)) return;
    if (this.#commands.size >= MOST_COMMANDS) {
      this.leftOut++;
      return;
    }
    this.#commands.set(key, {
      time: event.time,
      host: event.computer,
      kind,
      id: `${event.channel} ${event.recordId}${packing}`,
      pieces: "1/1",
      path: "",
      text,
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text behind PowerShell's `-EncodedCommand` (which it takes by any prefix from `-e`, with `-`, `/` or a dash). */
export function encodedCommand(line: string): string | undefined {
  const words = line.split(/\s+/, 200);
  for (const [at, word] of words.entries()) {
    const name = /^[-/\u2013\u2014\u2015](e[a-z]*)$/i.exec(word)?.[1]?.toLowerCase();
    if (name === undefined || !("encodedcommand".startsWith(name) || name === "ec")) continue;
    const value = (words[at + 1] ?? "").replace(/^["']|["']$/g, "");
    if (value.length > MOST_ENCODED_CHARS) continue;
    const text = utf16Base64(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Base64 of UTF-16LE text; `undefined` when it is not that. */
function utf16Base64(value: string): string | undefined {
  let end = value.length;
  while (value[end - 1] === "=") end--;
  const bytes = base64Bytes(value.slice(0, end));
  if (bytes === undefined || bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  let text = "";
  for (let at = 0; at < bytes.length; at += 2)
    text += String.fromCharCode(bytes[at]! | (bytes[at + 1]! << 8));
  return text;
}
