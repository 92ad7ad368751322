"""The car codeframe finds what it should, in sentences written for it."""

import importlib.util
from pathlib import Path
