import type { Analyzer } from "../analyzer.ts";
import { lateralPathAnalyzer } from "./lateral-path.ts";

/** What joins logons and connections; single credentials tricks first, the whole way last. */
export const LATERAL_ANALYZERS: readonly Analyzer[] = [lateralPathAnalyzer];
