import { JA_CASE_PHRASES } from "./ja-phrases-case.ts";
import { JA_DELETION_PHRASES } from "./ja-phrases-deletion.ts";
import { JA_HOST_PHRASES } from "./ja-phrases-hosts.ts";
import { JA_MOVEMENT_PHRASES } from "./ja-phrases-movement.ts";

/**
 * The sentences with values that konseki makes (`say` in src/model/phrase.ts) in Japanese, by their English words. The holes
 * `{0}`, `{1}` may stand in any order; a test compares them with the source.
 */
export const JA_PHRASES: Readonly<Record<string, string>> = {
  // What stands between the items of a row.
  ", ": "、",
  "; ": "；",
  ...JA_CASE_PHRASES,
  ...JA_DELETION_PHRASES,
  ...JA_HOST_PHRASES,
  ...JA_MOVEMENT_PHRASES,
};
