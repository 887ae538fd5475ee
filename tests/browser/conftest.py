"""A real browser before the live server; what goes wrong in it fails the test.

`page` is the office's old screen, `phone` a phone in the hand. `log_in(page, user)` opens a
session without the form; `check_axe(page)` asks axe. A test that provokes an error on purpose
clears `troubles` afterwards.
"""

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
# Of the machine and of the browser's own windows, not of the page: no desktop bus, no graphics
# card, no hints to its user, no clock that agrees with itself.
MACHINE_NOISE = re.compile(
    r"[/:](dbus|gpu|viz)/|vulkan|gcm|/ui/gl/|on_device_model|chrome/browser/ui/"
    r"|page_load_metrics",
    re.IGNORECASE,
)


@pytest.fixture(scope="session")
def chromium_log(tmp_path_factory):
    """The file that Chromium's standard error goes to."""
    return tmp_path_factory.mktemp("chromium") / "stderr.log"


@pytest.fixture(scope="session")
def chromium(chromium_log):
    executable = shutil.which("chromium")
    assert executable, "chromium is missing; make test installs it"
    wrapper = chromium_log.with_name("chromium")
    wrapper.write_text(f'#!/bin/sh\nexec "{executable}" "$@" 2>>"{chromium_log}"\n')
    wrapper.chmod(0o700)
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=wrapper, args=CHROMIUM_ARGUMENTS, headless=True
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def troubles(chromium, chromium_log):
    """Errors of the console, of scripts and of Chromium itself; must be empty in the end."""
    seen = chromium_log.stat().st_size
    found = []
    yield found
    with chromium_log.open(errors="replace") as log:
        log.seek(seen)
        found += [
            line
            for line in log
            if re.search(r":(ERROR|FATAL):", line) and not MACHINE_NOISE.search(line)
        ]
    assert found == []


@pytest.fixture
def open_page(chromium, troubles, live_server, transactional_db):
    """Return a function that opens a window of its own at the live server."""
    contexts = []

    def open_window(**options):
        context = chromium.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            # Colours half-way through a transition are no colours of the page.
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.on(
            "console",
            lambda message: (
                troubles.append(f"{message.type}: {message.text} ({message.location['url']})")
                if message.type in ("error", "warning")
                else None
            ),
        )
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page(viewport={"width": 1366, "height": 768})


@pytest.fixture
def phone(open_page):
    return open_page(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
    )


@pytest.fixture
def log_in(live_server):
    """Return a function that gives a window the session of a user."""

    def open_session(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return open_session


@pytest.fixture(scope="session")
def check_axe():
    """Return a function that fails with axe's words when a page cannot be used by everyone."""
    axe = Axe()

    def check(page):
        page.wait_for_load_state()
        violations = axe.run(page).response["violations"]
        assert [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in violations
            for node in violation["nodes"]
        ] == []

    return check
