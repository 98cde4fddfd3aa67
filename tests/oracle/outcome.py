"""What can stand in the place of a value: none, or a reason why it cannot be computed."""


class Refused(Exception):
    """This cannot be computed, so that a month that needs it has no invoice."""


class MissingCell(Refused):
    """A cell of the data is empty, and the input does not say what then counts."""


class NothingToMeasure(Refused):
    """A denominator is zero."""


class NotThere(Refused):
    """The month is one before the item was agreed, and there is nothing of it: windows pass over it."""


class CellNotThere(NotThere, MissingCell):
    """The cell of an input in a month before the input was agreed."""


def of_earlier_month(compute):
    """A value of an earlier month: a cell that is missing there is missing where it is read, and everything else stops it."""
    try:
        return compute()
    except (NotThere, MissingCell):
        raise
    except Refused as refusal:
        raise Refused(f"an earlier month could not be computed: {refusal}") from refusal


def attempt(compute):
    """The value, or the reason why it cannot be computed, so that what does not need it can go on."""
    try:
        return compute()
    except Refused as refusal:
        return refusal


def known(value):
    """The value, if it could be computed."""
    if isinstance(value, Refused):
        raise value
    return value


def total_of(values, start):
    """The sum of values, all of which must be known."""
    for value in values:
        start += known(value)
    return start


class _NoValue:
    """The month has no value: what is made of it has none, and windows pass over it."""

    def __repr__(self):
        return "no value"


NO_VALUE = _NoValue()
