#!/usr/bin/env python3
"""Opens reports in a headless Chromium and checks what a person would see.

Usage: Tests/Browser/check_report.py [--chromium PROGRAM] [--screenshots FOLDER] PAGE...
"""

import argparse
import os
import pathlib
import sys
import time

from chromium import Chromium
from scripts import (
    BUTTON, CONTRASTS, EMPTY_PICTURES, GRIDS, IMAGES, OUTPUT, PAUSE, PICTURE, SLIDER)

SECTIONS = [
    "Settings",
    "Samples beside data",
    "From noise to samples",
    "Distances",
    "Column by column",
    "Correlations",
    "Loss",
    "Noise schedule",
]


class Checks:
    """What was looked at, and what of it is wrong."""

    def __init__(self, page):
        self.page = page
        self.failures = 0
        self.count = 0

    def expect(self, condition, what, found=""):
        self.count += 1
        if not condition:
            self.failures += 1
            print(f"error: {self.page}: {what}" + (f": {found}" if found != "" else ""))


def wait_for(tab, condition, patience=20):
    """Whether `condition` becomes true before long."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if tab.evaluate(condition):
            return True
        time.sleep(0.02)
    return False


def painted(tab):
    """Waits until the page has been laid out and its pictures drawn."""
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def check_quiet(tab, checks, address):
    """Nothing went wrong, and nobody was asked for anything."""
    errors = tab.events("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
    checks.expect(not errors, "the console is not empty", errors)
    requests = [event["request"]["url"] for event in tab.events("Network.requestWillBeSent")]
    others = [url for url in requests if url != address and not url.startswith("data:")]
    checks.expect(requests.count(address) == 1 and not others, "the network was asked for", others)


def check_structure(tab, checks, is_plane):
    """Headings, sections and pictures are there, for those who see and those who do not."""
    checks.expect(tab.evaluate("document.title").startswith("A run on "), "the title is another")
    checks.expect(tab.evaluate("document.documentElement.lang") == "en", "the language is missing")
    checks.expect(tab.evaluate('document.querySelectorAll("h1").length') == 1, "not one h1")
    titles = tab.evaluate(
        'Array.from(document.querySelectorAll("main > section > h2"), (h) => h.textContent)'
    )
    expected = [title for title in SECTIONS if is_plane or title != "From noise to samples"]
    of_images = tab.evaluate(IMAGES)
    if of_images:
        expected = [title for title in expected if title != "Column by column"]
    if tab.evaluate('document.querySelector("table.categories") !== null'):
        expected.insert(expected.index("Correlations"), "Categories")
    if of_images:
        expected.remove("Correlations")
        grids = tab.evaluate(GRIDS)
        checks.expect(grids == ["data", "samples"], "grids of images are missing", grids)
    checks.expect(titles == expected, "the sections are others", titles)
    empty = tab.evaluate(EMPTY_PICTURES)
    checks.expect(empty == [], "pictures are empty or have no name", empty)
    count = tab.evaluate('document.querySelectorAll("main [role=img].chart, canvas").length')
    checks.expect(count >= (3 if of_images else 7), "pictures are missing", count)
    broken = tab.evaluate(
        """Array.from(document.querySelectorAll("nav a"), (link) => link.hash)
        .filter((hash) => !document.querySelector(hash))"""
    )
    checks.expect(broken == [], "links lead nowhere", broken)
    rows = tab.evaluate('document.querySelectorAll(".distances tbody tr").length')
    checks.expect(rows >= 10, "distances are missing", rows)
    for word in ("NaN", "undefined", "nil", "Optional("):
        shown = tab.evaluate(f"document.body.innerText.includes({word!r})")
        checks.expect(not shown, f"the page says {word}")


def check_slider(tab, checks):
    """Keys move the slider, and it moves the picture."""
    last = int(tab.evaluate(SLIDER + ".max"))
    checks.expect(last >= 20, "the slider has few states", last)
    tab.evaluate(SLIDER + ".focus()")
    first = (tab.evaluate(PICTURE), tab.evaluate(OUTPUT))
    tab.press("ArrowRight")
    second = (tab.evaluate(PICTURE), tab.evaluate(OUTPUT))
    checks.expect(tab.evaluate(SLIDER + ".value") == "1", "an arrow does not move the slider")
    checks.expect(first[0] != second[0], "an arrow does not change the picture")
    checks.expect(first[1] != second[1], "an arrow does not change the text", second[1])
    tab.press("End")
    checks.expect(tab.evaluate(SLIDER + ".value") == str(last), "End is not the last state")
    checks.expect(tab.evaluate(PICTURE) != second[0], "End does not change the picture")
    text = tab.evaluate(SLIDER + '.getAttribute("aria-valuetext")')
    checks.expect("σ = 0.00" in text, "the last state is not without noise", text)
    checks.expect(text == tab.evaluate(OUTPUT), "what is read aloud is not what is shown", text)
    tab.press("Home")
    checks.expect(tab.evaluate(PICTURE) == first[0], "Home is not the first picture")


def check_playing(tab, checks, still):
    """The button plays and pauses; whoever wants less motion sees whole states only."""
    whole = "with less motion" if still else "with motion"
    last = int(tab.evaluate(SLIDER + ".max"))
    pictures = []
    for state in range(last + 1):
        tab.evaluate(f'{SLIDER}.value = {state}; {SLIDER}.dispatchEvent(new Event("input"))')
        pictures.append(tab.evaluate(PICTURE))
    checks.expect(len(set(pictures)) == last + 1, "states have the same picture")
    # On a busy machine the end may come before anyone can pause.
    for _ in range(3):
        tab.evaluate(f'{SLIDER}.value = 0; {SLIDER}.dispatchEvent(new Event("input"))')
        tab.evaluate(BUTTON + ".focus()")
        tab.press(" ")
        paused = tab.evaluate(PAUSE)
        if paused["before"] == "Pause":
            break
    checks.expect(paused["before"] == "Pause", f"{whole}, it does not play", paused["before"])
    checks.expect(paused["after"] == "Play", f"{whole}, it does not pause", paused["after"])
    checks.expect(int(paused["value"]) >= 2, f"{whole}, playing does not move the slider")
    if still:
        checks.expect(paused["picture"] in pictures, "with less motion, there are pictures between states")
    time.sleep(0.9 if still else 0.1)
    checks.expect(tab.evaluate(PICTURE) == paused["picture"], f"{whole}, it goes on after a pause")
    tab.evaluate(f'{SLIDER}.value = {last - 1}; {SLIDER}.dispatchEvent(new Event("input"))')
    tab.evaluate(BUTTON + ".click()")
    ended = wait_for(tab, f'{SLIDER}.value == {last} && {BUTTON}.textContent == "Play"')
    checks.expect(ended, f"{whole}, it does not stop at the end")


def check_looks(browser, checks, address, screenshots):
    """On a phone and a desk, by day and by night: nothing sticks out, and all can be read."""
    backgrounds = {}
    pictures = {}
    for width, height in ((360, 740), (768, 1024), (1280, 900)):
        for dark in (False, True):
            tab = browser.tab()
            tab.look_like(width, height, dark=dark)
            tab.open(address)
            painted(tab)
            name = f"{width}-{'dark' if dark else 'light'}"
            # Not innerWidth: a phone makes that as wide as what sticks out.
            wide = tab.evaluate("document.documentElement.scrollWidth")
            checks.expect(wide <= width, f"at {width} px it scrolls sideways", wide)
            texts = tab.evaluate(CONTRASTS)
            checks.expect(texts["count"] > 100, f"{name}: texts are missing", texts["count"])
            checks.expect(texts["poor"] == [], f"{name}: contrasts below 4.5", texts["poor"][:5])
            backgrounds[dark] = tab.evaluate("getComputedStyle(document.body).backgroundColor")
            if tab.evaluate(SLIDER + " !== null"):
                pictures[dark] = tab.evaluate(PICTURE)
            if screenshots:
                tab.screenshot(os.path.join(screenshots, f"{checks.page.stem}-{name}.png"))
            check_quiet(tab, checks, address)
        checks.expect(backgrounds[False] != backgrounds[True], "night is as day", backgrounds)
        # Images are as they are by day.
        if pictures and not tab.evaluate(IMAGES):
            checks.expect(pictures[False] != pictures[True], "the picture is the same at night")


def check_switch(tab, checks):
    """The picture follows when evening comes while the page is open."""
    before = tab.evaluate(PICTURE)
    tab.look_like(1280, 900, dark=True)
    changed = wait_for(tab, f"{PICTURE} !== {before!r}")
    checks.expect(changed, "the picture does not follow a change of the color scheme")
    tab.look_like(1280, 900)


def check_without_script(browser, checks, address):
    """All but the slider is there without a script."""
    tab = browser.tab()
    tab.look_like(1280, 900)
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    tab.open(address)
    tab.call("DOM.enable")
    root = tab.call("DOM.getDocument")["root"]["nodeId"]
    for selector, least in (("section h2", 7), (".chart svg path", 4)):
        found = tab.call("DOM.querySelectorAll", nodeId=root, selector=selector)["nodeIds"]
        checks.expect(len(found) >= least, f"without a script, {selector} is missing", len(found))


def check(browser, page, screenshots):
    checks = Checks(page)
    address = page.resolve().as_uri()
    size = page.stat().st_size
    checks.expect(size < 1_000_000, "the page has more than a million bytes", size)
    for still in (False, True):
        tab = browser.tab()
        tab.look_like(1280, 900, still=still)
        tab.open(address)
        painted(tab)
        # Of more than two columns there are matrices of correlations, and no way to draw.
        is_plane = not tab.evaluate('document.querySelector(".matrix") !== null')
        if not still:
            check_structure(tab, checks, is_plane)
        if is_plane and tab.evaluate(SLIDER + " !== null"):
            if not still:
                check_slider(tab, checks)
                if not tab.evaluate(IMAGES):
                    check_switch(tab, checks)
            check_playing(tab, checks, still)
        check_quiet(tab, checks, address)
    check_looks(browser, checks, address, screenshots)
    check_without_script(browser, checks, address)
    verdict = f"{checks.failures} wrong" if checks.failures else "all as it should be"
    print(f"{page}: {checks.count} things looked at, {verdict}")
    return checks.failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="+", type=pathlib.Path, metavar="PAGE")
    parser.add_argument("--chromium", default="chromium", metavar="PROGRAM")
    parser.add_argument("--screenshots", metavar="FOLDER")
    options = parser.parse_args()
    if options.screenshots:
        os.makedirs(options.screenshots, exist_ok=True)
    with Chromium(options.chromium) as browser:
        failures = sum(check(browser, page, options.screenshots) for page in options.pages)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
