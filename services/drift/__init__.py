"""Watched sources: have the inputs changed?"""
