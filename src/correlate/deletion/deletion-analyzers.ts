import type { Analyzer } from "../analyzer.ts";
import { auditingOff } from "./auditing-off.ts";
import { channelContradictions } from "./channel-contradictions.ts";
import { clearedLogs } from "./cleared-logs.ts";
import { clockSteps } from "./clock-steps.ts";
import { deletedLogFiles } from "./deleted-log-files.ts";
import { editedExport } from "./edited-export.ts";
import { hiddenRecords } from "./hidden-records.ts";
import { logBeginnings } from "./log-beginnings.ts";
import { logCounters } from "./log-counters.ts";
import { loggingStopped } from "./logging-stopped.ts";
import { missingLogs } from "./missing-logs.ts";
import { missingRecords } from "./missing-records.ts";
import { orphanProcesses } from "./orphan-processes.ts";
import { orphanShells } from "./orphan-shells.ts";
import { silentPeriods } from "./silent-periods.ts";

/** What was removed from the logs, or kept out of them. */
export const DELETION_ANALYZERS: readonly Analyzer[] = [
  clearedLogs,
  deletedLogFiles,
  hiddenRecords,
  missingRecords,
  editedExport,
  logCounters,
  logBeginnings,
  auditingOff,
  loggingStopped,
  clockSteps,
  channelContradictions,
  orphanProcesses,
  orphanShells,
  missingLogs,
  silentPeriods,
];
