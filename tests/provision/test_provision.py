import subprocess
import sys

import psycopg


def test_every_test_gets_a_database_of_its_own(pg_url, new_pg_url):
    other = new_pg_url()
    assert other != pg_url
    with psycopg.connect(pg_url) as one, psycopg.connect(other) as two:
        one.execute("CREATE TABLE idea (number integer)")
        assert two.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'idea'").fetchone() == (0,)


def test_a_database_keeps_the_text_of_a_room_in_any_script(pg_url):
    with psycopg.connect(pg_url) as connection:
        written = "Łódź – 会议 – Ωμέγα"
        assert connection.execute("SELECT %s::text", [written]).fetchone() == (written,)


def test_a_sqlite_url_names_a_file_that_nobody_made_yet(sqlite_url, tmp_path):
    assert sqlite_url.startswith("sqlite:////")
    assert not list(tmp_path.iterdir())


def test_the_browser_starts(chromium):
    # Root may not sandbox; the fixture's users add the same switch.
    said = subprocess.run([chromium, "--version", "--no-sandbox"], capture_output=True, text=True, check=True).stdout
    assert "Chrom" in said


def test_what_provision_says_names_every_tool():
    said = subprocess.run([sys.executable, "-m", "tests.provision"], capture_output=True, text=True, check=True).stdout
    assert "Chromium: " in said
    assert "PostgreSQL: " in said
    assert "nginx: " in said
