"""Panes of prepared HTML whose buttons open articles, and the browser's own date field.

Gradio draws a ``gr.HTML`` anew by changing the page's elements in place, so that focus and scrolling survive every
streamed sentence. Values are HTML made by ``ui.render`` and by nothing else.

Functions, not subclasses: for every subclass of a component Gradio writes a .pyi file beside our source.
"""

from __future__ import annotations

import gradio as gr

# Gradio finds a component's own events by their names, in quotes, in this script: hence the comment at its end.
_SCRIPT = "import(new URL('dateline/page.js', document.baseURI)).then((page) => {{ {call}; }}); // 'open'"


def fixed_html(value: str, elem_id: str | None = None) -> gr.HTML:
    """A piece of the page that does nothing by itself."""
    return gr.HTML(value, js_on_load=None, apply_default_css=False, elem_id=elem_id)


def opening_pane(elem_id: str) -> gr.HTML:
    """HTML whose buttons open an article: each sends an ``open`` event with what ``Opening.from_page`` reads."""
    return _scripted("", "attachOpening(element, trigger, watch)", elem_id)


def evidence_pane(value: str, elem_id: str) -> gr.HTML:
    """The article with the quote marked; its buttons also step between citations."""
    return _scripted(value, "attachEvidence(element, trigger, watch)", elem_id)


def date_field(name: str, hint: str, elem_id: str) -> gr.HTML:
    """A date as ``2026-05-04`` or empty, typed into the browser's own date field."""
    return gr.HTML(
        "",
        html_template=(
            '<label class="date-field"><span>${name}</span>'
            '<input type="date" value="${value}" title="${hint}" max="9999-12-31"></label>'
        ),
        js_on_load=_SCRIPT.format(call="page.attachDate(element, trigger, props)"),
        apply_default_css=False,
        elem_id=elem_id,
        name=name,
        hint=hint,
    )


def _scripted(value: str, call: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, js_on_load=_SCRIPT.format(call=f"page.{call}"), apply_default_css=False, elem_id=elem_id)
