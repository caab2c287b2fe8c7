"""The pages, one file each; ROUTES of each are addresses and what answers them."""

from inconcert.web.pages import case, imports, jobs, names, network, start

ROUTES = [*start.ROUTES, *case.ROUTES, *jobs.ROUTES, *imports.ROUTES, *network.ROUTES, *names.ROUTES]
