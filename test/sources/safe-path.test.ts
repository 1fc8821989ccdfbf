import fc from "fast-check";
import { expect, it } from "vitest";
import { safePath } from "../../src/sources/safe-path.ts";

it.each([
  ["../../etc/passwd", "etc/passwd"],
  ["/absolute/Security.evtx", "absolute/Security.evtx"],
  ["C:\\Windows\\System32", "C_/Windows/System32"],
  ["disk.dd!/p1/x.evtx:stream", "disk.dd!/p1/x.evtx_stream"],
  ["con", "_con"],
  ["LPT1.evtx", "_LPT1.evtx"],
  ["a/NUL/b", "a/_NUL/b"],
  ["name. ", "name__"],
  ["\u202egpj.exe", "_gpj.exe"],
  ["..", "_"],
  ["", "_"],
])("the label %j becomes the path %j", (label, path) => {
  expect(safePath(label)).toBe(path);
});

it("no label leads out of its folder or gives a name that a system refuses", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (label) => {
      const parts = safePath(label).split("/");
      for (const part of parts) {
        expect(part).not.toMatch(/^\.{0,2}$|[<>:"\\|?*\u0000-\u001f]|[. ]$/);
        expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(170);
      }
    }),
  );
});
