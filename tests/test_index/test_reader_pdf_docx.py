"""PDF and Word files yield their text and stated title and author, but no date of the file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from test_index.fakes_files import article, pdf, problem, read_content

from index.types import Article


def word(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def test_text_title_and_author_of_a_pdf_are_read_but_not_its_creation_date(tmp_path: Path) -> None:
    data = pdf(["The dam above Varn cracked.", "Twelve people were hurt."], title="Dam wall cracks", author="Jane Roe")
    read = article(read_content(tmp_path, "dam.pdf", data))
    assert read.text == "The dam above Varn cracked.\nTwelve people were hurt."
    assert (read.title, read.author, read.published, read.updated) == ("Dam wall cracks", "Jane Roe", None, None)


def test_a_pdf_without_metadata_has_none(tmp_path: Path) -> None:
    read = article(read_content(tmp_path, "dam.pdf", pdf(["The dam cracked."])))
    assert (read.title, read.author) == (None, None)


def test_a_scanned_pdf_is_a_problem(tmp_path: Path) -> None:
    assert "without a text layer" in problem(read_content(tmp_path, "scan.pdf", pdf([]))).problem


def test_a_pdf_with_a_password_is_a_problem(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Secret words."])))
    writer.encrypt("open sesame", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in problem(read_content(tmp_path, "a.pdf", out.getvalue())).problem


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize("data", [b"not what its name says", b"%PDF-1.7\n", b"PK\x03\x04" + b"\0" * 40])
def test_a_file_whose_content_does_not_match_its_suffix_is_a_problem(tmp_path: Path, name: str, data: bytes) -> None:
    found = problem(read_content(tmp_path, name, data))
    assert "damaged or not a" in found.problem
    assert found.path == tmp_path / name


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_truncated_pdf_or_word_file_yields_a_problem_or_its_whole_text(tmp_path: Path, keep: float) -> None:
    for name, data in (("a.pdf", pdf(["The dam cracked."])), ("a.docx", word("The dam cracked."))):
        (item,) = read_content(tmp_path, name, data[: int(len(data) * keep)])
        assert not isinstance(item, Article) or item.text == "The dam cracked."


def test_paragraphs_title_and_author_of_a_word_file_are_read_but_not_its_dates(tmp_path: Path) -> None:
    read = article(read_content(tmp_path, "a.docx", word("One.", "Two.\tThree.", title="Dam", author="Jane Roe")))
    assert (read.text, read.title, read.author) == ("One.\nTwo.\tThree.", "Dam", "Jane Roe")
    assert (read.published, read.updated) == (None, None)


def test_a_paragraph_in_title_style_is_the_title_if_the_properties_have_none(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("Dam wall cracks", level=0)
    document.add_paragraph("It cracked on Monday.")
    read = article(read_content(tmp_path, "a.docx", saved(document)))
    assert (read.title, read.text) == ("Dam wall cracks", "Dam wall cracks\nIt cracked on Monday.")


def test_tables_content_controls_and_tracked_insertions_are_read_and_deletions_are_not(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    document.add_paragraph("Before.")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "In a table."
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>17</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="x">{run.format("16")}</w:ins>'
    moved = f'<w:moveFrom w:id="3" w:author="x">{run.format(" moved")}</w:moveFrom>'
    for xml in (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p {nsdecls('w')}>{run.format('Toll: ')}{deleted}{inserted}{moved}</w:p>",
    ):
        document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    read = article(read_content(tmp_path, "a.docx", saved(document)))
    assert read.text.split("\n") == ["Before.", "", "In a table.", "In a control.", "Toll: 16"]


def test_a_word_file_that_would_unpack_far_beyond_the_limit_is_rejected_before_unpacking(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    assert "unpacks to 3,000,000 bytes" in problem(read_content(tmp_path, "a.docx", out.getvalue(), 200_000)).problem
