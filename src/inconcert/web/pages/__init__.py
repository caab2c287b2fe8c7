"""The pages, one file each; ROUTES of each are addresses and what answers them."""

from inconcert.web import report_style
from inconcert.web.pages import case, group, group_judging, groups, imports, jobs, names, network, start

ROUTES = [*start.ROUTES, *case.ROUTES, *jobs.ROUTES, *imports.ROUTES, *network.ROUTES, *names.ROUTES, *report_style.ROUTES, *groups.ROUTES, *group_judging.ROUTES, *group.ROUTES]
