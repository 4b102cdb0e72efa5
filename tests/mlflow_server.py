"""A real MLflow server on loopback, and a trainer that logs to it as trainers do."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.play import free_port

_PATIENCE_S = 180
_QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
          "MLFLOW_WEBHOOK_ALLOWED_SCHEMES": "http,https",  # to a receiver on loopback
          "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS": "true"}  # fmt: skip


@dataclass(frozen=True)
class Mlflow:
    """The server, spoken to over its own interface. Times are those the test says."""

    url: str

    def call(self, path: str, **body: Any) -> Any:
        request = urllib.request.Request(
            f"{self.url}/api/2.0/mlflow/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def project(self, name: str) -> str:
        return str(self.call("experiments/create", name=name)["experiment_id"])

    def run(self, project: str, name: str, began: datetime, **tags: str) -> str:
        told = [{"key": key.replace("__", "."), "value": value} for key, value in tags.items()]
        made = self.call(
            "runs/create", experiment_id=project, run_name=name, start_time=_ms(began), tags=told
        )
        return str(made["run"]["info"]["run_id"])

    def log(self, run: str, at: datetime, **metrics: Mapping[int, Any] | list[Any]) -> None:
        """Values by step; a second passes with each."""
        points = [
            {"key": name.replace("__", "/"), "value": value, "step": step,
             "timestamp": _ms(at) + 1000 * step}
            for name, values in metrics.items()
            for step, value in (
                values.items() if isinstance(values, Mapping) else enumerate(values)
            )
        ]  # fmt: skip
        self.call("runs/log-batch", run_id=run, metrics=points)

    def tag(self, run: str, key: str, value: str) -> None:
        self.call("runs/set-tag", run_id=run, key=key, value=value)

    def param(self, run: str, key: str, value: str) -> None:
        self.call("runs/log-parameter", run_id=run, key=key, value=value)

    def end(self, run: str, at: datetime, status: str = "FINISHED") -> None:
        self.call("runs/update", run_id=run, status=status, end_time=_ms(at))

    def delete(self, run: str) -> None:
        self.call("runs/delete", run_id=run)

    def tags(self, run: str) -> dict[str, str]:
        with urllib.request.urlopen(f"{self.url}/api/2.0/mlflow/runs/get?run_id={run}") as answer:
            told = json.load(answer)
        return {one["key"]: one["value"] for one in told["run"]["data"]["tags"]}


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def serve() -> Iterator[Mlflow]:
    """A server with an empty SQLite, until the generator is closed."""
    with tempfile.TemporaryDirectory(prefix="assay-mlflow-") as folder:
        port = free_port()
        words = ["server", "--backend-store-uri", f"sqlite:///{folder}/m.db", "--host",
                 "127.0.0.1", "--port", str(port), "--workers", "1",
                 "--artifacts-destination", f"{folder}/artifacts"]  # fmt: skip
        log = Path(folder, "log")
        with log.open("w") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "mlflow", *words], stdout=told, stderr=told, cwd=folder,
                env={**os.environ, **_QUIET}, start_new_session=True,
            )  # fmt: skip
        try:
            _await(process, f"http://127.0.0.1:{port}/health", log)
            yield Mlflow(f"http://127.0.0.1:{port}")
        finally:
            os.killpg(process.pid, 15)
            process.wait(30)


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(url).close()
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() < until, log.read_text()[-3000:]
            time.sleep(0.2)
        else:
            return
