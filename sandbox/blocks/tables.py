"""The fields and limits of each block type, and which surface takes which block."""

from __future__ import annotations

from typing import Any

from sandbox.blocks.composition import (
    CONFIRM,
    RICH_ELEMENTS,
    SLACK_FILE,
    address,
    either,
    plain,
)
from sandbox.blocks.elements import (
    ACTION_ELEMENTS,
    BUTTON,
    ELEMENTS,
    IMAGE,
    INPUT_ELEMENTS,
    SECTION_ACCESSORIES,
    TEXT_OBJECTS,
)
from sandbox.blocks.schema import (
    Check,
    Fields,
    Needed,
    Report,
    anything,
    at_least_one,
    exactly_one,
    flag,
    items,
    one_of,
    shape,
    string,
    typed,
    whole,
)

OWN_ID: Fields = {"block_id": string(255)}
URL_SOURCE = shape({"url": Needed(address), "text": Needed(string(3000))})
ALIGN = shape({"align": one_of("left", "center", "right"), "is_wrapped": flag})
NUMBER_CELL = shape({"value": anything, "text": string(3000, 0)})
CELL = typed(
    {
        "raw_text": shape({"text": Needed(string(3000, 0))}),
        "raw_number": NUMBER_CELL,
        "rich_text": shape({"elements": RICH_ELEMENTS, **OWN_ID}),
    }
)


def _same_width(value: Any, at: str, report: Report) -> None:
    widths = {len(row) for row in value["rows"]}
    if len(widths) > 1:
        report.error(f"{at}/rows", "rows must all have the same number of cells")


POINTS = items(anything, 1, 20)
SEGMENT = shape({"label": Needed(string(20)), "value": Needed(anything)})
SERIES = shape({"name": Needed(string(20)), "data": Needed(POINTS)})
AXES = shape(
    {
        "categories": Needed(items(string(20), 1, 20)),
        "x_label": string(50),
        "y_label": string(50),
    }
)
LINES = shape({"series": Needed(items(SERIES, 1, 6)), "axis_config": Needed(AXES)})
CHART = typed(
    {
        "pie": shape({"segments": Needed(items(SEGMENT, 1, 6))}),
        "bar": LINES,
        "area": LINES,
        "line": LINES,
    }
)
TASK: Fields = {
    **OWN_ID,
    "task_id": Needed(string(255)),
    "title": Needed(string(3000)),
    "details": anything,
    "output": anything,
    "sources": items(typed({"url": URL_SOURCE}), 0, 100),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
CARD = shape(
    OWN_ID,
    {
        "icon": IMAGE,
        "hero_image": IMAGE,
        "title": either(150),
        "subtitle": either(150),
        "body": either(200),
        "subtext": either(200),
        "slack_icon": anything,
        "actions": items(typed({"button": BUTTON}), 1, 3),
    },
    at_least_one("title", "body", "hero_image", "actions"),
)

FLAT_BLOCKS: dict[str, Check] = {
    "section": shape(
        OWN_ID,
        {
            "text": either(3000),
            "fields": items(either(2000), 1, 10),
            "accessory": typed(ELEMENTS, SECTION_ACCESSORIES),
            "expand": flag,
        },
        at_least_one("text", "fields"),
    ),
    "header": shape(OWN_ID, {"text": Needed(plain(150)), "level": whole(1, 4)}),
    "divider": shape(OWN_ID),
    "context": shape(
        OWN_ID, {"elements": Needed(items(typed(TEXT_OBJECTS | {"image": IMAGE}), 1, 10))}
    ),
    "context_actions": shape(
        OWN_ID,
        {
            "elements": Needed(
                items(typed(ELEMENTS, ("feedback_buttons", "icon_button")), 1, 5),
            )
        },
    ),
    "actions": shape(OWN_ID, {"elements": Needed(items(typed(ELEMENTS, ACTION_ELEMENTS), 1, 25))}),
    "image": shape(
        OWN_ID,
        {
            "image_url": address,
            "slack_file": SLACK_FILE,
            "alt_text": Needed(string(2000)),
            "title": plain(2000),
        },
        exactly_one("image_url", "slack_file"),
    ),
    "input": shape(
        OWN_ID,
        {
            "label": Needed(plain(2000)),
            "element": Needed(typed(ELEMENTS, INPUT_ELEMENTS)),
            "hint": plain(2000),
            "optional": flag,
            "dispatch_action": flag,
        },
    ),
    "rich_text": shape(OWN_ID, {"elements": RICH_ELEMENTS}),
    "markdown": shape(OWN_ID, {"text": Needed(string(12_000))}),
    "table": shape(
        OWN_ID,
        {
            "rows": Needed(items(items(CELL, 1, 20), 1, 100)),
            "column_settings": items(ALIGN, 0, 20),
        },
        _same_width,
    ),
    "data_table": shape(
        OWN_ID,
        {
            "caption": Needed(string(3000)),
            "rows": Needed(items(items(CELL, 1, 20), 2, 101)),
            "page_size": whole(1, 100),
            "row_header_column_index": whole(0, 19),
        },
        _same_width,
    ),
    "data_visualization": shape(
        OWN_ID,
        {"title": Needed(string(50)), "chart": Needed(CHART)},
    ),
    "alert": shape(
        OWN_ID,
        {
            "text": Needed(either(200)),
            "level": one_of("default", "info", "warning", "error", "success"),
        },
    ),
    "card": CARD,
    "carousel": shape(OWN_ID, {"elements": Needed(items(typed({"card": CARD}), 1, 10))}),
    "task_card": shape(TASK),
    "plan": shape(
        OWN_ID,
        {
            "plan_id": string(255),
            "title": Needed(string(3000)),
            "tasks": items(typed({"task_card": shape(TASK)}), 0, 50),
        },
    ),
}
CONTAINER = shape(
    OWN_ID,
    {
        "title": plain(150),
        "subtitle": plain(150),
        "icon": IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
        "rich_text_title": anything,
        "child_blocks": Needed(items(typed(FLAT_BLOCKS), 1, 10)),
        "confirm": CONFIRM,
    },
)
BLOCKS: dict[str, Check] = FLAT_BLOCKS | {"container": CONTAINER}

SURFACE_BLOCKS: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "modal": frozenset(
        {"actions", "alert", "card", "context", "divider", "header", "image", "input"}
        | {"rich_text", "section"}
    ),
    "home": frozenset(BLOCKS) - {"alert", "context_actions", "markdown", "plan", "task_card"},
}
