import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { allCommands, commandShape } from "../../src/cli/shells/command-shape.ts";
import { inFolder } from "../support/event-lines.ts";
import { runCli } from "../support/run-cli.ts";

const program = commandShape(createProgram(() => {}));
const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
const script = (form: string): string => {
  const { code, stdout } = runCli(["completion", form]);
  expect(code).toBe(0);
  return stdout;
};
const missing = (name: string): string =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)))
    ? ""
    : `${name} is not installed`;

function run(name: string, args: readonly string[], input?: string) {
  return spawnSync(name, args, { encoding: "utf8", input });
}

describe("konseki completion", () => {
  it.each(SHELLS)("%s: knows every command and every option that help shows", (shell) => {
    const text = script(shell);
    for (const { path, options } of allCommands(program)) {
      for (const word of path) expect(text).toContain(word);
      for (const { flags } of options)
        for (const flag of flags)
          expect(text).toContain(shell === "fish" ? flag.replace(/^-+/, "") : flag);
    }
    expect(text).not.toContain("--sigma");
  });

  it("refuses other shells", () => {
    expect(runCli(["completion", "cmd"]).code).toBe(2);
  });

  describe.skipIf(missing("bash") !== "")(`in bash${missing("bash")}`, () => {
    const complete = (...words: string[]): string[] => {
      const quoted = words.map((word) => `'${word}'`).join(" ");
      const asked = `COMP_WORDS=(konseki ${quoted}); COMP_CWORD=${words.length}; _konseki; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = run("bash", ["--norc"], `${script("bash")}\n${asked}\n`);
      expect(stderr).toBe("");
      return stdout.split("\n").filter((word) => word !== "");
    };

    it("completes commands, options and their choices, at every depth and behind an alias", () => {
      expect(complete("tri")).toEqual(["triage"]);
      expect(complete("rules", "l")).toEqual(["list", "lint"]);
      expect(complete("triage", "--min")).toEqual(["--min-severity"]);
      expect(complete("hunt", "--min")).toEqual(["--min-severity"]);
      expect(complete("check", "x.yml", "--format", "j")).toEqual(["junit"]);
      expect(complete("completion", "")).toEqual(["bash", "zsh", "fish", "powershell", "man"]);
      expect(complete("triage", "READM")).toEqual(["README.md"]);
      expect(complete("triage", "--from", "")).toEqual([]);
    });
  });

  it.skipIf(missing("zsh") !== "")(`zsh can read its script${missing("zsh")}`, () => {
    expect(run("zsh", ["-n"], script("zsh"))).toMatchObject({ status: 0, stderr: "" });
  });

  it.skipIf(missing("fish") !== "")(`completes in fish${missing("fish")}`, () => {
    inFolder((folder) => {
      const file = join(folder, "konseki.fish");
      writeFileSync(file, script("fish"));
      const complete = (line: string): string[] => {
        const { stdout, stderr } = run("fish", [
          "--no-config",
          "-c",
          `source ${file}; complete -C '${line}'`,
        ]);
        expect(stderr).toBe("");
        return stdout
          .trimEnd()
          .split("\n")
          .map((word) => word.split("\t")[0]!);
      };
      expect(complete("konseki tri")).toEqual(["triage"]);
      expect(complete("konseki rules l").sort()).toEqual(["lint", "list"]);
      expect(complete("konseki triage --min")).toEqual(["--min-severity"]);
      expect(complete("konseki check x --format j")).toEqual(["junit"]);
    });
  });
});

describe("the manual page", () => {
  it("names every command, option and default", () => {
    const text = script("man");
    for (const { path, options } of allCommands(program)) {
      if (path.length > 0)
        expect(text).toContain(`.SS "konseki ${path.join(" ")}`.replaceAll("-", "\\-"));
      if (path.length > 0)
        for (const { flags } of options)
          for (const flag of flags)
            expect(text).toContain(`\\fB${flag.replaceAll("-", "\\-")}\\fR`);
    }
    expect(text).toContain("default utc");
  });

  it("is in the package as it would be printed", () => {
    expect(readFileSync("dist/man/konseki.1", "utf8")).toBe(script("man"));
  });

  it.skipIf(missing("groff") !== "")(`is roff without a warning${missing("groff")}`, () => {
    const { status, stderr, stdout } = run(
      "groff",
      ["-ww", "-man", "-Tutf8", "-rLL=100n"],
      script("man"),
    );
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("EXIT STATUS".replaceAll(/./g, (c) => (c === " " ? c : `${c}\b${c}`)));
  });
});
