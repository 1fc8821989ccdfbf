import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { forgeHive, forgeHiveLog, forgeHostHives, withBaseBlock } from "../support/forge-hive.ts";
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
    "42 starts by the registry",
    "Contradiction: the registry is of HOST-A, the logs beside it are of WS-01.corp.example",
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

it("triage tells when a host was started last by its logs, and contradictions in Japanese and in the page", () => {
  const folder = join(temporaryFolder(), "clean");
  cpSync("fixtures/clean", folder, { recursive: true });
  const page = join(temporaryFolder(), "report.html");
  const run = runCli(["triage", folder, host, "--lang", "ja", "--html", page]);
  const text = run.stdout.replace(/\s+/g, "");
  expect(text).toContain("レジストリとログから見たホスト");
  expect(text).toContain("最終起動:2026-03-04T09:46:50.1600000Z(Kernel-General12,System#");
  expect(text).toContain("矛盾:レジストリはHOST-Aのものだが、隣のログはWS-01.corp.exampleのもの");
  expect(readFileSync(page, "utf8")).toContain('"lastBoot":{"time":"2026-03-04T09:46:50.1600000Z"');
  const objects: { type: string; host?: string; lastBoot?: object; conflicts?: string[] }[] =
    JSON.parse(runCli(["triage", folder, host, "--format", "json"]).stdout);
  const hosts = objects.filter(({ type }) => type === "host");
  expect(hosts.map((each) => [each.host, each.conflicts?.length ?? 0])).toEqual([
    ["HOST-A", 1],
    ["SRV-02.corp.example", 0],
  ]);
  expect(hosts[1]?.lastBoot).toMatchObject({
    by: "Kernel-General 12",
    ref: { channel: "System", eventId: 12, host: "SRV-02.corp.example" },
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

it("a hive that was in use is read with its transaction logs, and that is told", () => {
  const folder = join(temporaryFolder(), "HOST-B");
  const config = join(folder, "Windows", "System32", "config");
  mkdirSync(config, { recursive: true });
  const named = (host: string): Uint8Array =>
    forgeHive({
      keys: {
        Select: { values: { Current: 1 } },
        ControlSet001: {
          keys: {
            Services: { keys: { Tcpip: { keys: { Parameters: { values: { Hostname: host } } } } } },
          },
        },
      },
    });
  const states = [named("HOST-OLD"), named("HOST-NEW")];
  writeFileSync(join(config, "SYSTEM"), withBaseBlock(states[0]!, { primary: 8, secondary: 7 }));
  writeFileSync(join(config, "SYSTEM.LOG1"), forgeHiveLog(states, 8));
  writeFileSync(join(config, "SYSTEM.LOG2"), "");
  cpSync("fixtures/rdp-chain/WS-01", join(folder, "Logs"), { recursive: true });
  const objects: { type: string; host?: string; sources?: string[]; problems?: string[] }[] =
    JSON.parse(runCli(["triage", folder, "--format", "json"]).stdout);
  expect(objects.find(({ type }) => type === "host")).toMatchObject({
    host: "HOST-NEW",
    sources: [join(config, "SYSTEM")],
    problems: [
      expect.stringContaining("what its transaction logs hold is read with it (applied: 1)"),
    ],
  });
});
