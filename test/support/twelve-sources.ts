import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ntfsImage } from "./evidence-fixture.ts";
import { type Files, forgeTar, forgeZip } from "./forge-archive.ts";
import {
  type ForgedImage,
  forgeDynamicVhd,
  forgeEwf,
  forgeQcow2,
  forgeSplit,
  forgeStreamVmdk,
  forgeVhdx,
} from "./forge-disk-image.ts";

/** What {@link writeTwelveSources} writes, by its first letters; the last one is broken. */
export const TWELVE_SOURCES = [
  "01-folder",
  "02.zip",
  "03.tar",
  "04.tar.gz",
  "05.dd",
  "06",
  "07",
  "08",
  "09",
  "10",
  "11",
  "12.E01",
];

function hostLogs(host: string): Files {
  const from = join("fixtures/rdp-chain", host);
  return Object.fromEntries(
    readdirSync(from).map((name) => [
      `${host}/${name}`,
      new Uint8Array(readFileSync(join(from, name))),
    ]),
  );
}

/** Folder, archives and disk images of several hosts side by side. */
export async function writeTwelveSources(folder: string): Promise<void> {
  const disk = ntfsImage();
  const write = (at: string, image: ForgedImage): void => {
    mkdirSync(join(folder, at));
    for (const [name, bytes] of image.files) writeFileSync(join(folder, at, name), bytes);
  };
  cpSync("fixtures/ssh-and-services", join(folder, "01-folder"), { recursive: true });
  writeFileSync(join(folder, "02.zip"), await forgeZip(hostLogs("WS-01")));
  writeFileSync(join(folder, "03.tar"), await forgeTar(hostLogs("SRV-01")));
  writeFileSync(join(folder, "04.tar.gz"), gzipSync(await forgeTar(hostLogs("DC-01"))));
  writeFileSync(join(folder, "05.dd"), disk);
  write("06", forgeEwf(disk));
  write("07", forgeDynamicVhd(disk));
  write("08", forgeVhdx(disk));
  write("09", forgeStreamVmdk(disk));
  write("10", forgeQcow2(disk));
  write("11", forgeSplit(disk));
  writeFileSync(join(folder, "12.E01"), forgeEwf(disk).files.get("disk.E01")!.slice(0, 5000));
}
