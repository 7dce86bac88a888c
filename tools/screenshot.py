"""Take the README's pictures from the running dashboard: `make screenshot`, or `python -m tools.screenshot`.

Needs a built edition and a Chromium or Chrome on the path. Writes docs/<name>.png.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.browser import ROOT, NotServed, act, chromium, serve, visit


@dataclass(frozen=True, slots=True)
class Picture:
    """What is photographed: a page's address with its query, the window (CSS pixels), and what is pressed before."""

    name: str
    path: str
    lang: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    press: str | None = None


PICTURES = (
    Picture("overview", "/", "zh", 1280, 860),
    Picture("evidence", "/", "zh", 1280, 860, press="[class*='st-key-overview-source-'] button"),
)


def take(folder: Path) -> list[Path]:
    """Photograph every picture of the list; gives the files written.

    Raises:
        NotServed: The dashboard did not start.
        FileNotFoundError: No Chromium or Chrome on the path.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with chromium() as browser, serve() as server:
        for picture in PICTURES:
            with visit(browser, server, picture.lang, picture.width, picture.height, picture.scheme, 1.5) as visitor:
                page = visitor.open(picture.path)
                if picture.press:
                    act(page, page.locator(picture.press).first.click)
                file = folder / f"{picture.name}.png"
                page.screenshot(path=file, animations="disabled")
                written.append(file)
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description="Take the README's pictures from the running dashboard.")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder to write to (default: docs)")
    try:
        for file in take(parser.parse_args().out):
            print(file)
    except (NotServed, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
