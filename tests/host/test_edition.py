"""The host sees that there is other content, and nothing of what is in it."""

from kiosk.host.edition import LOOK_S, Edition


def test_a_link_that_leads_elsewhere_is_another_edition_once(tmp_path):
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
    link = tmp_path / "content"
    link.symlink_to("1")
    edition = Edition(link)
    assert not edition.has_changed(10.0)
    fresh = tmp_path / "fresh"
    fresh.symlink_to("2")
    fresh.replace(link)
    assert not edition.has_changed(10.0 + LOOK_S / 2)
    assert edition.has_changed(10.0 + LOOK_S)
    assert not edition.has_changed(10.0 + 2 * LOOK_S)


def test_content_that_goes_and_comes_is_another_edition(tmp_path):
    content = tmp_path / "content"
    edition = Edition(content)
    assert not edition.has_changed(1.0)
    content.mkdir()
    assert edition.has_changed(2.0)
    content.rmdir()
    assert edition.has_changed(3.0)


def test_a_file_changed_in_place_is_no_other_edition(tmp_path):
    """Content is handed over whole; what an author is still writing is not shown half."""
    edition = Edition(tmp_path)
    (tmp_path / "new.toml").write_text("")
    assert not edition.has_changed(1.0)
