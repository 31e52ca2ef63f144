"""Who says a sentence, how certainly, and of which kind it is."""
