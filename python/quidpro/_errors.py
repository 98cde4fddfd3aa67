"""What prevents a command from doing its work."""


class Failure(Exception):
    """A wrong file, wrong usage, or a contract with errors. Its text is the program's own, with the place and what to write instead."""
