import type { Analyzer } from "../analyzer.ts";
import {
  otherCredentialsAnalyzer,
  overpassAnalyzer,
  passTheHashAnalyzer,
} from "./credential-tricks.ts";
import { sessionTakeoverAnalyzer, tunnelledDesktopAnalyzer } from "./desktop-tricks.ts";
import { guessingAnalyzer } from "./guessing.ts";
import { lateralPathAnalyzer } from "./lateral-path.ts";
import { newWayAnalyzer } from "./new-ways.ts";
import { fanOutAnalyzer, remoteControlAnalyzer } from "./remote-control.ts";

/** What joins logons and connections; single tricks first, then the whole way, then what no way holds. */
export const LATERAL_ANALYZERS: readonly Analyzer[] = [
  remoteControlAnalyzer,
  guessingAnalyzer,
  tunnelledDesktopAnalyzer,
  sessionTakeoverAnalyzer,
  otherCredentialsAnalyzer,
  passTheHashAnalyzer,
  overpassAnalyzer,
  fanOutAnalyzer,
  lateralPathAnalyzer,
  newWayAnalyzer,
];
