#!/usr/bin/env bash
# One CI job: run the evals, push both sides, wait for the verdict. Exit code 0 is GO.
# Needs ASSAY_URL and ASSAY_TOKEN (`/exp token new CI`), and EXP, the experiment's id.
set -euo pipefail
out=$PWD
cd "$(dirname "$0")" # Inspect takes task files by relative path
model=${MODEL:-mockllm/model}
baseline=${BASELINE_MODEL:-mockllm/model}
logs=$(mktemp -d)

inspect eval support_qa.py --model "$baseline" --log-dir "$logs/baseline" --log-format json --display none
inspect eval support_qa.py --model "$model" --log-dir "$logs/candidate" --log-format json --display none

assay eval push "$logs"/baseline/*.json --exp "$EXP" --role baseline
verdict=0
assay eval push "$logs"/candidate/*.json --exp "$EXP" --role candidate --gate || verdict=$?
assay gate status "$EXP" --wait 60 --junit "$out/gate.xml" --markdown "$out/gate.md" || verdict=$?
exit "$verdict"
