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

/** The shape of the combination, remembered on its first program. */
export function shapeOf(programs: readonly Program[]): EventShape {
  const first = programs[0]!;
  // HOT: most events are of one program or of two, and ask without making a text.
  const key =
    programs.length === 1
      ? ALONE
      : programs.length === 2
        ? programs[1]!.id
        : programs.map((p) => p.id).join();
  let shape = first.shapes.get(key) as EventShape | undefined;
  if (shape === undefined) {
    if (first.shapes.size >= 1000) first.shapes.clear();
    shape = new EventShape(programs);
    first.shapes.set(key, shape);
  }
  return shape;
}
