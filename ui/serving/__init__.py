"""What the chat window's server offers programs: REST, OpenAI's protocol, and limits that page and programs share."""
