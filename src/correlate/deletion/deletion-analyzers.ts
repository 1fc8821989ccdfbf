import type { Analyzer } from "../analyzer.ts";
import { clearedLogs } from "./cleared-logs.ts";
import { hiddenRecords } from "./hidden-records.ts";
import { missingRecords } from "./missing-records.ts";

/** What was removed from the logs, or kept out of them. */
export const DELETION_ANALYZERS: readonly Analyzer[] = [clearedLogs, hiddenRecords, missingRecords];
