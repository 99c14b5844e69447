"""Pages on paper: A4, by the Chromium of the machine, and a clear word where there is none."""

from __future__ import annotations

import shutil

import pytest

from cacorridor import UsageError
from cacorridor.views.report import pdf

needs_browser = pytest.mark.skipif(
    not any(map(shutil.which, pdf.BROWSERS)), reason="no chromium on this machine: nothing is printed"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "a page.html"
    path.write_text("<!DOCTYPE html><title>T</title><p>text", encoding="utf-8")
    return path


@pytest.mark.browser
@needs_browser
def test_a_page_is_printed_whole_into_new_directories(page, tmp_path):
    target = tmp_path / "new" / "page.pdf"
    pdf.write_pdf(page, target)
    assert target.read_bytes().startswith(b"%PDF")
    assert [path.name for path in target.parent.iterdir()] == ["page.pdf"]


def test_a_page_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no such page"):
        pdf.write_pdf(tmp_path / "none.html", tmp_path / "none.pdf")


def test_without_a_browser_the_error_names_what_is_looked_for(page, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"chromium, chromium-browser, google-chrome.*none was found"):
        pdf.write_pdf(page, tmp_path / "page.pdf")


@pytest.mark.parametrize("script", ["exit 0", "echo cannot print >&2; exit 1"])
def test_a_browser_that_prints_nothing_is_told(page, tmp_path, monkeypatch, script):
    fake = tmp_path / "bin" / "chromium"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    with pytest.raises(UsageError, match="printed nothing"):
        pdf.write_pdf(page, tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


def test_a_browser_that_never_ends_is_told(page, tmp_path, monkeypatch):
    fake = tmp_path / "bin" / "chromium"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nexec /bin/sleep 60\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    monkeypatch.setattr(pdf, "PATIENCE_S", 0.2)
    with pytest.raises(UsageError, match="did not print"):
        pdf.write_pdf(page, tmp_path / "page.pdf")
