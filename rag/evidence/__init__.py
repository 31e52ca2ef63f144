"""The evidence model: a small cross-encoder that scores answers and supported claims, and the code that trains it."""
