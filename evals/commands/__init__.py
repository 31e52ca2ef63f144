"""The commands of ``dateline eval``, a file for each thing they are about."""
