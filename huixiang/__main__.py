"""Let `python -m huixiang` be the command."""

from huixiang.cli import main

if __name__ == "__main__":
    main()
