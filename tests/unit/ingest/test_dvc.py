"""Versions as DVC keeps them: genuine files of DVC 3.67.1 (tests/data/make), and older shapes."""

from pathlib import Path

import pytest

from core.errors import Refused
from ingest.dvc import Tracked, read_dvc
from ingest.file import File

DVC = Path(__file__).parents[2] / "data" / "dvc"
CSV = "md5 83bb47623e23249af4f05f8c410cccb9"  # md5sum tickets.csv
FOLDER = "md5 97af597fffc311f7c08d5afd3d5394c7.dir"
REGISTRY = "@281ecc621b73:"


def made(name, out=""):
    path = DVC / f"dvc_3_67_1_{name}"
    return read_dvc(File(path.name, path.read_bytes()), out=out)


def read(text, out=""):
    return read_dvc(File("data.dvc", text.encode()), out=out)


@pytest.mark.parametrize(
    ("name", "out", "hash_", "size", "files"),
    [
        ("file.dvc", "", CSV, 27, None),
        ("folder.dvc", "", FOLDER, 30, 2),
        ("several.dvc", "tickets", FOLDER, 30, 2),
        ("pipeline.lock", "prepared", FOLDER, 30, 2),
        ("pipeline.lock", "./prepared/", FOLDER, 30, 2),
        ("pipeline.lock", "tickets.csv", CSV, 27, None),  # what a stage depends on
        ("import_from_git.dvc", "", FOLDER, 30, 2),
        ("import_web_csv.dvc", "", CSV, 27, None),
        ("cloud_file.dvc", "", CSV, 27, None),
        # Listed file by file: the hash DVC itself gives the same folder elsewhere.
        ("cloud_folder.dvc", "", FOLDER, 30, 2),
        # Never downloaded: the source has the only fingerprint.
        ("cloud_import.dvc", "", "etag 83bb47623e23249af4f05f8c410cccb9", 27, None),
    ],
)
def test_what_dvc_itself_wrote_is_read(name, out, hash_, size, files):
    found = made(name, out)
    assert (found.hash, found.size, found.files) == (hash_, size, files)


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("file.dvc", "tickets.csv"),
        ("import_web_csv.dvc", "http://127.0.0.1:8765/tickets.csv"),
        ("cloud_file.dvc", "tickets.csv on bucket"),
        ("cloud_import.dvc", "remote://bucket/tickets.csv"),
    ],
)
def test_the_place_is_where_it_came_from(name, ends):
    assert made(name).location == ends


def test_an_import_from_git_names_its_repository_and_commit():
    text = (DVC / "dvc_3_67_1_import_from_git.dvc").read_text()
    commit = text.split("rev_lock: ")[1].split()[0]
    assert made("import_from_git.dvc").location.endswith(f"/registry@{commit[:12]}:tickets")
    assert made("import_far_csv.dvc").hash == f"rev {commit}"


def test_files_of_older_dvc_are_read():
    old = "md5: 30159\nwdir: ..\nouts:\n- md5: A304AFB96060AAD90176268345E10355\n"
    old += "  path: data/data.xml\n  cache: true\n  metric: false\n  persist: false\n"
    assert read(old) == Tracked(
        "data/data.xml", "md5 a304afb96060aad90176268345e10355", None, None, "data/data.xml"
    )
    lock = "prepare:\n  cmd: python p.py\n  outs:\n  - path: out\n    md5: " + "0" * 32
    assert read(lock).hash == "md5 " + "0" * 32  # digits only, and no number
    stage = "cmd: t.py\ndeps:\n- path: raw\n  md5: " + "a" * 32 + "\nouts:\n- path: m.pkl\n"
    assert read(stage, "raw").hash == "md5 " + "a" * 32


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("outs:\n- path: t.csv\n", "t.csv has no hash in it. DVC has not seen the data yet"),
        ("outs:\n- path: t.csv\n  md5: null\n", "t.csv has no hash in it"),
        ("outs:\n- path: t.csv\n  md5: abc\n", "“abc” is no md5"),
        ("outs: []\n", "it tracks nothing"),
        ("outs:\n- tickets\n", "it names paths without hashes, as dvc.yaml does. Push dvc.lock"),
        ("id,label\n1,yes\n", "it is no .dvc file and no dvc.lock"),
        ("stages: 3\n", "it is no .dvc file and no dvc.lock"),
        ("", "it is empty"),
        ("# nothing\n", "it holds nothing"),
        ("outs:\n- path: a\n  path: b\n", "the key “path” stands twice in one object"),
        ("outs: &o\n- path: a\ndeps: *o\n", "it uses a YAML alias (*name)"),
        ("outs:\n- path: 'a\n", "it is not valid YAML at line"),
        ("[" * 5000, "it is nested too deeply"),
        ("? [a]\n: 1\n", "a key in it is no word"),
        ("outs:\n<<<<<<< HEAD\n- path: a\n", "it holds a merge conflict of git"),
    ],
)
def test_a_wrong_file_gets_a_sentence(text, said):
    with pytest.raises(Refused) as refusal:
        read(text)
    assert said in refusal.value.sentence


def test_which_of_several_is_asked():
    with pytest.raises(Refused, match=r"it tracks 2 paths\.") as refusal:
        made("several.dvc")
    assert refusal.value.hint == "Say which with --out: tickets.csv, tickets."
    with pytest.raises(Refused, match="it tracks no labels") as refusal:
        made("several.dvc", "labels")
    assert refusal.value.hint == "It tracks tickets.csv, tickets."
    with pytest.raises(Refused, match=r"as dvc\.yaml does"):
        made("pipeline.yaml")
