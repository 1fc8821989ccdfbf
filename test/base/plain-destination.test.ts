import { describe, expect, it } from "vitest";
import { plainDestination } from "../../src/base/plain-destination.ts";

describe("a destination as an analyst writes it", () => {
  it.each([
    [" C2.Bad.Example. ", "c2.bad.example"],
    ["hxxps://c2[.]bad[.]example/gate.php?id=1", "c2.bad.example"],
    ["http://c2.bad.example:8443/a", "c2.bad.example"],
    ["192[.]0[.]2[.]66:443", "192.0.2.66"],
    ["192.0.2(.)66", "192.0.2.66"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["host-a", "host-a"],
    ["例え.example", "例え.example"],
  ])("%s is %s", (text, plain) => expect(plainDestination(text)).toBe(plain));

  it.each(["", "http://", "a b", "192.0.2.66, 192.0.2.67", "...", "x".repeat(5000)])(
    "%s is none",
    (text) => expect(plainDestination(text)).toBeUndefined(),
  );
});
