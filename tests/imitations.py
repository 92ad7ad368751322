"""What people write that looks like something the program once wrote itself."""

from hypothesis import strategies as st

IMITATIONS = (
    "implied by contract",
    "implied by resolved",
    "implied by accepted",
    "re-routed from digital in June already, ask ground",
    "re-routed from ",
    "re-routed from kitchen to floor: not mine",
    "re-routed from floor",
    "alarm clock at the gate was broken",
    "alert rule of thumb: we wait a week",
    "the department has room now",
    "not_measurable",
    "unproven_closed",
    "lasting_unclear",
    "sustained",
    "relapsed",
    "improved",
    "inconclusive feed_died",
    "disagreement: rule negative, model positive",
    "person:小王",
    "{n_window} of {rule}",
    "%s %(rule)s",
)

WORDS = st.one_of(
    st.sampled_from(IMITATIONS),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60),
)
"""Any words of a person, ours imitated among them."""
