"""W&B's own client on our fake of its server: `python -m tests.wandb_client PYTHON`, with the
Python of an environment that has wandb 0.31.0. It keeps what the client asks as test data.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from aiohttp import web

from sandbox.play import free_port
from tests.wandb_server import KEY, Fake, two_runs

_KEPT = Path(__file__).with_name("data") / "wandb" / "client.jsonl"
_SCRIPT = """
import math, wandb
api = wandb.Api()
runs = list(api.runs("lab/support", filters={"tags": "EXP-042"}, order="-created_at", lazy=False))
assert [run.name for run in runs] == ["EXP-042 lora"], runs
[run] = runs
assert (run.state, run.tags, run.config) == ("finished", ["EXP-042", "gpus:2"], {"lr": 0.1}), run
assert run.summary["val_accuracy"] == 0.9 and run.created_at == "2026-11-30T08:00:00Z", run.summary
rows = run.history(samples=500, keys=["train/loss"], pandas=False)
assert [row["train/loss"] for row in rows] == [2.0, "NaN", 1.5], rows
run.summary["decision"] = "killed"
run.summary.update()
assert api.run("lab/support/abc1").summary["decision"] == "killed"
run.tags.append("reviewed")
run.update()
del run.summary["decision"]
run.summary.update()
again = wandb.Api().run("lab/support/abc1")
again.load_full_data()
assert again.tags[-1] == "reviewed" and "decision" not in dict(again.summary), again.summary
assert len(api.runs("lab/support", per_page=1)) == 2
assert len([one for one in api.runs("lab/support", per_page=1)]) == 2
api.run("lab/support/abc2").delete()
api.flush()
assert len(api.runs("lab/support")) == 1
for wrong in ("lab/nowhere", "lab/support/none"):
    try:
        print("found", wrong, list(api.runs(wrong)) if wrong.count("/") == 1 else api.run(wrong))
    except (ValueError, wandb.errors.CommError) as fault:
        print("as it should be:", type(fault).__name__, fault)
"""


async def _main(python: str) -> None:
    port = free_port()
    fake = Fake(f"http://127.0.0.1:{port}", {"lab/support": two_runs()})
    server = web.Application()
    server.router.add_post("/graphql", fake.take)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    given = {"WANDB_BASE_URL": fake.url, "WANDB_API_KEY": KEY, "WANDB_ERROR_REPORTING": "false"}
    client = await asyncio.create_subprocess_exec(
        python, "-c", _SCRIPT, env={**os.environ, **given}
    )
    code = await client.wait()
    await runner.cleanup()
    if code:
        sys.exit(code)
    kept = list(dict.fromkeys(json.dumps(one, sort_keys=True) for one in fake.asked))
    _KEPT.write_text("".join(line + "\n" for line in kept))


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
