"""The API as its OpenAPI describes it, tried with requests made from that: nothing breaks it."""

from collections.abc import Iterator

import pytest
import schemathesis
from house import Running, Scripted, film, order, running, settings, submit, until
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tries
from schemathesis.checks import not_a_server_error

STREAMS = ("/events",)


@schemathesis.serializer("application/offset+octet-stream")
def piece(_, value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(settings(tmp_path_factory.mktemp("farm"), Scripted)) as house:
        with house.client() as ann:
            until(ann, submit(ann, order(film(1), "known")))
        yield house


def _try(farm: Running, examples: int, *, bodies: bool = False) -> None:
    schema = schemathesis.openapi.from_url(f"{farm.url}/api/v1/openapi.json")
    count, broken = 0, []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith(STREAMS) or (bodies and not operation.body):
            continue
        count += 1
        try:
            _one(farm, operation, examples)
        except Exception as problem:
            broken.append(f"{operation.label}: {problem}")
    assert count > (8 if bodies else 30)
    assert not broken, "\n\n".join(broken)


def _one(farm: Running, operation, examples: int) -> None:
    headers = {"Authorization": f"Bearer {farm.tokens['ann']}"}

    @tries(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def one(case) -> None:
        answer = case.call(base_url=farm.url, headers=headers)
        case.validate_response(answer, checks=[not_a_server_error])

    one()


def test_a_request_to_every_route_that_takes_a_body(farm: Running) -> None:
    _try(farm, 1, bodies=True)


@pytest.mark.slow
def test_many_requests_to_every_route(farm: Running) -> None:
    _try(farm, 150)
