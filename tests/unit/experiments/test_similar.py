"""Past experiments found by what a new one says, in other words."""

import pytest

from core.experiments.similar import pieces, similar
from tests.tickets import experiment

# number: (title, hypothesis, what was learned). Invented, like what such teams write.
PAST = {
    1: ("Fine-tune Llama-3-8B on support corpus", "QLoRA on 50K support tickets lifts accuracy",
        "Overfits after the second epoch; deduplicate the corpus first"),
    2: ("Late chunking", "Embedding whole pages before splitting keeps the context of a passage",
        "No gain on short documents"),
    3: ("Hybrid retrieval", "BM25 together with dense vectors finds product codes",
        "Rank fusion beats either one by four points"),
    4: ("Reranker with a cross-encoder", "Reordering the top 50 passages raises the hit rate",
        "400 ms slower, too slow for chat"),
    5: ("Few-shot prompt with five examples", "Examples in the prompt fix the output format",
        "Works, but costs twice the tokens"),
    6: ("Chain of thought", "Asking for steps first helps with arithmetic questions",
        "Longer answers, no better on lookups"),
    7: ("Distil into a 1B student", "A small student keeps 95% of the quality at a tenth of cost",
        "Loses rare intents"),
    8: ("Int8 quantisation", "Eight-bit weights halve the memory without loss", "True; shipped"),
    9: ("Synthetic questions from manuals", "Generated question pairs replace annotation",
        "Generated questions are too easy"),
    10: ("Active learning for labels", "Labelling the uncertain tickets first saves half",
         "Saves a third"),
    11: ("Detect the customer's language", "Routing by language avoids wrong replies in German",
         "fastText is enough"),
    12: ("Sentiment as a feature", "Angry customers need another tone", "No effect on ratings"),
    13: ("Cache frequent answers", "A semantic cache answers a third of all requests",
         "Stale answers after price changes"),
    14: ("Speech recognition with Whisper large", "Whisper halves the word error rate on calls",
         "Noise on mobile lines stays hard"),
    15: ("Table extraction with a vision model", "Reading tables as pictures beats OCR",
         "Wins on scanned invoices"),
    16: ("Learning rate warm-up", "A longer warm-up stops the loss spikes", "Spikes came from bad "
         "batches"),
    17: ("Filter toxic replies", "A classifier behind the bot stops rude replies",
         "Blocks one in 200 good ones"),
    18: ("Longer context of 32k tokens", "Whole manuals in the window make retrieval unneeded",
         "Lost in the middle; slower"),
    19: ("Ensemble of three seeds", "Averaging checkpoints of three seeds reduces variance",
         "Half a point, three times the GPU bill"),
    20: ("Clean duplicates from the index", "Removing near-duplicates from the knowledge base "
         "sharpens search", "MinHash found 18% copies"),
    21: ("Intent taxonomy with 40 classes", "Finer intents route tickets better",
         "Agents disagree about 12 of them"),
    22: ("Direct preference optimisation", "DPO on thumbs up and down makes replies helpful",
         "Too few votes"),
    23: ("Forecast ticket volume", "Weather and holidays predict how many tickets arrive",
         "Holidays do, weather does not"),
    24: ("Redact personal data", "Masking names before training keeps quality", "No loss at all"),
}  # fmt: skip
ASKED = {
    "Train Llama on our helpdesk tickets with LoRA": 1,
    "Embed the complete document first and chunk afterwards": 2,
    "Combine keyword search and vector search": 3,
    "Use a cross encoder to rerank retrieved passages": 4,
    "Put a handful of examples into the prompt": 5,
    "Let the model think step by step": 6,
    "Distillation to a smaller model": 7,
    "Quantise weights to 8 bit to save memory": 8,
    "Generate training questions from the handbook automatically": 9,
    "Pick the most uncertain samples for labelling": 10,
    "Identify which language the client writes in": 11,
    "Adapt the tone when the customer is angry": 12,
    "Semantic caching of common questions": 13,
    "Transcribe phone calls with whisper": 14,
    "Extract tables from scanned PDFs by a vision language model": 15,
    "Warmup schedule against loss spikes": 16,
    "Stop toxic output with a safety classifier": 17,
    "Skip retrieval and use a very long context window": 18,
    "Average several seeds": 19,
    "Deduplicate the knowledge base": 20,
}
NEW = [
    "Negotiate GPU prices with another cloud",
    "Show confidence to the agents in the interface",
    "Voice output with a friendly speaker",
    "Federated training across hospitals",
]


def past():
    return [
        experiment(number=number, title=title, hypothesis=hypothesis, learnings=learned,
                   stage="killed", method="")
        for number, (title, hypothesis, learned) in PAST.items()
    ]  # fmt: skip


def test_paraphrased_questions_find_the_experiment_they_mean():
    tickets, first, among = past(), 0, 0
    for text, number in ASKED.items():
        found = [match.ticket.number for match in similar(text, tickets)]
        first += found[:1] == [number]
        among += number in found
    print(f"R@1 {first / len(ASKED):.2f}, R@3 {among / len(ASKED):.2f} of {len(ASKED)}")
    assert first >= 16
    assert among >= 18


def test_something_new_offers_little():
    tickets = past()
    assert sum(bool(similar(text, tickets)) for text in NEW) <= 1


@pytest.mark.parametrize("text", ["", "the model and the accuracy", "85% 2026"])
def test_words_that_say_nothing_find_nothing(text):
    assert similar(text, past()) == []


def test_without_a_past_there_is_nothing_to_offer():
    assert similar("late chunking", []) == []


def test_at_most_three_are_offered_the_nearest_first():
    copies = [experiment(number=n, title="Late chunking", learnings="") for n in (1, 2, 3, 4)]
    found = similar("Late chunking of manuals", [*past(), *copies])
    assert len(found) == 3
    assert [match.score for match in found] == sorted((m.score for m in found), reverse=True)


def test_words_are_cut_into_pieces_of_three():
    assert set(pieces("Chunks of AI")) == {"chu", "hun", "unk", "nks", "ai"}
