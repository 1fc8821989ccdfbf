import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import { limitIn } from "../../src/report/i18n/sentence.ts";

const read = (text: string, name = "inventory.csv") =>
  parseInventory(new TextEncoder().encode(text), name);
const told = (text: string, name?: string) =>
  read(text, name).issues.map(({ code, line }) => `${line}: ${code}`);
const HEADER = "cidr,segment,role,host,owner,edr\n";

describe("reading an inventory", () => {
  it("takes segments and hosts from CSV with comma, semicolon or tab, quoted cells and a byte order mark", () => {
    for (const sign of [",", ";", "\t"]) {
      const text = `\uFEFF${HEADER}10.1.0.0/24,clients,workstation,,,\n10.2.0.20,servers,server,SRV-01,"Ops\u0001 team",no\n`;
      const { segments, hosts, issues } = read(text.replaceAll(",", sign).replace("\u0001", sign));
      expect(issues).toEqual([]);
      expect(segments).toEqual([
        { cidr: "10.1.0.0/24", segment: "clients", role: "workstation", line: 2 },
      ]);
      expect(hosts).toEqual([
        {
          host: "SRV-01",
          cidr: "10.2.0.20",
          segment: "servers",
          role: "server",
          owner: `Ops${sign} team`,
          edr: false,
          line: 3,
        },
      ]);
    }
  });

  it("takes the same from YAML, as two lists or as one", () => {
    const lists = `segments:\n  - { cidr: 10.1.0.0/24, segment: clients, role: workstation }\nhosts:\n  - host: SRV-01\n    edr: yes\n`;
    expect(read(lists, "i.yml")).toMatchObject({
      segments: [{ segment: "clients", line: 2 }],
      hosts: [{ host: "SRV-01", edr: true, line: 4 }],
      issues: [],
    });
    expect(read("- { host: SRV-01 }\n", "i.yaml").hosts).toHaveLength(1);
  });

  it("names line and fix of a bad network, an overlap, a host twice, an unknown role, and goes on", () => {
    const text = `${HEADER}10.1.0.0/33,a,,,,\n10.1.0.0/16,b,,,,\n10.1.5.0/24,c,,,,\n,,server,SRV-01,,\n,,server,srv-01,,\n,,boss,SRV-02,,\n,,,SRV-03,,maybe\n,x,,,,\n,,dc,DC-01,,yes\n`;
    expect(told(text)).toEqual([
      "2: inventory-cidr",
      "4: inventory-overlap",
      "6: inventory-duplicate",
      "7: inventory-role",
      "8: inventory-edr",
      "9: inventory-row",
    ]);
    const { segments, hosts, issues } = read(text);
    expect(segments.map(({ segment }) => segment)).toEqual(["b"]);
    expect(hosts.map(({ host }) => host)).toEqual(["SRV-01", "DC-01"]);
    expect(issues[1]?.message).toContain("overlaps 10.1.0.0/16 (b) on line 3");
    expect(issues.every(({ fix }) => (fix ?? "") !== "")).toBe(true);
  });

  it("leaves out the one row that is not UTF-8, and reads UTF-16 of spreadsheets", () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode(`${HEADER},,server,SRV-01,`),
      0x89,
      0x63,
      ...new TextEncoder().encode(",yes\r\n,,server,SRV-02,,no\r\n"),
    ]);
    const { hosts, issues } = parseInventory(bytes, "i.csv");
    expect(hosts.map(({ host, line }) => `${host} ${line}`)).toEqual(["SRV-02 3"]);
    expect(issues).toMatchObject([{ code: "inventory-encoding", line: 2 }]);
    const text = `${HEADER},,server,SRV-01,経理,yes\r\n`;
    const utf16 = new Uint8Array(2 + text.length * 2);
    utf16.set([0xff, 0xfe]);
    for (let i = 0; i < text.length; i++) {
      utf16[2 + i * 2] = text.charCodeAt(i) & 0xff;
      utf16[3 + i * 2] = text.charCodeAt(i) >> 8;
    }
    expect(parseInventory(utf16, "i.csv").hosts[0]?.owner).toBe("経理");
  });

  it("leaves out a line with NUL bytes, and says once where the YAML is broken", () => {
    expect(told(`${HEADER}10.1.0.0/24,a\0b,workstation,,,\n,,server,SRV-01,,\n`)).toEqual([
      "2: inventory-not-text",
    ]);
    const { issues } = parseInventory(
      new TextEncoder().encode("segments:\n  - cidr: [\n"),
      "i.yml",
    );
    expect(issues[0]?.line).toBe(3);
    expect(issues[0]?.message).not.toMatch(/ at line /);
  });

  it("reads UTF-16 without a byte order mark, and names a line of UTF-16 that is damaged", () => {
    const text = `${HEADER},,server,SRV-01,経理,yes\n,,server,SRV-02,\ud800,no\n`;
    for (const bigEndian of [false, true]) {
      const utf16 = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++)
        new DataView(utf16.buffer).setUint16(i * 2, text.charCodeAt(i), !bigEndian);
      const { hosts, issues } = parseInventory(utf16, "i.csv");
      expect(hosts.map(({ host, owner }) => [host, owner])).toEqual([["SRV-01", "経理"]]);
      expect(issues).toMatchObject([{ code: "inventory-encoding", line: 3 }]);
      expect(issues[0]!.fix).toContain("UTF-8");
    }
  });

  it("takes a short name and the full name of it for one host, the same name in two domains for two", () => {
    const rows = (...hosts: string[]) =>
      `${HEADER}${hosts.map((host) => `,,server,${host},,\n`).join("")}`;
    expect(told(rows("SRV-01", "srv-01.corp.example"))).toEqual(["3: inventory-duplicate"]);
    expect(told(rows("SRV-01.corp.example", "srv-01"))).toEqual(["3: inventory-duplicate"]);
    expect(told(rows("SRV-01.a.example", "SRV-01.b.example", "10.1.0.5", "10.1.0.6"))).toEqual([]);
  });

  it("finds an overlap among very many networks, wider or narrower than the others", () => {
    const many = Array.from({ length: 60_000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24,n${i},,,,`);
    const wide = ["10.7.0.0/16,wide,,,,", "10.9.9.128/25,narrow,,,,", "2001:db8::/32,six,,,,"];
    const text = `${HEADER}${[...many, ...wide, "2001:db8:1::1,seven,,,,"].join("\n")}\n`;
    expect(told(text)).toEqual([
      "60002: inventory-overlap",
      "60003: inventory-overlap",
      "60005: inventory-overlap",
    ]);
  });

  it("tells every problem in Japanese too", () => {
    const problems = [
      "10.1.0.0/33,a,,,,",
      "10.1.0.0/16,b,,,,",
      "10.1.5.0/24,c,,,,",
      ",,server,SRV-01,,",
      ",,server,srv-01,,",
      ",,boss,SRV-02,,",
      ",,,SRV-03,,maybe",
      ",x,,,,",
      "a,b,c,d,e,f,g,h",
    ];
    const texts = [
      `${HEADER}${problems.join("\n")}`,
      `${HEADER}${"a\t".repeat(9)}`.replaceAll(",", "\t"),
      "colour,host\n",
      "",
      "hosts: 3",
      "hosts: [1]",
      "hosts: [",
    ];
    const issues = texts.flatMap((text) =>
      parseInventory(
        new TextEncoder().encode(text),
        text.startsWith("hosts") ? "i.yml" : "i.csv",
      ).issues.concat(),
    );
    const spoiled = new Uint8Array([...new TextEncoder().encode(HEADER), 0x89, 0x63]);
    issues.push(...parseInventory(spoiled, "i.csv").issues);
    expect(new Set(issues.map(({ code }) => code)).size).toBe(10);
    for (const { source, line, message, fix } of issues) {
      const limit = `${source}:${line}: ${message} (${fix})`;
      expect(limitIn("ja", limit), limit).toMatch(/^i\.(csv|yml):\d+: .*[\u3040-\u30ff]/);
    }
  });

  it("names the line of broken YAML and of what is no row", () => {
    expect(told("hosts:\n  - { host: SRV-01 }\n  - just text\nplaces: 4\n", "i.yml")).toEqual([
      "4: inventory-yaml",
      "3: inventory-yaml",
    ]);
    expect(told("hosts:\n  - { host: SRV-01\n", "i.yml")[0]).toMatch(/inventory-yaml$/);
  });

  it("tells of unknown columns and of an empty file", () => {
    expect(told("host,colour\nSRV-01,red\n")).toEqual(["1: inventory-column"]);
    expect(told("")).toEqual(["1: inventory-empty"]);
  });

  it("never fails, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom("a.csv", "a.yml", "a"),
        (bytes, name) => {
          parseInventory(bytes, name);
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.constantFrom("a.csv", "a.yml"),
        (text, name) => {
          read(HEADER + text, name);
          read(`hosts:\n${text}`, name);
        },
      ),
      { numRuns: 300 },
    );
  });
});
