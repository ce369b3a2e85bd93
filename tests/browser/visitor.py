"""Somebody in front of a browser: logs in as people do, and finds fault with every page that they see."""

import os
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from tests.browser.world import ROOT

PASSWORD = "Ronghe-2026"
expect.set_options(timeout=60_000)
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# the fonts have come and the page has been drawn
DRAWN = "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))))"
# the worker of the page's own folder is at work, not that of the whole site
WORKER_READY = """async (script) => {
  for (;;) {
    const found = await navigator.serviceWorker.getRegistration();
    if (found?.active?.scriptURL.endsWith(script)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
PICTURES = ROOT / "docs" / "pictures"


@cache
def read_axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def choose_in_menu(page: Page, label: str) -> None:
    """Follow a line of the menu, in a section that may be folded."""
    link = page.locator("#side a", has_text=label).first
    section = link.locator("xpath=ancestor::details")
    if section.get_attribute("open") is None:
        section.locator("summary").click()
    link.click()


class Visitor:
    """One person's browser. `look()` holds the page that is open to the rules; `leave()` closes it and reports the rest."""

    def __init__(self, browser: Browser, address: str, *, phone: bool = False, dark: bool = False, workers: bool = True) -> None:
        self.address = address
        self.context = browser.new_context(
            base_url=address,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            accept_downloads=True,
            # where the site's worker lets a request pass, the browser's "offline" does not hold it up
            service_workers="allow" if workers else "block",
        )
        self.context.set_default_timeout(int(os.environ.get("RONGHE_BROWSER_TIMEOUT", "120000")))
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self.check_answer)

    def hear(self, message: ConsoleMessage) -> None:
        """A form shown again with its problems answers 422, which the browser logs: that one line is no fault."""
        refused = "Failed to load resource" in message.text and "status of 422" in message.text
        blocked = message.text == "Service Worker registration blocked by Playwright"
        if message.type in ("error", "warning") and not (refused or blocked):
            self.faults.append(f"{self.page.url}: {message.type}: {message.text}")

    def check_answer(self, answer: Response) -> None:
        """Every page forbids inline code by its header; nothing is answered with an error of the server."""
        if answer.status >= 500:
            self.faults.append(f"{answer.url}: {answer.status}")
        if answer.request.resource_type != "document" or 300 <= answer.status < 400:
            return
        policy = answer.headers.get("content-security-policy", "")
        if "default-src 'self'" not in policy or "unsafe-inline" in policy or "unsafe-eval" in policy:
            self.faults.append(f"{answer.url}: Content-Security-Policy: {policy or 'none'}")

    def login(self, name: str) -> "Visitor":
        self.page.goto("/accounts/login/")
        self.page.get_by_label("用户名").fill(name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/")
        return self

    def visit(self, path: str) -> "Visitor":
        """Open an address as from a bookmark, and look at the page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        return self.look()

    def look(self, picture: str = "", *, full: bool = False) -> "Visitor":
        """Hold the open page to WCAG A and AA and to its own width; take its picture where pictures are asked for."""
        self.page.wait_for_load_state("networkidle" if picture else "load")
        self.page.evaluate(DRAWN)
        where = self.page.url
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(read_axe())
        found = self.page.evaluate(
            "async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})).violations"
            ".map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' — ' + (n.any[0]?.message ?? '')).join(' | ')}`)",
            RULES,
        )
        self.faults += [f"{where}: axe: {line}" for line in found]
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            self.faults.append(f"{where}: {over} px wider than the screen")
        if picture:
            self.take_picture(picture, full=full)
        return self

    def take_picture(self, name: str, *, full: bool = False) -> None:
        if os.environ.get("RONGHE_PICTURES") == "1":
            write_picture(PICTURES / f"{name}.png", self.page.screenshot(full_page=full, animations="disabled"))

    def leave(self) -> None:
        """Close the browser; what was wrong on any page fails the test here, all of it at once."""
        self.context.close()
        assert not self.faults, "\n".join(dict.fromkeys(self.faults))


def write_picture(path: Path, data: bytes) -> None:
    """Write a screenshot in 256 colours: pages are flat, so that nothing is lost that one would see."""
    import io

    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.quantize(colors=256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
