import { Command } from "commander";
import { addAround } from "./commands/around.ts";
import { addCheck } from "./commands/check.ts";
import { addCollect, addVerify } from "./commands/collect.ts";
import { addCompletion } from "./commands/completion.ts";
import { addCoverage } from "./commands/coverage.ts";
import { addDump } from "./commands/dump.ts";
import { addSearch, addTimeline } from "./commands/events.ts";
import { addForge } from "./commands/forge.ts";
import { addInfo } from "./commands/info.ts";
import { addInventory } from "./commands/inventory.ts";
import { addHosts, addUsers } from "./commands/known.ts";
import { addRecover } from "./commands/recover.ts";
import { addRules } from "./commands/rules.ts";
import { addDecode, addLogons, addMetrics, addPivot } from "./commands/summaries.ts";
import { addTriage } from "./commands/triage.ts";
import type { ExitCode } from "./exit-codes.ts";
import { VERSION } from "./version.ts";
import { warn } from "./warn.ts";

/** Every command, in the order in which help lists them. A new one is one file and one line here. */
const COMMANDS = [
  addTriage,
  addDump,
  addInfo,
  addRecover,
  addTimeline,
  addSearch,
  addLogons,
  addMetrics,
  addPivot,
  addAround,
  addUsers,
  addHosts,
  addCoverage,
  addInventory,
  addDecode,
  addRules,
  addCheck,
  addCollect,
  addVerify,
  addForge,
  addCompletion,
];

/** Builds the program; each command loads what it needs only when it runs. */
export function createProgram(done: (code: ExitCode) => void): Command {
  const program = new Command("konseki")
    .description("Windows event-log triage: what happened, what was removed, how sure we are")
    .version(VERSION, "--version")
    .helpOption("-h, --help")
    .exitOverride()
    // Without each command's arguments and aliases the list fits 80 columns; its own help has them.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({ outputError: (text) => warn(oneLine(text)) })
    .addHelpText(
      "after",
      "\nExample:\n  konseki triage fixtures/rdp-chain\n\nExit codes: 0 done, 1 --fail-on reached, 2 usage, 3 some input not read in full\n(whatever was found), 130 interrupted",
    );
  for (const add of COMMANDS) add(program, done);
  return program;
}

/** What commander says of a wrong command line, with its guess, as one line of konseki's own. */
function oneLine(text: string): string {
  const [said = "", ...more] = text
    .replace(/^error: /, "")
    .trim()
    .split("\n");
  const guess = more.join(" ").replace(/^\((.*)\)$/, "$1");
  return `${said}${guess && `: ${guess}`} (--help shows what can be written)`;
}
