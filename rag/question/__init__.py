"""What a question asks for, and which sentences can answer it."""
