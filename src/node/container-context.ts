import { basename } from "node:path";
import type { ByteSource } from "../base/byte-source.ts";
import type { IssueSink } from "../model/issue.ts";
import type { ContainerContext } from "../sources/container.ts";
import { inflate } from "./inflate.ts";
import { type Spool, spoolStream } from "./spool.ts";

/** Everything that was opened on the way into a piece of evidence, to be closed together. */
export class OpenParts {
  readonly #parts: { close?(): void }[] = [];

  add<T extends object>(part: T): T {
    this.#parts.push(part as { close?(): void });
    return part;
  }

  close(): void {
    for (const part of this.#parts.splice(0).reverse()) part.close?.();
  }
}

export interface ContextOptions {
  /** The container's file name. */
  readonly name: string;
  readonly passwords: readonly string[];
  readonly onIssue: IssueSink;
  readonly keeps?: ContainerContext["keeps"];
  readonly parts: OpenParts;
  /** Opens a file beside the container by its name, without folder. */
  readonly beside: (name: string) => ByteSource | undefined;
}

/** What container readers may ask for, by Node's means. */
export function containerContext(options: ContextOptions): ContainerContext {
  const { name, passwords, onIssue, parts, beside, keeps } = options;
  return {
    name: basename(name),
    passwords,
    onIssue,
    ...(keeps && { keeps }),
    sibling: (wanted) => {
      const last = wanted.split(/[/\\]/).at(-1) ?? "";
      return last === "" || last === "." || last === ".." ? undefined : beside(last);
    },
    inflate,
    spool: async (pieces, mostBytes) => parts.add<Spool>(await spoolStream(pieces, mostBytes)),
  };
}
