"""What the rules read in a sentence: words, amounts, times, names and quotations. No model, no guessing."""
