"""Table 5: rows per CPU second against jieba + TfidfVectorizer + LinearSVC, in one run.

python bench/quality/speed.py DATA
"""

import importlib
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
from trained import folder, parser, trained

from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.model.labels import read_rows
from huixiang.understanding.model.model_file import load

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both speeds, medians of interleaved rounds, and their ratio."""
    options = parser(__doc__).parse_args(arguments)
    with folder(options.models) as models:
        own = trained(options.data, "shop_reviews", models)
        coder = Coder(None, load(own.model))
        rows = read_rows(own.labels)
    learn, judge = own.learn, own.judge
    jieba = importlib.import_module("jieba")
    jieba.initialize()
    vectors = TfidfVectorizer(analyzer=jieba.lcut)
    machine = LinearSVC().fit(
        vectors.fit_transform(row["text"] for row in learn),
        [row["polarity"] for row in learn],
    )
    texts = [row["text"] for row in judge]
    coder.code_texts([row.as_text for row in rows])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: machine.predict(vectors.transform(texts))))
        ours.append(seconds(lambda: coder.code_texts([row.as_text for row in rows])))
    fast, slow = statistics.median(ours), statistics.median(theirs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"rows {len(rows)}; huixiang {len(rows) / fast:.0f} rows/CPU-s; plain "
        f"{len(rows) / slow:.0f} rows/CPU-s; ratio {slow / fast:.1f}; peak of both {peak} MB\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
