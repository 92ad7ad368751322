"""What goes on but has to be looked at: alarms and problems of runs, as they are told."""


def last_good_rules(rulebook_hash: str, why: Exception) -> str:
    """Say that a run kept the last good rules, since those on disk cannot be used."""
    return f"this run kept the last good rules ({rulebook_hash}; see huixiang check): {why}"


def model_not_used(why: Exception) -> str:
    """Say that the model was refused, so that rules code alone."""
    return (
        f"the model is not used, rules code alone: {why}; "
        "huixiang run train makes a new one"
    )


def language_model_not_asked(name: str) -> str:
    """Say that nobody knows yet how far a language model may be trusted."""
    return (
        f"the language model {name} is not asked: it has no held-out figures for this "
        "codeframe; huixiang language-model evaluate LABELS makes them"
    )


def criterion_changed(item_id: str) -> str:
    """Say that an item is not judged, since its criterion was changed after opening."""
    return (
        f"action item {item_id}: its criterion is not the one fixed at opening (the hash "
        "differs), so it is not judged; restore action_item.criterion from a backup"
    )


def acts_stuck(n_stuck: int) -> str:
    """Say that acts met a fault of our own and wait."""
    return (
        f"{n_stuck} acts could not be applied through a fault of Huixiang itself; they "
        "are kept and wait, see huixiang act list --outcome waiting and the log"
    )


def does_not_add_up(equations: str) -> str:
    """Say which equations of the ledger do not hold."""
    return f"the ledger does not add up: {equations}"


def see_ledger(equations: str) -> str:
    """Say which equations do not hold, and which command shows them."""
    return f"{does_not_add_up(equations)}; see huixiang ledger"
