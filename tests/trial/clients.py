"""Members of the office at their browsers: they read the form, fill it in, send it, try again."""

import http.client
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

#: After so long without an answer that says "saved" somebody gives up.
PATIENCE = 180
PAUSE = 0.5
#: The form is opened anew after so many visits; its submission token is another each time.
VISITS_A_PAGE = 25


@dataclass
class Answer:
    status: int
    place: str
    text: str
    headers: http.client.HTTPMessage


class _Hidden(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and attrs.get("type") == "hidden":
            self.fields[attrs["name"]] = attrs.get("value") or ""


@dataclass
class Browser:
    port: int
    session: str
    csrf: str = ""

    def ask(self, method: str, path: str, fields: list[tuple[str, object]] | None = None) -> Answer:
        """Raises ``OSError`` or ``HTTPException`` where no answer comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            body = urlencode(fields) if fields is not None else None
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            if found := re.match("csrftoken=([^;]+)", cookie):
                self.csrf = found[1]
        return Answer(response.status, response.headers.get("Location", ""), text, response.headers)


@dataclass
class Row:
    """What the clients met in one row of the trial."""

    key: str
    acknowledged: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    #: Of the faults that pages told of.
    numbers: set[str] = field(default_factory=set)
    #: On what the log says.
    remarks: list[str] = field(default_factory=list)
    #: Answers that asked to try again, by their heading; broken connections; papers set.
    met: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, key: str, place: str, seconds: float) -> None:
        with self.lock:
            if self.acknowledged.setdefault(key, place) != place:
                self.failures.append(f"{key}: {place} beside {self.acknowledged[key]}")
            self.seconds.append(seconds)

    def fail(self, words: str) -> None:
        with self.lock:
            self.failures.append(words)

    def count(self, what: str) -> None:
        with self.lock:
            self.met[what] += 1

    def may_try_again(self, answer: Answer, typed: str = "") -> bool:
        """A clear page: when to come back, a number, and what was typed."""
        title = re.search("<h1>(.*?)</h1>", answer.text)
        number = re.search(r"编号：<strong>(\w{6})</strong>", answer.text)
        if number:
            self.numbers.add(number[1])
        is_clear = (
            answer.status == 503
            and answer.headers["Retry-After"]
            and title
            and number
            and (not typed or f'value="{typed}"' in answer.text)
        )
        if is_clear:
            self.count(title[1])
        return bool(is_clear)


class Clerk:
    def __init__(self, row: Row, browser: Browser, world: dict, name: str):
        self.row, self.browser, self.world, self.name = row, browser, world, name
        self.sent = 0
        self.form: dict[str, str] = {}

    def next_key(self) -> str:
        self.sent += 1
        return f"{self.row.key} {self.name} {self.sent}"

    def patiently(self, key: str, attempt: Callable[[], Answer], typed: str = "") -> Answer | None:
        """Ask until there is an answer other than "try again"; None where patience ends."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                answer = attempt()
            except (OSError, http.client.HTTPException):
                self.row.count("no answer")
            else:
                if not self.row.may_try_again(answer, typed):
                    return answer
            time.sleep(PAUSE)
        self.row.fail(f"{key}: patience ended")
        return None

    def read(self, key: str, path: str) -> dict[str, str]:
        answer = self.patiently(key, lambda: self.browser.ask("GET", path))
        if answer is None or answer.status != 200:
            self.row.fail(f"{key}: {path} answered {answer and answer.status}")
            return {}
        return _Hidden(answer.text).fields

    def visit_form(self, key: str) -> list[tuple[str, object]]:
        if not self.form or self.sent % VISITS_A_PAGE == 0:
            self.form = self.read(key, f"/visits/add/?day={self.world['day']}")
        fields = self.form | {
            "submission": str(uuid.uuid4()),
            "day": self.world["day"],
            "voter_name": key,
            "village": self.world["village"],
            "phone": f"139{self.sent:04d}{int(self.name):04d}",
            "persons": 1,
            "channel": "in_person",
            "words": "门口的路坏了，请修一修。",
            "items-TOTAL_FORMS": 2,
        }
        for number in range(2):
            row = {"topic": self.world["topic"], "title": "修路", "summary": "修复门口的道路。"}
            # One is handed over at once, the other waits.
            row["lead_unit"] = self.world["unit"] if number else ""
            fields |= {f"items-{number}-{name}": value for name, value in row.items()}
        chosen = [("received_by", each) for each in self.world["received_by"]]
        return [*fields.items(), *chosen]

    def send(self, key: str, path: str, fields: list) -> Answer | None:
        """Send until it is taken or refused; the time is what the person waited in all."""
        began = time.monotonic()
        answer = self.patiently(key, lambda: self.browser.ask("POST", path, fields), key)
        if answer is None:
            return None
        if answer.status == 302 and "/login/" not in answer.place:
            self.row.acknowledge(key, answer.place, time.monotonic() - began)
        elif answer.status != 409:
            words = re.findall("<h1>(.*?)</h1>|<li>(.*?)</li>", answer.text)
            self.row.fail(f"{key}: {answer.status} {answer.place} {words[-4:]}")
        return answer

    def register(self) -> None:
        key = self.next_key()
        self.send(key, "/visits/add/", self.visit_form(key))

    def register_twice(self) -> None:
        key = self.next_key()
        fields = self.visit_form(key)
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda _: self.send(key, "/visits/add/", fields), range(2)))

    def take_step(self) -> None:
        """Note progress on an item that the others note on too; read again what is refused."""
        key = self.next_key()
        items = self.world["shared"]
        path = f"/items/{items[self.sent % len(items)]}/record/"
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            fields = self.read(key, path)
            answer = self.send(key, path, [*fields.items(), ("note", key)])
            if answer is None or answer.status != 409:
                return
            self.row.count("conflict shown")
        self.row.fail(f"{key}: patience ended")


def read_report(row: Row, browser: Browser, path: str, is_over: threading.Event) -> None:
    """Have the annual report set again and again."""
    while not is_over.wait(1):
        try:
            answer = browser.ask("GET", path)
        except (OSError, http.client.HTTPException):
            row.count("no PDF")
            continue
        if answer.status == 200 and answer.text.startswith("%PDF"):
            row.count("PDF")
        elif not row.may_try_again(answer):
            row.fail(f"PDF: {answer.status} {answer.place} {answer.text[:200]}")
