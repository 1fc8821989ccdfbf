import type { Instance } from "./binxml/body-reader.ts";
import type { FieldSource, Program } from "./binxml/program.ts";

/** One field of an event: which instance of its body it lies in, and where there. */
export interface ShapeField {
  readonly level: number;
  readonly source: FieldSource;
}

/**
 * The data fields of all events that combine the same programs (a record's template and the templates of its
 * embedded values, in document order). Built once per combination, then shared.
 */
export class EventShape {
  readonly fields: readonly ShapeField[];
  /** Field indexes by name or path. */
  readonly byName = new Map<string, number | number[]>();

  constructor(programs: readonly Program[]) {
    const fields: ShapeField[] = [];
    for (const [level, program] of programs.entries()) {
      for (const source of program.data) {
        this.#index(source.name, fields.length);
        if (source.alias !== "") this.#index(source.alias, fields.length);
        fields.push({ level, source });
      }
    }
    this.fields = fields;
  }

  #index(name: string, field: number): void {
    const known = this.byName.get(name);
    if (known === undefined) this.byName.set(name, field);
    else if (typeof known === "number") this.byName.set(name, [known, field]);
    else known.push(field);
  }
}

/** Stands for no second program: ids of programs count from 0. */
const ALONE = -1;

/** The shape of the first `count` instances' programs, remembered on the first program. */
export function shapeOf(instances: readonly Instance[], count: number): EventShape {
  const first = instances[0]!.program;
  // HOT: most events are of one program or of two, and ask without making a text.
  const key =
    count === 1
      ? ALONE
      : count === 2
        ? instances[1]!.program.id
        : programsOf(instances, count)
            .map(({ id }) => id)
            .join();
  let shape = first.shapes.get(key) as EventShape | undefined;
  if (shape === undefined) {
    if (first.shapes.size >= 1000) first.shapes.clear();
    shape = new EventShape(programsOf(instances, count));
    first.shapes.set(key, shape);
  }
  return shape;
}

function programsOf(instances: readonly Instance[], count: number): Program[] {
  return instances.slice(0, count).map(({ program }) => program);
}
