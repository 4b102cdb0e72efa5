"""Two teams to be."""

import pytest

from tests.teams import arrange


@pytest.fixture
def lab(talk):
    """Ada runs the app; Lee leads NLP in CNLP, Ana and Ben work there; Zoe is new."""
    return arrange(talk)
