"""A simulated past of the board, played by the rules that people obey."""
