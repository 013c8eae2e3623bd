"""The officer's list, which lies below, is told how requests stand after their search."""

from oversight.leads.presenting import stages
from oversight.requests.stages import register_stage_source

register_stage_source(stages)
