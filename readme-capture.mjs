// Writes the output that README.md shows: runs the built command line and puts what it prints between the markers.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const SHOWN_LINES = 38;
const START = "<!-- capture: npm run readme -->\n";
const END = "<!-- end of capture -->";

const printed = execFileSync(
  process.execPath,
  [join(root, "dist/bin/main.js"), "triage", "fixtures/rdp-chain"],
  {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      LC_ALL: "C",
      NO_COLOR: "1",
      XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), "konseki-")),
    },
  },
);
const lines = printed.split("\n");
const shown = [...lines.slice(0, SHOWN_LINES), `… ${lines.length - SHOWN_LINES} more lines`];
const readme = join(root, "README.md");
const text = readFileSync(readme, "utf8");
const [start, end] = [text.indexOf(START), text.indexOf(END)];
if (start < 0 || end < start) throw new Error("README.md has no capture markers");
writeFileSync(
  readme,
  `${text.slice(0, start + START.length)}\n\`\`\`text\n$ npx konseki triage fixtures/rdp-chain\n${shown.join("\n")}\n\`\`\`\n\n${text.slice(end)}`,
);
