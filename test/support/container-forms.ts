import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openEvidence } from "../../src/node/evidence-reader.ts";
import { isProblem } from "../../src/sources/source-problem.ts";
import {
  type ForgedImage,
  forgeDifferencingVhd,
  forgeDifferencingVhdx,
  forgeDirtyVhdx,
} from "./forge-disk-image.ts";
import { forgeEwf2 } from "./forge-ewf2.ts";

/** One way in which a disk comes to an analyst. */
export interface ContainerForm {
  readonly name: string;
  /** Programs that make it. */
  readonly needs: readonly string[];
  /** Writes it into an empty folder; gives the path that is to be opened. */
  make(folder: string, disk: DiskFiles): string;
}

/** What forms are made of. */
export interface DiskFiles {
  /** One NTFS volume without a partition table, and disks with it as their only partition. */
  readonly volume: string;
  readonly mbr: string;
  readonly gpt: string;
}

const MIB = 1024 * 1024;

export function have(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

function run(program: string, args: readonly string[], input?: string): string {
  const made = spawnSync(program, args, { encoding: "utf8", input, maxBuffer: 256 * MIB });
  if (made.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${made.stderr}`);
  return made.stdout;
}

/** Puts the volume on a disk with each kind of partition table (sfdisk). */
export function makeDisks(folder: string, volume: string): DiskFiles {
  const bytes = readFileSync(volume);
  const disk = (label: string, type: string): string => {
    const path = join(folder, `${label}.raw`);
    const whole = Buffer.alloc(MIB + bytes.length + MIB);
    writeFileSync(path, whole);
    const sectors = bytes.length / 512;
    run("sfdisk", ["-q", path], `label: ${label}\nstart=2048, size=${sectors}, type=${type}\n`);
    const partitioned = readFileSync(path);
    bytes.copy(partitioned, MIB);
    writeFileSync(path, partitioned);
    return path;
  };
  return {
    volume,
    mbr: disk("dos", "7"),
    gpt: disk("gpt", "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"),
  };
}

function converted(file: string, ...options: string[]): ContainerForm["make"] {
  return (folder, { mbr }) => {
    const path = join(folder, file);
    run("qemu-img", ["convert", "-f", "raw", ...options, mbr, path]);
    return path;
  };
}

function overlaid(file: string, format: string, base: string): ContainerForm["make"] {
  return (folder, { mbr }) => {
    const below = join(folder, base);
    run("qemu-img", ["convert", "-f", "raw", "-O", format, mbr, below]);
    const path = join(folder, file);
    run("qemu-img", ["create", "-q", "-f", format, "-b", below, "-F", format, path]);
    return path;
  };
}

function acquired(...options: string[]): ContainerForm["make"] {
  return (folder, { mbr }) => {
    run("ewfacquire", ["-u", "-q", ...options, "-t", join(folder, "disk"), mbr]);
    return join(folder, "disk.E01");
  };
}

/** No free program writes these: their writers are the tests' own. */
function forged(forge: (disk: Uint8Array) => ForgedImage): ContainerForm["make"] {
  return (folder, { mbr }) => {
    const { name, files } = forge(new Uint8Array(readFileSync(mbr)));
    for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes);
    return join(folder, name);
  };
}

/** One form in an archive: `pack` is a shell command in the folder of that form, `$1` the archive to write. */
function packed(file: string, inner: ContainerForm["make"], pack: string): ContainerForm["make"] {
  return (folder, disk) => {
    const inside = join(folder, "inside");
    mkdirSync(inside);
    inner(inside, disk);
    const path = join(folder, file);
    run("sh", ["-c", `cd "$2" && ${pack}`, "sh", path, inside]);
    return path;
  };
}

const vmdk = (subformat: string): ContainerForm["make"] =>
  converted("disk.vmdk", "-O", "vmdk", "-o", `subformat=${subformat}`);
const vhd = (subformat: string): ContainerForm["make"] =>
  converted("disk.vhd", "-O", "vpc", "-o", `subformat=${subformat},force_size=on`);
const qcow2 = (...options: string[]): ContainerForm["make"] =>
  converted("disk.qcow2", "-O", "qcow2", ...options);
const segmented = acquired("-c", "best", "-S", "1048576");

export const CONTAINER_FORMS: readonly ContainerForm[] = [
  { name: "volume", needs: [], make: (_, { volume }) => volume },
  { name: "MBR", needs: [], make: (_, { mbr }) => mbr },
  { name: "GPT", needs: [], make: (_, { gpt }) => gpt },
  {
    name: "split raw",
    needs: ["split"],
    make: (folder, { gpt }) => {
      run("split", ["-b", "4M", "-a", "3", "--numeric-suffixes=1", gpt, join(folder, "disk.")]);
      return join(folder, "disk.001");
    },
  },
  { name: "E01", needs: ["ewfacquire"], make: acquired("-c", "fast") },
  { name: "E01 in segments", needs: ["ewfacquire"], make: segmented },
  { name: "E01, stored", needs: ["ewfacquire"], make: acquired("-c", "none", "-S", "2MiB") },
  { name: "Ex01", needs: [], make: forged(forgeEwf2) },
  { name: "VHD, fixed", needs: ["qemu-img"], make: vhd("fixed") },
  { name: "VHD, dynamic", needs: ["qemu-img"], make: vhd("dynamic") },
  { name: "VHD, differencing", needs: [], make: forged(forgeDifferencingVhd) },
  { name: "VHDX", needs: ["qemu-img"], make: converted("disk.vhdx", "-O", "vhdx") },
  { name: "VHDX, differencing", needs: [], make: forged(forgeDifferencingVhdx) },
  { name: "VHDX, not closed", needs: [], make: forged(forgeDirtyVhdx) },
  { name: "VMDK, sparse", needs: ["qemu-img"], make: vmdk("monolithicSparse") },
  { name: "VMDK, flat", needs: ["qemu-img"], make: vmdk("monolithicFlat") },
  { name: "VMDK, stream-optimised", needs: ["qemu-img"], make: vmdk("streamOptimized") },
  { name: "VMDK, split", needs: ["qemu-img"], make: vmdk("twoGbMaxExtentSparse") },
  {
    name: "VMDK with a parent",
    needs: ["qemu-img"],
    make: overlaid("disk.vmdk", "vmdk", "base.vmdk"),
  },
  { name: "QCOW2", needs: ["qemu-img"], make: qcow2() },
  { name: "QCOW2, packed", needs: ["qemu-img"], make: qcow2("-c") },
  {
    name: "QCOW2, packed with zstd",
    needs: ["qemu-img"],
    make: qcow2("-c", "-o", "compression_type=zstd"),
  },
  {
    name: "QCOW2 with a backing file",
    needs: ["qemu-img"],
    make: overlaid("disk.qcow2", "qcow2", "base.qcow2"),
  },
  {
    name: "zip of E01 segments",
    needs: ["zip", "ewfacquire"],
    make: packed("disk.zip", segmented, 'zip -q -r "$1" .'),
  },
  {
    name: "tar of VMDK",
    needs: ["tar", "qemu-img"],
    make: packed("disk.tar", vmdk("streamOptimized"), 'tar -cf "$1" .'),
  },
  {
    name: "tar.gz of QCOW2",
    needs: ["tar", "gzip", "qemu-img"],
    make: packed("disk.tar.gz", qcow2("-c"), 'tar -czf "$1" .'),
  },
  {
    name: "tar.zst of VHDX",
    needs: ["tar", "zstd", "qemu-img"],
    make: packed(
      "disk.tar.zst",
      converted("disk.vhdx", "-O", "vhdx"),
      'tar -cf - . | zstd -q -o "$1"',
    ),
  },
  {
    name: "7z of VHD",
    needs: ["7z", "qemu-img"],
    make: packed("disk.7z", vhd("dynamic"), '7z a -bd -mx=1 "$1" . >/dev/null'),
  },
  {
    name: "zip in tar.gz of split VMDK",
    needs: ["zip", "tar", "gzip", "qemu-img"],
    make: packed(
      "disk.tar.gz",
      vmdk("twoGbMaxExtentSparse"),
      'zip -q -r ../disk.zip . && tar -czf "$1" -C .. disk.zip',
    ),
  },
];

/** Every log that `icat` reads from a volume, as `MFT entry, name, SHA-256`; deleted ones and alternate streams too. */
export function logsByIcat(volume: string): string[] {
  const logs: string[] = [];
  for (const line of run("fls", ["-r", "-p", "-F", volume]).split("\n")) {
    const [kind = "", path = ""] = line.split(":\t");
    const address = kind.split(" ").at(-1)!.replace("(realloc)", "");
    if (!/\.evtx$/i.test(path)) continue;
    const made = spawnSync("icat", [volume, address], { maxBuffer: 256 * MIB });
    if (made.status !== 0) throw new Error(`icat ${address}: ${made.stderr}`);
    logs.push(lineOf(Number.parseInt(address, 10), path, made.stdout));
  }
  return logs.sort();
}

/** The same of every log that konseki finds behind a path. */
export async function logsByKonseki(path: string): Promise<string[]> {
  const evidence = await openEvidence(path, {});
  if (evidence === undefined) throw new Error(`${path} is no container`);
  try {
    if (evidence.problems.length > 0) throw new Error(evidence.problems[0]!.problem);
    const logs: string[] = [];
    for (const { role, mft, path: label, open } of evidence.items) {
      if (role !== "log" || mft === undefined) continue;
      const source = await open();
      if (isProblem(source)) throw new Error(`${label}: ${source.problem}`);
      const bytes = new Uint8Array(source.size);
      source.read(0, bytes, 0, bytes.length);
      logs.push(lineOf(mft.entry, label, bytes));
    }
    return logs.sort();
  } finally {
    evidence.close();
  }
}

function lineOf(entry: number, path: string, bytes: Uint8Array): string {
  const name = /[^/\\]*$/.exec(path)![0];
  return `${entry} ${name} ${createHash("sha256").update(bytes).digest("hex")}`;
}
