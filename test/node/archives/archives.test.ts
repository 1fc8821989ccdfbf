import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import type { Issue } from "../../../src/model/issue.ts";
import { openGzip, openZstd } from "../../../src/node/archives/compressed.ts";
import { openSevenZip } from "../../../src/node/archives/seven-zip.ts";
import { openTar } from "../../../src/node/archives/tar.ts";
import { mostUnpacked } from "../../../src/node/archives/unpack-limits.ts";
import { openZip } from "../../../src/node/archives/zip.ts";
import { containerContext, OpenParts } from "../../../src/node/container-context.ts";
import type { ArchiveOpener, OpenedArchive } from "../../../src/sources/container.ts";
import { isProblem } from "../../../src/sources/source-problem.ts";
import { readAll } from "../../support/evidence-fixture.ts";
import { forgeTar, forgeZip, storedZstd, zstdBomb } from "../../support/forge-archive.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const LOG = bytes("ElfFile\0not much");
const FILES = { "Logs/a.evtx": LOG, "readme.txt": bytes("x") };
/** The same two files, by py7zr 1.0 and GNU tar with xz. */
const SEVEN_ZIP =
  "N3q8ryccAASLOf2WmQAAAAAAAAAWAAAAAAAAAAZoA6sBABBFbGZGaWxlAG5vdCBtdWNoeADgAKAAfF0AAIEzB64Pz0tvjAeww9oq11hkrLN4zlTdpEpvgspP6XWOM57HGs9Gm3GRtQKbnZ/h4+dLO7VS5udrgA+2v8zeoZmHXWHwDKeBJOqZH9sMpQiGCPC98c8oNA5fUzV7KW70Kk7a+55bphV4Inhm8Rz4MgUBPrwkmn7Bs8AAAAAXBhUBCYCEAAcLAQABISEBGAyAoQAA";
/** The same, locked with the password `right`, by 7-Zip 26.02. */
const LOCKED_SEVEN_ZIPS: readonly (readonly [string, string])[] = [
  [
    "its content",
    "N3q8ryccAATIiRG4tAAAAAAAAAAiAAAAAAAAAKcCSZfuvCK1INvouS/SP7ECsXwoppyiGYaFB1tGk4YBrJRzDwAAgTMHrg/QDrA8nzkQnJ+m1TPasi6wtnHcmEYCwJ9WSsTPhYuHT9Gyo4Ue2nUOMScXx5iSnH4BrHyHoRZTiPHUHTb6HjGOVBCGX5hH7MMYP9F0f3rdxgMVgIYqnyxM3R2ERcaRi1YSZ3AFF5YU5sbJDBHnKN42YwWHfaw4D2coiN3RV/qm1kaWSewTaOKaj/SIAAAXBiABCYCUAAcLAQABIwMBAQVdABAAAAyAugoBmW0a/QAA",
  ],
  [
    "its names too",
    "N3q8ryccAATJ2o7kwAAAAAAAAAA+AAAAAAAAAL+HKWoEfEE3sQZ5qP1IsfnWzbGL4pVmoJrgQBavNcBTKIwjCvy38UJEoU324qBILpLpWQD8XX/0MpLexWT+l+02CtXlFN0yEgc0pNIQe484sH1609pd8xuSsbUNVoVLD3BawyghOJO8h72lVXwEsVC1g71ff/z/8/WBSbFh/02OOwGkNg5sNz9oUah/GWLZK6BwDzDiIXfW6yKJA3R1F0A2ruAL1r6xSBYRxbYiQOrDimBjxkeMB4cfeXHihXU1d/IuNHsXBiABCYCgAAcLAQACJAbxBwESUw9pWdZqApJAkeqgNtW8cM+lIwMBAQVdABAAAAEADICWgLoKAYznJZUAAA==",
  ],
  [
    "names and content, stored",
    "N3q8ryccAASX4y600AAAAAAAAAA+AAAAAAAAAHlWnL/iFOadEnHR8BrUDq73DYF4AggGxxqdOHSio+GYM95CQ5TCQvQNw033Rd8Nt1jGXCkptOIz8SqM8UdnZbD+bfw855oRq6gIks/tr28BFyTjLGmRVwi+nEOdM2Ez4RzUNprMgirsTCYsV1J8QyXJMzDVN9Kn0lWgT6K1pAdzTv8QfP0GSKtXppsWExqTMUjv3KRiCLuN5l5r+b/hAmPhPyzN9HuPySvsKb3bDfFP0TeVVlwFd5akSTrRUVHKdKLpoKBVbigEhqACKWKHIaFwUGvgFwYgAQmAsAAHCwEAAiQG8QcBElMPBIbF+3eHWuXG8OlLo7+5liMDAQEFXQAQAAABAAyApoDaCgHQX4e6AAA=",
  ],
  [
    "content through four coders",
    "N3q8ryccAARu5oVIOQEAAAAAAAAiAAAAAAAAALF6eRn91WStjbO/jdukK0iceUGqvOeRJljnlMwbakRzuUH4vPPYDR5z5goW7bqPyESY49mv50QCSQ/fO1FK8DPQGSXqrU+YVhHDxrmm25TnCJqaxwAAgTMHrm3AekZ2CwN7v4YeGyD1SaqfjoDDumWVozV/mguF/GQhMgp+yLrqqNj1cpybxnOpb0CnfDRn39d2+GZt9um/1HEGBz/0Ok/NNDtQl5hU/+hmLotRdIsv/lsjC0G9zjxIdw1QBMHcThAjiWW6XCrmIgh5FJk0+fmbUFQ7LEZ+dbst/52fADWkP//20qXvPTsxqBWQ8eRha5uAlmY8w8zeZo8W+rGihxTWdaAojPXFxHi3o0UJ5btwNMbkUF3HlJGG+nZB2iU+SSy0X+svd0ZCrYQ4PkIiHZPEDHJ1j6dXnJzgAAAAFwZQAQmA6QAHCwEAASMDAQEFXQAQAAAMgToKARFRBNwAAA==",
  ],
];
const TAR_XZ =
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/AKddACYbyOdkmuCoq4HPs1Lrt161hAjtEjMHozStjMvHTACQ2j3NXKSAhGw8AJVlixJDjK6voBzCQaxB5ZxU7urhglmD1UccJCcyibU26BzwQpvNQEPs85hdI5np/l1xH7DBcJhL6IlJnBp65h+CQoinbQB8lu9rJh9iFHwvXVCAN1P7sVOEVl0wJcLtCxjDpfWn/F32Vzbuzc08OmHIgGCWCqMMo9BCDb4AAAD2PCib+hblJQABwwGAUAAA/Ams6LHEZ/sCAAAAAARZWg==";
const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

function context(passwords: readonly string[] = [], issues: Issue[] = []) {
  return containerContext({
    name: "evidence",
    passwords,
    onIssue: (issue) => issues.push(issue),
    parts: new OpenParts(),
    beside: () => undefined,
  });
}

async function open(
  opener: ArchiveOpener,
  archive: Uint8Array,
  passwords?: string[],
  issues?: Issue[],
) {
  return opener(new MemorySource(archive), context(passwords, issues));
}

async function opened(...args: Parameters<typeof open>): Promise<OpenedArchive> {
  const result = await open(...args);
  if (isProblem(result)) throw new Error(result.problem);
  return result;
}

async function logOf(archive: OpenedArchive): Promise<Uint8Array> {
  const source = await archive.entries.find(({ path }) => path.endsWith("a.evtx"))!.open();
  if (isProblem(source)) throw new Error(source.problem);
  return readAll(source);
}

describe("an archive", () => {
  it.each<[string, ArchiveOpener, () => Promise<Uint8Array>]>([
    ["zip", openZip, () => forgeZip(FILES)],
    ["zip without compression", openZip, () => forgeZip(FILES, { level: 0 })],
    ["tar", openTar, () => forgeTar(FILES)],
    ["7z", openSevenZip, async () => base64(SEVEN_ZIP)],
    ["tar.xz", openSevenZip, async () => base64(TAR_XZ)],
  ])("in %s gives its files", async (_name, opener, archive) => {
    const result = await opened(opener, await archive());
    expect(result.entries.map(({ path }) => path)).toEqual(["Logs/a.evtx", "readme.txt"]);
    expect(await logOf(result)).toEqual(LOG);
  });

  it.each([
    ["AES", {}],
    ["ZipCrypto", { zipCrypto: true }],
  ])("locked with %s opens with its password, tried among others", async (_name, options) => {
    const archive = await forgeZip(FILES, { password: "right", ...options });
    expect(await logOf(await opened(openZip, archive, ["wrong", "right"]))).toEqual(LOG);
    await expect(opened(openZip, archive, ["wrong"]).then(logOf)).rejects.toThrow(
      "is encrypted, and no password given opens it",
    );
    await expect(opened(openZip, archive).then(logOf)).rejects.toThrow("is encrypted");
  });

  it.each(LOCKED_SEVEN_ZIPS)("as 7z with %s locked opens with its password", async (_, text) => {
    const archive = base64(text);
    const result = await opened(openSevenZip, archive, ["wrong", "right"]);
    expect(result.entries.map(({ path }) => path).sort()).toEqual(["Logs/a.evtx", "readme.txt"]);
    expect(await logOf(result)).toEqual(LOG);
    expect(await open(openSevenZip, archive, ["wrong"])).toEqual({
      problem: "is encrypted, and no password given opens it",
      fix: "give its --password",
    });
    expect(await open(openSevenZip, archive)).toEqual({
      problem: "is encrypted",
      fix: "give its --password",
    });
  });

  it.each(LOCKED_SEVEN_ZIPS)(
    "as 7z with %s locked is named when it is damaged",
    async (_, text) => {
      const archive = base64(text);
      for (let round = 0; round < 60; round++) {
        const at = (round * 37) % archive.length;
        const damaged =
          round % 4 === 0 ? archive.slice(0, at) : archive.with(at, archive[at]! ^ 0x15);
        const result = await open(openSevenZip, damaged, ["right"]);
        if (isProblem(result)) expect(result.problem).not.toBe("");
        else for (const entry of result.entries) expect(entry.path.length).toBeGreaterThan(0);
      }
    },
  );

  it("as 7z that is cut off is named as that", async () => {
    for (const archive of [base64(SEVEN_ZIP), base64(LOCKED_SEVEN_ZIPS[0]![1])])
      expect(await open(openSevenZip, archive.slice(0, -30), ["right"])).toEqual({
        problem: expect.stringContaining("is cut off"),
      });
  });

  it("keeps its names as labels and gives no links", async () => {
    const hostile = { "../../a.evtx": LOG, "/etc/a.evtx": LOG, "C:\\Windows\\a.evtx": LOG };
    const tar = await opened(openTar, await forgeTar(hostile, { "link.evtx": "/etc/passwd" }));
    expect(tar.entries.map(({ path }) => path)).toEqual(Object.keys(hostile));
    const zip = await opened(openZip, await forgeZip(hostile));
    expect(zip.entries).toHaveLength(3);
    expect(await logOf(zip)).toEqual(LOG);
  });

  it("gives what lies before the damage, and says so", async () => {
    const many: Record<string, Uint8Array> = {};
    for (let i = 0; i < 5; i++) many[`${i}.evtx`] = LOG;
    const tar = await forgeTar(many);
    const issues: Issue[] = [];
    const result = await opened(openTar, tar.slice(0, 2 * 1024 + 700), [], issues);
    expect(result.entries.length).toBeGreaterThanOrEqual(2);
    expect(issues.map(({ code }) => code)).toEqual(["archive-damaged"]);
    const zip = await forgeZip(many);
    expect(await open(openZip, zip.slice(0, 200))).toMatchObject({
      problem: expect.stringContaining("is damaged"),
    });
  });

  it("never does worse than name a problem when bytes are changed", async () => {
    const archives: [ArchiveOpener, Uint8Array][] = [
      [openZip, await forgeZip(FILES)],
      [openTar, await forgeTar(FILES)],
      [openSevenZip, base64(SEVEN_ZIP)],
    ];
    let seed = 5;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed % below;
    };
    for (const [opener, archive] of archives) {
      for (let round = 0; round < 40; round++) {
        const changed = Uint8Array.from(archive);
        for (let i = 0; i < 4; i++) changed[random(changed.length)] = random(256);
        const result = await open(opener, changed);
        if (isProblem(result)) continue;
        for (const entry of result.entries) {
          const source = await entry.open();
          if (!isProblem(source)) readAll(source);
        }
      }
    }
  });
});

describe("one compressed file", () => {
  it.each([
    ["gzip", openGzip, new Uint8Array(gzipSync(LOG))],
    ["zstd", openZstd, storedZstd(LOG)],
  ])("in %s gives its content", async (_name, opener, packed) => {
    const result = await opener(new MemorySource(packed), context());
    if (isProblem(result)) throw new Error(result.problem);
    expect(readAll(result.disk)).toEqual(LOG);
  });

  it.each([
    ["gzip", openGzip, new Uint8Array(gzipSync(LOG)).slice(0, 20)],
    ["zstd", openZstd, storedZstd(LOG).slice(0, 20)],
  ])("in %s that is cut off is named", async (_name, opener, packed) => {
    expect(await opener(new MemorySource(packed), context())).toMatchObject({
      problem: expect.stringContaining("does not unpack"),
    });
  });

  it("may grow to a stated size only, whatever it says of itself", () => {
    const mib = 1024 * 1024;
    expect(mostUnpacked(mib)).toBeLessThan(4096 * mib);
    expect(mostUnpacked(100 * mib)).toBeGreaterThan(10_240 * mib);
  });

  it("is stopped on the way when more comes out than may", async () => {
    // 4 GiB in 128 KiB, let out up to 8 MiB.
    const bomb = zstdBomb(32 * 1024);
    expect(bomb.length).toBeLessThan(140_000);
    const narrow = context();
    const mib8 = 8 * 1024 * 1024;
    const result = await openZstd(new MemorySource(bomb), {
      ...narrow,
      spool: (pieces, most) => narrow.spool(pieces, Math.min(most, mib8)),
    });
    expect(result).toEqual({
      problem: `does not unpack: more than ${mib8} bytes come out of it`,
    });
  });
});
