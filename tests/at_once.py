"""Several things done at the same moment, each in a thread."""

import threading
from collections.abc import Callable, Sequence


def at_once(acts: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Begin all of them together; what they raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait(timeout=10)
        try:
            act()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised
