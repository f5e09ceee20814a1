"""`python -m builder` is `sourcebook`."""

from builder.cli import main

if __name__ == "__main__":
    main()
