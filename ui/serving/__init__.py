"""Endpoints for programs: REST, an OpenAI-compatible API and MCP tools, with limits shared with the page."""
