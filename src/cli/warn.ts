import { visibleText } from "../report/inert-text.ts";

/** One line on stderr. What stands in it may come from a log. */
export function warn(text: string): void {
  process.stderr.write(`konseki: ${visibleText(text)}\n`);
}
