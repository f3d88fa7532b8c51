"""Install what the tests need and say what they will use; called by `make test`."""

from tests.provision import chromium, nginx, postgres


def main() -> None:
    print(f"Chromium:   {chromium.find() or chromium.install()}")
    print(f"PostgreSQL: {postgres.describe()}")
    print(f"nginx:      {nginx.find() or nginx.install()}")


main()
