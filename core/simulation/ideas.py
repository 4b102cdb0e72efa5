"""What a simulated team says and tries: techniques with what is learned from them, people, titles,
notes, requirements.
"""

from typing import NamedTuple

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


class Technique(NamedTuple):
    """Something to try. killed, promoted: what is learned when it fails and when it works."""

    name: str
    kind: str  # of work, one of core.experiments.worth.KINDS
    killed: str
    promoted: str


TECHNIQUES = (
    Technique(
        "BM25 baseline",
        "exploration",
        "Plain keyword search misses every paraphrase; keep it only as a fallback",
        "Titles carry half the signal; index them separately",
    ),
    Technique(
        "Zero-shot 8B model",
        "exploration",
        "Without examples it invents product names once in nine answers",
        "Three passages beat ten: long context distracts the 8B model",
    ),
    Technique(
        "Query rewriting",
        "exploration",
        "Helps vague questions, hurts exact error codes; it needs a router first",
        "Rewriting pays when the question has fewer than six words",
    ),
    Technique(
        "Cross-encoder reranking",
        "exploration",
        "The gain sits in the top two, which the generator never reads last",
        "Reranking fifty to five is the best gain per millisecond so far",
    ),
    Technique(
        "Answer, then cite",
        "exploration",
        "Citations added after the answer are wrong one time in five",
        "Citing while answering keeps the model inside the passages",
    ),
    Technique(
        "Graph of product relations",
        "exploration",
        "The graph goes stale in a week; nobody owns its edges",
        "Two hops are enough; the third only adds noise",
    ),
    Technique(
        "Self-consistency of five samples",
        "exploration",
        "Five samples cost five times as much and vote for the same mistake",
        "Voting pays only where the first two answers differ",
    ),
    Technique(
        "Chain of thought in the prompt",
        "exploration",
        "Reasons grow longer, answers do not grow better",
        "A two-line plan before the answer is all that helps",
    ),
    Technique(
        "Mixture of two retrievers",
        "exploration",
        "Both fail on the same questions, so mixing them finds nothing new",
        "Keyword and dense search fail on different questions; mix them",
    ),
    Technique(
        "Multi-query expansion",
        "exploration",
        "Four queries fetch the same passages in another order",
        "Expansion by product synonyms finds what the user did not name",
    ),
    Technique(
        "Few-shot examples from closed tickets",
        "exploration",
        "Examples leak old product names into the answers",
        "Examples must share the product line, or they mislead",
    ),
    Technique(
        "Hard-negative mining",
        "optimisation",
        "Mined negatives were half true answers; clean them before mining",
        "Negatives from the same product line matter, random ones do not",
    ),
    Technique(
        "Lower learning rate",
        "optimisation",
        "Same plateau, one day later; the data are the limit",
        "Half the rate and twice the warm-up end the spikes",
    ),
    Technique(
        "Longer context window",
        "optimisation",
        "Everything beyond 4K tokens is ignored by this model",
        "8K tokens pay for manuals, nowhere else",
    ),
    Technique(
        "Temperature zero",
        "optimisation",
        "Answers repeat, and their mistakes repeat with them",
        "Temperature zero halves the spread between runs",
    ),
    Technique(
        "Rank 64 adapters",
        "optimisation",
        "Rank 64 overfits where rank 16 did not",
        "Rank matters only in the upper layers",
    ),
    Technique(
        "Prompt: answer only from the context",
        "optimisation",
        "Refusals rose to 9%, mostly on questions the documents do answer",
        "Refusals rose to 4%, nearly all on questions nobody can answer",
    ),
    Technique(
        "Chunk overlap of 25%",
        "optimisation",
        "No change beyond noise on 500 questions; stop tuning overlap",
        "Overlap pays when tables are cut in two",
    ),
    Technique(
        "Label smoothing",
        "optimisation",
        "Smoothing hides wrong labels instead of mending them",
        "Smoothing helps on the refund class, where labels disagree",
    ),
    Technique(
        "Curriculum from easy to hard",
        "optimisation",
        "The order of training questions makes no difference here",
        "Hard questions last: the gain is small and it lasts",
    ),
    Technique(
        "Early stopping on the safety set",
        "optimisation",
        "Stops before the model has learned the rare products",
        "Two epochs are enough; the third only forgets",
    ),
    Technique(
        "Near-duplicate removal",
        "data",
        "Duplicates were the frequent questions; removing them moved the mix",
        "Near-duplicates taught the model stale answers",
    ),
    Technique(
        "Synthetic questions",
        "data",
        "Synthetic questions are too easy: accuracy on them is 0.97",
        "Synthetic questions help only where real ones are under fifty",
    ),
    Technique(
        "Relabelling by two people",
        "data",
        "Two people disagree on one label in six; the guide has to come first",
        "A one-page guide lifted agreement more than a third person",
    ),
    Technique(
        "Balanced sampling",
        "data",
        "Balancing hurts the frequent questions more than it helps the rare",
        "Balance by product, not by question type",
    ),
    Technique(
        "Tickets of the last 90 days only",
        "data",
        "Ninety days hold too few of the rare products",
        "Old tickets describe products that are gone",
    ),
    Technique(
        "Masking of personal data",
        "data",
        "The mask swallows order numbers, and with them the answer",
        "Masking costs nothing when order numbers keep their shape",
    ),
    Technique(
        "Sentence splitting by rule",
        "data",
        "Rules break on version numbers, which our customers always quote",
        "Splitting at headings keeps an instruction in one piece",
    ),
    Technique(
        "8-bit weights in serving",
        "ml_engineering",
        "Memory fell, cost did not: kernels are the limit",
        "8-bit weights halve the memory at equal answers",
    ),
    Technique(
        "Larger batches",
        "ml_engineering",
        "Batches wait for the slowest question; the cost only moves",
        "Batches of sixteen fit the traffic of the day",
    ),
    Technique(
        "Cached prefixes",
        "ml_engineering",
        "One question in thirty shares a prefix; the cache is not worth it",
        "Half of all prompts share their first thousand tokens",
    ),
    Technique(
        "Distilled small model",
        "ml_engineering",
        "Style transferred, facts did not; hallucinations doubled",
        "The small model is as good on the ten most frequent intents",
    ),
    Technique(
        "Speculative draft model",
        "ml_engineering",
        "The draft is right four times in ten, too rarely to pay",
        "A draft of 160M parameters is right six times in ten",
    ),
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
