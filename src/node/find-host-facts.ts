import type { ByteSource } from "../base/byte-source.ts";
import type { HostFacts } from "../model/host-facts.ts";
import { say, type Text } from "../model/phrase.ts";
import { readHostFacts } from "../sources/registry/read-host-facts.ts";
import { RegistryHive } from "../sources/registry/registry-hive.ts";
import { replayHiveLogs } from "../sources/registry/replay-hive-logs.ts";
import { isProblem } from "../sources/source-problem.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import type { FoundInput } from "./find-inputs.ts";
import { type OpenLog, openLog } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

const LOG_NAME = /\.LOG[12]?$/i;

/** What the registry hives among the inputs say of their hosts: one entry for each folder of hives. */
export async function findHostFacts(
  inputs: readonly FoundInput[],
  cache?: EvidenceCache,
): Promise<HostFacts[]> {
  const folders = new Map<string, string[]>();
  for (const input of inputs) {
    if ("problem" in input || input.role !== "hive") continue;
    const folder = input.path.replace(/[/\\][^/\\]*$/, "");
    folders.set(folder, [...(folders.get(folder) ?? []), input.path]);
  }
  const facts: HostFacts[] = [];
  for (const paths of folders.values())
    if (paths.some((path) => !LOG_NAME.test(path))) facts.push(await factsOf(paths, cache));
  return facts;
}

async function factsOf(
  paths: readonly string[],
  cache: EvidenceCache | undefined,
): Promise<HostFacts> {
  const hives: Record<string, RegistryHive> = {};
  const problems: Text[] = [];
  const read: string[] = [];
  const open: OpenLog[] = [];
  const sourceOf = async (path: string): Promise<OpenLog["unhashed"]> => {
    const log = await openLog(path, cache);
    open.push(log);
    return log.unhashed;
  };
  try {
    for (const path of paths.filter((one) => !LOG_NAME.test(one))) {
      read.push(path);
      try {
        const source = await sourceOf(path);
        const logs: { name: string; source: ByteSource }[] = [];
        for (const log of paths.filter((one) => one.replace(LOG_NAME, "") === path && one !== path))
          logs.push({ name: log, source: await sourceOf(log) });
        const replayed = replayHiveLogs(source, logs);
        const hive = RegistryHive.open(replayed.source);
        if (isProblem(hive)) {
          problems.push(`${path}: ${hive.problem}`);
          continue;
        }
        hives[/[^/\\]*$/.exec(path)![0].toLowerCase()] = hive;
        if (replayed.applied > 0)
          problems.push(
            say`${path}: was in use when it was copied: what its transaction logs hold is read with it (applied: ${replayed.applied})`,
          );
        else if (!hive.isClean)
          problems.push(
            say`${path}: was in use when it was copied: the newest changes are missing, no transaction log at hand has them`,
          );
        problems.push(...replayed.problems);
      } catch (error) {
        problems.push(`${path}: ${reasonOf(error)}`);
      }
    }
    const { system, software, security } = hives;
    return readHostFacts(
      {
        ...(system && { system }),
        ...(software && { software }),
        ...(security && { security }),
      },
      read,
      problems,
    );
  } finally {
    for (const log of open) log.close();
  }
}
