"""Writes tests/data/dvc/dvc_3_67_1_*: what DVC 3.67.1 itself wrote.

Run it by hand, in an environment of its own whose bin/ is on the PATH, with git:
    pip install "dvc[s3]==3.67.1" "moto[s3,server]"
    python tests/data/make/dvc_3_67_1.py
"""

import http.server
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

VERSION = "3.67.1"
HERE = Path(__file__).parents[1] / "dvc"
STAGES = """stages:
  prepare:
    cmd: cp -r tickets prepared && cp tickets.csv one.csv
    deps: [tickets, tickets.csv]
    outs: [prepared, one.csv]
"""


def run(where: Path, *words: str) -> None:
    quiet = {"DVC_NO_ANALYTICS": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    named = {f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER")
             for what in ("NAME", "EMAIL")}  # fmt: skip
    subprocess.run(words, cwd=where, check=True, env=os.environ | quiet | named,
                   stdout=subprocess.DEVNULL)  # fmt: skip


def fresh(where: Path) -> Path:
    where.mkdir()
    run(where, "git", "init", "-q", "-b", "main")
    run(where, "dvc", "init", "-q")
    (where / "tickets.csv").write_text("id,intent\n1,refund\n2,login\n")
    (where / "tickets").mkdir()
    for name in ("de", "en"):
        (where / "tickets" / f"{name}.jsonl").write_text(f'{{"lang": "{name}"}}\n')
    return where


def keep(made: Path, name: str) -> None:
    shutil.copy(made, HERE / f"dvc_{VERSION.replace('.', '_')}_{name}")


def tracked(home: Path) -> Path:
    """One file, one folder, a pipeline."""
    repo = fresh(home / "registry")
    run(repo, "dvc", "add", "-q", "tickets.csv", "tickets")
    (repo / "dvc.yaml").write_text(STAGES)
    run(repo, "dvc", "repro", "-q")
    run(repo, "git", "add", "-A")
    run(repo, "git", "commit", "-qm", "data")
    keep(repo / "tickets.csv.dvc", "file.dvc")
    keep(repo / "tickets.dvc", "folder.dvc")
    keep(repo / "dvc.lock", "pipeline.lock")
    keep(repo / "dvc.yaml", "pipeline.yaml")
    return repo


def imported(home: Path, registry: Path) -> None:
    """From another repository, from the web, and from the web without downloading."""
    repo = fresh(home / "user")
    run(repo, "dvc", "import", "-q", str(registry), "tickets", "-o", "from_git")
    run(
        repo, "dvc", "import", "-q", "--no-download", str(registry), "tickets.csv", "-o", "far.csv"
    )
    served = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 8765),
        lambda *given: http.server.SimpleHTTPRequestHandler(*given, directory=str(registry)),
    )
    threading.Thread(target=served.serve_forever, daemon=True).start()
    url = "http://127.0.0.1:8765/tickets.csv"
    run(repo, "dvc", "import-url", "-q", url, "web.csv")
    run(repo, "dvc", "import-url", "-q", "--no-download", url, "web_far.csv")
    served.shutdown()
    for name in ("from_git", "far.csv", "web.csv", "web_far.csv"):
        keep(repo / f"{name}.dvc", f"import_{name.replace('.', '_')}.dvc")


def several(home: Path) -> None:
    """Two outputs of one stage file, as `dvc stage` no longer writes but `dvc commit` keeps."""
    repo = fresh(home / "several")
    (repo / "both.dvc").write_text(
        "outs:\n- path: tickets.csv\n- path: tickets\n  desc: a file a language\nmeta:\n  by: us\n"
    )
    run(repo, "dvc", "commit", "-q", "-f", "both.dvc")
    keep(repo / "both.dvc", "several.dvc")


def cloud(home: Path) -> None:
    """Pushed to a bucket that keeps versions, and imported from it with its version."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=8766)
    server.start()
    url, keys = "http://127.0.0.1:8766", ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    os.environ |= dict.fromkeys(keys, "x") | {"AWS_DEFAULT_REGION": "us-east-1"}
    s3 = boto3.client("s3", endpoint_url=url)
    s3.create_bucket(Bucket="lab")
    s3.put_bucket_versioning(Bucket="lab", VersioningConfiguration={"Status": "Enabled"})
    repo = fresh(home / "cloud")
    run(repo, "dvc", "remote", "add", "-q", "-d", "bucket", "s3://lab/store")
    run(repo, "dvc", "remote", "modify", "-q", "bucket", "endpointurl", url)
    run(repo, "dvc", "remote", "modify", "-q", "bucket", "version_aware", "true")
    run(repo, "dvc", "add", "-q", "tickets.csv", "tickets")
    run(repo, "dvc", "push", "-q")
    keep(repo / "tickets.csv.dvc", "cloud_file.dvc")
    keep(repo / "tickets.dvc", "cloud_folder.dvc")
    far = ("remote://bucket/tickets.csv", "far.csv")
    run(repo, "dvc", "import-url", "-q", "--version-aware", "--no-download", *far)
    keep(repo / "far.csv.dvc", "cloud_import.dvc")
    server.stop()


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made_in:
        several(Path(made_in))
        cloud(Path(made_in))
        imported(Path(made_in), tracked(Path(made_in)))
