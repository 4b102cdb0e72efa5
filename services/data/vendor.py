"""Where vendors are written to, and letters about batches that did not pass; people send them."""

from datetime import date, timedelta

from core import calendar
from core.data.letter import Letter, letter, read_address
from core.errors import NotFound, Refused
from core.text import clean
from models.data import vendor as table
from models.data.vendor import VendorContact
from services.data import dataset, label_batch
from services.desk import desk
from services.ports import Lab

ANSWER_IN = 2  # working days


def keep_address(lab: Lab, team_id: int, name: str, typed: str, *, by: str) -> str:
    """Keep where a vendor is written to (`none`: nowhere any more); what was done, as a sentence.

    Raises NotFound (no card names that vendor) and Refused (no address).
    """
    name, address = clean(name, limit=60), read_address(typed)
    known = [one.name for one in dataset.vendors(lab, team_id)[0]]
    found = next((one for one in known if one.casefold() == name.casefold()), "")
    if not found:
        there = f"There are: {', '.join(known[:10])}." if known else ""
        hint = f"{there} A vendor is known once a card is in Annotation or labels are pushed."
        raise NotFound(f"No card names a vendor “{name[:40]}”.", hint.strip())
    with desk(lab, team_id) as here:
        row = table.contact_of(here.session, here.team_id, found)
        if not address:
            if row:
                here.session.delete(row)
            return f"Nobody writes to {found} from here any more."
        row = row or VendorContact(
            team_id=here.team_id, key=found.casefold(), address="", by="", at=here.now
        )
        row.address, row.by, row.at = address, by, here.now
        here.session.add(row)
        here.session.flush()
        return f"{found} is written to at {address}."


def addresses(lab: Lab, team_id: int) -> dict[str, str]:
    """Where vendors are written to, by their names without capitals."""
    with desk(lab, team_id, lock=False) as here:
        return {one.key: one.address for one in table.contacts(here.session, here.team_id)}


def letter_about(lab: Lab, team_id: int, number: int, batch: str, *, by: str) -> Letter:
    """The letter about that batch ("": the last one that did not pass) of a card.

    Raises NotFound (card, batch) and Refused (no labels; the batch passed).
    """
    with desk(lab, team_id, lock=False) as here:
        row = label_batch.row(here.session, here.team, number)
        card, every = row.snapshot(), label_batch.of_card(here.session, row.pk)
        if not every:
            raise Refused(f"No labels were pushed for {card.id}, so there is nothing to tell.")
        named = [one for one in every if one.batch.casefold() == batch.casefold()]
        if batch and not named:
            names = ", ".join(one.batch for one in every[:10])
            raise NotFound(f"{card.id} has no batch “{batch[:40]}”.", f"It has {names}.")
        bad = [one for one in named or every if one.verdict != "PASS"]
        if not bad:
            said = f"Batch {named[0].batch}" if named else "Every batch"
            raise Refused(f"{said} of {card.id} passed its check; there is nothing to escalate.")
        today = calendar.local(here.now, calendar.zone(here.team.zone)).date()
        vendor = bad[0].vendor or card.fields.get("vendor", "")
        contact = table.contact_of(here.session, here.team_id, vendor)
        to = contact.address if contact else ""
        return letter(card, bad[0], to=to, by=here.name(by), answer_by=_working_day(today))


def _working_day(today: date) -> date:
    """ANSWER_IN working days from then."""
    day = today
    while calendar.working_days_between(today, day) < ANSWER_IN:
        day += timedelta(days=1)
    return day
