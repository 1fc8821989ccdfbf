import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import type { DiskOpener } from "../../../src/sources/container.ts";
import { openEwf } from "../../../src/sources/disks/ewf.ts";
import { openQcow2 } from "../../../src/sources/disks/qcow2.ts";
import { openVhd } from "../../../src/sources/disks/vhd.ts";
import { openVhdx } from "../../../src/sources/disks/vhdx.ts";
import { openVmdk } from "../../../src/sources/disks/vmdk.ts";
import { isProblem } from "../../../src/sources/source-problem.ts";
import { ntfsImage, readAll } from "../../support/evidence-fixture.ts";
import { memoryContext } from "../../support/forge-disk-image.ts";
import { temporaryFolder } from "../../support/run-cli.ts";

const has = (program: string): boolean => spawnSync(program, ["-V"]).error === undefined;
const haveQemu = has("qemu-img");
const haveEwf = has("ewfacquire");
const folder = temporaryFolder();
const raw = join(folder, "disk.raw");
const image = ntfsImage();

beforeAll(() => writeFileSync(raw, image));

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}

/** Opens what a tool wrote into the folder. */
async function bytesOf(open: DiskOpener, name: string): Promise<Uint8Array> {
  const files = new Map(
    readdirSync(folder).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]),
  );
  const opened = await open(new MemorySource(files.get(name)!), memoryContext({ name, files }));
  if (isProblem(opened)) throw new Error(opened.problem);
  return readAll(opened.disk);
}

/** Formats round a disk up to whole blocks or cylinders: what is behind the image is zeros. */
function expectDisk(bytes: Uint8Array): void {
  expect(Buffer.compare(bytes.subarray(0, image.length), image)).toBe(0);
  expect(bytes.subarray(image.length).every((byte) => byte === 0)).toBe(true);
}

const QEMU: readonly [string, DiskOpener, string[]][] = [
  ["fixed VHD", openVhd, ["-O", "vpc", "-o", "subformat=fixed"]],
  ["dynamic VHD", openVhd, ["-O", "vpc", "-o", "subformat=dynamic"]],
  ["VHDX", openVhdx, ["-O", "vhdx"]],
  ["fixed VHDX", openVhdx, ["-O", "vhdx", "-o", "subformat=fixed"]],
  ["sparse VMDK", openVmdk, ["-O", "vmdk"]],
  ["stream-optimised VMDK", openVmdk, ["-O", "vmdk", "-o", "subformat=streamOptimized"]],
  ["VMDK of 2 GiB extents", openVmdk, ["-O", "vmdk", "-o", "subformat=twoGbMaxExtentSparse"]],
  ["VMDK with a flat extent", openVmdk, ["-O", "vmdk", "-o", "subformat=monolithicFlat"]],
  ["QCOW2", openQcow2, ["-O", "qcow2"]],
  ["packed QCOW2", openQcow2, ["-O", "qcow2", "-c"]],
  ["QCOW2 packed with zstd", openQcow2, ["-O", "qcow2", "-c", "-o", "compression_type=zstd"]],
  ["QCOW2 of version 2", openQcow2, ["-O", "qcow2", "-o", "compat=0.10"]],
  ["QCOW2 with small clusters", openQcow2, ["-O", "qcow2", "-o", "cluster_size=4096"]],
];

describe.skipIf(!haveQemu)(
  `disks that qemu-img wrote (${haveQemu ? "found" : "not found"})`,
  () => {
    it.each(QEMU)("%s", async (name, open, options) => {
      const file = `${name.replaceAll(" ", "-")}.img`;
      run("qemu-img", "convert", "-f", "raw", ...options, "disk.raw", file);
      expectDisk(await bytesOf(open, file));
    });

    it("QCOW2 over a backing file", async () => {
      run("qemu-img", "create", "-f", "qcow2", "-b", "disk.raw", "-F", "raw", "over.qcow2");
      expectDisk(await bytesOf(openQcow2, "over.qcow2"));
    });

    it("VMDK over a parent", async () => {
      run("qemu-img", "convert", "-O", "vmdk", "disk.raw", "base.vmdk");
      run("qemu-img", "create", "-f", "vmdk", "-b", "base.vmdk", "-F", "vmdk", "over.vmdk");
      expectDisk(await bytesOf(openVmdk, "over.vmdk"));
    });
  },
);

describe.skipIf(!haveEwf)(
  `disks that ewfacquire wrote (${haveEwf ? "found" : "not found"})`,
  () => {
    it.each([
      ["packed", ["-c", "best"], 1],
      ["stored", ["-c", "none"], 1],
      ["in segments", ["-c", "none", "-S", "1MiB"], 2],
      ["as EnCase 5", ["-c", "fast", "-f", "encase5"], 1],
    ])("%s", async (name, options, segments) => {
      const target = `ewf-${name.replaceAll(" ", "-")}`;
      run("ewfacquire", "-u", "-q", "-t", target, ...(options as string[]), "disk.raw");
      const written = readdirSync(folder).filter((file) => file.startsWith(`${target}.`));
      expect(written.length).toBeGreaterThanOrEqual(segments as number);
      expectDisk(await bytesOf(openEwf, `${target}.E01`));
    });
  },
);
