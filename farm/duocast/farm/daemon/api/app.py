"""The application: all routes, one shape of errors, limits on what may come in."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from duocast.farm.daemon.api import (
    blobs,
    hooks,
    jobs,
    news,
    nodes,
    office,
    state,
    streams,
    tasks,
    visit,
)
from duocast.farm.daemon.api.answers import ErrorAnswer
from duocast.farm.daemon.faults import Refusal
from duocast.farm.daemon.premises import Premises
from duocast.farm.daemon.settings import Limits
from duocast.farm.daemon.submission import Submission

API = "/api/v1"
_REFERENCE = "#/components/schemas/{name}"
_REFUSALS = tuple(map(HTTPStatus, (400, 401, 403, 404, 409, 413, 422, 503)))
_REPLACED = ("HTTPValidationError", "ValidationError")
"""What FastAPI would say of malformed requests; ours are refused like all others."""
_PARTS = (jobs, tasks, blobs, nodes, office, hooks, news, streams, state, visit)
_log = logging.getLogger("duocast.farm")


def application(farm: Premises) -> FastAPI:
    """The API over a farm that runs."""
    app = FastAPI(
        title="duocast farm",
        version=version("duocast"),
        description="Have films made, watch them being made, and run the farm that makes them.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.premises = farm
    routes = APIRouter(prefix=API)
    for part in _PARTS:
        routes.include_router(part.router)
    app.include_router(routes)
    app.include_router(state.public)
    app.include_router(visit.public)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Bounded, limits=farm.settings.limits)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """What is read without pydantic, and refusals, stand in the OpenAPI all the same, once somebody asks for it.

    Told to each route at the start, refusals would take a third of the time that the routes take.
    """
    original = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = original()
            _, parts = msgspec.json.schema_components([Submission], ref_template=_REFERENCE)
            schemas = described["components"]["schemas"]
            schemas |= parts | _refusal_parts()
            for replaced in _REPLACED:
                schemas.pop(replaced, None)
            for path, verbs in described["paths"].items():
                if path.startswith(API):
                    _describe_refusals(verbs.values())
        return original()

    app.openapi = openapi  # type: ignore[method-assign]


def _refusal_parts() -> dict[str, Any]:
    described = ErrorAnswer.model_json_schema(ref_template=_REFERENCE.replace("name", "model"))
    return {**described.pop("$defs"), ErrorAnswer.__name__: described}


def _describe_refusals(operations: Iterable[dict[str, Any]]) -> None:
    schema = {"schema": {"$ref": _REFERENCE.format(name=ErrorAnswer.__name__)}}
    for operation in operations:
        for status in _REFUSALS:
            answers, code = operation["responses"], str(status.value)
            if code not in answers or status is HTTPStatus.UNPROCESSABLE_ENTITY:
                said = {"description": status.phrase, "content": {"application/json": schema}}
                answers[code] = said


def answer(status: int, code: str, message: str, hint: str = "", **more: object) -> JSONResponse:
    """A refusal in the one shape that all have."""
    headers = {"Retry-After": "1"} if status == 503 else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    body = {**more, "error": {"code": code, "message": message, "hint": hint}}
    return JSONResponse(body, status, headers)


async def _refused(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refusal)
    return answer(problem.status, problem.code, problem.message, problem.hint, **problem.more)


async def _malformed(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    message = f"{where}: {first['msg']}".encode("ascii", "backslashreplace").decode()
    return answer(422, "invalid", message)


async def _http(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    codes = {404: "not-found", 405: "method", 400: "invalid"}
    response = answer(
        problem.status_code, codes.get(problem.status_code, "refused"), str(problem.detail)
    )
    response.headers.update(problem.headers or {})
    return response


async def _broken(request: Request, problem: Exception) -> Response:
    _log.error("%s %s broke", request.method, request.url.path, exc_info=problem)
    hint = "look into the farm's log"
    return answer(500, "broken", "this request broke something in the farm", hint)


class Bounded:
    """Refuses bodies that are too large, by their announcement or as soon as too much has come."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit), send)

    def _limit(self, scope: Scope) -> int:
        path, limits = scope["path"], self._limits
        if path == f"{API}/jobs":
            return limits.submission
        if path == f"{API}/blobs/missing":
            return limits.digests * 70
        return limits.piece if path.startswith(f"{API}/blobs/") else limits.body


def _counted(receive: Receive, limit: int) -> Callable[[], Awaitable[Message]]:
    came = 0

    async def counting() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > limit:
            raise Refusal(413, "too-large", f"a request like this has at most {limit} bytes here")
        return message

    return counting


def _too_large(limit: int) -> Response:
    return answer(413, "too-large", f"a request like this has at most {limit} bytes here")
