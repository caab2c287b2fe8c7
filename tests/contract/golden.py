"""Write the golden records of importers anew: `python -m tests.contract.golden NAME...`. Read them before they are committed."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.contract.test_importers import FOLDER, excerpt, read


def main() -> None:
    """The golden records of every importer named."""
    for importer in sys.argv[1:]:
        name, content = excerpt(importer)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            found = read(path)
        golden = FOLDER / "golden" / f"{importer}.json"
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{golden.name}: {len(found['rows'])} records, {len(found['rejects'])} rejects")


if __name__ == "__main__":
    main()
