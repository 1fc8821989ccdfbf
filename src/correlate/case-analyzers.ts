import type { Analyzer } from "./analyzer.ts";
import { connectionBurstAnalyzer } from "./connection-bursts.ts";
import { firstSpecialLogonAnalyzer } from "./first-special-logon.ts";
import { caseKindAnalyzer } from "./judge-case-kinds.ts";
import { multiSiteAnalyzer } from "./multi-site.ts";
import { periodicConnectionAnalyzer } from "./periodic-connections.ts";
import { privilegeChainAnalyzer } from "./privilege-chains.ts";
import { segmentAnalyzer } from "./segment-analyzer.ts";
import { similarDestinationAnalyzer } from "./similar-destinations.ts";
import { unusualHourAnalyzer } from "./unusual-hours.ts";
import { vpnWayInAnalyzer } from "./vpn-way-in.ts";
import { wayInAnalyzer } from "./way-in.ts";

/** What the findings add up to: they run after all that look for single things. */
export const CASE_ANALYZERS: readonly Analyzer[] = [
  segmentAnalyzer,
  similarDestinationAnalyzer,
  periodicConnectionAnalyzer,
  connectionBurstAnalyzer,
  unusualHourAnalyzer,
  firstSpecialLogonAnalyzer,
  privilegeChainAnalyzer,
  wayInAnalyzer,
  vpnWayInAnalyzer,
  caseKindAnalyzer,
  multiSiteAnalyzer,
];
