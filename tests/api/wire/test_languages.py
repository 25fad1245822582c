"""A refusal is said in the language that was asked for, Chinese where nobody asked; the words for programs are the same in both."""

import httpx
import pytest
from litestar import Litestar

from tests.api.callers import Callers, act, application, new_project, opened, over_asgi

NO_CASE = "/v1/cases/00000000-0000-4000-8000-000000000000"
HIDDEN = {"zh-CN": "没有此办件，或您的单位不参与该办件。", "en": "There is no such case, or your party takes no part in it."}
ASKED = [
    ("", "zh-CN"),
    ("zh", "zh-CN"),
    ("zh-Hans-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
    ("de, en;q=0.8, zh;q=0.9", "zh-CN"),
    ("de", "zh-CN"),
    ("en;q=0", "zh-CN"),
    ("en;q=often", "zh-CN"),
    ("en", "en"),
    ("en-GB,en;q=0.9", "en"),
    ("zh;q=0.3, EN;q=0.7", "en"),
]


def told(answer: httpx.Response) -> tuple[int, str, str, str]:
    """The status, and in which words and language it is said."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert "accept-language" in answer.headers["vary"]
    problem = answer.json()
    return answer.status_code, answer.headers["content-language"], problem["title"], problem["detail"]


@pytest.mark.parametrize(("asked", "language"), ASKED)
async def test_the_language_is_the_best_of_those_that_are_asked_for(callers: Callers, asked: str, language: str) -> None:
    answer = await callers.coordinator().get(NO_CASE, headers={"accept-language": asked})
    assert told(answer)[1::2] == (language, HIDDEN[language])


async def test_who_names_no_language_is_answered_in_chinese(app: Litestar) -> None:
    async with over_asgi(app) as client:
        del client.headers["accept-language"]
        answer = await client.get(NO_CASE)
    assert told(answer) == (
        401,
        "zh-CN",
        "需要有效的令牌",
        "请求未带令牌。请向 POST /oauth/token 申请令牌，并在请求头中写明：Authorization: Bearer …",
    )


async def test_one_request_does_not_set_the_language_of_the_next(callers: Callers) -> None:
    async with callers.coordinator() as office:
        languages = [told(await office.get(NO_CASE, headers={"accept-language": one}))[1] for one in ("en", "zh", "en", "")]
    assert languages == ["en", "zh-CN", "en", "zh-CN"]


@pytest.mark.parametrize(
    ("method", "path", "status", "zh", "en"),
    [
        ("GET", "/v1/nothing", 404, "没有此项内容", "There is no such thing here"),
        ("DELETE", "/v1/cases", 405, "此地址不接受该方法", "This address does not take that method"),
    ],
)
async def test_what_no_operation_answers_is_said_in_both(
    anybody: httpx.AsyncClient, method: str, path: str, status: int, zh: str, en: str
) -> None:
    for language, title in (("zh-CN", zh), ("en", en)):
        answer = await anybody.request(method, path, headers={"accept-language": language})
        assert told(answer)[:3] == (status, language, title)


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        (
            '{"kind": "connection"',
            "请求正文不是可读取的 UTF-8 编码 JSON：内容不完整。",
            "The body is not JSON in UTF-8 that can be read: Input data was truncated.",
        ),
        (
            '{"kind": "connection", }',
            "请求正文不是可读取的 UTF-8 编码 JSON：JSON 写法有误：对象末尾多一个逗号（第 23 字节）。",
            "The body is not JSON in UTF-8 that can be read: JSON is malformed: trailing comma in object (byte 23).",
        ),
        (
            '{"kind": 7}',
            "类型应为「str」，收到的是「int」（位置：$.kind）。接口规范见 /v1/openapi.json。",
            "Expected `str`, got `int` (at $.kind). The contract is at /v1/openapi.json.",
        ),
        (
            '{"kind": "connection", "colour": "red"}',
            "含有不认识的字段「colour」（位置：$）。接口规范见 /v1/openapi.json。",
            "Object contains unknown field `colour` (at $). The contract is at /v1/openapi.json.",
        ),
        (
            '{"kind": "connection"}',
            "缺少必填字段「city」（位置：$）。接口规范见 /v1/openapi.json。",
            "Object missing required field `city` (at $). The contract is at /v1/openapi.json.",
        ),
    ],
)
async def test_a_body_that_cannot_be_read_is_said_to_be_so_in_both(callers: Callers, body: str, zh: str, en: str) -> None:
    for language, words in (("zh-CN", zh), ("en", en)):
        sent = {"content-type": "application/json", "accept-language": language}
        answer = await callers.window().post("/v1/cases", content=body, headers=sent)
        assert told(answer)[::3] == (400, words)
        for one in answer.json().get("errors", ()):
            assert words.startswith(one["message"]), "what is said for programs to show is said in the same language"


async def test_a_refusal_of_the_domain_is_said_in_both_and_means_the_same_to_programs(callers: Callers) -> None:
    case = await opened(callers.window())
    path = f"/v1/cases/{case['caseId']}/acts"
    found = {
        language: await callers.window().post(
            path, json=act("application.pushed", utilities=["jm-nobody"]), headers={"accept-language": language}
        )
        for language in ("zh", "en")
    }
    assert [answer.json()["title"] for answer in found.values()] == ["填写的内容有误", "A value cannot be right"]
    zh, en = (answer.json() for answer in found.values())
    assert (zh["type"], zh["status"], set(zh)) == (en["type"], en["status"], set(en))


async def test_what_is_answered_again_under_a_key_keeps_its_words_and_says_in_which_language_they_are(callers: Callers) -> None:
    project = new_project()
    await opened(callers.window(), application(project))
    key = {"idempotency-key": f"second-{project}"}
    first = await callers.window().post("/v1/cases", json=application(project), headers=key | {"accept-language": "zh"})
    again = await callers.window().post("/v1/cases", json=application(project), headers=key | {"accept-language": "en"})
    assert told(first)[:3] == (409, "zh-CN", "此前已经办理")
    assert first.json()["detail"].startswith(f"关于「{project}」已有在办件（编号 ")
    assert (told(again), again.headers["idempotency-replayed"]) == (told(first), "true")


async def test_a_refused_token_is_described_in_both(anybody: httpx.AsyncClient) -> None:
    form = {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "wrong"}
    for language, words in (
        ("zh-CN", "接口账号的 client_id 与 client_secret 不符，或该账号已停用。"),
        ("en", "The client's id and secret"),
    ):
        answer = await anybody.post("/oauth/token", data=form, headers={"accept-language": language})
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer.json()["error_description"].startswith(words)
