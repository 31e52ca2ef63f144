#!/bin/sh
# The evaluation gate for any CI system: asks a golden set, prints the report as Markdown, exits with 1 if a gate fails.
#   gate.sh GOLDEN ARCHIVE RUN [GATES [BASELINE]]
# RUN is a folder for records and reports; keep it as an artifact. Without GATES, the gates shipped with Dateline apply.
set -eu
golden=${1:?a golden set} archive=${2:?an archive} run=${3:?a folder for the run}
set -- ${4:+--gates "$4"} ${5:+--baseline "$5"}
export OMP_WAIT_POLICY=passive
dateline eval run --suite "$golden" --archive "$archive" --out "$run"
dateline eval report "$run" --format markdown --format junit --format html "$@"
cat "$run/report.md"
dateline eval gate "$run" "$@"
