"""The page in a real browser, opened from a file."""

import json
import re
import shutil
import subprocess

import pytest

from orchestration.reporting.rendering import render_report
from tests.orchestration.report_tables import AS_OF, company, nothing_landed

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-logging=stderr", "--allow-file-access-from-files", "--virtual-time-budget=5000",
]  # fmt: skip
# The page holds no script, so a page around it looks in: how wide it is and what it asked for.
AROUND = """<!doctype html><title>around</title>
<iframe src="{page}" style="width:{width}px;height:800px;border:0"></iframe>
<pre id="seen"></pre>
<script>
document.querySelector("iframe").addEventListener("load", event => {{
  const inside = event.target.contentWindow, root = inside.document.documentElement;
  document.querySelector("#seen").textContent = JSON.stringify({{
    title: inside.document.title,
    width: root.scrollWidth,
    requests: inside.performance.getEntriesByType("resource").map(entry => entry.name),
    tables: inside.document.querySelectorAll("table").length,
  }});
}});
</script>"""

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(BROWSER is None, reason="no chromium: apt-get install chromium"),
]


def opened(html, folder, width):
    (folder / "report.html").write_text(html)
    return looked_at(folder / "report.html", folder, width)


def looked_at(page, folder, width):
    around = folder / "around.html"
    around.write_text(AROUND.format(page=page.as_uri(), width=width))
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [BROWSER, *FLAGS, profile, "--dump-dom", around.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    seen = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.S).group(1)
    return json.loads(seen), re.findall(r".*CONSOLE.*", done.stderr)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("tables", [company, nothing_landed])
def test_the_page_opens_from_a_file_without_errors_requests_or_sideways_scroll(
    tables, width, tmp_path
):
    seen, console = opened(render_report(tables(), AS_OF).html, tmp_path, width)
    assert seen["title"] == "Customer health, 31 Oct 2026"
    assert seen["requests"] == []
    assert console == []
    assert seen["width"] <= width
