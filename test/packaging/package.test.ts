import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "konseki-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing of this checkout or of the user's npm can help: no cache, no registry, a home of its own. */
function run(program: string, args: readonly string[], cwd: string) {
  const home = join(folder, "home");
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_offline: "true",
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    XDG_CACHE_HOME: join(home, ".cache"),
    LC_ALL: "C",
  };
  const done = spawnSync(program, args, { cwd, encoding: "utf8", env, timeout: 100_000 });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

const LOGS = join(folder, "logs");
cpSync("fixtures/rdp-chain", LOGS, { recursive: true });

function expectTriage({ code, stdout }: ReturnType<typeof run>): void {
  expect(stdout).toContain("Security log cleared");
  expect(stdout).toContain("DC-01.corp.example");
  expect(code).toBe(0);
}

it("brings every package that it needs", () => {
  const { dependencies, bundleDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(bundleDependencies).toEqual(Object.keys(dependencies));
});

describe("the npm package", () => {
  const place = join(folder, "empty");

  beforeAll(() => {
    const packed = run("npm", ["pack", resolve("."), "--ignore-scripts", "--silent"], folder);
    expect(packed.code).toBe(0);
    mkdirSync(place);
    // Without it npm would look for a project in the folders above.
    writeFileSync(join(place, "package.json"), '{ "private": true }\n');
    const installed = run("npm", ["install", join(folder, packed.stdout.trim())], place);
    expect(installed.stderr).not.toContain("npm error");
    expect(installed.code).toBe(0);
  }, 120_000);

  it("installs offline into an empty folder and triages a log there", () => {
    expectTriage(run("npx", ["konseki", "triage", LOGS], place));
  }, 60_000);

  it("has rules, page and manual inside, and none of the sources or tests", () => {
    const own = join(place, "node_modules", "konseki");
    expect(readdirSync(own).sort()).toEqual(
      [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "dist",
        "node_modules",
        "package.json",
        "rules",
      ].sort(),
    );
    const page = run(
      "npx",
      ["konseki", "triage", LOGS, "-q", "-o", "r.txt", "--html", "r.html"],
      place,
    );
    expect(page.code).toBe(0);
    expect(
      run("npx", ["konseki", "rules", "list"], place).stdout.split("\n").length,
    ).toBeGreaterThan(200);
    expect(existsSync(join(own, "dist/man/konseki.1"))).toBe(true);
  }, 60_000);

  it("serves programs as a library", () => {
    const script =
      'import * as konseki from "konseki"; import * as node from "konseki/node"; console.log(Object.keys(konseki).length > 5, Object.keys(node).length > 0);';
    expect(run(process.execPath, ["--input-type=module", "-e", script], place).stdout.trim()).toBe(
      "true true",
    );
  }, 60_000);
});

/** The program that writes into binaries: named, or where an earlier npx put it. Fetching it is no test's business. */
function findPostject(): string | undefined {
  if (process.env.KONSEKI_POSTJECT) return process.env.KONSEKI_POSTJECT;
  const cache = join(process.env.npm_config_cache ?? join(homedir(), ".npm"), "_npx");
  if (!existsSync(cache)) return undefined;
  return readdirSync(cache)
    .map((name) => join(cache, name, "node_modules", "postject", "dist", "cli.js"))
    .find((path) => existsSync(path));
}

const postject = findPostject();
const cannot =
  process.platform !== "linux"
    ? "runs on Linux"
    : postject === undefined
      ? "postject is not here"
      : "";

describe.skipIf(cannot !== "")(`the executable file${cannot}`, () => {
  const file = join(folder, "konseki");

  beforeAll(() => {
    const built = spawnSync(process.execPath, ["build-executable.mjs", "--out", file], {
      encoding: "utf8",
      env: { ...process.env, KONSEKI_POSTJECT: postject },
    });
    expect(built.status).toBe(0);
  }, 120_000);

  it("triages with rules and page from within, with and without worker threads", () => {
    expectTriage(run(file, ["triage", LOGS, "--html", join(folder, "x.html")], folder));
    expectTriage(run(file, ["triage", LOGS, "--workers", "2"], folder));
    expect(existsSync(join(folder, "x.html"))).toBe(true);
    const installed = readdirSync(join(folder, "home", ".cache", "konseki"));
    expect(installed.filter((name) => name.startsWith("program-"))).toHaveLength(1);
  }, 60_000);

  it("runs where nothing can be kept, and leaves nothing behind", () => {
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    const done = spawnSync(file, ["triage", LOGS], {
      encoding: "utf8",
      timeout: 60_000,
      env: { HOME: "/", XDG_CACHE_HOME: "/dev/null/none", TMPDIR: temporary },
    });
    expect(done.stdout).toContain("Security log cleared");
    expect(readdirSync(temporary)).toEqual([]);
  }, 60_000);
});
