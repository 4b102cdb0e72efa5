"""The words of a simulated team: people, titles, notes, requirements."""

from core.simulate_ideas import TECHNIQUES, Technique

PEOPLE = ("Amara", "Bo", "Chen", "Dina", "Emil", "Farah", "Goran")
PLACES = (
    "product docs",
    "support tickets",
    "release notes",
    "refund questions",
    "error codes",
    "order status",
    "German questions",
    "rare products",
    "long threads",
    "safety questions",
)
STUCK = {
    "data": "The labels for {id} are late",
    "compute": "The GPU quota for {id} is used up",
    "clarity": "Is the target of {id} still the line?",
}
REQUIREMENTS = (
    "Legal wants every answer to name its source",
    "Sales asks for answers in Spanish by the fair",
    "The executives want the refund flow included",
    "Support asks for a tone that matches the brand",
    "Security wants no customer data in prompts",
)
LOOKS = (
    "first pass over the full set",
    "loss still falling",
    "most errors are on rare products",
    "stable over three seeds",
    "looks better on short questions",
    "half of the gain comes from the docs alone",
    "same errors as the baseline",
    "second run to be sure",
)


def what(place: int) -> tuple[Technique, str]:
    """The technique and the place of the idea that comes at that place; its title.

    Techniques rotate, and every 330 ideas the titles count up.
    """
    technique = TECHNIQUES[(place * 7) % len(TECHNIQUES)]
    turn, spot = divmod(place // len(TECHNIQUES), len(PLACES))
    where = PLACES[(spot + place) % len(PLACES)]
    again = f", round {turn + 1}" if turn else ""
    return technique, f"{technique.name} for {where}{again}"
