"""Links in a message as links to experiments: an id in their path, or the run they lead to."""

import re
from urllib.parse import urlsplit

_ID = re.compile(r"/exp-0{0,6}(\d{1,6})(?=/|$)", re.I)


def number(url: str) -> int:
    """The experiment that the link's path names (`https://…/EXP-042`), or 0."""
    found = _ID.search(_path(url))
    return int(found[1]) if found else 0


def plain(url: str) -> str:
    """The link without what only says how to look at it: query, fragment, a slash at the end."""
    return url.split("?", 1)[0].split("#", 1)[0].rstrip("/")


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
