"""The first command on a fresh clone: the Makefile's targets, the lock files, and how .venv is set up.

The set-ups here install one tiny wheel from a folder, so that they are real and need no network.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

# One worker runs this file, so that the first set-up is made once.

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-places.txt", "requirements-bench.txt")
FIRST = "Setting up (first run, about a minute)…\n"
AGAIN = "Setting up again, because .venv is out of date or unfinished (about a minute)…\n"
GENERATOR = "import sys, tiny\nprint(tiny.VERSION, sys.argv[1:])\nsys.exit('--fail' in sys.argv)\n"


def pins(lock: str) -> dict[str, str]:
    """The requirements of a lock by name, each as one line with its marker and hashes."""
    lines = re.sub(r"(?m)^ *#.*\n", "", (ROOT / lock).read_text("utf-8")).replace(" \\\n", "").splitlines()
    return {line.split("==")[0]: line for line in lines}


def start(project: Path, command: str, **changes: str) -> subprocess.Popen[str]:
    environment = clean(project, changes)
    pipe = subprocess.PIPE
    return subprocess.Popen(
        ["sh", "-c", command], cwd=project, env=environment, stdout=pipe, stderr=pipe, encoding="utf-8"
    )


@dataclass(frozen=True, slots=True)
class Run:
    status: int
    out: str
    err: str


def finish(process: subprocess.Popen[str]) -> Run:
    out, err = process.communicate(timeout=120)
    return Run(process.returncode, out, err)


def run(project: Path, command: str, **changes: str) -> Run:
    return finish(start(project, command, **changes))


def clean(project: Path, changes: dict[str, str]) -> dict[str, str]:
    """The environment without what make and pip of this machine would add, and with this very Python."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "MAKE", "MFLAGS"))}
    wheels = str(project.parent / "wheels")
    pip = {
        "LC_ALL": "C",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels,
        "PYTHON": sys.executable,
    }
    return {**kept, **pip, **changes}


def write_lock(project: Path, version: str, name: str = "requirements.txt") -> None:
    """Locks the library ``tiny`` at a version, whose wheel is made for it."""
    wheel = project.parent / "wheels" / f"tiny-{version}-py3-none-any.whl"
    wheel.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", f"VERSION = {version!r}\n")
        archive.writestr(
            f"tiny-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n"
        )
        archive.writestr(
            f"tiny-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"tiny-{version}.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (project / name).write_text(f"tiny=={version} --hash=sha256:{digest}\n")


def fresh_clone(folder: Path) -> Path:
    project = folder / "it's a clone"
    (project / "generator").mkdir(parents=True)
    (project / "generator" / "__main__.py").write_text(GENERATOR)
    shutil.copytree(ROOT / ".ci", project / ".ci")
    shutil.copy(ROOT / "Makefile", project)
    write_lock(project, "1.0")
    return project


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return fresh_clone(tmp_path)


@pytest.fixture(scope="module")
def first_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Run]]:
    """A clone after its first set-up, which two commands asked for at once."""
    project = fresh_clone(tmp_path_factory.mktemp("first"))
    both = [start(project, "make pages") for _ in range(2)]
    return project, [finish(process) for process in both]


@pytest.fixture
def ready(first_runs: tuple[Path, list[Run]], tmp_path: Path) -> Path:
    """A clone that has been set up: a copy, so that a test may break it."""
    shutil.copytree(first_runs[0].parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / first_runs[0].name


@pytest.fixture
def quick_python(first_runs: tuple[Path, list[Run]], tmp_path: Path) -> str:
    """A Python whose new venv is a copy of a made one, which takes a fifth of the time."""
    made = first_runs[0] / ".venv"
    return program(
        tmp_path / "quick-python",
        f'''case "$2" in
        *ensurepip*) echo "$0" ;;
        venv) cp -R "{made}" .venv && rm .venv/.stamp-* ;;
        *) exec "{sys.executable}" "$@" ;;
        esac''',
    )


def program(file: Path, script: str) -> str:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def only_tools(project: Path) -> str:
    """A PATH with the tools that set-up uses and no Python."""
    folder = project.parent / "tools"
    folder.mkdir()
    for tool in ("make", "sh", "cat", "rm", "sha256sum", "shasum", "cksum"):
        found = shutil.which(tool)
        if found:
            (folder / tool).symlink_to(found)
    return str(folder)


def test_make_alone_prints_each_target_with_its_line(clone: Path) -> None:
    shown = dict(re.findall(r"^make ([a-z-]+) +(\S.*)$", run(clone, "make").out, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    assert list(shown) == phony[1].split()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashed_versions_and_names_no_index_host_or_path(lock: str) -> None:
    # Nothing else fits the pattern: no option, no address, no "name @ file", no requirement without a hash.
    requirement = r"[a-z0-9-]+==[\w.]+( ; [\w.'<>=! ]+)?( +--hash=sha256:[0-9a-f]{64})+"
    assert [line for line in pins(lock).values() if not re.fullmatch(requirement, line)] == []
    assert "/" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_every_lock_has_the_whole_run_time_lock_at_the_same_versions(lock: str) -> None:
    assert pins("requirements.txt").items() < pins(lock).items()


def test_the_locks_are_as_new_as_the_lists_in_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = zip(LOCKS, ([], extras["dev"], extras["places"], extras["bench"]), strict=True)
    for lock, more in wanted:
        names = {re.split(r"[<>=~]", each)[0].lower() for each in project["dependencies"] + more}
        assert names <= pins(lock).keys()


def test_every_library_that_the_package_imports_is_locked_for_run_time() -> None:
    distributions = importlib.metadata.packages_distributions()
    imported = set()
    for file in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    libraries = imported - sys.stdlib_module_names - {"generator"}
    names = {distributions.get(library, [library])[0].lower().replace("_", "-") for library in libraries}
    assert names - pins("requirements-places.txt").keys() == set()


def test_a_first_run_says_one_line_and_a_second_at_the_same_time_waits_for_it(
    first_runs: tuple[Path, list[Run]],
) -> None:
    assert sorted(run.err for run in first_runs[1]) == ["", FIRST]
    assert [(run.status, run.out) for run in first_runs[1]] == [(0, "1.0 ['pages']\n")] * 2


def test_a_run_with_a_current_stamp_installs_nothing(ready: Path) -> None:
    (pip,) = ready.glob(".venv/lib/python*/site-packages/pip/__main__.py")
    pip.write_text("raise SystemExit('pip was started')")
    assert run(ready, "make pages", PATH=only_tools(ready), PYTHON="") == Run(0, "1.0 ['pages']\n", "")


def test_a_changed_lock_is_installed_even_from_inside_the_activated_venv(ready: Path) -> None:
    write_lock(ready, "2.0")
    activated = f"{ready / '.venv/bin'}:{only_tools(ready)}"
    assert run(ready, "make pages", PATH=activated, PYTHON="") == Run(0, "2.0 ['pages']\n", AGAIN)


def test_a_set_up_that_was_interrupted_is_done_again(ready: Path, quick_python: str) -> None:
    (ready / ".venv/.stamp-requirements.txt").unlink()
    left_over = ready / ".venv/left-over"
    left_over.touch()
    assert run(ready, "make pages", PYTHON=quick_python) == Run(0, "1.0 ['pages']\n", AGAIN)
    assert not left_over.exists()


def test_a_venv_whose_python_is_gone_is_made_again(ready: Path, quick_python: str) -> None:
    (ready / ".venv/bin/python").unlink()
    (ready / ".venv/bin/python").symlink_to("/nowhere/python3")
    assert run(ready, "make pages", PYTHON=quick_python) == Run(0, "1.0 ['pages']\n", AGAIN)


def test_a_venv_that_another_python_made_is_made_again(ready: Path, quick_python: str) -> None:
    stamp = ready / ".venv/.stamp-requirements.txt"
    ours = stamp.read_text()
    stamp.write_text(ours.replace("Python 3.", "Python 3.9"))
    assert run(ready, "make pages", PYTHON=quick_python).err == AGAIN
    assert stamp.read_text() == ours


def test_a_second_lock_is_added_to_a_current_venv(ready: Path) -> None:
    write_lock(ready, "1.0", "requirements-places.txt")
    (ready / ".venv/kept").touch()
    said = "Setting up requirements-places.txt (about a minute)…\n"
    assert run(ready, "make places") == Run(0, "1.0 ['places']\n", said)
    assert (ready / ".venv/kept").exists()
    assert run(ready, "make pages").err == ""


def test_a_download_that_was_tampered_with_is_refused_and_leaves_no_stamp(ready: Path) -> None:
    shutil.copy(ready / "requirements.txt", ready / "requirements-places.txt")
    run(ready, ".venv/bin/python -m pip uninstall --quiet --yes tiny")
    with zipfile.ZipFile(ready.parent / "wheels/tiny-1.0-py3-none-any.whl", "a") as wheel:
        wheel.writestr("more.py", "")
    refused = run(ready, "sh .ci/setup-venv requirements-places.txt")
    assert refused.status == 1
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in refused.err
    assert refused.err.endswith(
        "The set-up did not finish; the reason stands above. It needs the internet. Run the same command again.\n"
    )
    assert not (ready / ".venv/.stamp-requirements-places.txt").exists()


def test_a_missing_python_is_said_in_one_line(clone: Path) -> None:
    tools = only_tools(clone)
    program(Path(tools, "python3"), "exit 1")  # as a Python older than 3.11 answers
    result = run(clone, "make pages", PATH=tools, PYTHON="")
    said, from_make, *rest = result.err.splitlines()
    assert said == (
        "Python 3.11 or newer is needed. Install it (Debian/Ubuntu: sudo apt install python3 python3-venv; "
        "macOS: brew install python3; elsewhere: python.org), then run the same command again."
    )
    assert re.fullmatch(r"make: \*\*\* .*pages\S* Error 1", from_make)
    assert (result.status, rest, result.out) == (2, [], "")
    assert not (clone / ".venv").exists()


def test_a_missing_venv_module_is_said_in_one_line(clone: Path) -> None:
    tools = only_tools(clone)
    # Debian's Python without python3-venv: everything but ensurepip.
    Path(tools, "ensurepip.py").write_text("raise ModuleNotFoundError\n")
    program(Path(tools, "python3"), f'PYTHONPATH="{tools}" exec "{sys.executable}" "$@"')
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert run(clone, "sh .ci/setup-venv requirements.txt", PATH=tools, PYTHON="") == Run(
        1,
        "",
        f"Python {version} lacks its venv module. Install it (Debian/Ubuntu: sudo apt install python{version}-venv), "
        "then run the same command again.\n",
    )
    assert not (clone / ".venv").exists()


def test_options_reach_the_generator_as_they_were_quoted(first_runs: tuple[Path, list[Run]]) -> None:
    result = run(first_runs[0], """make pages ARGS='--set places.where="population > 5"'""")
    assert result == Run(0, "1.0 ['pages', '--set', 'places.where=population > 5']\n", "")


def test_a_failed_build_fails_make_and_shows_its_exit_status(first_runs: tuple[Path, list[Run]]) -> None:
    result = run(first_runs[0], "make pages ARGS=--fail")
    assert result.status != 0
    assert re.fullmatch(r"make: \*\*\* .*pages\S* Error 1\n", result.err)


def test_every_file_of_tests_is_run(request: pytest.FixtureRequest) -> None:
    files = {path for path in (ROOT / "tests").rglob("test_*.py") if "node_modules" not in path.parts}
    run = {item.path for item in request.session.items}
    if files - run:
        # Perhaps only because not all were asked for.
        listed = subprocess.run(
            [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        ).stdout
        run = {file for file in files if f"{file.relative_to(ROOT).as_posix()}:" in listed}
    assert files - run == set()
