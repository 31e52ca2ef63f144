#!/bin/sh
# The evaluation gate for any CI system: asks, prints the report as Markdown, and leaves with 1 where a gate failed.
#   gate.sh GOLDEN ARCHIVE RUN [GATES [BASELINE]]
# Run is a folder for records and reports; keep it as an artifact. Without GATES those that ship with Dateline are used.
set -eu
golden=${1:?a golden set} archive=${2:?an archive} run=${3:?a folder for the run}
set -- ${4:+--gates "$4"} ${5:+--baseline "$5"}
export OMP_WAIT_POLICY=passive
dateline eval run --suite "$golden" --archive "$archive" --out "$run"
dateline eval report "$run" --format markdown --format junit --format html "$@"
cat "$run/report.md"
dateline eval gate "$run" "$@"
