"""The parts of a follow-up question that earlier turns complete."""
