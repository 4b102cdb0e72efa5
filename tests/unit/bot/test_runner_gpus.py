"""How many GPUs a command holds, by what its machine says of itself."""

import pytest

from bot.runner.gpus import Nvml, held, visible


@pytest.mark.parametrize(
    ("env", "told", "count"),
    [
        ({"CUDA_VISIBLE_DEVICES": "0,1,3"}, None, 3),
        ({"CUDA_VISIBLE_DEVICES": ""}, None, 0),
        ({"CUDA_VISIBLE_DEVICES": "0,-1,2"}, None, 1),  # CUDA reads up to the first that is none
        ({"CUDA_VISIBLE_DEVICES": "GPU-8f2a,MIG-1c"}, None, 2),
        ({"SLURM_GPUS": "a100:8", "CUDA_VISIBLE_DEVICES": "0"}, None, 8),
        ({"SLURM_GPUS_ON_NODE": "4", "SLURM_NNODES": "2"}, None, 8),
        ({"CUDA_VISIBLE_DEVICES": "0"}, 16, 16),
    ],
)
def test_what_is_allocated_counts(env, told, count):
    assert held(env, Nvml("no-such-library.so"), told) == (count, False)


def test_without_any_word_and_driver_it_is_unknown():
    assert held({}, Nvml("no-such-library.so")) == (None, False)
    assert Nvml("no-such-library.so").busy(visible({"CUDA_VISIBLE_DEVICES": "0"})) is None
