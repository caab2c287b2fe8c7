"""`/jobs/<id>`: long work while it runs, and what came of it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.case import case_facts
from inconcert.web.jobs import Job
from inconcert.web.rendering import page, part
from inconcert.web.workbench import workbench_of


def show(request: Request) -> Response:
    """The whole page."""
    job, bench = _job(request), workbench_of(request)
    title = case_facts(bench.case(job.case).path)["title"]
    return page(request, "job.html.jinja", job=job, case=job.case, title=title, now=bench.clock())


def progress(request: Request) -> Response:
    """The part that changes; once the work is done, the page it leads to."""
    job = _job(request)
    answer = part("job_progress.html.jinja", job=job, now=workbench_of(request).clock())
    if job.state == "done":
        answer.headers["HX-Redirect"] = job.after
    return answer


def cancel(request: Request) -> Response:
    """End the work; nothing of the case is damaged by it."""
    job = _job(request)
    workbench_of(request).jobs.cancel(job)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _job(request: Request) -> Job:
    job = workbench_of(request).jobs.get(request.path_params["id"])
    if job is None:
        raise HTTPException(404)
    return job


ROUTES = [
    Route("/jobs/{id}", show),
    Route("/jobs/{id}/progress", progress),
    Route("/jobs/{id}/cancel", cancel, methods=["POST"]),
]
