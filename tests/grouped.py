"""Which tests stay together on one worker: those whose file plays one long scene for all of them.

pytest-xdist 3.8 writes a test's group into its id, which pytest 9.2 no longer lets it do; so the
groups are read from the files: `xdist_group("name")`, or `xdist_group(t)` for one per parameter.
"""

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadGroupScheduling

_NAMED = re.compile(r'xdist_group\("(\w+)"\)')
ROOT = Path(__file__).parent.parent


@cache
def _mark_in(file: str) -> str:
    """The group a file names, `each` for one per parameter, or ""."""
    text = (ROOT / file).read_text()
    named = _NAMED.search(text)
    return named[1] if named else "each" if "xdist_group(" in text else ""


def scope_of(nodeid: str) -> str:
    """What goes to a worker as one piece: the test's group, or the test alone."""
    file, _, name = nodeid.partition("::")
    group = _mark_in(file)
    if group == "each":
        return f"{file}{name[name.find('[') :]}" if "[" in name else nodeid
    return group or nodeid


class Grouped(LoadGroupScheduling):
    """Sends tests of a group to the same worker."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)
