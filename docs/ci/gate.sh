#!/usr/bin/env bash
# One CI job: run the evals, push both sides, wait for the verdict. Exit code 0 is GO.
# Needs ASSAY_URL and ASSAY_TOKEN (`/exp token new CI`), and EXP, the experiment's id.
set -euo pipefail
here=$(dirname "$0")
model=${MODEL:-mockllm/model}
baseline=${BASELINE_MODEL:-mockllm/model}
logs=$(mktemp -d)

inspect eval "$here/support_qa.py" --model "$baseline" --log-dir "$logs/baseline" --log-format json --display none
inspect eval "$here/support_qa.py" --model "$model" --log-dir "$logs/candidate" --log-format json --display none

assay eval push "$logs"/baseline/*.json --exp "$EXP" --role baseline
assay eval push "$logs"/candidate/*.json --exp "$EXP" --role candidate --gate
assay gate status "$EXP" --wait 60 --junit gate.xml --markdown gate.md
