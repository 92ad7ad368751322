"""What one transaction can do, by area."""

from functools import cached_property

from sqlalchemy import Connection

from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.acts.acts import Acts
from huixiang.store.queries.coding.cases import Cases
from huixiang.store.queries.coding.codeframes import Codeframes
from huixiang.store.queries.coding.codings import Codings
from huixiang.store.queries.coding.emerging import Emerging
from huixiang.store.queries.coding.language_calls import LanguageCalls
from huixiang.store.queries.coding.models import Models
from huixiang.store.queries.coding.needs import Needs
from huixiang.store.queries.coding.reviews import Reviews
from huixiang.store.queries.coding.splits import Splits
from huixiang.store.queries.items.digests import Digests
from huixiang.store.queries.items.items import Items
from huixiang.store.queries.items.outbox import Outbox
from huixiang.store.queries.proof.assurance import Assurances
from huixiang.store.queries.proof.explanations import Explanations
from huixiang.store.queries.proof.figures import Figures
from huixiang.store.queries.proof.histories import Histories
from huixiang.store.queries.proof.ledgers import Ledgers
from huixiang.store.queries.proof.summaries import Summaries
from huixiang.store.queries.proof.verdicts import Verdicts
from huixiang.store.queries.records.feedback import FeedbackRecords
from huixiang.store.queries.records.landing import Landing
from huixiang.store.queries.records.quarantine import Quarantine
from huixiang.store.queries.records.sources import Sources
from huixiang.store.queries.runs.leases import Leases
from huixiang.store.queries.runs.reports import Reports
from huixiang.store.queries.runs.rulebooks import Rulebooks
from huixiang.store.queries.runs.runs import Runs
from huixiang.store.vault import Vault


class UnitOfWork:
    """The named queries, all on one connection."""

    def __init__(
        self, connection: Connection, vault: Vault, knowledge: Knowledge = ALL
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._knowledge = knowledge

    @cached_property
    def runs(self) -> Runs:
        """Runs of flows."""
        return Runs(self._connection)

    @cached_property
    def leases(self) -> Leases:
        """Who may write in which lane."""
        return Leases(self._connection)

    @cached_property
    def rulebooks(self) -> Rulebooks:
        """The rules that runs used."""
        return Rulebooks(self._connection)

    @cached_property
    def reports(self) -> Reports:
        """Reports that were written."""
        return Reports(self._connection)

    @cached_property
    def sources(self) -> Sources:
        """How far sources were read."""
        return Sources(self._connection)

    @cached_property
    def landing(self) -> Landing:
        """Records as they were pulled."""
        return Landing(self._connection, self._vault)

    @cached_property
    def feedback(self) -> FeedbackRecords:
        """Feedback and its duplicates."""
        return FeedbackRecords(self._connection, self._knowledge)

    @cached_property
    def quarantine(self) -> Quarantine:
        """Records kept out."""
        return Quarantine(self._connection, self._vault, self._knowledge)

    @cached_property
    def codings(self) -> Codings:
        """Codings, routes, issues."""
        return Codings(self._connection, self._knowledge)

    @cached_property
    def cases(self) -> Cases:
        """What routing decides about."""
        return Cases(self._connection)

    @cached_property
    def splits(self) -> Splits:
        """Series of themes that were split."""
        return Splits(self._connection)

    @cached_property
    def codeframes(self) -> Codeframes:
        """Versions of the codeframe and the bridges between them."""
        return Codeframes(self._connection, self._knowledge)

    @cached_property
    def histories(self) -> Histories:
        """What happened day by day, for alerts, verdicts and reports."""
        return Histories(self._connection, self._knowledge)

    @cached_property
    def items(self) -> Items:
        """Action items and their moves."""
        return Items(self._connection, self._knowledge)

    @cached_property
    def outbox(self) -> Outbox:
        """Announcements, messages, attempts, endpoints, remote tickets."""
        return Outbox(self._connection, self._vault, self._knowledge)

    @cached_property
    def acts(self) -> Acts:
        """What people decided, and what became of it."""
        return Acts(self._connection, self._vault)

    @cached_property
    def verdicts(self) -> Verdicts:
        """Verdicts and their looks."""
        return Verdicts(self._connection, self._knowledge)

    @cached_property
    def language(self) -> LanguageCalls:
        """The optional language model: questions, answers, figures."""
        return LanguageCalls(self._connection)

    @cached_property
    def assurance(self) -> Assurances:
        """Outlooks, placebo checks, looks after verified fixes, second ratings."""
        return Assurances(self._connection, self._knowledge)

    @cached_property
    def figures(self) -> Figures:
        """What only reports count: coverage of the journey, the days of goals."""
        return Figures(self._connection, self._knowledge)

    @cached_property
    def digests(self) -> Digests:
        """Digests, and whom they were for."""
        return Digests(self._connection, self.outbox)

    @cached_property
    def summaries(self) -> Summaries:
        """Daily sums, kept for reports."""
        return Summaries(self._connection, self._knowledge)

    @cached_property
    def ledgers(self) -> Ledgers:
        """The equations, counted."""
        return Ledgers(self._connection, self._knowledge)

    @cached_property
    def explanations(self) -> Explanations:
        """Everything stored about one id."""
        return Explanations(self._connection)

    @cached_property
    def reviews(self) -> Reviews:
        """What people say of codings, and what waits for a look."""
        return Reviews(self._connection)

    @cached_property
    def models(self) -> Models:
        """Models over time, and who decided about them."""
        return Models(self._connection)

    @cached_property
    def needs(self) -> Needs:
        """Sums behind needs, drivers, emotion and effort."""
        return Needs(self._connection, self._knowledge)

    @cached_property
    def emerging(self) -> Emerging:
        """Voices that may tell of something new, and proposed themes."""
        return Emerging(self._connection, self._knowledge)
