import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { LoadedRules } from "../../src/node/load-rules.ts";
import { temporaryFolder } from "../support/run-cli.ts";

/** As built: threads run what was built. */
const { loadRules } = (await import(
  new URL("../../dist/node/load-rules.js", import.meta.url).href
)) as typeof import("../../src/node/load-rules.ts");

const rules = temporaryFolder();
const cache = temporaryFolder();
const packs = join(cache, "konseki", "rules");

/** Enough that a thread prepares them. */
const FILES = 600;

beforeAll(() => {
  vi.stubEnv("XDG_CACHE_HOME", cache);
  for (let i = 0; i < FILES; i++)
    writeFileSync(
      join(rules, `${i}.yml`),
      `title: Rule ${i}\nid: rule-${i}\nlevel: high\nlogsource: { product: windows, service: security }\ndetection: { s: { EventID: ${i}, Field|contains: text${i} }, condition: s }\n`,
    );
  writeFileSync(join(rules, "broken.yml"), "title: [");
});
afterAll(() => vi.unstubAllEnvs());

const load = (withCache: boolean): Promise<LoadedRules> =>
  loadRules({ paths: [rules], builtIn: false, cache: withCache });
const told = ({ engine, issues, key }: LoadedRules): unknown =>
  JSON.parse(JSON.stringify({ rules: engine.rules, told: engine.subscriptions, issues, key }));

it("many rules are the same without a cache, without a pack yet, with one, and with a damaged one", async () => {
  const plain = told(await load(false));
  expect(plain).toMatchObject({ rules: { length: FILES } });
  expect((plain as { issues: { code: string }[] }).issues[0]?.code).toBe("rule-yaml");
  expect(told(await load(true))).toEqual(plain);
  const [name] = readdirSync(packs);
  const pack = join(packs, name as string);
  const { mtimeMs } = statSync(pack);
  expect(told(await load(true))).toEqual(plain);
  expect(statSync(pack).mtimeMs).toBe(mtimeMs);
  const sound = readFileSync(pack);
  const damaged = Buffer.from(sound);
  damaged[damaged.length >> 1] = 0;
  for (const bytes of [damaged, sound.subarray(0, 1000), Buffer.alloc(0)]) {
    writeFileSync(pack, bytes);
    expect(told(await load(true))).toEqual(plain);
    expect(readFileSync(pack).equals(sound)).toBe(true);
  }
});

it("rules whose pack cannot be kept are used all the same", async () => {
  rmSync(cache, { recursive: true });
  writeFileSync(cache, "a file where the cache would be");
  expect(told(await load(true))).toEqual(told(await load(false)));
});
