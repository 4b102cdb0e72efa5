"""The board: moves, limits and metrics, the GPU queue, engineering tickets."""
