"""The dashboard as a reader meets it: served on this machine, opened in headless Chromium.

Used by the browser tests, the benchmarks and the README's pictures. Nothing here sleeps: each wait is for a state of
the page, and has an end.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HERE = "127.0.0.1"
START_SECONDS = 60
PAGE_MILLISECONDS = 45_000
LOCALES = {"zh": "zh-CN", "en": "en-US"}
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    # Whatever a page asks of another host fails at once, so that nothing leaves the machine while it is tested.
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HERE}",
)
#: Below this width the dashboard learns from the browser that it is narrow, and runs a second time.
NARROW_PIXELS = 640
#: Counts the runs that the server says it began and notes whether the last one has ended, so that a wait after a click
#: cannot take the page before the click for the page after it (the page itself shows two runs that follow closely as
#: one); and notes when the reader last did something. The numbers are those of the fields new_session and
#: script_finished of Streamlit's ForwardMsg.
WATCH = """
Object.assign(window, {__begun: 0, __running: false, __acted: 0, __rest: null});
const varint = (bytes, at) => {
  let value = 0, scale = 1;
  while (bytes[at] & 0x80) { value += (bytes[at++] & 0x7f) * scale; scale *= 128; }
  return [value + bytes[at] * scale, at + 1];
};
const look = (data) => {
  if (!(data instanceof ArrayBuffer)) return;
  const bytes = new Uint8Array(data);
  let at = 0, tag = 0, value = 0;
  while (at < bytes.length) {
    [tag, at] = varint(bytes, at);
    if ((tag & 7) > 2) return;
    [value, at] = varint(bytes, at);
    if ((tag & 7) === 2) at += value;
    if (tag >> 3 === 4) { window.__begun += 1; window.__running = true; }
    if (tag >> 3 === 6) window.__running = false;
  }
};
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', (event) => look(event.data));
  }
};
for (const kind of ['pointerdown', 'keydown']) {
  window.addEventListener(kind, () => { window.__acted = performance.now(); }, true);
}
"""
#: The script has ended, the page has its heading (or an error), nothing is a placeholder any more, each chart is drawn,
#: and it stays so for a fifth of a second. Gives the time (ms since the page was asked for) at which that began.
AT_REST = """(runs) => {
  const rest = (window.__begun >= runs || document.querySelector('[data-testid=stException]'))
    && !window.__running && document.querySelector('h1, [data-testid=stException]')
    && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && !document.querySelector('[data-testid=stPlotlyChart]:not(:has(.main-svg))')
    && document.fonts.status === 'loaded';
  const now = performance.now();
  if (!rest) { window.__rest = null; return false; }
  window.__rest ??= now;
  return now - window.__rest > 200 ? window.__rest : false;
}"""


#: What a page that does not come to rest is waiting for.
WHY = """() => JSON.stringify({
  begun: window.__begun, running: window.__running,
  state: document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state'),
  placeholders: document.querySelectorAll('[data-testid=stSkeleton]').length,
  stale: document.querySelectorAll('[data-stale=true]').length,
  undrawn: document.querySelectorAll('[data-testid=stPlotlyChart]:not(:has(.main-svg))').length,
  fonts: document.fonts.status,
})"""


class NotAtRest(RuntimeError):
    """A page went on running, or did not begin to."""


class NotServed(RuntimeError):
    """The dashboard did not start; the message ends with its last lines of output."""


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome on this machine, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found:
        return found
    usual = (
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "Google/Chrome/Application/chrome.exe",
    )
    return next((str(path) for path in usual if path.is_file()), None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running dashboard: its address without a slash at the end, and the file that its messages go to."""

    address: str
    log: Path

    def said(self) -> str:
        """The last of what the server wrote: where an error's traceback is, since pages do not show it."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]


@contextmanager
def serve(script: str = "dashboard.py", env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Iterator[Server]:
    """Run a Streamlit script on a free port of this machine.

    Raises:
        NotServed: It ended early, or was not healthy within a minute.
    """
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"]
    command += ["--server.address", HERE, "--server.port", str(port)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Server(f"http://{HERE}:{port}", Path(folder) / "log.txt")
        with server.log.open("wb") as log:
            process = subprocess.Popen(
                command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            if not _healthy(server.address, process):
                raise NotServed(f"{script} did not start.\n{server.said()}")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _healthy(address: str, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            # A server that is not listening yet refuses at once; without the proxy of the environment, if there is one.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.read().strip() == b"ok":
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser.

    Raises:
        FileNotFoundError: No Chromium or Chrome on the path.
    """
    path = find_chromium()
    if path is None:
        raise FileNotFoundError(
            "No Chromium or Chrome found. On Debian and Ubuntu: apt install chromium fonts-noto-cjk"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Visit:
    """One reader with an empty cache, and what that reader's browser noticed.

    Attributes:
        outside: Addresses asked of any host but this machine.
        complaints: Errors of the browser's console and of scripts.
    """

    context: BrowserContext
    server: Server
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Open a page of the dashboard (a path with its query) and wait until it is drawn."""
        page = self.context.new_page()
        page.goto(self.server.address + path, wait_until="commit")
        width = page.viewport_size["width"] if page.viewport_size else NARROW_PIXELS
        at_rest(page, runs=2 if width < NARROW_PIXELS else 1)
        return page

    def forget(self) -> None:
        """Begin anew with what is noticed."""
        self.outside.clear()
        self.complaints.clear()


@contextmanager
def visit(
    browser: Browser,
    server: Server,
    lang: str = "zh",
    width: int = 1440,
    height: int = 900,
    scheme: Literal["light", "dark"] = "light",
    scale: float = 1,
) -> Iterator[Visit]:
    """A reader: language of the browser, size of the window in CSS pixels, light or dark system."""
    context = browser.new_context(
        locale=LOCALES[lang],
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=scale,
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(PAGE_MILLISECONDS)
    context.add_init_script(WATCH)
    visitor = Visit(context, server)
    context.on("request", lambda request: _note_request(visitor, request))
    context.on("console", lambda message: _note_console(visitor, message))
    context.on("weberror", lambda error: visitor.complaints.append(str(error.error)))
    try:
        yield visitor
    finally:
        context.close()


def _note_request(visitor: Visit, request: Request) -> None:
    parts = urlsplit(request.url)
    if parts.scheme not in {"data", "blob"} and parts.hostname != HERE:
        visitor.outside.append(request.url)


def _note_console(visitor: Visit, message: ConsoleMessage) -> None:
    # Streamlit looks for its own addresses below the page's path first, and finds them at the root.
    address = message.location.get("url", "")
    harmless = "404" in message.text and "/_stcore/" in address
    if message.type == "error" and not harmless:
        visitor.complaints.append(f"{message.text} ({address})")


def at_rest(page: Page, runs: int = 0) -> float:
    """Wait until the page has run at least `runs` times since it was loaded, has ended, and is drawn.

    Returns:
        Milliseconds from asking for the page to that state.
    Raises:
        NotAtRest: It was not, for three quarters of a minute; the message says what was still to come.
    """
    try:
        return float(page.wait_for_function(AT_REST, arg=runs, timeout=PAGE_MILLISECONDS).json_value())
    except TimeoutError as error:
        raise NotAtRest(f"{page.url} is not at rest after {runs} run(s): {page.evaluate(WHY)}") from error


def act(page: Page, action: Callable[[], object]) -> float:
    """Do something that makes the page run again, and wait until it has.

    Returns:
        Milliseconds from the last press of a key or a button to the page at rest.
    """
    runs = page.evaluate("window.__begun")
    page.evaluate("window.__rest = null")
    action()
    return at_rest(page, runs + 1) - float(page.evaluate("window.__acted"))
