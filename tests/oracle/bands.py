"""Bands: a value chosen by a measurement.

{"of": TREE, "form": "ladder" | "table" | "list", "bands": [{"test": TEST, "value": TREE, "ruling": "in place" | "on top"}],
 "otherwise": TREE | null, "no_value": TREE | null}

A ladder takes the first band that fits, a table the only one; in a list that gets worse each band that fits replaces the
bands before it or comes on top of them, as its ruling says.
"""

from exact import ZERO
from outcome import NO_VALUE, Refused


def fits(test, value):
    from expressions import fixed

    form = test[0]
    edges = [fixed(edge) for edge in test[1:]]
    if form == "below":
        return value < edges[0]
    if form == "at most":
        return value <= edges[0]
    if form == "at least":
        return value >= edges[0]
    if form == "above":
        return value > edges[0]
    if form == "is":
        return value == edges[0]
    if form == "to":
        return edges[0] <= value <= edges[1]
    if form == "above to":
        return edges[0] < value <= edges[1]
    if form == "to below":
        return edges[0] <= value < edges[1]
    raise ValueError(f"unknown band {test}")


def band_value(E, env, bands, outside=None):
    """The value of the bands in a month; `outside` is what counts where no band fits, if that may be."""
    from expressions import bare, evaluate

    measure = evaluate(E, bare(env), bands["of"])
    if measure is NO_VALUE:
        if bands.get("no_value") is None:
            raise Refused("bands without a word on months without a value")
        return evaluate(E, env, bands["no_value"])
    if bands["form"] == "list":
        # What another band has come in place of is not computed: it does not count.
        counting = []
        for band in bands["bands"]:
            if fits(band["test"], measure):
                if band.get("ruling") == "in place":
                    counting = []
                counting.append(band["value"])
        if counting:
            values = [evaluate(E, env, value) for value in counting]
            return NO_VALUE if NO_VALUE in values else sum(values, ZERO)
    else:
        for band in bands["bands"]:
            if fits(band["test"], measure):
                return evaluate(E, env, band["value"])
    if bands.get("otherwise") is not None:
        return evaluate(E, env, bands["otherwise"])
    if outside is None:
        raise Refused("no band fits")
    return outside


NOTHING = ZERO
