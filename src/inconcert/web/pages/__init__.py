"""The pages, one file each; ROUTES of each are addresses and what answers them."""

from inconcert.web.pages import imports, jobs, names, network, start

ROUTES = [*start.ROUTES, *jobs.ROUTES, *imports.ROUTES, *network.ROUTES, *names.ROUTES]
