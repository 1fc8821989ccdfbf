import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import type { EvidenceFacts } from "../../src/model/ledger.ts";
import { type Files, forgeTar, forgeZip } from "../support/forge-archive.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const LOG = new Uint8Array(readFileSync("fixtures/rdp-chain/WS-01/Security.evtx"));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value));
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
const WINEVT = "Windows/System32/winevt/Logs/Security.evtx";

interface Collection {
  readonly files: Files;
  readonly expected: Partial<EvidenceFacts>;
  /** What the archive, and the folder that it was unpacked into, is called. */
  readonly name?: string;
  readonly pack?: "tar.gz";
}

const CONSOLE = `KAPE version 1.3.0.2, Author: Eric Zimmerman

KAPE directory: D:\\KAPE
Command line:   --tsource C: --tdest D:\\out --target EventLogs

System info: Machine name: WS-01, 64-bit: True, User: user.one OS: Windows10 (10.0.19045)
`;
const COPY_LOG = `CopiedTimestamp,SourceFile,DestinationFile,FileSize,SourceFileSha1
2026-03-02 08:30:00.1234567,"C:\\Windows\\a, b.evtx",D:\\out\\C\\x.evtx,69632,0000
`;

const COLLECTIONS: Readonly<Record<string, Collection>> = {
  "KAPE by its console and copy log": {
    files: {
      [`C/${WINEVT}`]: LOG,
      "2026-03-02T083000_ConsoleLog.txt": bytes(CONSOLE),
      "2026-03-02T083000_CopyLog.csv": bytes(COPY_LOG),
      "2026-03-02T083000_SkipLog.csv": bytes("SourceFile,SourceFileSha1,Reason\n"),
    },
    expected: { layout: "KAPE", host: "WS-01", collected: "2026-03-02T08:30:00.123Z" },
  },
  "KAPE that read a mounted image, on another machine": {
    files: {
      [`E/${WINEVT}`]: LOG,
      "2026-03-02T083000_ConsoleLog.txt": utf16(
        CONSOLE.replace("tsource C:", "tsource E:").replace("WS-01", "ANALYST"),
      ),
    },
    expected: { layout: "KAPE", collected: "2026-03-02T08:30:00" },
  },
  "Velociraptor by its client and context": {
    files: {
      [`uploads/auto/C%3A/${WINEVT}`]: LOG,
      "client_info.json": json({ Hostname: "WS-01", Fqdn: "WS-01.corp.example" }),
      "collection_context.json": json({ create_time: 1_772_440_200_000_000 }),
      "results/Windows.Info.json": bytes('{"Key":"Value"}\n{"Key":"Other"}\n'),
    },
    expected: {
      layout: "Velociraptor",
      host: "WS-01.corp.example",
      collected: "2026-03-02T08:30:00Z",
    },
  },
  "Velociraptor by what it uploaded": {
    files: {
      [`uploads/auto/C%3A/${WINEVT}`]: LOG,
      "uploads.json": bytes(
        '{"Timestamp":"2026-03-02T08:30:00.1234567Z","vfs_path":"uploads/auto/x"}\n{"vfs_path":"y"}\n',
      ),
    },
    expected: { layout: "Velociraptor", collected: "2026-03-02T08:30:00.123Z" },
  },
  CyLR: {
    name: "WS-01",
    files: {
      [`C/${WINEVT}`]: LOG,
      "CyLR_Collection_Log_2026-03-02.log": bytes("2026-03-02T08:30:00 [info] Starting\n"),
    },
    expected: { layout: "CyLR", host: "WS-01", collected: "2026-03-02T08:30:00Z" },
  },
  UAC: {
    pack: "tar.gz",
    files: {
      "[root]/mnt/Windows/System32/winevt/Logs/Security.evtx": LOG,
      "uac.log": bytes(
        "Created by UAC (Unix-like Artifacts Collector) 3.1.0\n\n[System Information]\nOperating System: linux\nHostname: WS-01\n\n[Acquisition Information]\nAcquisition started at: Mon Mar 2 17:30:00 2026 +0900\n",
      ),
    },
    expected: { layout: "UAC", host: "WS-01", collected: "2026-03-02T08:30:00Z" },
  },
  "DFIR-ORC by its outline": {
    files: {
      "Event/Security.evtx": LOG,
      "ORC_outline.json": json({
        "dfir-orc": { time: "2026-03-02 08:30:00.000", system: { fullname: "WS-01.corp.example" } },
      }),
    },
    expected: {
      layout: "DFIR-ORC",
      host: "WS-01.corp.example",
      collected: "2026-03-02T08:30:00Z",
    },
  },
  "DFIR-ORC by what it took": {
    files: {
      "0001_Security.evtx_data": LOG,
      "GetThis.csv": bytes(
        "\ufeffComputerName,VolumeID,FullName,SampleName,SizeInBytes,SampleCollectionDate\nWS-01,0x1,\\Windows\\Security.evtx,0001_Security.evtx_data,69632,2026-03-02 08:30:00.000\n",
      ),
    },
    expected: { layout: "DFIR-ORC", host: "WS-01", collected: "2026-03-02T08:30:00Z" },
  },
};

interface Input {
  readonly type: string;
  readonly path: string;
  readonly status: string;
  readonly evidence?: EvidenceFacts;
  readonly issueCounts: Readonly<Record<string, number>>;
}

function inputsOf(path: string): Input[] {
  const run = runCli(["triage", path, "--format", "json", "-q"]);
  expect(run.code, run.stderr).toBe(0);
  const objects: Input[] = JSON.parse(run.stdout);
  return objects.filter(({ type }) => type === "input");
}

it.each(Object.entries(COLLECTIONS))("%s: the same facts packed and unpacked", async (_, each) => {
  const { files, expected, name = "collected", pack = "zip" } = each;
  const base = temporaryFolder();
  const archive = join(base, `${name}.${pack}`);
  writeFileSync(archive, pack === "zip" ? await forgeZip(files) : gzipSync(await forgeTar(files)));
  const folder = join(base, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  for (const path of [archive, folder, join(folder, Object.keys(files)[0]!)]) {
    const inputs = inputsOf(path);
    expect(inputs.map(({ status }) => status)).toEqual(["read"]);
    const { layout, host, collected } = inputs[0]!.evidence ?? {};
    expect({ layout, host, collected }, path).toEqual({
      host: undefined,
      collected: undefined,
      ...expected,
    });
    expect(inputs[0]!.issueCounts, path).not.toHaveProperty("host-conflict");
  }
});

it("notes of another host than the events' are told, and notes count for nothing beside their collection", () => {
  const base = temporaryFolder();
  const place = (path: string, content: Uint8Array): void => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  };
  place("client_info.json", json({ Hostname: "HOST-B" }));
  place(`uploads/auto/C%3A/${WINEVT}`, LOG);
  place("elsewhere/Security.evtx", LOG);
  const found = inputsOf(base);
  expect(found.map(({ evidence }) => evidence?.host)).toEqual([undefined, "HOST-B"]);
  expect(found.map(({ issueCounts }) => issueCounts["host-conflict"])).toEqual([undefined, 1]);
});

it("exports that lie beside a collection, or beside notes, are read", () => {
  const base = temporaryFolder();
  const event = readFileSync("fixtures/rdp-chain/WS-01/Security.evtx");
  const xml = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="P"/><EventID>1</EventID><TimeCreated SystemTime="2026-03-02T08:00:00Z"/><EventRecordID>1</EventRecordID><Channel>Application</Channel><Computer>HOST-C</Computer></System></Event>`;
  const log = COLLECTIONS.UAC!.files["uac.log"]!;
  for (const [path, content] of [
    ["uac-ws-01-linux-20260302083000.log", log],
    ["beside.xml", bytes(xml)],
    ["exports/other.xml", bytes(xml)],
    ["[root]/Security.evtx", event],
  ] as const) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  }
  const names = inputsOf(base).map(({ path }) => path.slice(base.length + 1));
  expect(names).toEqual(["[root]/Security.evtx", "beside.xml", "exports/other.xml"]);
});
