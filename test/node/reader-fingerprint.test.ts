import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fingerprintOf, readerFingerprint } from "../../src/node/reader-fingerprint.ts";
import { temporaryFolder } from "../support/run-cli.ts";

it("any change of a module that reads rules or logs is another fingerprint", () => {
  const folder = temporaryFolder();
  cpSync("src", folder, { recursive: true });
  const before = fingerprintOf(folder);
  expect(before).toBe(readerFingerprint());
  const changed = new Set([before]);
  for (const file of ["rules/condition.ts", "engine/fold-case.ts", "base/filetime.ts"]) {
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), "utf8")}\n`);
    changed.add(fingerprintOf(folder));
  }
  expect(changed.size).toBe(4);
  writeFileSync(join(folder, "cli", "main.ts"), "");
  expect(changed).toContain(fingerprintOf(folder));
});

it("a pack of rules that another build has made is not used", () => {
  const folder = temporaryFolder();
  cpSync("rules", join(folder, "rules"), { recursive: true });
  cpSync("package.json", join(folder, "package.json"));
  const cache = join(folder, "cache");
  const packs = (): string[] => readdirSync(join(cache, "konseki", "rules")).sort();
  const run = (build: string): void => {
    const main = join(folder, build, "bin", "main.js");
    const args = [main, "triage", "fixtures/clean", "--format", "json"];
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    expect(spawnSync(process.execPath, args, { env, encoding: "utf8" }).stderr).not.toContain(
      "Error",
    );
  };
  for (const build of ["one", "other"]) {
    mkdirSync(join(folder, build));
    cpSync("dist/bin", join(folder, build, "bin"), { recursive: true });
  }
  let edited = 0;
  for (const name of readdirSync(join(folder, "other", "bin"))) {
    const file = join(folder, "other", "bin", name);
    if (!name.endsWith(".js")) continue;
    const code = readFileSync(file, "utf8");
    const other = code.replaceAll(fingerprintOf("dist"), "0".repeat(64));
    if (other !== code) edited++;
    writeFileSync(file, other);
  }
  expect(edited).toBeGreaterThan(0);
  run("one");
  const first = packs();
  expect(first).toHaveLength(1);
  run("one");
  expect(packs()).toEqual(first);
  run("other");
  expect(packs()).toHaveLength(2);
});
