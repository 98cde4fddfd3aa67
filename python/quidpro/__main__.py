"""The command `quidpro`, the same as the program."""

import sys

from ._quidpro import main as run


def main() -> None:
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
