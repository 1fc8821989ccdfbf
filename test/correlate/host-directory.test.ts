import { describe, expect, it } from "vitest";
import { buildHostDirectory } from "../../src/correlate/host-directory.ts";
import { tidyHost } from "../../src/correlate/host-names.ts";
import type { InputLedger } from "../../src/model/ledger.ts";

const ledger = (...hosts: string[]) => ({ hosts }) as unknown as InputLedger;

describe("the host directory", () => {
  it("knows a short name as the machine whose full name begins with it", () => {
    const hosts = buildHostDirectory([ledger("WS-01.corp.example"), ledger("WS-01")]);
    expect(hosts.all.map(({ name, aliases }) => [name, aliases])).toEqual([
      ["WS-01.corp.example", ["WS-01"]],
    ]);
    expect(hosts.nameOf("\\\\ws-01")).toBe("WS-01.corp.example");
  });

  it("keeps machines of two domains apart, and says nothing of their shared short name", () => {
    const hosts = buildHostDirectory([ledger("WS-01.a.example", "WS-01.b.example")]);
    expect(hosts.all).toHaveLength(2);
    expect(hosts.find("WS-01")).toBeUndefined();
  });

  it.each([
    ["::ffff:10.1.0.9", "10.1.0.9"],
    ["10.1.0.9:51000", "10.1.0.9"],
    ["[fe80::1]:443", "fe80::1"],
    ["\\\\WS-01", "WS-01"],
    ["dc.corp.example.", "dc.corp.example"],
  ])("tidies %s to %s", (raw, tidy) => {
    expect(tidyHost(raw)).toBe(tidy);
  });
});
