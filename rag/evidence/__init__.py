"""Does a passage answer a question, does evidence support a claim: one small cross-encoder, and how it is trained."""
