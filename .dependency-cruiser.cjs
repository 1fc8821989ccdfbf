/** Which rooms of src/ a room may import. This table is the architecture; ARCHITECTURE.md explains it. */
const MAY_IMPORT = {
  base: [],
  model: ["base"],
  evtx: ["base", "model"],
  input: ["base", "model"],
  rules: ["base", "model"],
  engine: ["base", "model", "rules"],
  correlate: ["base", "model"],
  sources: ["base", "model"],
  forge: ["base", "model", "evtx"],
  report: ["base", "model"],
  viewer: ["base", "model", "report"],
  triage: ["base", "model", "evtx", "input", "rules", "engine", "correlate"],
  node: ["base", "model", "evtx", "input", "rules", "engine", "triage", "sources"],
  fleet: ["base", "model", "evtx", "triage", "node"],
  cli: [
    "base",
    "model",
    "input",
    "rules",
    "correlate",
    "triage",
    "sources",
    "forge",
    "report",
    "viewer",
    "node",
    "fleet",
  ],
};
const NODE_ROOMS = ["node", "fleet", "cli"];

const layers = Object.entries(MAY_IMPORT).map(([from, to]) => ({
  name: `layer-${from}`,
  comment: `src/${from} may import only: ${[from, ...to].join(", ")}. Move the code, or change MAY_IMPORT and ARCHITECTURE.md together.`,
  severity: "error",
  from: { path: `^src/${from}/` },
  to: { path: "^src/", pathNot: `^src/(${[from, ...to].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: "platform-free",
      comment:
        "This room also runs in a browser: no node: modules. Put file and thread work in src/node.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${NODE_ROOMS.join("|")})/|^src/node[.]ts$` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "terminal-packages-in-cli",
      comment: "Only src/cli talks to the terminal.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { path: "node_modules/(commander|chalk|cli-table3)/" },
    },
    {
      name: "xml-only-in-input",
      comment: "EVTX is decoded straight to events; XML text is only an input format.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/input/" },
      to: { path: "node_modules/fast-xml-parser/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-test-in-src",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench)/" },
    },
    {
      name: "not-to-dev-dep",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
