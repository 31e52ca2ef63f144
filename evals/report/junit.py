"""The report as JUnit XML for CI systems: one test per gate and one per case."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from evals.gates import Status
from evals.report.view import View

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(view: View) -> str:
    """Render a suite of gates and a suite of cases. A case is an error if the chatbot crashed, else it passes."""
    root = ET.Element("testsuites", name=_xml(f"dateline eval {view.title}"))
    _gates(root, view)
    _cases(root, view)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _gates(root: ET.Element, view: View) -> None:
    outcomes = view.gates.outcomes if view.gates else ()
    failed = sum(outcome.status is not Status.PASSED for outcome in outcomes)
    suite = ET.SubElement(root, "testsuite", name="gates", tests=str(len(outcomes)), failures=str(failed))
    for outcome in outcomes:
        test = ET.SubElement(suite, "testcase", classname="gates", name=outcome.gate.measure)
        if outcome.status is not Status.PASSED:
            failure = ET.SubElement(test, "failure", type=outcome.status.value, message=_xml(outcome.why))
            worse = [w for w in (view.gates.worse if view.gates else ()) if w.measure == outcome.gate.measure]
            failure.text = _xml("\n".join(f"{w.case_id}: {w.before:g} -> {w.after:g}" for w in worse))


def _cases(root: ET.Element, view: View) -> None:
    crashed = {failure["id"]: failure for failure in view.scores["failures"]}
    count = len(view.scores["cases"])
    suite = ET.SubElement(root, "testsuite", name="cases", tests=str(count), errors=str(len(crashed)))
    for case_id in view.scores["cases"]:
        record = view.records[case_id]
        test = ET.SubElement(suite, "testcase", classname="cases", name=_xml(case_id), time=f"{record.seconds:.3f}")
        if case_id in crashed:
            failure = crashed[case_id]
            ET.SubElement(test, "error", type=_xml(failure["kind"]), message=_xml(failure["message"]))


def _xml(text: str) -> str:
    """``text`` with a replacement character for each character that XML does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)
