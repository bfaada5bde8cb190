"""Check the import contracts of `.importlinter`: `python -m tools.imports`."""

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.exit(lint_imports(config_filename=".importlinter"))
