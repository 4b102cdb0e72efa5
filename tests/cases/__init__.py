"""Runs reference case files against core: `python -m tests.cases FILE…`.

A new kind of file is a runner: a function (loaded JSON, path) -> list of Result, registered in
`registry.RUNNERS` with a function that recognises the file.
"""
