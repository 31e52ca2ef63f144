"""Rules that read words, amounts, times, names, quotations and reported speech in English, without a model."""
