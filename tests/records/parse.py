"""The queries for engines that cannot be run here are parsed by sqlglot: `parse.py PROGRAM CONTRACT`"""

import subprocess
import sys

import sqlglot


def main(program, contract):
    for dialect in ("snowflake", "bigquery", "duckdb", "postgres", "spark"):
        for words in (["--month", "2026-02"], ["--from", "2026-01", "--to", "2026-12"], ["--month", "2026-02", "--checks"]):
            command = [program, "records", "sql", contract, "--dialect", dialect, *words]
            query = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
            statements = [one for one in sqlglot.parse(query, dialect=dialect, error_level=sqlglot.ErrorLevel.RAISE) if one]
            assert len(statements) == 1 and statements[0].find(sqlglot.exp.Select), dialect
    print("parsed for five engines")


if __name__ == "__main__":
    main(*sys.argv[1:])
