"""`python -m mlcoach`."""

from mlcoach.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
