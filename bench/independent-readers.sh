#!/usr/bin/env bash
# Installs the three independent EVTX readers and runs the test that has them read what the forge wrote.
# Needs cargo, python3 and, for evtxexport, a Debian or Ubuntu system with the right to install packages.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v evtx_dump >/dev/null || [ -x "$HOME/.cargo/bin/evtx_dump" ] ||
  cargo install evtx --version 0.15.1 --locked
command -v evtxexport >/dev/null || apt-get install -y libevtx-utils
python3 -m venv bench/.cache/readers
bench/.cache/readers/bin/pip install --quiet evtx

KONSEKI_PYTHON="$PWD/bench/.cache/readers/bin/python" KONSEKI_SKIP_BUILD=1 \
  npx vitest run test/forge/independent-readers.test.ts
