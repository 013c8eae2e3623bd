"""The same requests put to Cedar's other build: decision and reasons must agree.

Runs where set-up has fetched @cedar-policy/cedar-wasm to var/node/ and node is installed.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from oversight.policy import gate
from oversight.policy.engine import cedar
from oversight.policy.engine.facts import read_facts
from oversight.policy.engine.request import cedar_request
from tests.policy.law import ROWS

WASM = Path(__file__).resolve().parents[2] / "var" / "node" / "cedar-wasm"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None or not (WASM / "package.json").is_file(),
    reason="node or @cedar-policy/cedar-wasm is not there; `make setup` fetches the latter",
)

PROGRAM = """
const cedar = require(process.argv[1]);
const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const answers = input.requests.map(({policies, request}) => {
  const answer = cedar.isAuthorized({
    ...request, policies: {staticPolicies: input.sets[policies], templates: {}, templateLinks: []},
    entities: input.entities, schema: input.schema, validateRequest: true,
  });
  if (answer.type !== 'success') return {error: JSON.stringify(answer.errors)};
  const {decision, diagnostics} = answer.response;
  return {decision, reasons: diagnostics.reason.sort(), errors: diagnostics.errors};
});
const checks = input.sets.map(set => cedar.validate({
  schema: input.schema, policies: {staticPolicies: set, templates: {}, templateLinks: []},
}));
console.log(JSON.stringify({answers, checks}));
"""


def run_node(document):
    done = subprocess.run(
        [NODE, "-e", PROGRAM, str(WASM)],
        input=json.dumps(document),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def both():
    """The rows of the law, judged by both builds: (sets, ours, theirs, validation)."""
    policy = gate.load_policy()
    sets, requests, ours = {}, [], []
    for row in ROWS:
        facts = read_facts(row.facts, policy.library.reference)
        bound = policy.bind(facts, [row.pack])
        names = list(sets)
        if bound.digest not in sets:
            sets[bound.digest] = bound.policies
            names = list(sets)
        request = cedar_request(facts)
        requests.append({"policies": names.index(bound.digest), "request": request})
        verdict = cedar.evaluate(request, cedar.compile_policies(bound.policies), bound.world)
        ours.append(("allow" if verdict.allowed else "deny", sorted(verdict.determining)))
    document = {
        "sets": list(sets.values()),
        "requests": requests,
        "schema": policy.world.schema_text,
        "entities": policy.world.entities_json,
    }
    return sets, ours, run_node(document)


def test_both_builds_decide_alike_for_the_same_reasons(both):
    _, ours, theirs = both
    assert len(ours) == len(ROWS)
    for row, mine, answer in zip(ROWS, ours, theirs["answers"], strict=True):
        assert "error" not in answer, (row, answer)
        assert answer["errors"] == []
        assert (answer["decision"], answer["reasons"]) == mine, row


def test_validation_of_the_other_build_finds_nothing_even_to_warn_of(both):
    sets, _, theirs = both
    assert len(theirs["checks"]) == len(sets)
    for check in theirs["checks"]:
        assert check["type"] == "success", check
        assert check["validationErrors"] == []
        assert check["validationWarnings"] == []
        assert check["otherWarnings"] == []
