"""What nbval needs to hold a notebook to its figures: compare PNG bytes as well."""

import os
from importlib.util import find_spec

# Its examples need ruptures, which has no release for Python 3.14 yet.
if find_spec("ruptures") is None:
    collect_ignore = ["src/analysis/statistics/over_time/change_points.py"]

os.environ["IPYKERNEL_CELL_NAME"] = "<notebook cell>"


def pytest_collectstart(collector):
    """Compare images too, which nbval leaves out by default."""
    if type(collector).__name__ == "IPyNbFile":
        collector.skip_compare = tuple(
            key for key in collector.skip_compare if key not in {"image/png", "image/jpeg"}
        )
