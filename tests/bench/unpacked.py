"""How many bytes the landing files hold once unpacked.

``python -m tests.bench.unpacked <landing folder>`` prints the number. Parquet says it of itself
(its columns decompressed but still encoded); the others are unpacked and counted.
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BLOCK = 1 << 20


def main(landing: Path) -> None:
    print(sum(_unpacked(path) for path in landing.rglob("*") if path.is_file()))


def _unpacked(path: Path) -> int:
    if path.suffix == ".parquet":
        facts = pq.read_metadata(path)
        return sum(facts.row_group(n).total_byte_size for n in range(facts.num_row_groups))
    total = 0
    with pa.input_stream(str(path), compression="detect") as stream:
        try:
            while block := stream.read(BLOCK):
                total += len(block)
        except OSError:
            # The demonstration has a file that was cut off: what can be read of it counts.
            return total
    return total


if __name__ == "__main__":
    main(Path(sys.argv[1]))
