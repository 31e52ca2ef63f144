"""HTML panes with JavaScript attached, and a native date field.

Gradio updates a ``gr.HTML`` by patching the DOM in place, so focus and scroll position survive every streamed
sentence. Values are HTML made by ``ui.render`` and ``ui.render_article`` only.

These are functions, not subclasses, because Gradio writes a .pyi file beside the source of every component subclass.
"""

from __future__ import annotations

import gradio as gr

_SCRIPT = "import(new URL('dateline/{module}.js', document.baseURI)).then((page) => {{ {call}; }}); // {events}"


def fixed_html(value: str, elem_id: str | None = None) -> gr.HTML:
    """Create a static piece of the page."""
    return gr.HTML(value, js_on_load=None, apply_default_css=False, elem_id=elem_id)


def opening_pane(elem_id: str) -> gr.HTML:
    """Create a pane whose buttons open an article, edit or rate an exchange, or extend a list."""
    return _scripted("", "page", "attachOpening(element, trigger, watch)", elem_id, "rate", "more")


def evidence_pane(value: str, elem_id: str) -> gr.HTML:
    """Create the article pane; its buttons step between citations and remove the article."""
    return _scripted(value, "page", "attachEvidence(element, trigger, watch)", elem_id, "remove")


def adding_pane(value: str, elem_id: str) -> gr.HTML:
    """Create the file chooser; its event ``stored`` names the uploaded files."""
    return _scripted(value, "upload", "attachUpload(element, trigger)", elem_id, "stored")


def status_pane(elem_id: str) -> gr.HTML:
    """Create the upload progress line; the chooser sends the next files when it is finished."""
    return _scripted("", "upload", "attachAdding(element, watch)", elem_id)


def history_pane(value: str, elem_id: str) -> gr.HTML:
    """Create the list of saved conversations; its event ``fresh`` says that none is open any more."""
    return _scripted(value, "history", "attachHistory(element, trigger)", elem_id, "fresh")


def request_pane(name: str) -> gr.HTML:
    """Create a hidden pane whose value is the page's latest request of this name, as JSON.

    Its event ``request`` announces a new value. Gradio drops an event that arrives while an earlier one of the same
    listener is being processed, or resends the earlier data; a component's value is always read when the listener
    starts. So with ``wiring.LAST`` the latest request wins.
    """
    return gr.HTML(
        "",
        html_template="",  # the value is JSON with text from articles, not HTML
        js_on_load=_script("requests", f"attachRequest('{name}', trigger, props)", "request"),
        apply_default_css=False,
        elem_id=f"request-{name}",
        elem_classes=["request"],
    )


def keeping_pane(elem_id: str) -> gr.HTML:
    """Create a hidden pane that hands exchanges to the browser for storage."""
    return _scripted("", "history", "attachKeeper(element, watch)", elem_id)


def scope_pane(elem_id: str) -> gr.HTML:
    """Create the line that says what is searched; its event ``reset`` clears the limits."""
    return _scripted("", "page", "attachScope(element, trigger)", elem_id, "reset")


def date_field(name: str, hint: str, elem_id: str) -> gr.HTML:
    """Create a native date field; its value is ``2026-05-04`` or empty."""
    return gr.HTML(
        "",
        html_template=(
            '<label class="date-field"><span>${name}</span>'
            '<input type="date" value="${value}" title="${hint}" max="9999-12-31"></label>'
        ),
        js_on_load=_script("page", "attachDate(element, trigger, props)"),
        apply_default_css=False,
        elem_id=elem_id,
        name=name,
        hint=hint,
    )


def _scripted(value: str, module: str, call: str, elem_id: str, *events: str) -> gr.HTML:
    return gr.HTML(value, js_on_load=_script(module, call, *events), apply_default_css=False, elem_id=elem_id)


def _script(module: str, call: str, *events: str) -> str:
    # Gradio detects a component's custom events by their quoted names in its script: hence the comment at the end.
    return _SCRIPT.format(module=module, call=f"page.{call}", events=" ".join(f"'{event}'" for event in events))
