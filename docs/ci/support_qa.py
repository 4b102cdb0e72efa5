"""A small Inspect task: twelve support questions, graded by whether the answer holds the fact.

Run as in gate.sh; with `--model mockllm/model` it needs no key and no network.
"""

from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import generate

QUESTIONS = {
    "refund-de": ("How long may I return a device in Germany?", "14 days", "de"),
    "refund-us": ("How long may I return a device in the US?", "30 days", "en"),
    "reset": ("How do I reset the device?", "ten seconds", "en"),
    "warranty": ("How long is the warranty?", "two years", "en"),
    "serial": ("Where is the serial number?", "under the battery", "en"),
    "hotline-de": ("When is the hotline open?", "8 bis 18 Uhr", "de"),
    "battery": ("How long does the battery last?", "nine hours", "en"),
    "error-42": ("What does error 42 mean?", "overheated", "en"),
    "firmware": ("How do I update the firmware?", "companion app", "en"),
    "versand-de": ("Was kostet der Versand?", "4,90 Euro", "de"),
    "invoice": ("Where is my invoice?", "order page", "en"),
    "delete": ("How do I delete my data?", "privacy settings", "en"),
}


@task
def support_qa() -> Task:
    """The task that CI runs."""
    samples = [
        Sample(id=name, input=question, target=fact, metadata={"language": language})
        for name, (question, fact, language) in QUESTIONS.items()
    ]
    return Task(dataset=samples, solver=generate(), scorer=includes(), epochs=3)
