"""The engines that run the program's queries: each loads the records as texts and gives back rows of texts."""

import csv
import os
import subprocess
import tempfile
from pathlib import Path


def cells(rows):
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]


class DuckDb:
    dialect = "duckdb"

    def __init__(self, folder):
        import duckdb
        self.connection = duckdb.connect()
        # Nothing of a query may depend on where it runs.
        self.connection.execute("SET TimeZone = 'Asia/Kolkata'")
        self.tables = [f"--table={name}={folder}/{name}.csv" for name in names(folder)]

    def run(self, query):
        result = self.connection.execute(query)
        return [column[0] for column in result.description], cells(result.fetchall())


class DuckDbTyped(DuckDb):
    """DuckDB with columns of its own types, of records that can all be read."""

    types = {"TIMESTAMPTZ": "started opened resolved as_of begins", "DATE": "day promised delivered", "DECIMAL(18, 4)": "wait handled",
             "DECIMAL(12, 4)": "waiting scheduled in_adherence", "DECIMAL(9, 2)": "points", "INTEGER": "score likely ordered received"}

    def __init__(self, folder):
        super().__init__(folder)
        types = {column: kind for kind, columns in self.types.items() for column in columns.split()}
        for name in names(folder):
            file = f"read_csv('{folder}/{name}.csv', header = true, all_varchar = true)"
            columns = [row[0] for row in self.connection.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()]
            cast = ", ".join(f'CAST("{column}" AS {types.get(column, "VARCHAR")}) AS "{column}"' for column in columns)
            self.connection.execute(f'CREATE TABLE "{name}" AS SELECT {cast} FROM {file}')
        self.tables = ["--columns=typed"]


class Postgres:
    """PostgreSQL of the system, in a cluster of its own that only a socket reaches."""

    dialect = "postgres"

    def __init__(self, folder):
        self.folder = tempfile.mkdtemp(prefix="quidpro-pg-")
        versions = sorted(Path("/usr/lib/postgresql").iterdir(), key=lambda path: int(path.name))
        self.bin = versions[-1] / "bin"
        self.user = [] if os.getuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if self.user:
            os.chmod(self.folder, 0o755)
            subprocess.run(["chown", "postgres", self.folder], check=True)
        self.call(self.bin / "initdb", "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.call(self.bin / "pg_ctl", "-D", f"{self.folder}/data", "-w", "-o",
                  f"-k {self.folder} -c listen_addresses='' -c fsync=off -c timezone=Asia/Kolkata", "-l", f"{self.folder}/log", "start")
        for name in names(folder):
            with open(f"{folder}/{name}.csv", encoding="utf-8", newline="") as file:
                head = next(csv.reader(file))
            columns = ", ".join(f'"{column}" text' for column in head)
            self.psql(f'CREATE TABLE "{name}" ({columns})')
            with open(f"{folder}/{name}.csv", "rb") as file:
                self.psql(f'COPY "{name}" FROM STDIN WITH (FORMAT csv, HEADER true)', stdin=file)
        self.tables = []

    def call(self, *command):
        subprocess.run([*self.user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def psql(self, text, stdin=None):
        command = [str(self.bin / "psql"), "-h", self.folder, "-U", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--csv"]
        if stdin is not None:
            done = subprocess.run([*command, "-c", text], check=True, stdin=stdin, stdout=subprocess.PIPE)
        else:
            # A query can be longer than an argument.
            done = subprocess.run(command, check=True, input=text.encode() + b"\n;\n", stdout=subprocess.PIPE)
        return done.stdout.decode()

    def run(self, query):
        rows = list(csv.reader(self.psql(query).splitlines()))
        return rows[0], [tuple(row) for row in rows[1:]]

    def stop(self):
        self.call(self.bin / "pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")


class Spark:
    dialect = "spark"

    def __init__(self, folder):
        from pyspark.sql import SparkSession
        builder = SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[2]")).appName("quidpro")
        settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "Asia/Kolkata", "spark.sql.shuffle.partitions": "4",
                    "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
        for key, value in settings.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        for name in names(folder):
            frame = self.session.read.csv(f"{folder}/{name}.csv", header=True, inferSchema=False, escape='"')
            frame.createOrReplaceTempView(name)
        self.tables = []

    def run(self, query):
        frame = self.session.sql(query)
        return frame.columns, cells(tuple(row) for row in frame.collect())

    def stop(self):
        self.session.stop()


def names(folder):
    return sorted(path.stem for path in Path(folder).glob("*.csv"))


ALL = {"duckdb": DuckDb, "duckdb-typed": DuckDbTyped, "postgres": Postgres, "spark": Spark}
