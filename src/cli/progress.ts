/** A one-line progress display on stderr; silent unless stderr is a terminal. */
export function progressLine(quiet: boolean): (done: number, total: number, path: string) => void {
  if (quiet || process.stderr.isTTY !== true) return () => {};
  let lastMs = 0;
  return (done, total, path) => {
    const now = Date.now();
    if (done < total && now - lastMs < 100) return;
    lastMs = now;
    if (done >= total) {
      process.stderr.write("\r\x1b[K");
      return;
    }
    const width = Math.max((process.stderr.columns ?? 80) - 16, 20);
    const name = path.length > width ? `…${path.slice(-width + 1)}` : path;
    process.stderr.write(`\r\x1b[K${done + 1}/${total} ${printable(name)}`);
  };
}

function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");
}
