"""The gate, which knows no database, is given the acts that were adopted."""

from oversight.policy.selectors import AdoptedActs
from oversight.policy.standing import connect

connect(AdoptedActs())
