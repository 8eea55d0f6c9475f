"""One request and its answer, within a time and a size, with waits where a system asks for them.

Nothing follows a redirect, as the token would go with it; no message names the token. What is not
here: what is asked, which ``hubspot`` and ``salesforce`` know.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orchestration.landing.text_formats import FORMATS

# Larger than any answer to a full batch.
MOST_BYTES = 20_000_000
WAITS = 5
# Where the system does not say how long.
FIRST_WAIT_SECONDS = 1.0
UNAUTHORISED = (401, 403)
TOO_MANY = 429
TIMED_OUT = 408


class Unanswered(RuntimeError):
    """No whole answer came, so nobody knows whether the request was carried out."""


class Stopped(RuntimeError):
    """Nothing more can be sent in this push. The text says why."""


@dataclass(frozen=True)
class Answer:
    """What a system said.

    Attributes:
        status: of HTTP.
        body: as JSON, with decimals as they stand; None where it is none.
        headers: of the answer.
    """

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def is_good(self) -> bool:
        """Tell whether the request was understood."""
        return 200 <= self.status < 300


class Exchange:
    """Requests to one system."""

    def __init__(
        self,
        url: str,
        token: str,
        timeout_seconds: float,
        longest_wait_seconds: float,
        is_for_today: Callable[[Answer], bool],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare requests.

        Args:
            url: address before the path.
            token: for the header that says who asks.
            timeout_seconds: for a whole answer, and for each part of it.
            longest_wait_seconds: for which the system may ask to wait.
            is_for_today: tells whether a refusal for too many requests holds until tomorrow.
            sleep: waits for some seconds.
        """
        self.url, self.timeout, self.token = url, timeout_seconds, token.encode()
        self.longest_wait, self.is_for_today, self.sleep = (
            longest_wait_seconds,
            is_for_today,
            sleep,
        )
        # Most runs send nothing, and need not wait for it.
        import httpx

        self.failures = (httpx.HTTPError, httpx.InvalidURL)
        self.client = httpx.Client(
            timeout=timeout_seconds,
            follow_redirects=False,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
        )

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Send one request and wait for its answer, as long as the system asks to.

        Raises:
            Unanswered: nobody knows whether it was carried out.
            Stopped: the token is not taken, or there were too many requests.
        """
        for turn in range(WAITS + 1):
            answer = self._once(method, path, body)
            if answer.status in UNAUTHORISED and not self.is_for_today(answer):
                raise Stopped(
                    f"the token is not taken (status {answer.status}): {said(answer)}. Expected "
                    "one that may write; put a new one into its file"
                )
            if self.is_for_today(answer):
                raise Stopped(f"no more requests today: {said(answer)}")
            if answer.status >= 500 or answer.status == TIMED_OUT:
                raise Unanswered(f"status {answer.status}: {said(answer)}")
            if 300 <= answer.status < 400:
                raise Stopped(f"the address leads elsewhere (status {answer.status})")
            if answer.status != TOO_MANY:
                return answer
            wait = _seconds(answer.headers.get("retry-after"), FIRST_WAIT_SECONDS * 2**turn)
            if wait > self.longest_wait:
                raise Stopped(f"we are asked to wait {wait:.0f} s: {said(answer)}")
            if turn < WAITS:
                self.sleep(wait)
        raise Stopped(f"too many requests after {WAITS} waits: {said(answer)}")

    def _once(self, method: str, path: str, body: Any) -> Answer:
        ends = time.monotonic() + self.timeout
        content = None if body is None else json.dumps(body, ensure_ascii=True).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            with self.client.stream(
                method, self.url + path, content=content, headers=headers
            ) as answer:
                parts, size = [], 0
                for part in answer.iter_bytes():
                    size += len(part)
                    if time.monotonic() > ends:
                        raise Unanswered(f"no whole answer within {self.timeout:.0f} s")
                    if size > MOST_BYTES:
                        raise Unanswered(f"an answer of more than {MOST_BYTES:,} bytes")
                    parts.append(part)
                content = b"".join(parts)
                if self.token:
                    # Who refuses it may repeat it.
                    content = content.replace(self.token, "…".encode())
                return Answer(answer.status_code, _read(content), answer.headers)
        except self.failures as error:
            raise Unanswered(f"no answer from {self.url} ({type(error).__name__})") from None


def said(answer: Answer) -> str:
    """Return what an answer says of itself, in one short line that names nobody."""
    text = " ".join(_texts(answer.body))
    for expression in FORMATS.values():
        text = re.sub(expression, " … ", text)
    return " ".join(text.split())[:300] or "no reason was given"


def _texts(body: Any) -> list[str]:
    if isinstance(body, list):
        return [text for one in body[:3] for text in _texts(one)]
    if not isinstance(body, dict):
        return []
    names = ("errorCode", "statusCode", "category", "policyName", "error", "message")
    return [body[name] for name in names if isinstance(body.get(name), str)]


def _read(content: bytes) -> Any:
    try:
        return json.loads(content, parse_float=Decimal) if content else None
    except (ValueError, RecursionError):
        return None


def _seconds(text: str | None, default: float) -> float:
    try:
        seconds = float(text or "")
    except ValueError:
        return default
    return seconds if 0 <= seconds < float("inf") else default
