"""A scene that takes long is played by one worker, once."""

from tests.grouped import scope_of


def test_what_shares_a_scene_is_one_piece_and_all_else_is_alone():
    pictures = "tests/flows/test_pictures.py::test_"
    assert scope_of(f"{pictures}a") == scope_of(f"{pictures}b") == "pictures"
    page = scope_of("tests/flows/test_page_forms.py::test_a")
    assert page == scope_of("tests/flows/test_page_frame.py::test_a") == "browser"
    played = "tests/flows/test_fortnight.py::test_"
    assert scope_of(f"{played}a[socket]") == scope_of(f"{played}b[socket]")
    assert scope_of(f"{played}a[socket]") != scope_of(f"{played}a[http]")
    alone = "tests/unit/test_grouped.py::test_a"
    assert scope_of(alone) == alone
