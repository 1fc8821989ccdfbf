import { readFileSync } from "node:fs";
import { parseInventory } from "../input/parse-inventory.ts";
import type { Inventory } from "../model/inventory.ts";
import { reasonOf } from "../node/reason-of.ts";
import { UsageError } from "./usage-error.ts";
import { warn } from "./warn.ts";

/** Reads an inventory; every row that cannot be used is told at once, and the others count. */
export function readInventory(path: string): Inventory {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  }
  const inventory = parseInventory(bytes, path);
  for (const { line, message, fix } of inventory.issues)
    warn(`${path}:${line}: ${message} (${fix})`);
  return inventory;
}
