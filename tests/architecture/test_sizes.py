"""Files stay readable in one sitting."""

from tests.architecture.sources import PACKAGES, ROOT, modules

MOST_LINES = 400


def test_no_file_grows_past_400_lines():
    files = modules(*PACKAGES, "tests")
    files += [path for folder in ("templates", "static") for path in (ROOT / folder).rglob("*.*")]
    files = [path for path in files if path.suffix in {".py", ".html", ".css", ".js"} and "vendor" not in path.parts]

    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
