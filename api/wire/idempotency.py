"""One request, one effect: a POST with an `Idempotency-Key` is answered a second time with its first answer; keys are kept for a day.

Nothing of a person is kept: a fingerprint is keyed, so that nobody can try telephones against it, and an answer that shows somebody
whole is kept masked.
"""

import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, TypeVar

from api.wire.answer import Answer
from api.wire.operation import ApiRequest
from api.wire.problems import NotReadable, problem_of
from casework.settings import strong_secret
from domain.refusals import Refusal
from storage.access.idempotency import claim, keep
from storage.postgres.faults import SubjectTaken
from storage.postgres.transaction import Tx
from words import sentence

Done = TypeVar("Done")
HEADER = "Idempotency-Key"
_FORM = re.compile(r"[\x21-\x7e]{1,200}")
_SENT_AGAIN = ("location", "etag", "content-type", "content-language", "vary")


class Discreet(NamedTuple):
    """An answer that is given once: what is kept of it says less."""

    answer: Answer
    kept: Answer


async def once(
    request: ApiRequest,
    work: Callable[[Tx], Awaitable[Done | Refusal]],
    show: Callable[[Done], Answer | Discreet],
    content: bytes | None = None,
) -> Answer:
    """Do the work in one transaction and show what came of it; with a key, keep the answer there too, or give the one that was kept.

    What was kept and refused all the same comes back as a refusal, and is answered as one: the transaction stands.
    `content` stands for a body that is not held in memory: its digest, and whatever else makes the request what it is.
    """
    program, key = request.program, request.headers.get("idempotency-key")
    if key is None:
        async with program.transaction(request.user) as tx:
            return _parts(_shown(await work(tx), show)).answer
    if not _FORM.fullmatch(key):
        raise NotReadable(sentence("The Idempotency-Key has to be 1 to 200 visible ASCII characters, for example a UUID."))
    fingerprint = await _fingerprint(request, content)
    async with program.transaction(request.user) as tx:
        replay = await claim(tx, request.user.client, key, fingerprint, now=program.wall_now())
        if replay is not None:
            return _again(replay.status, replay.headers, replay.body)
        answer, kept = _parts(_shown(await work(tx), show))
        await keep(tx, request.user.client, key, kept.status_code, _kept_headers(kept), kept.body)
        return answer


async def once_or_again(
    request: ApiRequest, work: Callable[[Tx], Awaitable[Done | Refusal]], show: Callable[[Done], Answer | Discreet]
) -> Answer:
    """The same, once more where another request took the subject between our look and our write: it is there now, and is named."""
    try:
        return await once(request, work, show)
    except SubjectTaken:
        return await once(request, work, show)


def _shown(done: Done | Refusal, show: Callable[[Done], Answer | Discreet]) -> Answer | Discreet:
    return problem_of(done) if isinstance(done, Refusal) else show(done)


def _parts(done: Answer | Discreet) -> Discreet:
    return done if isinstance(done, Discreet) else Discreet(done, done)


async def _fingerprint(request: ApiRequest, content: bytes | None) -> bytes:
    about = f"{request.scope['path']}\n{request.headers.get('if-match', '')}\n".encode()
    return hmac.digest(
        strong_secret(request.program.settings).encode(), about + (await request.body() if content is None else content), "sha256"
    )


def _kept_headers(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name in _SENT_AGAIN}


def _again(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    sent = dict(headers) | {"idempotency-replayed": "true", "cache-control": "no-store", "x-content-type-options": "nosniff"}
    return Answer(body=body, status_code=status, headers=sent, media_type=headers["content-type"])
