"""How many GPUs a command may use, and how busy they are (NVML, where the driver brings it)."""

import ctypes
import re
from collections.abc import Mapping, Sequence

_LIBRARY = "libnvidia-ml.so.1"


class _Busy(ctypes.Structure):
    """nvmlUtilization_t: per cent of the last sample period."""

    _fields_ = [("gpu", ctypes.c_uint), ("memory", ctypes.c_uint)]


class Nvml:
    """The driver's own measurement; without a driver nothing is known."""

    def __init__(self, library: str = _LIBRARY) -> None:
        try:
            self._nvml = ctypes.CDLL(library)
            self._there = self._nvml.nvmlInit_v2() == 0
        except (OSError, AttributeError):
            self._there = False

    def count(self) -> int | None:
        """GPUs of this machine, None when nobody can say."""
        found = ctypes.c_uint()
        if not self._there or self._nvml.nvmlDeviceGetCount_v2(ctypes.byref(found)) != 0:
            return None
        return int(found.value)

    def busy(self, only: Sequence[int] = ()) -> float | None:
        """Mean utilisation of these GPUs (all, when none are named), 0 to 1; None when unknown."""
        if not self._there:
            return None
        seen = [self._one(index) for index in only or range(self.count() or 0)]
        known = [one for one in seen if one is not None]
        return min(1.0, sum(known) / len(known) / 100) if known else None

    def _one(self, index: int) -> int | None:
        handle, busy = ctypes.c_void_p(), _Busy()
        nvml = self._nvml
        if nvml.nvmlDeviceGetHandleByIndex_v2(index, ctypes.byref(handle)) != 0:
            return None
        if nvml.nvmlDeviceGetUtilizationRates(handle, ctypes.byref(busy)) != 0:
            return None
        return int(busy.gpu)


def held(env: Mapping[str, str], nvml: Nvml, told: int | None = None) -> tuple[int | None, bool]:
    """How many GPUs the command holds, and whether that is only the machine's number: told with
    --gpus, allocated by SLURM (over all its nodes), visible to CUDA, else all there are.
    """
    if told is not None:
        return told, False
    nodes = _number(env.get("SLURM_NNODES") or env.get("SLURM_JOB_NUM_NODES") or "1") or 1
    if (total := _number(env.get("SLURM_GPUS", ""))) is not None:
        return total, False
    for name in ("SLURM_GPUS_ON_NODE", "SLURM_GPUS_PER_NODE"):
        if (each := _number(env.get(name, ""))) is not None:
            return each * nodes, False
    visible = env.get("CUDA_VISIBLE_DEVICES")
    if visible is not None:
        return len(_devices(visible)), False
    found = nvml.count()
    return found, found is not None


def visible(env: Mapping[str, str]) -> list[int]:
    """Which of the machine's GPUs it sees, by index; [] for all, or when named by UUID."""
    found = _devices(env.get("CUDA_VISIBLE_DEVICES", ""))
    return [int(one) for one in found] if all(one.isdigit() for one in found) else []


def _devices(text: str) -> list[str]:
    """CUDA reads the list up to the first that is none."""
    found: list[str] = []
    for one in (part.strip() for part in text.split(",")):
        if not re.fullmatch(r"\d+|(?:GPU|MIG)-[\w/-]+", one):
            break
        found.append(one)
    return found


def _number(text: str) -> int | None:
    """`4`, and SLURM's `a100:4`; None for anything else."""
    found = re.fullmatch(r"(?:[\w.-]+:)?(\d{1,5})", text.strip())
    return int(found.group(1)) if found else None
