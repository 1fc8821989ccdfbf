import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Calls back with a fresh folder that is gone afterwards. */
export function inFolder(act: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "konseki-cli-"));
  try {
    act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An event as one line of a JSON-lines log. */
export function eventLine(event: {
  readonly at: string;
  readonly host?: string;
  readonly channel?: string;
  readonly provider?: string;
  readonly id: number;
  readonly recordId?: number;
  readonly data: Readonly<Record<string, string>>;
}): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: {
          "#attributes": { Name: event.provider ?? "Microsoft-Windows-Security-Auditing" },
        },
        EventID: event.id,
        Level: 0,
        TimeCreated: { "#attributes": { SystemTime: event.at } },
        EventRecordID: event.recordId ?? 1,
        Channel: event.channel ?? "Security",
        Computer: event.host ?? "HOST-A",
      },
      EventData: event.data,
    },
  });
}

export function writeLog(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}
