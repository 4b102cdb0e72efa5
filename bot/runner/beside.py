"""The process beside the training: passes on what it prints, and tells Assay of it."""

import os
import select
import signal

from bot.runner.beats import Beats, say

DEAF = 77  # exit code: nobody reads our output any more
PASSED_ON = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGUSR1,
             signal.SIGUSR2)  # fmt: skip
_CHUNK = 65536
_LONGEST_LINE = 8192
_DRAIN_MS = 300  # after its end, for what children of it still print


class Beside:
    """out: what the training prints, -1 for nothing; control: its exit code comes there, or an
    end of file when the process that waits for it was killed; over: can be read from once the
    training has ended, -1 where there is no such thing.
    """

    def __init__(self, beats: Beats, out: int, control: int, over: int) -> None:
        self._beats, self._out, self._control, self._over = beats, out, control, over
        self._poll = select.poll()
        for one in (out, control, self._over):
            if one >= 0:
                self._poll.register(one, select.POLLIN)
        self._rest = b""
        self._alone = self._ended = False
        self._exit: int | None = None

    def run(self) -> int:
        """Until the training has ended and was told; the exit code of this process."""
        for number in PASSED_ON:
            signal.signal(number, lambda *_: None)  # passed on to the training, not meant for us
        self._beats.start()
        try:
            while not self._is_over():
                for one, _ in self._poll.poll():
                    self._take(one)
            while self._out >= 0 and any(o == self._out for o, _ in self._poll.poll(_DRAIN_MS)):
                self._take(self._out)
        except BrokenPipeError:
            return DEAF
        self._hang_up()
        self._beats.finish(self._exit)
        return 0

    def _is_over(self) -> bool:
        return self._exit is not None or (self._alone and (self._ended or self._over < 0))

    def _take(self, one: int) -> None:
        data = os.read(one, _CHUNK) if one != self._over else b""
        if not data:
            self._poll.unregister(one)
        if one == self._over:
            self._ended = True
        elif one == self._control:
            self._alone, self._exit = not data, int(data) if data else self._exit
        elif not data:
            self._out = -1
        else:
            _write(data)
            self._read(data)

    def _read(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).replace(b"\r\n", b"\n").split(b"\n")
        self._rest = self._rest[-_LONGEST_LINE:]
        for one in whole:
            try:
                self._beats.line(one[-_LONGEST_LINE:].decode(errors="replace"))
            except Exception as fault:  # noqa: BLE001 - what it prints must never stop for us
                say(f"a line could not be read ({type(fault).__name__}).")

    def _hang_up(self) -> None:
        """Whoever reads our output is not kept waiting by the last beat."""
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)


def _write(data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(1, left) :]
