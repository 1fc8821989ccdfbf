import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { forgeHostHives } from "../support/forge-hive.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const base = temporaryFolder();
const host = join(base, "HOST-A");

beforeAll(() => {
  const config = join(host, "Windows", "System32", "config");
  mkdirSync(config, { recursive: true });
  for (const [name, bytes] of Object.entries(forgeHostHives()))
    writeFileSync(join(config, name), bytes);
  cpSync("fixtures/rdp-chain/WS-01", join(host, "Windows", "System32", "winevt", "Logs"), {
    recursive: true,
  });
});

it("triage tells what the hives beside the logs say of the host and of what it logged", () => {
  const run = runCli(["triage", host]);
  expect(run.code).toBe(0);
  for (const text of [
    "HOST-A (corp.example)",
    "Windows 11 Pro 23H2, 22631.3007",
    "Tokyo Standard Time, UTC+09:00",
    "10.1.0.11, 192.0.2.7",
    "Logon (success and failure)",
    "was in use when it was copied",
  ])
    expect(run.stdout.replace(/\s+/g, " ")).toContain(text);
  const objects: { type: string }[] = JSON.parse(
    runCli(["triage", host, "--format", "json"]).stdout,
  );
  expect(objects.find(({ type }) => type === "host")).toMatchObject({
    host: "HOST-A",
    build: "22631.3007",
  });
});

it("collect takes the hives along unless told not to", () => {
  const taken = (...more: string[]): string[] => {
    const out = join(temporaryFolder(), "out");
    expect(runCli(["collect", host, "-o", out, ...more]).code).toBe(0);
    const manifest = JSON.parse(readFileSync(join(out, "konseki-manifest.json"), "utf8"));
    return manifest.files.map(({ role }: { role: string }) => role);
  };
  expect(taken().filter((role) => role === "hive")).toHaveLength(3);
  expect(taken("--no-hives")).not.toContain("hive");
});
