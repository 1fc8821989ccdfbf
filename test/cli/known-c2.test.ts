import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const triage = (...values: readonly string[]) =>
  runCli([
    ...["triage", "fixtures/rdp-chain", "--no-cache", "--lang", "en"],
    ...values.flatMap((value) => ["--known-c2", value]),
  ]);

describe("a destination that is known to serve an intruder", () => {
  it("is taken as it stands in a report of others, and told of when these logs cannot know it", () => {
    const { code, stdout } = triage("hxxps://c2[.]bad[.]example/gate", "192[.]0[.]2[.]66");
    expect(code).toBe(0);
    const text = stdout.replace(/\s+/g, " ");
    for (const value of ["c2.bad.example", "192.0.2.66"])
      expect(text).toContain(`whether ${value} was used cannot be told`);
  });

  it("that is none is an error at once", () => {
    const { code, stderr } = triage("no such thing");
    expect(code).toBe(2);
    expect(stderr).toContain("--known-c2 no such thing: write an address or a name");
  });
});
