"""Where the reference could be read in two ways: which one the oracle takes, and which one it can take instead.

Where the reference has since been made plain, the oracle takes what it says now. With `--other-readings` it takes the other one of each pair, so that a comparison shows
what lies behind these known differences.
"""

READINGS = {
    # Tiers `flat` and `metered`: a fee of the first tier that fell due before the account's data begins counts as invoiced;
    # or the account's first month is the one in which it falls due.
    "the first flat fee falls due in the account's first month": True,
    # `months in a row with`, where the condition of the month itself cannot be computed: the month is refused; or passed over.
    "a run passes over its own month": False,
    # An input that an amendment adds: its cells of earlier months are read where windows look at them; or they are not read.
    "cells before an input was agreed are not read": True,
    # Earn-back after good months: a month whose miss is known and whose credit is not forfeits the credit; or is passed over.
    "an earn-back passes over a miss whose credit is not known": True,
    # `only the largest of … when C`: C is asked where several credits arise; or in every month.
    "a choice among credits asks its condition in every month": False,
    # A target of a share of gain for each month: of the months of the period of which the account has data; or of all in the term.
    "monthly gain targets count from the account's first month": True,
    # A carried line that waits for a later invoice when the limit (or `credits below …`) by which it was carried ends: the last month under those
    # words settles it; or it goes on as its credits go.
    "the end of the words that carried it puts a carried line on its last invoice": True,
    # A fixed target of a share of gain that is due pro rata: rounded as a commitment is; or exact.
    "the pro-rata target of a share of gain is rounded as a line": True,
    # An index that an amendment adds: adjustments of months before it do not count; or they do, as far as their values can be read.
    "adjustments before an index was agreed count": False,
}


def take_the_others():
    for name in READINGS:
        READINGS[name] = not READINGS[name]
