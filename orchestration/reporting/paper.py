"""The report on paper: a tagged PDF, printed by a Chromium where there is one.

Links into the dashboard are left out, as paper has none and a PDF travels without its folder. What
is not here: how the page looks on paper, which is its style sheet.
"""

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"),
)
SECONDS = 120
BESIDE = re.compile(r' href="(?:exports|dashboard)/[^"]*"')
# The only bytes that differ from print to print; their length stays, so every offset holds.
PRINTED_AT = re.compile(rb"D:\d{14}")


class PaperError(RuntimeError):
    """No PDF could be made. The text says why and what to do."""


def browser() -> str | None:
    """Return the Chromium of this machine, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def printed(html: str, as_of: date) -> bytes:
    """Print a page as a tagged PDF.

    Args:
        html: the whole page.
        as_of: stands as the day of the print, so that the same page gives the same bytes.

    Raises:
        PaperError: there is no browser, or it printed nothing.
    """
    found = browser()
    if found is None:
        raise PaperError(
            f"No report.pdf was made: there is no {' or '.join(BROWSERS)} on the PATH. Install"
            " one (on Debian: apt-get install chromium) and run the report again; the page itself"
            " is complete."
        )
    with TemporaryDirectory(prefix="report-") as name:
        folder = Path(name)
        (folder / "page.html").write_text(BESIDE.sub("", html), "utf-8")
        _print(found, folder)
        made = folder / "report.pdf"
        if not made.exists():
            raise PaperError(f"No report.pdf was made: {found} printed nothing. Print the page.")
        return PRINTED_AT.sub(f"D:{as_of:%Y%m%d}000000".encode(), made.read_bytes())


def _print(found: str, folder: Path) -> None:
    # A browser that root runs has no sandbox; the page holds no script and may ask for nothing.
    unboxed = ("--no-sandbox",) if os.geteuid() == 0 else ()
    command = [
        *(found, *FLAGS, *unboxed, f"--user-data-dir={folder / 'profile'}"),
        f"--print-to-pdf={folder / 'report.pdf'}",
        (folder / "page.html").as_uri(),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired as error:
        raise PaperError(
            f"No report.pdf was made: {found} took over {SECONDS} s. Run the report again."
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PaperError(
            f"No report.pdf was made: {found} ended with {error.returncode}. {' '.join(said)}"
        ) from error
