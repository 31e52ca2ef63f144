"""Panes of prepared HTML with a script of ours beside them, and the browser's own date field.

Gradio draws a ``gr.HTML`` anew by changing the page's elements in place, so that focus and scrolling survive every
streamed sentence. Values are HTML made by ``ui.render`` and by nothing else.

Functions, not subclasses: for every subclass of a component Gradio writes a .pyi file beside our source.
"""

from __future__ import annotations

import gradio as gr

_SCRIPT = "import(new URL('dateline/{module}.js', document.baseURI)).then((page) => {{ {call}; }}); // {events}"


def fixed_html(value: str, elem_id: str | None = None) -> gr.HTML:
    """A piece of the page that does nothing by itself."""
    return gr.HTML(value, js_on_load=None, apply_default_css=False, elem_id=elem_id)


def opening_pane(elem_id: str) -> gr.HTML:
    """HTML whose buttons open an article, edit or judge an exchange, or ask for more of a list."""
    return _scripted("", "page", "attachOpening(element, trigger, watch)", elem_id, "rate", "more")


def evidence_pane(value: str, elem_id: str) -> gr.HTML:
    """The article with the quote marked; its buttons also step between citations, and remove the article."""
    return _scripted(value, "page", "attachEvidence(element, trigger, watch)", elem_id, "remove")


def adding_pane(value: str, elem_id: str) -> gr.HTML:
    """A chooser of files; the event ``stored`` names those that have been sent."""
    return _scripted(value, "upload", "attachUpload(element, trigger)", elem_id, "stored")


def status_pane(elem_id: str) -> gr.HTML:
    """How far adding files has come; the chooser sends the next ones when it is over."""
    return _scripted("", "upload", "attachAdding(element, watch)", elem_id)


def history_pane(value: str, elem_id: str) -> gr.HTML:
    """The conversations that the browser keeps; ``fresh`` says that none is shown any more."""
    return _scripted(value, "history", "attachHistory(element, trigger)", elem_id, "fresh")


def wish_pane(name: str) -> gr.HTML:
    """Never seen: its value is what the page last asked for by this name, as JSON, and ``wish`` says that it has.

    Gradio drops an event that comes while an earlier one of its listener is on its way, or sends the earlier one's
    data again; a value is taken as it is by then. So the last wish counts, in ``wiring.LAST``.
    """
    return gr.HTML(
        "",
        html_template="",  # the value comes from articles and is no HTML
        js_on_load=_script("wishes", f"attachWish('{name}', trigger, props)", "wish"),
        apply_default_css=False,
        elem_id=f"wish-{name}",
        elem_classes=["wish"],
    )


def keeping_pane(elem_id: str) -> gr.HTML:
    """Never seen: hands what is to be kept to the browser."""
    return _scripted("", "history", "attachKeeper(element, watch)", elem_id)


def scope_pane(elem_id: str) -> gr.HTML:
    """The line that says what is searched; ``reset`` asks for all of the archive again."""
    return _scripted("", "page", "attachScope(element, trigger)", elem_id, "reset")


def date_field(name: str, hint: str, elem_id: str) -> gr.HTML:
    """A date as ``2026-05-04`` or empty, typed into the browser's own date field."""
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
    # Gradio finds a component's own events by their names, in quotes, in its script: hence the comment at its end.
    return _SCRIPT.format(module=module, call=f"page.{call}", events=" ".join(f"'{event}'" for event in events))
