import { execFileSync } from "node:child_process";

/** A program of others that reads, or checks by the format's own schema, what an export wrote. */
export interface FormatReader {
  readonly name: string;
  /** Why the tests with it are skipped, or "" when it is installed. */
  readonly missing: string;
  /** What it objects to, one line each, and how many things it read. */
  read(file: string): { readonly objections: readonly string[]; readonly read: number };
}

interface Script {
  readonly name: string;
  readonly packages: readonly string[];
  readonly imports: string;
  /** Sets `objections` and `read` from the file named `path`. */
  readonly body: string;
}

const SCRIPTS = {
  stixValidator: {
    name: "stix2-validator with the schemas of OASIS",
    packages: ["stix2-validator"],
    imports: "import json, stix2validator",
    body: `
result = stix2validator.validate_file(path, stix2validator.ValidationOptions(version="2.1"))
objections = [str(e) for o in result.object_results for e in (o.errors or [])]
read = len(json.load(open(path, encoding="utf-8"))["objects"])`,
  },
  stix2: {
    name: "stix2 of OASIS",
    packages: ["stix2"],
    imports: "import stix2",
    body: `
read = len(stix2.parse(open(path, encoding="utf-8").read(), allow_custom=False).objects)`,
  },
  ocsf: {
    name: "the JSON Schema of OCSF 1.3.0",
    packages: ["ocsf-json-schema", "jsonschema"],
    imports: "import json, ocsf_json_schema as ocsf, jsonschema",
    body: `
schema = ocsf.OcsfJsonSchemaEmbedded(ocsf.get_ocsf_schema("1.3.0")).get_class_schema("detection_finding")
check = jsonschema.Draft202012Validator(schema)
for line in open(path, encoding="utf-8"):
    read += 1
    objections += ["/".join(map(str, e.absolute_path)) + ": " + e.message for e in check.iter_errors(json.loads(line))]`,
  },
  navigator: {
    name: "mitreattack-python's layers",
    packages: ["mitreattack-python"],
    imports: "from mitreattack.navlayers import Layer",
    body: `
layer = Layer(strict=True)
layer.from_file(path)
read = len(layer.layer.techniques)`,
  },
  junit: {
    name: "junitparser",
    packages: ["junitparser"],
    imports: "import junitparser",
    body: `
suites = junitparser.JUnitXml.fromfile(path)
read = sum(1 for suite in suites for case in suite)
if read != suites.tests: objections.append(f"says {suites.tests} tests and holds {read}")`,
  },
  sarif: {
    name: "sarif-tools",
    packages: ["sarif-tools"],
    imports: "from sarif import loader",
    body: `
read = loader.load_sarif_file(path).get_result_count()`,
  },
  timesketch: {
    name: "Timesketch's importer",
    packages: ["timesketch-import-client"],
    imports: "import json; from timesketch_import_client import importer",
    body: `
class Streamer(importer.ImportStreamer):
    def _ready(self): pass
    def close(self): self.flush()
    def flush(self, end_stream=True):
        self.sent = getattr(self, "sent", []) + self._data_lines
        self._data_lines = []
    def _upload_data_frame(self, frame, end_stream, retry_count=0):
        self.sent = getattr(self, "sent", []) + frame.to_dict("records")
streamer = Streamer()
streamer.set_timestamp_description("test")
streamer.set_text_encoding("utf-8")
streamer.add_file(path)
streamer.flush()
read = len(streamer.sent)
for at, entry in enumerate(streamer.sent):
    for name in ("message", "datetime", "timestamp_desc"):
        if not entry.get(name): objections.append(f"entry {at} without {name}")`,
  },
} as const satisfies Readonly<Record<string, Script>>;

/** The Python that has the packages; KONSEKI_PYTHON names another one. */
const python = process.env.KONSEKI_PYTHON ?? "python3";

function readerOf({ name, packages, imports, body }: Script): FormatReader {
  return {
    name,
    missing: isInstalled(imports) ? "" : `no Python with ${packages.join(", ")}`,
    read(file) {
      const script = [
        "import sys, json as out",
        imports,
        "path, objections, read = sys.argv[1], [], 0",
        body,
        'print("\\n" + out.dumps({"objections": objections[:20], "read": read}))',
      ].join("\n");
      const told = execFileSync(python, ["-c", script, file], { encoding: "utf8", stdio: "pipe" });
      return JSON.parse(told.trimEnd().split("\n").at(-1)!);
    },
  };
}

function isInstalled(imports: string): boolean {
  try {
    execFileSync(python, ["-c", imports], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const formatReaders = Object.fromEntries(
  Object.entries(SCRIPTS).map(([key, script]) => [key, readerOf(script)]),
) as Readonly<Record<keyof typeof SCRIPTS, FormatReader>>;
