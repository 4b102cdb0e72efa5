"""Assay in a workspace: Home, help and first steps; roles, settings, tokens, audit, retention."""
