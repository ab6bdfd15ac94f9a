"""The project's data lives in a database or a declared store.

What counts
    Code, configuration or SQL files that read or write the project's data in a SQL database or a warehouse, in a document,
    key-value, wide-column, vector, search or object store; a DVC remote.

What does not
    Local CSV files alone; a store that only the experiment tracker uses; a bucket for trained models, logs or checkpoints
    only; a template's placeholder bucket; a DVC remote on the same disk.

Known problems
    What a bucket holds is judged by the words around its use. A store that is mounted as a folder leaves little to see.

Next step
    Put tables into a database (DuckDB needs no server) and files into a bucket: `dvc remote add -d store s3://bucket/data`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Option, Pattern, calls, done, evidence_of, imports, missing, strings, uses

ITEM = Item(
    id="data/storage",
    title="Data storage",
    bullet="Data storage",
    why="Files on one disk are lost with it, cannot be queried, and drift apart as soon as two people copy them.",
    how=(
        "tables: a database, for a start `duckdb.connect('data.duckdb')`",
        "files: a bucket, `dvc remote add -d store s3://bucket/data`, then `dvc push`",
        "keep addresses in configuration and secrets out of git",
    ),
    references=("https://dvc.org/doc/user-guide/data-management/remote-storage", "https://duckdb.org/docs/"),
    options=(Option("sql", "Structured: SQL"), Option("nosql", "Unstructured: NoSQL")),
    actions=("track-data",),
)

SQL = (
    calls("psycopg*.connect", "asyncpg.connect", "psycopg*.pool.*Pool", "asyncpg.create_pool", note="connects to PostgreSQL"),
    calls("sqlite3.connect", "aiosqlite.connect", note="connects to SQLite"),
    calls("duckdb.connect", "duckdb.sql", "duckdb.query", note="DuckDB"),
    calls("pymysql.connect", "MySQLdb.connect", "mysql.connector.connect", "mariadb.connect", note="connects to MySQL"),
    calls("pyodbc.connect", "pymssql.connect", "cx_Oracle.connect", "oracledb.connect", note="connects to a SQL database"),
    calls("snowflake.connector.connect", "bigquery.Client", "redshift_connector.connect", "pyathena.connect",
          "databricks.sql.connect", "trino.dbapi.connect", "hive.connect", "clickhouse_connect.get_client", note="connects to a warehouse"),
    calls("create_engine", "create_async_engine", note="a database engine"),
    calls("read_sql", "read_sql_query", "read_sql_table", "read_gbq", "read_database", "read_database_uri", note="reads from a database"),
    calls("to_sql", "to_gbq", "write_database", "load_table_from_dataframe", note="writes to a database"),
    calls("saveAsTable", "enableHiveSupport", "read.jdbc", "write.jdbc", "spark.table", "insertInto", note="Spark tables"),
    imports("django.db.models", note="Django models"),
    uses("db.Model", "declarative_base", "DeclarativeBase", "SQLModel", "peewee.Model", note="tables as classes"),
)  # fmt: skip
SQL_CLIENTS = imports(
    "psycopg", "psycopg2", "asyncpg", "pg8000", "sqlite3", "aiosqlite", "duckdb", "MySQLdb", "pymysql", "mysql.connector", "aiomysql",
    "mariadb", "pymssql", "pyodbc", "turbodbc", "cx_Oracle", "oracledb", "snowflake", "google.cloud.bigquery", "pandas_gbq",
    "redshift_connector", "pyathena", "pyhive", "impala", "trino", "prestodb", "clickhouse_driver", "clickhouse_connect",
    "databricks.sql", "teradatasql", "sqlalchemy", "sqlmodel", "peewee", "pony.orm", "flask_sqlalchemy", "connectorx",
    "airflow.providers.postgres", "airflow.providers.mysql", "airflow.providers.snowflake", "airflow.hooks.postgres_hook",
    note="a SQL database's client",
)  # fmt: skip
DATABASES = (
    calls("MongoClient", "AsyncIOMotorClient", "AsyncMongoClient", "mongoengine.connect", note="connects to MongoDB"),
    calls("redis.Redis", "redis.StrictRedis", "Redis.from_url", "redis.from_url", note="connects to Redis"),
    calls("Elasticsearch", "AsyncElasticsearch", "OpenSearch", note="connects to a search store"),
    calls("lmdb.open", "lmdb.Environment", "plyvel.DB", "leveldb.LevelDB", "rocksdb.DB", note="a key-value store"),
    imports("pymongo", "mongoengine", "motor", "pymongoarrow", "flask_pymongo", "beanie", note="MongoDB"),
    imports("redis", "aioredis", "redisvl", note="Redis"),
    imports("cassandra", "happybase", "aerospike", "couchdb", "couchbase", "arango", "neo4j", "py2neo", "tinydb", "influxdb",
            "influxdb_client", "pynamodb", "firebase_admin", "google.cloud.firestore", "google.cloud.bigtable", "azure.cosmos",
            note="a NoSQL database"),
    imports("elasticsearch", "elasticsearch_dsl", "opensearchpy", "meilisearch", "typesense", "minsearch", note="a search store"),
    imports("chromadb", "langchain_chroma", "pinecone", "langchain_pinecone", "weaviate", "qdrant_client", "langchain_qdrant", "pymilvus",
            "lancedb", "pgvector", "vespa", note="a vector database"),
    imports("lmdb", "plyvel", "leveldb", "rocksdb", "rocksdict", note="a key-value store"),
)  # fmt: skip
BUCKETS = (
    imports("s3fs", "gcsfs", "adlfs", "minio", "google.cloud.storage", "azure.storage", "oss2", "b2sdk", "awswrangler", "s3path",
            "cloudpathlib", "ibm_boto3", "pydoop", "snakebite", "hdfs", "libcloud.storage", note="an object store's client"),
    strings("s3://*", "s3a://*", "s3n://*", "gs://*", "gcs://*", "abfs*://*", "wasb*://*", "oss://*", "hdfs://*", note="an address in an object store"),
)  # fmt: skip
CLOUD = calls("boto3.client", "boto3.resource", "session.client", "session.resource", "boto3.session.Session*", note="reaches S3")
TRANSFERS = calls(
    "download_file", "download_fileobj", "upload_file", "upload_fileobj", "put_object", "get_object", "fget_object", "fput_object",
    "download_to_filename", "upload_from_filename", "upload_from_string", "download_as_bytes", "download_as_string",
    "download_blob", "upload_blob", "get_object_to_file", "put_object_from_file", "list_objects*", "copy_object", note="moves objects",
)  # fmt: skip

BUCKET = r"(?:s3[an]?|gc?s|abfss?|wasbs?|oss|hdfs)://"
SHELL = rf"\baws s3 (?:cp|sync|mv)\b|\bgsutil\b.*\b(?:cp|rsync)\b|\bgcloud storage cp\b|\bazcopy\b|\bmc (?:cp|mirror)\b|{BUCKET}"
SCRIPTS = ("*.sh", "*.bash", "Makefile", "*.mk", "*.yml", "*.yaml", "*.toml", "*.cfg", "*.ini", "*.conf", "*.env", "*ockerfile*")
ABOUT_DATA = re.compile(r"(?i)data|csv|parquet|feather|\braw\b|images?\b|audio|corpus|records|features?\b|tables?\b|input|train/|\.txt\b|\.zip\b")
OTHER_USE = re.compile(
    r"(?i)model|weight|checkpoint|ckpt|\blogs?\b|log_?dir|artifact|artefact|mlflow|tensorboard|predictor|pretrain|terraform|tfstate"
    r"|cache|bazel|backup|plots?\b|release|docker|job_?dir|deploy|wheel|pip\b"
)
PLACEHOLDER = re.compile(r"(?i)\[optional\]|\byour[-_ ]|<[\w -]+>|my[-_]?bucket\b|bucket[-_]?name\b|\bexample[-_]|xxx|\$\(BUCKET\)")
REMOTE = re.compile(r"(?i)(?:s3|gs|gcs|azure|oss|hdfs|webhdfs)://|\bs3\b|storage\.googleapis|blob\.core\.windows|amazonaws")


def infer(facts: Facts) -> Finding:
    sql = evidence_of(code(facts, *SQL, SQL_CLIENTS), sql_files(facts))
    nosql = evidence_of(remotes(facts, objects=True), code(facts, *DATABASES), buckets(facts))
    found = evidence_of(sql[:3], nosql, sql, remotes(facts, objects=False))
    if found:
        return done(found[0].note, found, options={"sql": sql, "nosql": nosql})
    return missing("no database or store holds the data", looked=("database clients", ".dvc/config", "*.sql", "bucket addresses"))


def code(facts: Facts, *patterns: Pattern) -> list[Hit]:
    """Modules before notebooks: a connection that the project shares tells most."""
    return sorted(facts.code.ranked(*patterns), key=lambda hit: hit.path.endswith(".ipynb"))


def sql_files(facts: Facts) -> Iterator[Evidence]:
    """SQL files that define or query tables; one that only creates a server's databases and users does not."""
    for hit in facts.texts.find(r"^\s*(?:create\s+(?:\w+\s+)*(?:table|view)|select|insert\s+into|with\s+\w+\s+as)\b", "*.sql"):
        yield hit.evidence("SQL")
    for hit in facts.texts.find(r"^\s*(?:name|profile|models):", "dbt_project.yml"):
        yield hit.evidence("a dbt project")


def remotes(facts: Facts, *, objects: bool) -> Iterator[Evidence]:
    """DVC remotes on other machines: object stores, or the rest."""
    for remote in facts.dvc.remotes:
        elsewhere = "://" in remote.url and not remote.url.startswith(("file:", "local:", "remote:"))
        if elsewhere and bool(REMOTE.search(f"{remote.name} {remote.url}")) == objects:
            yield Evidence(remote.file, remote.line, note=f"DVC remote {remote.url[:45]}", confidence=0.9)


def buckets(facts: Facts) -> Iterator[Hit | Evidence]:
    """Object stores that hold data, as far as the words around their use tell."""
    moves = facts.code.find(TRANSFERS)
    moving = {hit.path for hit in moves}
    carrying = {hit.path for hit in moves if holds_data(f"{hit.inside} {hit.args} {hit.text}")}
    s3 = [hit for hit in facts.code.find(CLOUD) if re.search(r"['\"]s3['\"]", hit.args)]
    for hit in [*s3, *facts.code.find(*BUCKETS)]:
        if hit.path in carrying if hit.path in moving else holds_data(f"{hit.path} {hit.inside} {hit.text}"):
            yield hit
    for line in facts.texts.find(SHELL, *SCRIPTS):
        if ABOUT_DATA.search(line.text) and holds_data(line.text):
            yield line.evidence("a bucket of data")


def holds_data(text: str) -> bool:
    return not PLACEHOLDER.search(text) and (bool(ABOUT_DATA.search(text)) or not OTHER_USE.search(text))

