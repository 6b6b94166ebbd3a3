import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import BuildConfig
from generator.errors import SiteError
from generator.write.lock import exclusive
from generator.write.removal import guard_removal
from generator.write.tree import Tree

LIMITS = BuildConfig()


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "site")


def test_a_page_is_the_index_of_its_folder(tree: Tree) -> None:
    assert tree.write("/en-us/waco/", b"page")
    assert (tree.folder / "en-us/waco/index.html").read_bytes() == b"page"
    assert tree.has("/en-us/waco/")


@pytest.mark.parametrize("path", ["/a/b/", "/404.html"])
@pytest.mark.parametrize("before", ["", "/a/", "/a", "/a/b/", "/a/b"])
def test_what_is_taken_for_new_is_written_whatever_is_there(tree: Tree, path: str, before: str) -> None:
    if before:
        tree.write(before, b"before")
    assert tree.write(path, b"page", is_new=True)
    assert tree.file(path).read_bytes() == b"page"


def test_a_page_is_no_program(tree: Tree) -> None:
    tree.write("/a/", b"<p>a</p>")
    assert not tree.file("/a/").stat().st_mode & 0o111


def test_writing_the_same_bytes_again_touches_nothing(tree: Tree) -> None:
    tree.write("/a/", b"page")
    file = tree.file("/a/")
    os.utime(file, (1, 1))
    assert not tree.write("/a/", b"page")
    assert file.stat().st_mtime == 1


def test_a_page_of_the_same_length_but_other_words_is_replaced(tree: Tree) -> None:
    tree.write("/a/", b"one")
    assert tree.write("/a/", b"two")
    assert tree.file("/a/").read_bytes() == b"two"


def test_no_temporary_file_is_left_behind(tree: Tree) -> None:
    tree.write("/a/", b"one")
    tree.write("/a/", b"two")
    assert list(tree.files()) == ["/a/index.html"]


def test_a_file_where_a_folder_must_be_gives_way(tree: Tree) -> None:
    tree.write("/a", b"file")
    assert tree.write("/a/b/", b"page")
    assert list(tree.files()) == ["/a/b/index.html"]


def test_a_folder_where_a_file_must_be_gives_way(tree: Tree) -> None:
    tree.write("/a/b/", b"page")
    assert tree.write("/a", b"file")
    assert list(tree.files()) == ["/a"]


@pytest.mark.parametrize(
    "path", ["/../x/", "/a/../../x/", "a/", "", "//x/", "/a//b/", "/./x/", "/a\nb/", "/a\\b/", "/\0/"]
)
def test_an_address_that_would_leave_the_tree_is_refused(tree: Tree, path: str) -> None:
    with pytest.raises(ValueError, match="is not an address"):
        tree.write(path, b"x")


@given(st.text(max_size=40))
def test_whatever_the_address_no_file_lies_outside_the_tree(path: str) -> None:
    tree = Tree(Path("/site"))
    try:
        file = tree.file(path)
    except ValueError:
        return
    assert Path(os.path.normpath(file)).is_relative_to("/site")


def test_removal_takes_empty_folders_along_and_leaves_full_ones(tree: Tree) -> None:
    tree.write("/a/b/", b"x")
    tree.write("/a/c/", b"x")
    tree.remove(["/a/b/index.html"])
    assert not (tree.folder / "a/b").exists()
    assert tree.has("/a/c/")


def test_removing_more_than_a_fifth_stops_and_says_how_to_allow_it() -> None:
    removed = ["/6/index.html", "/7/index.html"]
    with pytest.raises(SiteError) as raised:
        guard_removal(removed, lambda: 8, LIMITS, 0)
    assert str(raised.value) == (
        "output/site: this build would remove 2 of 8 published files (/6/index.html, /7/index.html). Nothing was"
        " changed. If that is what you want, build again with --allow-removal 2 (make pages ARGS='--allow-removal 2')."
    )
    guard_removal(removed, lambda: 8, LIMITS, 2)


def test_removing_more_than_fifty_stops_however_large_the_site_is() -> None:
    removed = [f"/{number}/index.html" for number in range(51)]
    with pytest.raises(SiteError, match="would remove 51 of 300"):
        guard_removal(removed, lambda: 300, LIMITS, 0)
    guard_removal(removed[1:], lambda: 300, LIMITS, 0)


def test_old_assets_sitemaps_and_leftovers_do_not_count_against_the_limit() -> None:
    guard_removal(["/assets/x-1.jpg", "/sitemaps/a.xml", "/b/.index.html.7.building"], lambda: 1, LIMITS, 0)


def test_a_reader_of_a_page_that_is_replaced_never_sees_half_of_it(tree: Tree) -> None:
    tree.write("/a/", b"old" * 1000)
    with tree.file("/a/").open("rb") as reading:
        tree.write("/a/", b"new")
        assert reading.read() == b"old" * 1000


def test_a_folder_that_is_a_link_stops_the_build_before_it_writes_elsewhere(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    tree.folder.mkdir()
    (tree.folder / "en-us").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteError, match="is a link to another, and nothing may be written there"):
        list(tree.files())


def test_a_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    with exclusive(tmp_path):
        with pytest.raises(SiteError) as raised, exclusive(tmp_path):
            pass
        what = "another build is writing into this folder. Wait until it has ended, then run again."
        assert str(raised.value) == f"{tmp_path.as_posix()}: {what}"
    with exclusive(tmp_path):
        pass


PAGES = ("/", "/404.html", "/en/", "/en/a/", "/en/a/x/", "/en/a/y/", "/en/b/", "/en/b/z/")


@pytest.mark.parametrize(
    ("alter", "files", "folders"),
    [
        ("nothing", set(), set()),
        ("a page in place", {"/en/a/x/"}, set()),
        ("a file beside a page", set(), {"/en/b/z/"}),
        ("a page", {"/en/b/z/"}, {"/en/b/z/"}),
        # The folder of a page that holds others is altered with what it holds.
        ("a folder of pages", {"/en/a/", "/en/a/x/", "/en/a/y/"}, {"/en/", "/en/a/", "/en/a/x/", "/en/a/y/"}),
        ("the whole tree", {*PAGES}, {*PAGES}),
        ("a file where a folder was", {"/en/a/", "/en/a/x/", "/en/a/y/"}, {"/en/", "/en/a/", "/en/a/x/", "/en/a/y/"}),
    ],
)
def test_what_was_altered_by_hand_is_found(tree: Tree, alter: str, files: set[str], folders: set[str]) -> None:
    for page in PAGES:
        tree.write(page, page.encode())
    for folder, _, _ in os.walk(tree.folder):
        os.utime(folder, ns=(1, 1))
    found = {page: tree.stamp(page) for page in PAGES}
    stamps = [(page, was.size, was.modified_ns, was.folder_modified_ns) for page, was in found.items()]
    if alter == "a page in place":
        os.utime(tree.file("/en/a/x/"), ns=(2, 2))
    elif alter == "a file beside a page":
        tree.file("/en/b/z/more.txt").write_text("")
    elif alter == "a page":
        tree.file("/en/b/z/").unlink()
    elif alter != "nothing":
        folder = tree.folder if alter == "the whole tree" else tree.folder / "en" / "a"
        shutil.rmtree(folder)
        if alter == "a file where a folder was":
            folder.write_text("")
    altered = list(tree.altered(stamps))
    assert {path for path, is_file, _ in altered if is_file} == files
    assert {path for path, _, is_folder in altered if is_folder} == folders
