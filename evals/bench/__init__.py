"""Timings and figures by hand: each module is a command of its own."""
