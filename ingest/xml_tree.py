"""XML as a small tree of elements and attributes; document types and entities are refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # nosec: DTD, entities, depth and size are limited below

from ingest.file import Unreadable

_MAX_DEPTH = 40
_MAX_ELEMENTS = 500_000


@dataclass(frozen=True)
class Element:
    """A tag without its namespace, its attributes and the elements inside. Texts are left out."""

    tag: str
    attributes: dict[str, str]
    inside: list["Element"] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements directly inside with one of these tags."""
        return (one for one in self.inside if one.tag in tags)


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._seen = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag.rsplit(":", 1)[-1], attributes)
        self._seen += 1
        if len(self._open) >= _MAX_DEPTH or self._seen > _MAX_ELEMENTS:
            raise Unreadable("its XML is too deep or too large", "Push a JUnit report.")
        if self._open:
            self._open[-1].inside.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _tag: str) -> None:
        self._open.pop()

    def doctype(self, *_args: object) -> None:
        raise Unreadable("it declares a document type", "Remove <!DOCTYPE …> and its entities.")


def read_tree(content: bytes) -> Element:
    """The root element. Raises Unreadable for broken XML, a DTD, too much depth or size."""
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.EntityDeclHandler = builder.doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable(
            f"its XML breaks off or is not valid at line {error.lineno}",
            "Push the complete report as the test runner wrote it.",
        ) from None
    except (LookupError, ValueError):
        raise Unreadable("its XML names an unknown encoding", "Save it as UTF-8.") from None
    if builder.root is None:
        raise Unreadable("its XML is empty", "Push the complete report.")
    return builder.root
