"""The chat window: Gradio components wired to ``ui.actions``, mounted behind the content security policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from gradio.events import api
from starlette.staticfiles import StaticFiles

from ui.api import ask_endpoint
from ui.components.adding import Adding
from ui.components.panes import fixed_html
from ui.components.past import Past, recheck, wire_rating
from ui.components.reading import Reading
from ui.components.side import Side
from ui.components.talk import Talk
from ui.curator import Curator
from ui.policy import ContentPolicy, guard_hosts
from ui.ports import ChatbotPort, Shelf
from ui.receiving import upload_route
from ui.render import page_html
from ui.serving.mount import Serving, add_endpoints

STATIC = Path(__file__).parent / "static"


def chat_app(
    archive: Shelf,
    chatbot: ChatbotPort,
    *,
    host: str,
    examples: Sequence[str] = (),
    serving: Serving | None = None,
    curator: Curator | None = None,
) -> FastAPI:
    """Build the server: the page, the endpoints and their middleware; read-only without a ``curator``."""
    app = FastAPI(title="Dateline", openapi_url=None, docs_url=None, redoc_url=None)
    serving = serving or Serving()
    desk = serving.desk(chatbot)
    add_endpoints(app, archive, desk, serving)
    if curator:
        app.include_router(upload_route(curator.uploads))
    app.add_middleware(ContentPolicy)
    guard_hosts(app, host)
    app.mount("/dateline", StaticFiles(directory=STATIC))
    gr.mount_gradio_app(
        app,
        chat_blocks(archive, desk, examples, curator),
        path="/",
        theme=_theme(),
        # Not css_paths: Gradio would scope every selector to its own container.
        head=page_html("head"),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        show_error=False,  # the page shows errors itself; details go to the terminal
        max_file_size=0,  # Gradio accepts no files; uploads go to ui.receiving
    )
    return app


def chat_blocks(
    archive: Shelf, chatbot: ChatbotPort, examples: Sequence[str] = (), curator: Curator | None = None
) -> gr.Blocks:
    """Build the page and its listeners; users share only the archive, the chatbot and the curator."""
    page = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True, fill_height=True)
    with page:
        fixed_html(page_html("masthead"), "masthead")
        with gr.Row(elem_id="shell"):
            with gr.Column(elem_id="archive"):
                fixed_html(page_html("side_head"))
                past = Past()
                fixed_html(page_html("archive_head"))
                adding = Adding(curator) if curator else None
                side = Side()
            with gr.Column(elem_id="talk"):
                talk = Talk(examples, rating=curator is not None)
            with gr.Column(elem_id="evidence"):
                reading = Reading()
        side.wire(page, archive, talk.scope)
        talk.wire(archive, chatbot, side.limits)
        past.wire(archive, talk, reading)
        removed = reading.wire(archive, curator, talk.exchanges)
        if curator and adding:
            wire_rating(curator, talk)
            for changed in (adding.wire(), removed):
                recheck(side.refresh(changed, archive, talk.scope), archive, talk)
        api(ask_endpoint(chatbot), api_name="ask", concurrency_limit=None)
    return page


def _theme() -> gr.themes.Base:
    """Use only locally installed fonts; the page's own style sheets do the rest."""
    return gr.themes.Base(
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )
