import type { Inventory } from "../model/inventory.ts";
import type { InputLedger } from "../model/ledger.ts";

/** What only one channel can tell: when no input has it, the report says what cannot be known. */
const NEEDED: readonly (readonly [channel: string, sentence: string])[] = [
  [
    "Security",
    "Without a Security log, logons, use of privileges and changes to accounts cannot be told.",
  ],
  [
    "System",
    "Without a System log, installed services, restarts and the clearing of other logs cannot be told.",
  ],
  [
    "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational",
    "Without the LocalSessionManager log, RDP sessions can be told from the Security log only.",
  ],
  [
    "Microsoft-Windows-Sysmon/Operational",
    "Without Sysmon, what ran is known only where process creation (4688) was audited, and network connections are not known.",
  ],
  [
    "Microsoft-Windows-PowerShell/Operational",
    "Without the PowerShell operational log, the content of scripts that ran is not known.",
  ],
];

/** Plain sentences on what the inputs can never tell. A missing channel means "cannot tell", never "did not happen". */
export function limitSentences(inputs: readonly InputLedger[]): string[] {
  const sentences: string[] = [];
  const present = new Set(
    inputs.flatMap((input) =>
      input.status === "unread" ? [] : input.channels.map((c) => c.channel.toLowerCase()),
    ),
  );
  for (const [channel, sentence] of NEEDED)
    if (!present.has(channel.toLowerCase())) sentences.push(sentence);
  const partial = inputs.filter((input) => input.status === "partial").length;
  const unread = inputs.filter((input) => input.status === "unread").length;
  if (partial > 0)
    sentences.push(
      `${partial} of ${inputs.length} inputs could be read in part only: what their missing records held is not known.`,
    );
  if (unread > 0) sentences.push(`${unread} of ${inputs.length} inputs could not be read at all.`);
  const filtered = inputs.filter((input) => input.origin === "filtered-export").length;
  if (filtered > 0)
    sentences.push(
      `${filtered} logs are filtered exports: records that the filter left out cannot be missed in them.`,
    );
  if (present.size > 0)
    sentences.push(
      "Events older than the first record of each log are not known: the logs may have rolled over or been cleared before.",
    );
  return sentences;
}

const SHOWN_ROWS = 20;

/** What of the inventory could not be used, and what it says of who watches. */
export function inventorySentences(inventory: Inventory | undefined): string[] {
  if (inventory === undefined) return [];
  const { issues, hosts } = inventory;
  const unwatched = hosts.filter(({ edr }) => edr === false).length;
  return [
    ...(issues.length > 0
      ? [
          issues.length === 1
            ? "1 problem in the inventory: a row that could not be used is left out."
            : `${issues.length} problems in the inventory: rows that could not be used are left out.`,
        ]
      : []),
    ...issues
      .slice(0, SHOWN_ROWS)
      .map(({ source, line, message, fix }) => `${source}:${line}: ${message} (${fix})`),
    ...(unwatched > 0
      ? [`${unwatched} hosts have no endpoint agent: within a level, their findings come first.`]
      : []),
  ];
}
