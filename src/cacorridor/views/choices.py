"""Words for choices: what each way is best at, and what tells it from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import GENERALISED, MEASURES
from cacorridor.routing.choice.objectives import BORDERS
from cacorridor.views import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.choice.alternatives import AlternativeRoute, Alternatives
    from cacorridor.routing.routes import Route

BEST = {  # what a way is called that no other betters by a criterion
    "time": "quickest",
    "length": "shortest",
    "cost": "cheapest",
    "emissions": "cleanest",
    GENERALISED: "best for time and money together",
    BORDERS: "fewest borders",
}
STATES_NAMED = 4


def describe_alternative(
    network: Network, alternative: AlternativeRoute, others: Sequence[AlternativeRoute]
) -> str:
    """Name a way by how it goes, how long it takes and what it is best at.

    Parameters
    ----------
    network
        Names the states and the posts.
    alternative
        The way.
    others
        All that it stands beside; itself does not count.

    Returns
    -------
    str
        Such as "by road through Kyrgyzstan, 36 h: quickest, fewest borders".

    """
    best = describe_best(alternative.best_at)
    remark = " (another is no worse in anything)" if alternative.dominated else ""
    named = f"{_describe_manner(network, alternative, others)}, {text.duration(alternative.route.time_h)}"
    return f"{named}: {best}{remark}" if best else f"{named}{remark}"


def describe_left_out(network: Network, alternatives: Alternatives) -> str:
    """Say which states are crossed by good ways only that another betters in everything.

    Parameters
    ----------
    network
        Names the states.
    alternatives
        The alternatives, ranked.

    Returns
    -------
    str
        Such as "left out, as another is no worse in anything: the best through Kyrgyzstan"; or nothing.

    """
    states = ", ".join(map(network.state_name, alternatives.left_out))
    return f"left out, as another is no worse in anything: the best through {states}" if states else ""


def describe_best(criteria: Sequence[str]) -> str:
    """Say in words by what a way is the best.

    Parameters
    ----------
    criteria
        Names of criteria.

    Returns
    -------
    str
        Such as "quickest, cheapest"; nothing without criteria.

    """
    return ", ".join(BEST[name] for name in criteria)


def list_amounts(route: Route) -> str:
    """Write the expected value of every measure of a route, and its borders.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    str
        Such as "52 h, 1,020 km, 2,898 usd, 1,649 kg, 2 borders".

    """
    # hours first, whatever the order of the measures: they are what most readers look for
    totals = route.totals()
    order = ("time", *(name for name in MEASURES if name != "time"))
    known = (text.amount(MEASURES[name], totals[MEASURES[name].column]) for name in order)
    return ", ".join([*known, text.plural(len(route.crossings), "border")])


def _describe_manner(
    network: Network, alternative: AlternativeRoute, others: Sequence[AlternativeRoute]
) -> str:
    """Say by what and through which states a way goes; over which posts, if others go that way as well."""
    families = " and ".join(map(text.humanize, alternative.families))
    through = _through(network, alternative)

    # the same modes through the same states: only the posts tell such ways apart
    looks = alternative.families, alternative.states
    alike = [
        other for other in others if other is not alternative and (other.families, other.states) == looks
    ]
    if not alike and (through or alternative.families):
        return f"by {families}{through}"
    return f"by {families}{through}{_over(network, alternative)}"


def _through(network: Network, alternative: AlternativeRoute) -> str:
    """Name the first few states that not every way crosses."""
    named = [network.state_name(state) for state in alternative.states[:STATES_NAMED]]
    rest = len(alternative.states) - len(named)
    more = [f"{rest} more"] if rest else []
    return f" through {', '.join([*named, *more])}" if named else ""


def _over(network: Network, alternative: AlternativeRoute) -> str:
    """Name the first crossing of a way."""
    if not alternative.crossings:
        return ""
    link = network.links.loc[alternative.crossings[0]]
    return f" over {network.place_name(link['from'])} {text.DASH} {network.place_name(link['to'])}"
