import os

import pytest

from tyngdepunkt.documents import FORMATS, files, write
from tyngdepunkt.errors import UserError


def test_every_format_is_written_in_the_order_asked_for(document, tmp_path):
    paths = write(document, tmp_path / "ny" / "mappe", ("xlsx", "html", "docx", "pdf", "html"), "sak")
    assert [path.name for path in paths] == ["sak.xlsx", "sak.html", "sak.docx", "sak.pdf"]
    assert all(path.stat().st_size > 2000 for path in paths)
    assert sorted(path.name for path in (tmp_path / "ny" / "mappe").iterdir()) == sorted(
        p.name for p in paths
    )


def test_unknown_formats_are_named_together_and_nothing_is_written(document, tmp_path):
    with pytest.raises(UserError) as caught:
        write(document, tmp_path / "ut", ("docx", "odt", "rtf"))
    assert [fault.values["format"] for fault in caught.value.faults] == ["odt", "rtf"]
    assert caught.value.faults[0].values["known"] == FORMATS
    assert not (tmp_path / "ut").exists()


def test_a_format_that_fails_leaves_the_others_as_they_were(document, tmp_path, monkeypatch):
    (tmp_path / "sak.html").write_text("den forrige")
    from tyngdepunkt.documents import pdf

    def fail(document):
        raise RuntimeError("feil i setteren")

    monkeypatch.setattr(pdf, "render", fail)
    with pytest.raises(RuntimeError):
        write(document, tmp_path, ("html", "pdf"), "sak")
    assert [path.name for path in tmp_path.iterdir()] == ["sak.html"]
    assert (tmp_path / "sak.html").read_text() == "den forrige"


def test_a_file_that_cannot_be_replaced_brings_the_others_back(tmp_path):
    (tmp_path / "a.txt").write_text("før")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(UserError) as caught:
        files.put_in_place(tmp_path, {"a.txt": b"etter", "ny.txt": b"ny", "b.txt": b"etter"})
    assert caught.value.faults[0].key == "documents:cannot_write"
    assert (tmp_path / "a.txt").read_text() == "før"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_what_is_replaced_is_whole(tmp_path):
    (tmp_path / "a.txt").write_text("en lang tekst fra før")
    assert files.put_in_place(tmp_path, {"a.txt": b"ny"}) == [tmp_path / "a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"ny"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_in_is_said_so(document, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UserError):
        write(document, tmp_path, ("html",))


def test_a_file_where_the_folder_should_be_is_said_so(document, tmp_path):
    (tmp_path / "ut").write_text("en fil")
    with pytest.raises(UserError) as caught:
        write(document, tmp_path / "ut", ("html",))
    assert caught.value.faults[0].key == "documents:cannot_write"


@pytest.mark.parametrize("stem", ["../ute", "a/b"])
def test_a_name_that_leads_elsewhere_is_a_bug(document, tmp_path, stem):
    with pytest.raises(ValueError, match="plain file name"):
        write(document, tmp_path, ("html",), stem)
