import os

import pytest


@pytest.mark.xdist_group("one_worker")
def test_tests_of_a_group_go_to_one_worker(request):
    """Several modules share a server or a room between their tests; pytest-xdist marks the group in the test's id."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@one_worker")
