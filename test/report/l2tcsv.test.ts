import { describe, expect, it } from "vitest";
import { renderL2tcsv } from "../../src/report/l2tcsv.ts";
import { readCsv } from "../support/csv-reader.ts";
import { expectInert, expectNoFormula } from "../support/inert.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

describe("l2tcsv export", () => {
  it("has log2timeline's 17 columns in order, and dates and times as its readers match them", () => {
    const [header, ...rows] = readCsv(renderL2tcsv(sampleReport(4, 20)));
    expect(header!.join(",")).toBe(
      "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra",
    );
    expect(rows).toHaveLength(20);
    for (const row of rows) {
      expect(row).toHaveLength(17);
      expect(row.slice(0, 4).join(" ")).toMatch(
        /^(0[1-9]|1[0-2])\/([0-2]\d|3[01])\/\d{4} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d UTC [M.][A.][C.][B.]$/,
      );
      expect(row[9]!.length).toBeLessThanOrEqual(80);
    }
  });

  it("keeps hostile strings inert", () => {
    const csv = renderL2tcsv(hostileReport());
    expectInert(csv);
    expectNoFormula(readCsv(csv));
  });
});
