"""Labels of several annotators."""

import pytest

from core.errors import Refused
from ingest.file import File
from ingest.labels import Label, read_labels


def pushed(text):
    return read_labels(File("labels", text.encode()))


def test_csv_and_json_lines_give_the_same_labels():
    csv = pushed("item,annotator,label\ni2,ann,yes\ni1,bob,\ni1,ann,no\n")
    lines = pushed(
        '{"item": "i1", "annotator": "ann", "label": "no"}\n'
        '{"item": "i1", "annotator": "bob", "label": null}\n'
        '{"item": "i2", "annotator": "ann", "label": "yes"}\n'
    )
    assert csv == lines
    assert csv.labels[1] == Label("i1", "bob", None)
    assert csv.annotators == ("ann", "bob")
    assert csv.doubles == ()


def test_items_labelled_twice_are_the_doubles():
    push = pushed("item,annotator,label\ni1,ann,1\ni1,bob,2\ni2,ann,1\n")
    assert push.doubles == ("i1",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item,annotator,label\ni1,ann,a\ni1,ann,b\n", "line 2 and line 3 are both the label"),
        ("item,annotator,label\n,ann,a\n", "line 2 names no item"),
        ("item,annotator,label\ni1,,a\n", "line 2 names no annotator"),
        ("item,ann,bob\ni1,a,b\n", "no column for the annotator"),
        ('{"item": "i1", "annotator": "a"}', "record 1 has no label"),
        ('[{"item": "i1", "annotator": "a", "label": [1]}]', "a label is an object or a list"),
        ("[]", "it holds no labels"),
        ("[1]", "entry 1 is not an object"),
    ],
)
def test_a_fault_is_named(text, said):
    with pytest.raises(Refused) as refusal:
        pushed(text)
    assert said in refusal.value.message
