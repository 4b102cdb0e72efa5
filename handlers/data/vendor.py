"""/data vendors, /data vendor and /data escalate: who labels, and writing to them."""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.data.dataset import KIND
from services.data import dataset
from services.data import vendor as letters
from services.ports import Lab
from views.data import vendor


def vendors(lab: Lab, ask: Ask) -> Reply:
    """`/data vendors`."""
    known = dataset.vendors(lab, ask.team_id)
    return Reply.of(vendor.vendors(*known, letters.addresses(lab, ask.team_id)))


def address(lab: Lab, ask: Ask) -> Reply:
    """`/data vendor Acme labels@acme.example`, or `none`."""
    name, _, typed = ask.text.strip().rpartition(" ")
    if not name.strip():
        raise Refused("Which vendor, and where?", "Write `/data vendor Acme labels@acme.example`.")
    return Reply(text=letters.keep_address(lab, ask.team_id, name, typed, by=ask.user))


def escalate(lab: Lab, ask: Ask) -> Reply:
    """`/data escalate DATA-003 [batch]`, and the button below a batch that failed."""
    number, batch = KIND.numbered(ask, "/data escalate DATA-003 B-7")
    return Reply.of(
        vendor.letter(letters.letter_about(lab, ask.team_id, number, batch, by=ask.user))
    )


ROUTES = Routes(
    verbs=(
        Verb("/data", "vendors", "", "Promised against delivered", vendors),
        Verb("/data", "vendor", "Acme labels@acme.example", "Where it is written to", address),
        Verb("/data", "escalate", "DATA-003 [batch]", "A letter about bad labels", escalate),
    ),
    actions={"vendor_write": escalate},
)
