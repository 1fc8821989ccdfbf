import type { HostFacts } from "../model/host-facts.ts";
import { readHostFacts } from "../sources/registry/read-host-facts.ts";
import { RegistryHive } from "../sources/registry/registry-hive.ts";
import { isProblem } from "../sources/source-problem.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import type { FoundInput } from "./find-inputs.ts";
import { type OpenLog, openLog } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

/** What the registry hives among the inputs say of their hosts: one entry for each folder of hives. */
export async function findHostFacts(
  inputs: readonly FoundInput[],
  cache?: EvidenceCache,
): Promise<HostFacts[]> {
  const folders = new Map<string, string[]>();
  for (const input of inputs) {
    if ("problem" in input || input.role !== "hive" || /\.LOG[12]?$/i.test(input.path)) continue;
    const folder = input.path.replace(/[/\\][^/\\]*$/, "");
    folders.set(folder, [...(folders.get(folder) ?? []), input.path]);
  }
  const facts: HostFacts[] = [];
  for (const paths of folders.values()) facts.push(await factsOf(paths, cache));
  return facts;
}

async function factsOf(
  paths: readonly string[],
  cache: EvidenceCache | undefined,
): Promise<HostFacts> {
  const hives: Record<string, RegistryHive> = {};
  const problems: string[] = [];
  const logs: OpenLog[] = [];
  try {
    for (const path of paths) {
      const name = /[^/\\]*$/.exec(path)![0].toLowerCase();
      try {
        const log = await openLog(path, cache);
        logs.push(log);
        const hive = RegistryHive.open(log.source);
        if (isProblem(hive)) problems.push(`${path}: ${hive.problem}`);
        else {
          hives[name] = hive;
          if (!hive.isClean)
            problems.push(
              `${path}: was in use when it was copied: the newest changes may be in its log only, which is not read`,
            );
        }
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
      paths,
      problems,
    );
  } finally {
    for (const log of logs) log.close();
  }
}
