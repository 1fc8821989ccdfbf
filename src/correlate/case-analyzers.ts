import type { Analyzer } from "./analyzer.ts";
import { caseKindAnalyzer } from "./judge-case-kinds.ts";

/** What the findings add up to: they run after all that look for single things. */
export const CASE_ANALYZERS: readonly Analyzer[] = [caseKindAnalyzer];
