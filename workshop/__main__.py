"""``python -m workshop <command>``: Roundtable without a browser."""

from workshop.cli import app

if __name__ == "__main__":
    app(prog_name="python -m workshop")
