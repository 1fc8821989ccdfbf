/** The code of a thread that prepares rules and leaves their pack in the cache; a {@link RuleChoice} comes as its data. */
import { workerData } from "node:worker_threads";
import { type RuleChoice, readRuleFiles } from "./load-rules.ts";
import { installNodePlatform } from "./platform.ts";
import { cacheRules } from "./prepare-rule-files.ts";

installNodePlatform();
cacheRules(readRuleFiles(workerData as RuleChoice));
