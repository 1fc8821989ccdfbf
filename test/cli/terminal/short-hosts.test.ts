import { expect, it } from "vitest";
import { shortHosts } from "../../../src/cli/terminal/short-hosts.ts";

it("hosts go by their first label, unless two share it; addresses stay whole", () => {
  const short = shortHosts([
    "WS-01.corp.example",
    "ws-01.corp.example",
    "SRV-01.a",
    "SRV-01.b",
    "10.1.0.7",
  ]);
  expect(short("WS-01.corp.example")).toBe("WS-01");
  expect(short("SRV-01.a")).toBe("SRV-01.a");
  expect(short("10.1.0.7")).toBe("10.1.0.7");
  expect(short("PC-9.other.example")).toBe("PC-9");
});
