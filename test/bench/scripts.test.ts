import { readdirSync } from "node:fs";
import { build } from "esbuild";
import { expect, it } from "vitest";

const scripts = readdirSync("bench").filter((name) => /\.(mjs|ts)$/.test(name));

it.each(scripts)("bench/%s finds all that it imports", async (name) => {
  const { errors, warnings } = await build({
    entryPoints: [`bench/${name}`],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "silent",
  });
  expect([...errors, ...warnings].map(({ text }) => text)).toEqual([]);
});
