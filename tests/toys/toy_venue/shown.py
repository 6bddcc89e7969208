"""What of the weights is remembered once an order has been shown."""

from tyngdepunkt.analyses.toy_venue.result import VenueResult

from tyngdepunkt.analyses.kept import Shown


def shown(result: VenueResult, lang: str) -> Shown:
    """The weights; nothing counts inside them."""
    words = ", ".join(f"{name} {weight:.0f}" for name, weight in result.weights.items())
    return Shown(result.title, sorted(result.weights.items()), (), words, result.weight_log)
