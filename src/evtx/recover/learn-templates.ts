import { BinXmlError } from "../binxml/binxml-error.ts";
import type { BodyReader } from "../binxml/body-reader.ts";
import { DEFINITION_HEADER } from "../binxml/template-cache.ts";
import { TOKEN } from "../binxml/tokens.ts";
import { CHUNK_HEADER_SIZE, hasChunkMagic } from "../chunk-header.ts";
import { CHUNK_SIZE } from "../file-header.ts";
import type { TemplateLibrary } from "./template-library.ts";

const TEMPLATE_TABLE = 384;
const BUCKETS = 32;
/** Definitions of one chunk; the smallest takes over 60 bytes. */
const MOST_DEFINITIONS = 1000;
/** Token, 1, template id, definition offset. */
const INSTANCE_HEADER = 10;

/**
 * Takes every definition that the chunk's template table names, whether or not a record asks for it: embedded ones are
 * read late or never. With `wanted`, only those of these ids. `strict` stands on the chunk and refuses names that do not
 * fit their hash. Gives the ids of those that it did not refuse.
 */
export function learnTemplates(
  strict: BodyReader,
  library: TemplateLibrary,
  wanted?: ReadonlySet<number>,
): Set<number> {
  const proved = new Set<number>();
  forEachDefinition(strict.view, (id, at) => {
    if (wanted !== undefined && !wanted.has(id)) return;
    try {
      library.add(strict.programAt(at));
      proved.add(id);
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
    }
  });
  return proved;
}

/** Every definition that the chunk's template table names: its template id and where it lies. Nothing is checked. */
export function forEachDefinition(view: DataView, visit: (id: number, at: number) => void): void {
  if (!hasChunkMagic(view)) return;
  let left = MOST_DEFINITIONS;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    let at = view.getUint32(TEMPLATE_TABLE + 4 * bucket, true);
    // A chain that bites its own tail ends with the count.
    while (at >= CHUNK_HEADER_SIZE && at <= CHUNK_SIZE - DEFINITION_HEADER && left-- > 0) {
      visit(view.getUint32(at + 4, true), at);
      at = view.getUint32(at, true);
    }
  }
}

/**
 * Takes every definition that still stands behind the instance that brought it, though record and table may be gone:
 * 0C 01 | template id | offset of what follows | [u32 next | GUID beginning with the template id | …].
 */
export function learnResidentTemplates(strict: BodyReader, library: TemplateLibrary): void {
  const { bytes, view } = strict;
  const last = CHUNK_SIZE - DEFINITION_HEADER - INSTANCE_HEADER;
  let at = bytes.indexOf(TOKEN.templateInstance, CHUNK_HEADER_SIZE);
  for (; at >= 0 && at <= last; at = bytes.indexOf(TOKEN.templateInstance, at + 1)) {
    const behind = at + INSTANCE_HEADER;
    if (
      view.getUint32(at + 6, true) !== behind ||
      view.getUint32(at + 2, true) !== view.getUint32(behind + 4, true)
    )
      continue;
    try {
      library.add(strict.programAt(behind));
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
    }
  }
}
