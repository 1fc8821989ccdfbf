import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  CONTAINER_FORMS,
  type DiskFiles,
  have,
  logsByIcat,
  logsByKonseki,
  makeDisks,
} from "../support/container-forms.ts";
import { ntfsFiles, ntfsImage } from "../support/evidence-fixture.ts";
import { temporaryFolder } from "../support/run-cli.ts";

const missing = ["sfdisk", "fls", "icat"].filter((program) => !have(program));
const reason = missing.length === 0 ? "all there" : `not installed: ${missing.join(", ")}`;

describe.skipIf(missing.length > 0)(
  `the logs of one NTFS volume in every container (${reason})`,
  () => {
    const folder = temporaryFolder();
    let disks: DiskFiles;
    let expected: string[];

    beforeAll(() => {
      const volume = join(folder, "volume.dd");
      writeFileSync(volume, ntfsImage());
      disks = makeDisks(folder, volume);
      expected = logsByIcat(volume);
    });

    it("are of every kind: deleted, fragmented, compressed, sparse, resident, in an alternate stream", () => {
      const logs = ntfsFiles().filter(({ path }) => /\.evtx$/i.test(path));
      expect(expected).toHaveLength(logs.length);
      for (const name of ["Deleted", "fragmented", "Archive-Security", "sparse", "resident"])
        expect(expected.join("\n")).toContain(`${name}`);
      expect(expected.join("\n")).toContain("notes.txt:System.evtx");
    });

    for (const [index, { name, needs, make }] of CONTAINER_FORMS.entries()) {
      const absent = needs.filter((program) => !have(program));
      const words = absent.length === 0 ? name : `${name} (not installed: ${absent.join(", ")})`;
      it.skipIf(absent.length > 0)(
        `${words}: byte for byte what icat reads from the volume`,
        async () => {
          const own = join(folder, String(index));
          mkdirSync(own);
          expect(await logsByKonseki(make(own, disks))).toEqual(expected);
        },
      );
    }
  },
);
