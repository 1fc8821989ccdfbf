// Prints the one plain line that scripts read, from the test runner's own JSON report.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
// A test file that fails to load has no tests to count, and still is a failure.
const brokenFiles = report.testResults.filter(
  (f) => f.status === "failed" && f.assertionResults.length === 0,
);
console.log(
  `${report.numPassedTests} passed, ${report.numFailedTests + brokenFiles.length} failed, ${skipped} skipped`,
);
