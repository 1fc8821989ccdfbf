import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const rule = (title: string, id: number, product = "windows"): string =>
  `title: ${title}
id: 11111111-1111-4111-8111-${String(id).padStart(12, "0")}
logsource: { product: ${product}, service: ${product === "windows" ? "security" : "auditd"} }
detection:
  selection: { EventID: ${1000 + id} }
  condition: selection
level: low
`;

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function checkout(): string {
  const folder = temporaryFolder();
  write(folder, {
    ".git/HEAD": "ref: refs/heads/master\n",
    ".git/refs/heads/master": `${"0123456789".repeat(4)}\n`,
    "rules/windows/one.yml": rule("One", 1),
    "rules/windows/two.yml": rule("Two", 2),
    "rules/linux/three.yml": rule("Three", 3, "linux"),
    "rules-emerging-threats/2026/four.yml": rule("Four", 4),
    "tests/five.yml": rule("Five", 5),
    "README.md": "not a rule",
  });
  return folder;
}

function withStore(): { store: string; run: (...args: string[]) => ReturnType<typeof runCli> } {
  const store = join(temporaryFolder(), "store");
  return {
    store,
    run: (...args) => {
      process.env.KONSEKI_RULES = store;
      return runCli(args);
    },
  };
}

describe("konseki rules import", () => {
  it("takes the Windows rules of a checkout, pins the commit, and --rules @name uses them", () => {
    const { store, run } = withStore();
    const first = run("rules", "import", checkout());
    expect(first.stderr).toBe("");
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("@sigma: commit 012345678901, SHA-256 ");
    expect(first.stdout).toContain("3 files added, 0 changed, 0 removed, 0 as before; 1 for other");
    expect(first.stdout).toContain("3 rules can be used\n");
    expect(first.stdout).toContain(store);
    const listed = run("rules", "list", "-r", "@sigma", "--no-builtin-rules").stdout;
    expect(listed.trim().split("\n")).toHaveLength(3);
    expect(listed).toContain("@sigma/rules/windows/one.yml");
    const report = run("triage", "fixtures/clean", "-r", "@sigma", "--format", "json");
    expect(report.stderr).not.toContain("@sigma");
  });

  it("says what a newer version adds, changes and removes", () => {
    const { run } = withStore();
    const folder = checkout();
    run("rules", "import", folder, "--name", "mine");
    rmSync(join(folder, "rules/windows/two.yml"));
    write(folder, {
      ".git/refs/heads/master": `${"f".repeat(40)}\n`,
      "rules/windows/one.yml": rule("One, better", 1),
      "rules/windows/six.yml": rule("Six", 6),
    });
    const { stdout } = run("rules", "import", folder, "--name", "mine");
    expect(stdout).toContain("+ rules/windows/six.yml\n");
    expect(stdout).toContain("~ rules/windows/one.yml\n");
    expect(stdout).toContain("- rules/windows/two.yml\n");
    expect(stdout).toContain("@mine: commit ffffffffffff (was: commit 012345678901)");
    expect(stdout).toContain("1 files added, 1 changed, 1 removed, 1 as before");
    const listed = run("rules", "list", "-r", "@mine", "--no-builtin-rules").stdout;
    expect(listed).toContain("One, better");
    expect(listed).not.toContain("Two");
  });

  it("follows no links, writes nothing outside the store, and keeps what was there when there is nothing to take", () => {
    const { store, run } = withStore();
    const folder = checkout();
    const elsewhere = join(temporaryFolder(), "secret.yml");
    writeFileSync(elsewhere, rule("Secret", 7));
    symlinkSync(elsewhere, join(folder, "rules/windows/link.yml"));
    run("rules", "import", folder);
    expect(run("rules", "list", "-r", "@sigma", "--no-builtin-rules").stdout).not.toContain(
      "Secret",
    );
    const empty = temporaryFolder();
    writeFileSync(join(empty, "linux.yml"), rule("Other", 8, "linux"));
    const refused = run("rules", "import", empty);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("no rule for Windows");
    expect(run("rules", "import", join(empty, "absent")).code).toBe(2);
    for (const name of ["../x", "/x", "A", "x/y", ""])
      expect(run("rules", "import", folder, "--name", name).code).toBe(2);
    expect(readdirSync(store)).toEqual(["sigma"]);
    expect(run("rules", "list", "-r", "@sigma", "--no-builtin-rules").stdout).toContain("One");
  });

  it("a collection that was never imported is named, not passed over", () => {
    const { run } = withStore();
    const { stderr } = run("triage", "fixtures/clean", "-r", "@sigma", "--format", "json");
    expect(stderr).toContain("@sigma: no collection of this name was imported");
  });
});

describe("konseki rules test", () => {
  const { run } = withStore();
  const folder = temporaryFolder();
  write(folder, {
    "own.yml": rule("Own", 1),
    "cases/right.yml": `rule: own.yml
match:
  - { channel: Security, provider: Microsoft-Windows-Security-Auditing, id: 1001, data: { A: b } }
miss:
  - - { channel: Security, provider: Microsoft-Windows-Security-Auditing, id: 1002, data: { A: b } }
    - { channel: System, provider: Service Control Manager, id: 1001, data: { A: b } }
`,
    "wrong/wrong.yml": `rule: Own
match:
  - { channel: Security, provider: Microsoft-Windows-Security-Auditing, id: 1002, data: { A: b } }
miss:
  - { channel: Security, provider: Microsoft-Windows-Security-Auditing, id: 1001, data: { A: b } }
`,
    "broken/broken.yml": "rule: Own\nmatch: [\n",
    "absent/absent.yml": "rule: No such\nmatch:\n  - { channel: Security, id: 1 }\n",
  });
  const test = (cases: string) =>
    run("rules", "test", join(folder, cases), "-r", join(folder, "own.yml"), "--no-builtin-rules");

  it("is content with rules that do what their cases say", () => {
    const { code, stdout } = test("cases");
    expect(stdout).toBe("2 cases in 1 files, all as they should be\n");
    expect(code).toBe(0);
  });

  it("names file, line and case of what goes wrong", () => {
    const { code, stdout } = test("wrong");
    expect(stdout).toContain("wrong.yml:3: match 1: the rule does not match (Own)\n");
    expect(stdout).toContain("wrong.yml:5: miss 1: the rule matches (Own)\n");
    expect(code).toBe(1);
  });

  it("a broken case file and a rule that is not there are errors", () => {
    expect(test("broken")).toMatchObject({ code: 2 });
    expect(test("broken").stderr).toMatch(/broken\.yml:[23]: /);
    expect(test("absent").stdout).toContain('no usable rule "No such"');
    expect(test("absent").code).toBe(1);
  });

  it("konseki's own rules do what their cases say", () => {
    const { code, stdout } = run("rules", "test", "fixtures/rules");
    expect(stdout).toMatch(/^[4-9]\d\d cases in \d{3} files, all as they should be\n$/);
    expect(code).toBe(0);
  }, 30_000);
});

describe("konseki rules import of an archive", () => {
  const files: Readonly<Record<string, string>> = {
    "sigma-r2026-03-01/rules/windows/one.yml": rule("One", 1),
    "sigma-r2026-03-01/rules/windows/../../../../evil.yml": rule("Evil", 2),
    "sigma-r2026-03-01/rules/windows/CON.yml": rule("Device", 3),
    "sigma-r2026-03-01/rules/linux/three.yml": rule("Three", 4, "linux"),
    "sigma-r2026-03-01/tests/five.yml": rule("Five", 5),
  };

  /** All files below a folder. */
  const filesBelow = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(join(folder, name)).isFile(),
    );

  async function zip(): Promise<Uint8Array> {
    const writer = new ZipWriter(new Uint8ArrayWriter());
    for (const [name, text] of Object.entries(files)) await writer.add(name, new TextReader(text));
    return await writer.close();
  }

  async function tarGz(): Promise<Uint8Array> {
    const packed = pack();
    for (const [name, text] of Object.entries(files)) packed.entry({ name }, text);
    packed.entry({
      name: "sigma-r2026-03-01/rules/link.yml",
      type: "symlink",
      linkname: "/etc/passwd",
    });
    packed.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of packed) pieces.push(piece as Buffer);
    return gzipSync(Buffer.concat(pieces));
  }

  it.each([
    ["release.zip", zip],
    ["release.tar.gz", tarGz],
  ])("takes %s, pins its version, and no name in it leads out of the store", async (name, make) => {
    const base = temporaryFolder();
    const archive = join(base, name);
    writeFileSync(archive, await make());
    const store = join(base, "deep", "er", "store");
    process.env.KONSEKI_RULES = store;
    const { code, stdout, stderr } = runCli(["rules", "import", archive]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("@sigma: sigma-r2026-03-01, SHA-256 ");
    const inside = filesBelow(store);
    expect(filesBelow(base).sort()).toEqual(
      [name, ...inside.map((file) => join("deep", "er", "store", file))].sort(),
    );
    expect(inside).toContain(join("sigma", "rules", "windows", "one.yml"));
    expect(inside.some((file) => /three|five|link|(^|[\\/])CON\.yml$/.test(file))).toBe(false);
    const listed = runCli(["rules", "list", "-r", "@sigma", "--no-builtin-rules"]).stdout;
    expect(listed).toContain("One");
    expect(listed).toContain("Device");
  });
});
