import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder } from "../support/event-lines.ts";
import { runCli } from "../support/run-cli.ts";

const CASE = "fixtures/rdp-chain";
const triage = (...args: string[]) => runCli(["triage", CASE, "-q", ...args]);

describe("triage --html", () => {
  it("writes one file with the findings and the content of the records they cite", () => {
    inFolder((folder) => {
      const file = join(folder, "report.html");
      expect(triage("--html", file, "--lang", "ja").code).toBe(0);
      const html = readFileSync(file, "utf8");
      expect(html).toContain('<html lang="ja">');
      const data = JSON.parse(/id="data">([\s\S]*?)<\/script>/.exec(html)![1]!);
      const cleared = data.findings.find(
        (f: { title: string }) => f.title === "Security log cleared",
      );
      const [ref] = cleared.evidence;
      const cited = data.cited.find(
        (c: { ref: object }) => JSON.stringify(c.ref) === JSON.stringify(ref),
      );
      expect(Object.fromEntries(cited.fields).SubjectUserName).toBe("user.admin");
      expect(cited.xml).toContain("LogFileCleared");
      expect(triage("--html", file).code).toBe(2);
      expect(triage("--html", file, "-C").code).toBe(0);
    });
  });
});

describe("triage --verdicts and --baseline", () => {
  const findings = (args: readonly string[]) =>
    triage("--format", "jsonl", ...args)
      .stdout.trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((object) => object.type === "finding");

  it("sets verdicts at their findings; what is settled no longer fails the run", () => {
    inFolder((folder) => {
      const file = join(folder, "verdicts.json");
      const high = findings([]).filter((finding) => finding.severity === "high");
      expect(triage("--fail-on", "high").code).toBe(1);
      const verdicts = high.map(({ id }) => ({
        findingId: id,
        verdict: "false-positive",
        note: "n",
      }));
      writeFileSync(file, JSON.stringify({ format: "konseki-verdicts", version: 1, verdicts }));
      expect(triage("--fail-on", "high", "--verdicts", file).code).toBe(0);
      expect(findings(["--verdicts", file])[0].verdict).toEqual({
        verdict: "false-positive",
        note: "n",
      });
      writeFileSync(
        file,
        JSON.stringify({
          format: "konseki-verdicts",
          version: 1,
          verdicts: [{ ...verdicts[0], verdict: "confirmed" }],
        }),
      );
      expect(triage("--fail-on", "high", "--verdicts", file).code).toBe(1);
    });
  });

  it("fails only on findings that the baseline does not have", () => {
    inFolder((folder) => {
      const file = join(folder, "baseline.json");
      expect(triage("--format", "json", "-o", file).code).toBe(0);
      expect(triage("--fail-on", "informational", "--baseline", file).code).toBe(0);
      const objects = JSON.parse(readFileSync(file, "utf8")).slice(1);
      writeFileSync(file, JSON.stringify(objects));
      expect(triage("--fail-on", "informational", "--baseline", file).code).toBe(1);
    });
  });

  it("refuses files that are neither, with exit code 2", () => {
    expect(triage("--verdicts", "package.json").code).toBe(2);
    expect(triage("--baseline", "package.json").code).toBe(2);
    expect(triage("--baseline", "no-such-file").code).toBe(2);
  });
});

describe("konseki check", () => {
  it("passes the case of the fixtures", () => {
    const { code, stdout } = runCli(["check", "fixtures/cases/rdp-chain.yml"]);
    expect(stdout).toContain("6 passed, 0 failed");
    expect(code).toBe(0);
  });

  it("exits with 1 on a broken promise and with 2 on a wrong case file", () => {
    inFolder((folder) => {
      const file = join(folder, "case.yml");
      writeFileSync(file, `logs: ${join(process.cwd(), CASE)}\nmust: [No such finding]\n`);
      const { code, stdout } = runCli(["check", file, "--format", "github"]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^::error file=/);
      writeFileSync(file, "logs: x\n");
      expect(runCli(["check", file]).code).toBe(2);
    });
  });
});
