"""How long the program's query takes on DuckDB, as a ratio to a query of the same meaning that a person wrote: `ratio.py PROGRAM ROWS`

Both read a Parquet file of generated calls, refuse keys that come twice, and give the same rows. The memory of DuckDB is bounded.
"""

import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import duckdb

CONTRACT = '''contract ratio "Ratio" {
  currency EUR  term 2026-01-01 to 2026-12-31  round each line half up to 0.01 EUR
  dimension queue { voice, spanish }
  records calls from "ACD" by supplier {
    id : text, key; started : time in "Europe/Madrid"; queue : one of queue; wait : duration in seconds; outcome : one of { answered, abandoned, transferred }
    bad records are left out
  }
  input offered by queue : calls = count of calls
  input answered_in_20s : calls = count of calls where outcome is answered and wait at most 20 seconds
  input waited : seconds = sum of wait of calls where outcome is answered
  charge fee 1 EUR per month
}
'''

GENERATED = """COPY (SELECT 'c' || i AS id, TIMESTAMPTZ '2026-01-01 00:00:00+01' + to_milliseconds((hash(i) % 31536000000)::BIGINT) AS started,
  CASE WHEN hash(i + 1) % 4 = 0 THEN 'spanish' ELSE 'voice' END AS queue, CAST(CAST(hash(i + 2) % 60000 AS BIGINT) AS DECIMAL(9, 3)) * CAST(0.001 AS DECIMAL(4, 3)) AS wait,
  CASE hash(i + 3) % 10 WHEN 0 THEN 'abandoned' WHEN 1 THEN 'transferred' ELSE 'answered' END AS outcome
  FROM range({rows}) AS r(i)) TO '{file}' (FORMAT parquet)"""

BY_HAND = """WITH twice AS (SELECT id FROM '{file}' GROUP BY id HAVING count(*) > 1),
own AS (SELECT date_trunc('month', started AT TIME ZONE 'Europe/Madrid') AS month, queue, wait, outcome FROM '{file}'
  WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM twice) AND started IS NOT NULL AND wait >= 0
    AND queue IN ('voice', 'spanish') AND outcome IN ('answered', 'abandoned', 'transferred'))
SELECT strftime(month, '%Y-%m'), count(*) FILTER (queue = 'voice'), count(*) FILTER (queue = 'spanish'), count(*) FILTER (outcome = 'answered' AND wait <= 20),
  sum(wait) FILTER (outcome = 'answered') FROM own WHERE month BETWEEN DATE '2026-01-01' AND DATE '2026-12-01' GROUP BY month ORDER BY month"""


def main(program, rows):
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/calls.parquet"
        contract = Path(folder, "ratio.quid")
        contract.write_text(CONTRACT, encoding="utf-8")
        connection = duckdb.connect()
        connection.execute(f"SET memory_limit = '2GB'; SET temp_directory = '{folder}'")
        connection.execute(GENERATED.format(rows=int(rows), file=file))
        command = [program, "records", "sql", str(contract), "--dialect", "duckdb", "--from", "2026-01", "--to", "2026-12",
                   "--columns", "typed", "--table", f"calls={file}"]
        queries = {"by hand": BY_HAND.format(file=file), "ours": subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()}
        results, best = {}, {}
        for _ in range(3):
            for name, query in queries.items():
                begin = time.perf_counter()
                results[name] = connection.execute(query).fetchall()
                best[name] = min(best.get(name, 1e9), time.perf_counter() - begin)
        exact = {name: [(row[0], *map(Fraction, row[1:])) for row in rows] for name, rows in results.items()}
        same = exact["by hand"] == exact["ours"]
        print(f"{int(rows)} calls: by hand {best['by hand']:.2f} s, ours {best['ours']:.2f} s, ratio {best['ours'] / best['by hand']:.2f}; "
              f"the results are {'the same' if same else 'NOT the same'}")
        if not same:
            sys.exit(f"{results['by hand'][:2]}\n{results['ours'][:2]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
