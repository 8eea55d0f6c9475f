import re
import subprocess
from pathlib import Path

from orchestration.settings.environment import NAMES

ROOT = Path(__file__).parents[2]
FOLDERS = {"dbt_project", "orchestration", "expectations", "profiles", "data", "docs", "tests"}
FILES = {
    "README.md",
    "Makefile",
    "DECISIONS.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "constraints.txt",
    "LICENSE",
    "pyproject.toml",
    "requirements.lock",
    "SECURITY.md",
}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_the_top_level_holds_what_was_agreed_and_nothing_else():
    tops = {path.split("/")[0] for path in tracked() if not path.startswith(".")}
    assert tops <= FOLDERS | FILES, f"move it: {tops - FOLDERS - FILES}"
    assert tops >= FILES | FOLDERS


def test_the_readme_names_only_commands_and_paths_that_exist():
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    readme = "\n".join(page.read_text() for page in pages)
    verbs = set(re.findall(r"make ([a-z]+(?:-[a-z]+)*)", readme))
    declared = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert verbs - {"it", "of", "sure"} <= declared
    for path in re.findall(
        r"`((?:dbt_project|docs|orchestration|expectations|tests)/[^`<{*… ]+)`", readme
    ):
        assert (ROOT / path).exists(), f"README names {path}"


def test_every_setting_is_in_the_example_and_in_one_module():
    example = (ROOT / ".env.example").read_text()
    assert all(re.search(rf"^#? ?{name}=", example, re.MULTILINE) for name in NAMES)
    readers = [
        path
        for path in tracked()
        if path.startswith(("orchestration/", "expectations/"))
        and path.endswith(".py")
        and path != "orchestration/settings/environment.py"
        and re.search(r"os\.environ\.get|os\.getenv|dotenv", (ROOT / path).read_text())
    ]
    assert readers == [], "the environment is read in orchestration/settings/environment.py only"


def test_no_module_is_named_for_nothing():
    for path in tracked():
        assert Path(path).stem not in {"utils", "helpers", "common", "misc", "tmp", "final"}, path


def test_nothing_tracked_names_an_address_of_a_package_registry():
    words = ["py" + "pi.org", "python" + "hosted", "npm" + "js.org"]
    for path in tracked():
        if (ROOT / path).suffix in {".txt", ".toml", ".md", ".py", ".yml", ".lock", ""}:
            text = (ROOT / path).read_text(errors="ignore")
            assert not any(word in text for word in words), path
