"""link_shared: links to experiments on a host that the app's manifest names."""

from handlers.ask import Ask, Reply, Routes
from services.assay import links
from services.assay.links import Shared
from services.ports import Lab


def shared(lab: Lab, ask: Ask) -> Reply:
    """Posted links are shown as cards; what is only typed (the composer) is not posted yet."""
    found = ask.event.get("links") or []
    urls = [str(one["url"]) for one in found if isinstance(one, dict) and one.get("url")]
    ts = str(ask.event.get("message_ts") or "")
    if urls and ts and ask.event.get("source") != "composer":
        links.show(lab, Shared(ask.workspace, ask.user, ask.channel, ts, urls))
    return Reply()


ROUTES = Routes(events={"link_shared": (shared,)})
