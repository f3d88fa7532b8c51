"""What the tests need from the machine: a browser, a PostgreSQL server and an nginx, found or brought.

`python -m tests.provision` installs what is missing; the fixtures in `tests/conftest.py` use what it leaves.
"""
