"""What several flows share."""

from collections.abc import Iterator

import pytest

from tests import mlflow_server
from tests.mlflow_server import Mlflow


@pytest.fixture(scope="session")
def mlflow() -> Iterator[Mlflow]:
    """A real MLflow server, one for all tests of this process."""
    yield from mlflow_server.serve()
