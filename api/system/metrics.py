"""Figures for Prometheus: how long requests took by route, when jobs last succeeded; nothing that names a case or a person."""

from contextlib import suppress
from time import perf_counter
from typing import Any

from litestar import get
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest

from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation
from storage.audit.jobs import last_success
from storage.feed.deriving import count_untold
from storage.postgres.faults import StorageFault

TEXT = "text/plain; version=0.0.4; charset=utf-8"
METRICS = Operation(reply="text/plain", tag="operations")
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)


class Meter:
    """The figures of one application."""

    def __init__(self) -> None:
        """Keep them apart from those of any other application in the process."""
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._took = Histogram("lianban_request_seconds", "How long requests took", labels, buckets=_BUCKETS, registry=self.registry)
        self._jobs = Gauge("lianban_job_last_success_seconds", "When each job last succeeded", ("job",), registry=self.registry)
        self._untold = Gauge("lianban_feed_untold_cases", "Cases of which readers of the feed are still to be told", registry=self.registry)
        self._children: dict[tuple[str, str, int], Any] = {}

    def took(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        child = self._children.get((method, route, status))
        if child is None:
            child = self._children[method, route, status] = self._took.labels(method, route, str(status))
        child.observe(seconds)

    def succeeded(self, job: str, at: float) -> None:
        """Note a job's last success."""
        self._jobs.labels(job).set(at)

    def waits(self, cases: int) -> None:
        """Note of how many cases readers are still to be told."""
        self._untold.set(cases)


def measured(app: ASGIApp) -> ASGIApp:
    """Time every request by its route's template."""

    async def timed(scope: Scope, receive: Receive, send: Send) -> None:
        began, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, noting)
        finally:
            meter: Meter = scope["litestar_app"].state.meter
            meter.took(scope["method"], scope["path_template"], status, perf_counter() - began)  # type: ignore[typeddict-item]  # HTTP only

    return timed


@get("/metrics", operation_id="readMetrics", summary="Figures for Prometheus", opt=METRICS.opt)
async def read_metrics(request: ApiRequest) -> Answer:
    """Answer with what is known; without the database, with what this process knows."""
    meter: Meter = request.app.state.meter
    program = request.app.state.program
    with suppress(StorageFault):
        async with program.db.connection() as tx:
            for job, at in (await last_success(tx)).items():
                meter.succeeded(job, at.timestamp())
            meter.waits(await count_untold(tx, program.telling))
    return Answer(body=generate_latest(meter.registry), headers={"content-type": TEXT})
