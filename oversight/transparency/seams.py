"""Pages of rules, which lie below, are told where their figures are published."""

from oversight.policy.figures import register_refusals
from oversight.transparency.refusals import published_refusals

register_refusals(published_refusals)
