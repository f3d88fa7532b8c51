"""A room of real browsers around the real app."""

import pytest

pytest.register_assert_rewrite("tests.browser.letters", "tests.browser.hostile_steps")
