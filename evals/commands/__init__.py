"""The commands of ``dateline eval``, grouped by topic."""
