import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { inFolder } from "../support/event-lines.ts";

const MAIN = resolve("dist/bin/main.js");
const PASSING = resolve("fixtures/cases/rdp-chain.yml");

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function shell(script: string, cwd: string, env: Readonly<Record<string, string>>): Run {
  const run = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

function junitOf(file: string): { readonly tests: number; readonly failures: number } {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" });
  const { tests, failures } = parser.parse(readFileSync(file, "utf8")).testsuites;
  return { tests: Number(tests), failures: Number(failures) };
}

interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly default?: string; readonly required?: boolean }>
  >;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly shell: string;
      readonly run: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

/** Runs a composite action's steps as a runner does, the build step aside where `dist` is there. */
function runAction(given: Readonly<Record<string, string>>, cwd: string): Run {
  const action = parse(readFileSync("action.yml", "utf8")) as Action;
  expect(action.runs.using).toBe("composite");
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: fallback }]) => [
      name,
      given[name] ?? fallback ?? "",
    ]),
  );
  let last: Run = { code: 0, stdout: "", stderr: "" };
  for (const { shell: name, run, env = {} } of action.runs.steps) {
    expect(name).toBe("bash");
    // Text of inputs must reach scripts as variables only, never as part of the script.
    expect(run).not.toContain("${{");
    const filled = Object.fromEntries(
      Object.entries(env).map(([key, value]) => [
        key,
        value.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_all, input: string) => inputs[input]!),
      ]),
    );
    last = shell(run, cwd, { GITHUB_ACTIONS: "true", GITHUB_ACTION_PATH: resolve("."), ...filled });
    if (last.code !== 0) return last;
  }
  return last;
}

describe("the GitHub action", () => {
  it("checks cases, writes JUnit XML and passes where all promises hold", () => {
    inFolder((folder) => {
      const { code, stdout } = runAction(
        { cases: `${PASSING}\n${resolve("fixtures/cases/clean.yml")}` },
        folder,
      );
      expect(code).toBe(0);
      expect(stdout).not.toContain("::error");
      const { tests, failures } = junitOf(join(folder, "konseki-junit.xml"));
      expect(tests).toBeGreaterThan(8);
      expect(failures).toBe(0);
    });
  });

  it("fails with an annotation at the case where a promise is broken", () => {
    inFolder((folder) => {
      const { code, stdout } = runAction(
        { cases: brokenCase(folder), junit: "out.xml", rules: resolve("rules/credential-access") },
        folder,
      );
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /^::error file=.*a case\.yml,title=must find never::expected at least 1/m,
      );
      expect(junitOf(join(folder, "out.xml")).failures).toBe(1);
    });
  });

  it("fails with 2 where a case is missing, whatever its name tries", () => {
    inFolder((folder) => {
      const trap = join(folder, "trap");
      expect(runAction({ cases: `$(touch ${trap});\`touch ${trap}\`` }, folder).code).toBe(2);
      expect(runAction({ cases: `--output=${trap}` }, folder).code).toBe(2);
      expect(existsSync(trap)).toBe(false);
    });
  });
});

describe("the GitLab job", () => {
  it("runs its script as written and leaves the report where it says", () => {
    inFolder((folder) => {
      const { konseki } = parse(readFileSync("ci/gitlab.yml", "utf8")) as {
        readonly konseki: {
          readonly variables: Readonly<Record<string, string>>;
          readonly script: readonly string[];
          readonly artifacts: { readonly reports: { readonly junit: string } };
        };
      };
      symlinkSync(resolve("."), join(folder, "konseki"));
      const run = shell(konseki.script.join("\n"), folder, {
        ...konseki.variables,
        KONSEKI_CASES: "konseki/fixtures/cases",
      });
      expect(run.stderr).not.toContain("error");
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(/\d+ passed, 0 failed/);
      expect(junitOf(join(folder, konseki.artifacts.reports.junit)).failures).toBe(0);
    });
  });
});

describe("the check script", () => {
  it("says what it lacks", () => {
    inFolder((folder) => {
      const run = shell(resolve("ci/check.sh"), folder, { KONSEKI: `node ${MAIN}` });
      expect(run.code).not.toBe(0);
      expect(run.stderr).toContain("name case files or folders");
    });
  });
});

function brokenCase(folder: string): string {
  const file = join(folder, "a case.yml");
  const content = `logs: ${resolve("fixtures/rdp-chain")}\nmust: [never]\n`;
  writeFileSync(file, content);
  return file;
}
