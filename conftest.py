"""What nbval needs to hold a notebook to its figures: compare PNG bytes as well."""

import os

os.environ["IPYKERNEL_CELL_NAME"] = "<notebook cell>"


def pytest_collectstart(collector):
    """Compare images too, which nbval leaves out by default."""
    if type(collector).__name__ == "IPyNbFile":
        collector.skip_compare = tuple(
            key for key in collector.skip_compare if key not in {"image/png", "image/jpeg"}
        )
