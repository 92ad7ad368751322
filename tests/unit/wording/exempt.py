"""Where sentences may stand outside `wording/`, each with its reason."""

ERRORS = "what a failure or a warning says; its tone is that of error messages"
LEXICON = "words that are looked for in feedback, not said"
SAMPLE = "voices and people of the demo"
HELP = "what a command says of itself, in both languages at once"
STYLE = "a style sheet"

EXEMPT = {
    "cli/items.py": HELP,
    "cli/workspace.py": "the settings file that `huixiang init` writes",
    "connectors/": ERRORS,
    "console/door.py": ERRORS,
    "delivery/platforms/kinds.py": ERRORS,
    "delivery/platforms/webhook_body.py": "the signature's name, a field for programs",
    "errors.py": ERRORS,
    "intake/batch.py": ERRORS,
    "intake/columns.py": "what suites of expectations call their columns",
    "intake/contract.py": ERRORS,
    "intake/moments.py": LEXICON,
    "intake/names.py": LEXICON,
    "intake/personal.py": LEXICON,
    "intake/redaction.py": "the marks that stand for what was masked",
    "reporting/pictures/codeframe_picture.py": STYLE,
    "sample/": SAMPLE,
    "steps/table.py": "why a step is tried again, for who writes the next one",
    "steps/verify/csv_files.py": ERRORS,
    "store/queries/proof/ledgers.py": "names of terms; wording says them",
    "understanding/coding/keywords.py": ERRORS,
    "understanding/coding/tone.py": LEXICON,
    "understanding/language/instructions.py": "what a language model is told to do",
    "understanding/model/": LEXICON,
    "understanding/text/": LEXICON,
    "understanding/voices/": LEXICON,
}
"""A file, or a folder with everything in it."""

NOBODY_READS = {
    "huixiang.configuration.problems.ProblemSeverity": "said by the words before a problem",
    "huixiang.delivery.status.ReportedStatus": "the status words of a receiver",
    "huixiang.domain.records.feedback.CodingState": "counted in the ledger by its own terms",
    "huixiang.domain.records.feedback.Ownership": "written by people in sources.yaml",
    "huixiang.domain.acts.decision.Held": "where a field is kept; decides, is not shown",
    "huixiang.domain.records.feedback.RatingScale": "written by people in sources.yaml",
    "huixiang.domain.coding.insight.Direction": "a side of a comparison; figures say which",
    "huixiang.domain.coding.insight.Effort": "a side of a comparison; columns say which",
    "huixiang.domain.items.issue.GivenBy": "who named a department; kept for programs",
    "huixiang.domain.coding.journey.Phase": "written by people in journey.yaml",
    "huixiang.domain.items.route.PlaybookKind": "written by people in playbooks.yaml",
    "huixiang.domain.run.Lane": "the name of a lease, for operators",
    "huixiang.domain.run.RunState": "a column of `huixiang run list`, for operators",
    "huixiang.domain.items.statement.StatementKind": "the status words of a receiver",
    "huixiang.domain.coding.training.JudgedOn": "two whole paragraphs of the training page",
    "huixiang.steps.acts.calls.CallAnswer": "an answer to a program",
    "huixiang.domain.records.violation.Severity": "written by people in suites",
}
"""Codes without words, because nobody reads them."""
