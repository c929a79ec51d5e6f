"""A headless Chromium, driven over a pipe with nothing but Python's own library."""

import base64
import fcntl
import json
import os
import select
import subprocess
import tempfile
import time


class Chromium:
    """The browser as a context: `with Chromium(path) as browser: tab = browser.tab()`.

    Messages of the DevTools protocol go through file descriptors 3 (to it) and 4 (from it), each
    closed by a zero byte: no port to be taken, no handshake.
    """

    def __init__(self, program, patience=60):
        self.program = program
        self.patience = patience
        self.events = []
        self.answers = {}
        self.next_id = 0
        self.rest = b""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(
            prefix="langevin-chromium-", ignore_cleanup_errors=True
        )
        from_us, self.to_it = os.pipe()
        self.from_it, to_us = os.pipe()
        # Above 4, so that the shell can give them these two numbers.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (from_us, to_us)]
        os.close(from_us)
        os.close(to_us)
        command = [self.program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu"]
        command += ["--no-first-run", "--disable-extensions", "--disable-background-networking"]
        # Containers have neither a sandbox for root nor much shared memory.
        command += ["--no-sandbox", "--disable-dev-shm-usage"]
        command += ["--user-data-dir=" + self.profile.name, "about:blank"]
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$0" "$@" 3<&{ends[0]} 4>&{ends[1]}', *command],
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in ends:
            os.close(end)
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (OSError, RuntimeError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.to_it)
        os.close(self.from_it)
        self.profile.cleanup()

    def receive(self, deadline):
        """Takes what comes until `deadline`: an answer or an event."""
        while b"\0" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.from_it], [], [], left)[0]:
                return False
            piece = os.read(self.from_it, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(message)
        if "id" in message:
            self.answers[message["id"]] = message
        else:
            self.events.append(message)
        return True

    def call(self, method, parameters=None, session=None):
        self.next_id += 1
        number = self.next_id
        message = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to_it, data) :]
        deadline = time.monotonic() + self.patience
        while number not in self.answers:
            if not self.receive(deadline):
                raise RuntimeError(f"{method}: no answer within {self.patience} s")
        answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def tab(self):
        return Tab(self)


class Tab:
    """A page that is looked at."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = browser.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        return self.browser.call(method, parameters, self.session)

    def events(self, *methods):
        """All events of these kinds so far."""
        return [
            event["params"]
            for event in self.browser.events
            if event.get("sessionId") == self.session and event["method"] in methods
        ]

    def look_like(self, width, height, dark=False, still=False, scale=1):
        """Makes the page that of a screen of this size, and of a person with these wishes."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < 600,
        )
        features = {
            "prefers-color-scheme": "dark" if dark else "light",
            "prefers-reduced-motion": "reduce" if still else "no-preference",
        }
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": name, "value": value} for name, value in features.items()],
        )

    def open(self, address):
        """Goes to `address` and waits until it is there with all that belongs to it."""
        before = len(self.events("Page.loadEventFired"))
        result = self.call("Page.navigate", url=address)
        if "errorText" in result:
            raise RuntimeError(f"{address}: {result['errorText']}")
        deadline = time.monotonic() + self.browser.patience
        while len(self.events("Page.loadEventFired")) == before:
            if not self.browser.receive(deadline):
                raise RuntimeError(f"{address}: not loaded within {self.browser.patience} s")

    def evaluate(self, script):
        """The value of `script`, waited for if it is a promise."""
        result = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def press(self, key):
        """Presses a key such as "ArrowRight" and lets it go."""
        code = {"ArrowRight": 39, "ArrowLeft": 37, "Home": 36, "End": 35, "Tab": 9, " ": 32}[key]
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code="Space" if key == " " else key,
                windowsVirtualKeyCode=code,
                **({"text": " "} if key == " " and kind == "rawKeyDown" else {}),
            )

    def screenshot(self, path, whole=True):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
