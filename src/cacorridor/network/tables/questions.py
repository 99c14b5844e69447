"""Tables of what is asked and set beside the model; a network is complete without them."""

from __future__ import annotations

from cacorridor.network.columns import (
    BASIS,
    COUNTINGS,
    EDITED_TABLES,
    EXCLUSIONS,
    ID,
    NOTE,
    OPERATIONS,
    QUALITY_TESTS,
    QUANTITIES,
    SERVICE_LEVELS,
    SERVICES,
    SOURCE,
    Column,
    Table,
    optional,
)

CLAIMS = Table(
    "claims",
    "a published figure about a journey",
    (
        ID,
        Column("origin", "key", "place where the journey begins", refers_to="places"),
        Column("destination", "key", "place where it ends", refers_to="places"),
        optional("via", "keys", "places it passes, in order, separated by ;", refers_to="places"),
        Column("modes", "keys", "modes used, separated by ;", refers_to="modes"),
        optional("level", "category", "service level", allowed=SERVICE_LEVELS),
        Column(
            "what",
            "category",
            "the quantity; usd is dollars of the year for a 40-foot container, usd_truck for a truck of 20 t",
            allowed=QUANTITIES,
        ),
        Column("low", "number", "lower figure in the unit of what", low=0.01, high=1e7),
        Column("high", "number", "upper figure in the unit of what", low=0.01, high=1e7),
        Column(
            "standing", "category", "observed, or promised for a future", allowed=("observed", "promised")
        ),
        optional("year", "year", "year of the claim"),
        optional("as_of", "year", "year of the network it speaks of; empty: today"),
        optional("claimant", "text", "who says so"),
        Column("source_id", "key", "where it was said", refers_to="sources"),
        optional(
            "set_aside",
            "text",
            "why it is not counted: sources disagree and another claim is selected, shorter than the "
            "straight line, or other ends than its words suggest",
        ),
        NOTE,
    ),
    optional=True,
)

PAIRS = Table(
    "pairs",
    "a journey that the region's corridors serve, for questions asked of many pairs",
    (
        ID,
        Column("origin", "key", "place where the journey begins", refers_to="places"),
        Column("destination", "key", "place where it ends", refers_to="places"),
        Column("weight", "number", "how much the pair counts in a sum over pairs", low=0, high=1e9),
        BASIS,
        SOURCE,
        NOTE,
    ),
    optional=True,
)

INDICATORS = Table(
    "indicators",
    "a surveyed speed of trade in a state, and the model journey to set beside it",
    (
        ID,
        Column("state", "state", "ISO 3166-1 alpha-3 code"),
        Column("mode", "category", "road or rail", allowed=("road", "rail")),
        Column("year", "year", "year of the survey"),
        optional("swod_kmh", "number", "speed without delay, km/h", low=1, high=160),
        optional("swd_kmh", "number", "speed with delay, km/h", low=1, high=160),
        optional("origin", "key", "where the model journey begins; empty: none", refers_to="places"),
        optional("destination", "key", "where it ends", refers_to="places"),
        optional("via", "keys", "places it passes, in order, separated by ;", refers_to="places"),
        Column("source_id", "key", "the survey", refers_to="sources"),
        NOTE,
    ),
    optional=True,
)

SCENARIOS = Table(
    "scenarios",
    "an edit of a named scenario",
    (
        ID,
        Column("scenario", "text", "name of the scenario; all its rows are applied together"),
        Column("table", "category", "table that is edited", allowed=EDITED_TABLES),
        Column(
            "row",
            "text",
            "rows that are edited: ids separated by ;, or a selection such as state=KAZ or "
            "from_mode=rail_1435&to_mode=rail_1520 (& both, | either), or * for all; of links, "
            "state= means the state of either end; of links and crossings, bloc= means borders "
            "of two members; a crossing selected by link= or bloc= gets rows of its own where it "
            "leans on a state's average",
        ),
        Column(
            "operation",
            "category",
            "set a cell (a link in service whose opening is set to a year to come is shut till then), "
            "multiply a figure, open a link in every year, close: take away a link, a "
            "transfer, a place or a state with all that hangs on it, or a closure; or delay: let a link "
            "take hours more in either direction, just so many whatever journeys say",
            allowed=OPERATIONS,
        ),
        optional("column", "text", "columns that are set or multiplied, separated by ;"),
        optional("value", "text", "what is set, the factor, or the hours of a delay"),
        SOURCE,
        optional("note", "text", "what the edit means; obligatory where it has no source"),
    ),
    optional=True,
)

MEMBERSHIPS = Table(
    "memberships",
    "a state in a bloc, from one year until another",
    (
        ID,
        Column("state", "state", "ISO 3166-1 alpha-3 code"),
        Column("bloc", "text", "the bloc"),
        Column("since", "year", "first year"),
        optional("until", "year", "last year; empty: still in force"),
        Column("status", "text", "member, observer, associate"),
        Column("source_id", "key", "source", refers_to="sources"),
        NOTE,
    ),
    optional=True,
)

AGREEMENTS = Table(
    "agreements",
    "a regional agreement",
    (
        ID,
        Column("year", "year", "year of signature"),
        Column("name", "text", "name of the agreement"),
        Column("parties", "text", "who signed"),
        Column("what", "text", "what it does"),
        Column("source_id", "key", "source", refers_to="sources"),
    ),
    optional=True,
)

JOURNEYS = Table(
    "journeys",
    "a published journey that was made, or timetabled and run; promises are claims",
    (
        ID,
        Column("origin", "key", "place where the clock starts", refers_to="places"),
        Column("destination", "key", "place where it stops", refers_to="places"),
        optional("via", "keys", "places it passes, in order, separated by ;", refers_to="places"),
        Column("modes", "keys", "modes used, separated by ;", refers_to="modes"),
        Column("service", "category", "kind of service", allowed=SERVICES),
        Column("counting", "category", "what the clock counts", allowed=COUNTINGS),
        Column("days_low", "number", "days: lower figure", low=0.1, high=200),
        Column("days_high", "number", "days: upper figure", low=0.1, high=200),
        optional("km", "number", "published length, km", low=1, high=20000),
        optional("year", "year", "year of the journey"),
        optional("month", "integer", "month of the journey", low=1, high=12),
        Column("nature", "category", "observed or timetabled", allowed=("observed", "timetabled")),
        Column("first_run", "category", "a first or demonstration run", allowed=("yes", "no")),
        optional("exclusion", "category", "rule that excludes the row", allowed=EXCLUSIONS),
        optional("same_journey", "text", "rows of one train, convoy or statement share this word"),
        Column("source_id", "key", "where it was published", refers_to="sources"),
        NOTE,
    ),
    optional=True,
)

JOURNEYS_HOLDOUT = Table(
    "journeys_holdout",
    "a published journey that took no part in making the model, to judge it on; columns of journeys",
    JOURNEYS.columns,
    optional=True,
)

CALIBRATION = Table(
    "calibration",
    "what journeys say of one component of time (generated by make calibrate)",
    (
        Column("id", "text", "component, service level, spread of journeys by family of modes, or spread"),
        Column("group", "text", "kind of the row"),
        Column("multiplier", "number", "factor of the hours", low=0.05, high=20),
        Column("sd_log", "number", "standard deviation of the factor's logarithm", low=0, high=3),
        Column("journeys", "integer", "journeys that inform it", low=0, high=100000),
    ),
    optional=True,
)

QUALITY = Table(
    "quality",
    "how well the hours hold on journeys that took no part in the fit (generated by make validate)",
    (
        Column("id", "text", "test and group"),
        Column("test", "category", "how the journeys were kept away from the fit", allowed=QUALITY_TESTS),
        Column("journeys_of", "text", "all, a class of modes, or a service level"),
        Column("journeys", "integer", "how many were judged", low=1, high=100000),
        *(
            Column(f"in_{share}", "number", f"share of them in the {share} % range", low=0, high=1)
            for share in (50, 80, 95)
        ),
        Column("bias_log", "number", "median log of observed over predicted hours", low=-5, high=5),
        Column("median_error_log", "number", "median size of that logarithm", low=0, high=5),
        Column("rule_error_log", "number", "the same of kilometres a day", low=0, high=5),
        Column(
            "error_ratio", "number", "the first over the second; below 1 the model is better", low=0, high=100
        ),
        Column("crps", "number", "continuous ranked probability score of the logarithm", low=0, high=5),
        Column("rule_crps", "number", "the same of kilometres a day", low=0, high=5),
        Column("width", "number", "90th over 10th percentile of the hours, median", low=1, high=100),
        Column("as_of", "text", "day of the data, YYYY-MM-DD"),
    ),
    optional=True,
)

TABLES = (
    CLAIMS,
    PAIRS,
    INDICATORS,
    SCENARIOS,
    MEMBERSHIPS,
    AGREEMENTS,
    JOURNEYS,
    JOURNEYS_HOLDOUT,
    CALIBRATION,
    QUALITY,
)
