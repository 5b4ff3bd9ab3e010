"""A real headless Chromium without any library: the DevTools protocol over a pair of pipes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 60.0  # seconds for anything
# Numbers of the keys that do something of themselves: the browser goes by these and not by the names.
KEYS = {
    "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36,
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
}  # fmt: skip


class Browser:
    """One window of a browser that reaches no network, and what its page said and asked for."""

    def __init__(self, width: int = 1280, height: int = 800) -> None:
        assert CHROMIUM is not None
        self.said: list[str] = []  # messages on the console, errors, dialogs, and refusals of the security policy
        self.asked: list[str] = []  # addresses asked for, the page's own among them
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        (hears, self._out), (self._in, tells) = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (hears, tells)]

        def place() -> None:
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self._process = subprocess.Popen(
            [
                CHROMIUM, "--headless", "--no-sandbox", "--remote-debugging-pipe", "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-first-run",
                "--disable-ipc-flooding-protection",  # tests click faster than anybody
                "--enable-precise-memory-info",
                f"--user-data-dir={self._profile.name}", f"--window-size={width},{height}", "about:blank",
            ],
            preexec_fn=place,  # noqa: PLW1509 - it makes two calls, and no test has threads
            close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for end in (hears, tells, *ends):
            os.close(end)
        self._page = "about:blank"
        self._number, self._read, self._answers = 0, b"", dict[int, Any]()
        self._session: str | None = None
        page = next(each for each in self._send("Target.getTargets")["targetInfos"] if each["type"] == "page")
        self._session = self._send("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self._send(f"{domain}.enable")
        self._send(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
        )
        self.resize(width, height)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def open(self, page: Path, address: str = "") -> None:
        """Open a file, with what its address has after it, and wait until its scripts have run."""
        self._send("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank'")
        self.said.clear()
        self.asked.clear()
        self._page = page.as_uri()
        self._send("Page.navigate", url=self._page + address)
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")

    def resize(self, width: int, height: int) -> None:
        """Give the page another size, in pixels."""
        self._send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def prefer(self, scheme: str) -> None:
        """Have the reader prefer light or dark colours, and no movement."""
        features = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self._send("Emulation.setEmulatedMedia", features=[{"name": n, "value": v} for n, v in features.items()])

    def requests(self) -> list[str]:
        """The addresses asked for that are neither the page itself nor written out within it."""
        own = ("data:", "about:", self._page)
        return [each for each in self.asked if not each.startswith(own)]

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page, promises awaited."""
        done = self._send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < until, f"never came true: {condition}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press and let go of a key: a character, or a name such as Enter."""
        more: dict[str, Any] = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        if key in KEYS:
            more |= {"windowsVirtualKeyCode": KEYS[key], "code": key.replace(" ", "Space")}
        self._send("Input.dispatchKeyEvent", type="keyDown", key=key, **more)
        self._send("Input.dispatchKeyEvent", type="keyUp", key=key)

    def drag(self, path: Sequence[tuple[float, float]], pause: float = 0.016) -> None:
        """Press the mouse at the first point of a path in pixels, move along it, and let go at its end."""
        for number, (x, y) in enumerate(path):
            kind = "mousePressed" if not number else "mouseMoved"
            self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)
            time.sleep(pause)
        x, y = path[-1]
        self._send("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=1)

    def before_scripts(self, script: str) -> None:
        """Run a script in every page opened from now on, before its own."""
        self._send("Page.addScriptToEvaluateOnNewDocument", source=script)

    def type(self, text: str) -> None:
        """Press a key for each letter."""
        for letter in text:
            self.press(letter)

    def tab_to(self, selector: str, most: int = 150) -> None:
        """Press the tab key until what has the focus is one of these."""
        for _ in range(most):
            self.press("Tab")
            if self.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                return
        raise AssertionError(f"the tab key never comes to {selector}")

    def _send(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        mine = self._number
        while mine not in self._answers:
            self._hear()
        answer = self._answers.pop(mine)
        assert "error" not in answer, answer
        return answer["result"]

    def _hear(self) -> None:
        while b"\0" not in self._read:
            more = os.read(self._in, 1 << 20)
            assert more, "the browser has ended"
            self._read += more
        first, _, self._read = self._read.partition(b"\0")
        message = json.loads(first)
        if "id" in message:
            self._answers[message["id"]] = message
            return
        told = message["params"]
        match message["method"]:
            case "Runtime.consoleAPICalled":
                self.said.append(" ".join(str(each.get("value", each.get("description"))) for each in told["args"]))
            case "Runtime.exceptionThrown":
                self.said.append(str(told["exceptionDetails"]))
            case "Log.entryAdded":
                self.said.append(told["entry"]["text"])
            case "Page.javascriptDialogOpening":
                self.said.append(f"dialog: {told['message']}")
                self._send("Page.handleJavaScriptDialog", accept=True)  # the page waits for it
            case "Network.requestWillBeSent":
                self.asked.append(told["request"]["url"])
