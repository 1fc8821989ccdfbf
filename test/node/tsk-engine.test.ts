import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ntfsImage } from "../support/evidence-fixture.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const installed = spawnSync("fls", ["-V"]).status === 0;

describe("--engine tsk", () => {
  it.skipIf(!installed)(
    "gives the live logs of an image, hash for hash as konseki's own reader does",
    () => {
      const image = join(temporaryFolder(), "disk.dd");
      writeFileSync(image, ntfsImage());
      const hashes = (...more: string[]): unknown[] =>
        (
          JSON.parse(runCli(["info", image, "--format", "json", ...more]).stdout) as {
            path: string;
            sha256: string;
          }[]
        )
          .filter(({ path }) => !path.includes("$Deleted"))
          .map(({ path, sha256 }) => [path, sha256])
          .sort();
      expect(hashes("--engine", "tsk")).toEqual(hashes());
      expect(hashes().length).toBeGreaterThan(10);
    },
  );

  it.skipIf(!installed)("names what The Sleuth Kit cannot read", () => {
    const image = join(temporaryFolder(), "empty.dd");
    writeFileSync(image, new Uint8Array(1024 * 1024));
    const run = runCli(["info", image, "--engine", "tsk"]);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/empty\.dd: The Sleuth Kit: /);
  });

  it("of an unknown name is refused", () => {
    const run = runCli(["info", "fixtures/clean", "--engine", "other"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("write konseki or tsk");
  });
});
