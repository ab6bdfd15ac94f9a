"""What reaches a database or a store: the clients, and the words that tell what a bucket is for."""

from __future__ import annotations

from mlcoach.rule import Regex, assigns, calls, imports, strings, uses

SQL = (
    calls("psycopg*.connect", "asyncpg.connect", "psycopg*.pool.*Pool", "asyncpg.create_pool", note="connects to PostgreSQL"),
    calls("sqlite3.connect", "aiosqlite.connect", note="connects to SQLite"),
    calls("duckdb.connect", "duckdb.sql", "duckdb.query", note="DuckDB"),
    calls("pymysql.connect", "MySQLdb.connect", "mysql.connector.connect", "mariadb.connect", note="connects to MySQL"),
    calls("pyodbc.connect", "pymssql.connect", "cx_Oracle.connect", "oracledb.connect", note="connects to a SQL database"),
    calls(
        "snowflake.connector.connect", "bigquery.Client", "redshift_connector.connect", "pyathena.connect", "databricks.sql.connect",
        "trino.dbapi.connect", "hive.connect", "clickhouse_connect.get_client", note="connects to a warehouse",
    ),
    calls("create_engine", "create_async_engine", "sessionmaker", "SQLDatabase.from_uri", note="a database engine"),
    calls("read_sql", "read_sql_query", "read_sql_table", "read_gbq", "read_database", "read_database_uri", note="reads from a database"),
    calls("to_sql", "to_gbq", "write_database", "load_table_from_dataframe", note="writes to a database"),
    calls("saveAsTable", "enableHiveSupport", "read.jdbc", "write.jdbc", "spark.table", "spark.sql", "sqlContext.sql", "insertInto",
        note="Spark tables"),
    uses("db.Model", "declarative_base", "DeclarativeBase", "SQLModel", "peewee.Model", note="tables as classes"),
)  # fmt: skip
DJANGO = assigns("DATABASES", note="Django's database")
DJANGO_MODELS = imports("django.db.models", note="Django models")
SQL_CLIENTS = imports(
    "psycopg", "psycopg2", "asyncpg", "pg8000", "sqlite3", "aiosqlite", "duckdb", "MySQLdb", "pymysql", "mysql.connector", "aiomysql",
    "mariadb", "pymssql", "pyodbc", "turbodbc", "cx_Oracle", "oracledb", "snowflake", "google.cloud.bigquery", "pandas_gbq",
    "redshift_connector", "pyathena", "pyhive", "impala", "trino", "prestodb", "clickhouse_driver", "clickhouse_connect",
    "databricks.sql", "teradatasql", "sqlmodel", "peewee", "pony.orm", "flask_sqlalchemy", "connectorx", "dagster_duckdb*",
    "airflow.providers.postgres", "airflow.providers.mysql", "airflow.providers.snowflake", "airflow.hooks.postgres_hook",
    "airflow.providers.google.cloud.hooks.bigquery", "airflow.providers.google.cloud.operators.bigquery", "ibis", "supabase",
    "vertica_python", "tortoise", "dagster_gcp.bigquery", "dagster_snowflake*", "prefect_sqlalchemy",
    note="a SQL database's client",
)  # fmt: skip
DATABASES = (
    calls("MongoClient", "AsyncIOMotorClient", "AsyncMongoClient", "mongoengine.connect", note="connects to MongoDB"),
    calls("redis.Redis", "redis.StrictRedis", "Redis.from_url", "redis.from_url", note="connects to Redis"),
    calls("Elasticsearch", "AsyncElasticsearch", "OpenSearch", note="connects to a search store"),
    calls("lmdb.open", "lmdb.Environment", "plyvel.DB", "leveldb.LevelDB", "rocksdb.DB", note="a key-value store"),
    imports("pymongo", "mongoengine", "motor", "pymongoarrow", "flask_pymongo", "beanie", note="MongoDB"),
    imports("redis", "aioredis", "redisvl", note="Redis"),
    imports(
        "cassandra", "happybase", "aerospike", "couchdb", "couchbase", "arango", "neo4j", "py2neo", "tinydb", "influxdb",
        "influxdb_client", "pynamodb", "firebase_admin", "google.cloud.firestore", "google.cloud.bigtable", "azure.cosmos",
        "pyrebase", "surrealdb", "rethinkdb", "motor_asyncio", "google.cloud.datastore", "google.cloud.ndb",
        note="a NoSQL database",
    ),
    imports("elasticsearch", "elasticsearch_dsl", "opensearchpy", "meilisearch", "typesense", note="a search store"),
    calls(
        "Chroma", "Chroma.from_*", "Qdrant.from_*", "PGVector*", "Milvus*", "PineconeVectorStore*", "*.pinecone.Index", "FAISS.from_*",
        "FAISS.load_local",
        note="a vector database",
    ),
    imports(
        "chromadb", "langchain_chroma", "pinecone", "langchain_pinecone", "weaviate", "qdrant_client", "langchain_qdrant", "pymilvus",
        "lancedb", "pgvector", "vespa", note="a vector database",
    ),
    imports("lmdb", "plyvel", "leveldb", "rocksdb", "rocksdict", note="a key-value store"),
)  # fmt: skip
BUCKETS = (
    imports(
        "s3fs", "gcsfs", "adlfs", "minio", "google.cloud.storage", "azure.storage", "oss2", "b2sdk", "awswrangler", "s3path",
        "cloudpathlib", "ibm_boto3", "pydoop", "snakebite", "hdfs", "libcloud.storage", "sagemaker.s3", note="an object store's client",
    ),
    strings(
        "s3://*", "s3a://*", "s3n://*", "gs://*", "gcs://*", "abfs*://*", "wasb*://*", "oss://*", "hdfs://*",
        note="an address in an object store",
    ),
    calls("get_default_datastore", "Datastore.get", "register_azure_blob_container", note="a data store of Azure ML"),
)  # fmt: skip
CLOUD = calls(
    "boto3.client",
    "boto3.resource",
    "session.client",
    "session.resource",
    "boto3.session.Session*",
    note="a client of AWS",
)
TRANSFERS = calls(
    "download_file", "download_fileobj", "upload_file", "upload_fileobj", "put_object", "get_object", "fget_object", "fput_object",
    "download_to_filename", "upload_from_filename", "upload_from_string", "download_as_bytes", "download_as_string", "download_blob",
    "upload_blob", "get_object_to_file", "put_object_from_file", "list_objects*", "copy_object", note="moves objects",
)  # fmt: skip

STORED = (
    r"\b(?:data|data ?sets?|records|documents|images)\b[^.\n]{{0,60}}\b(?:is|are|was|were|been|gets?) (?:\w+ )?"
    r"(?:stored|uploaded|saved|kept|written|loaded|inserted) (?:in|on|to|into|at)\b[^.\n]{{0,30}}\b(?:{})"
)
SQL_NAMES = "postgres|mysql|mariadb|sqlite|duckdb|bigquery|snowflake|redshift|sql server|hive"
NOSQL_NAMES = "s3|minio|gcs|google cloud storage|azure blob|mongo|redis|elasticsearch|cassandra|dynamodb|hdfs"
SERVICE = r"^[ \t]*image:[ \t]*['\"]?(?:[\w.-]+/)*{}(?:[:@'\"\s]|$)"
SQL_SERVICE = SERVICE.format("(?:postgres\\w*|mysql|mariadb|clickhouse\\S*|postgis|timescaledb)")
NOSQL_SERVICE = SERVICE.format(
    "(?:mongo\\w*|redis\\S*|elasticsearch|opensearch|cassandra|minio|qdrant|milvus|chroma|weaviate|neo4j)"
)
BUCKET = r"(?:s3[an]?|gc?s|abfss?|wasbs?|oss|hdfs)://"
SHELL = rf"\baws s3 (?:cp|sync|mv)\b|\bgsutil\b.*\b(?:cp|rsync)\b|\bgcloud storage cp\b|\bazcopy\b|\bmc (?:cp|mirror)\b|{BUCKET}"
SHELL_WORDS = (
    "aws s3", "gsutil", "gcloud storage", "azcopy", "mc cp", "mc mirror", "s3://", "s3a://", "s3n://", "gs://", "gcs://", "abfs", "wasb",
    "oss://", "hdfs://",
)  # fmt: skip
SCRIPTS = ("*.sh", "*.bash", "Makefile", "*.mk", "*.y*ml", "*.toml", "*.cfg", "*.ini", "*.conf", "*.env", "*ockerfile*")
TEMPLATE = r"^BUCKET[ 	]*[:?]?=.*(?:\[OPTIONAL\]|your-)"
ABOUT_DATA = Regex(
    r"(?i)data|csv|parquet|feather|\braw\b|images?\b|audio|corpus|records|documents?\b|features?(?![a-z])|matri(?:x|ces)\b|tables?\b|input|train/|\.txt\b|\.zip\b"
)
OTHER_USE = Regex(
    r"(?i)model|weight|checkpoint|ckpt|\blogs?\b|log_?dir|artifact|artefact|mlflow|tensorboard|predictor|pretrain|terraform|tfstate"
    r"|cache|bazel|backup|plots?\b|release|docker|job_?dir|deploy|wheel|pip\b"
)
S3 = Regex(r"['\"]s3['\"]")
AWS_SQL = Regex(r"['\"](?:athena|redshift|redshift-data|rds-data)['\"]")
AWS_NOSQL = Regex(r"['\"](?:dynamodb|timestream-write)['\"]")
SQL_SETTINGS = r"^[ \t]*type:[ \t]*['\"]?(?:\w+\.(?:SQL|GBQ)\w+|bigquery|snowflake(?:\.\w+)?|redshift|postgres|duckdb|sqlite|trino)\b"
NOSQL_SETTINGS = r"^[ \t]*type:[ \t]*['\"]?(?:redis|dynamodb|datastore|cassandra|bigtable|mongo\w*)\b"
CATALOGS = ("*catalog*.y*ml", "*feature_store.y*ml")
R_TABLES = r"\bdbConnect\s*\("
PLACEHOLDER = Regex(
    r"(?i)\[optional\]|\byour[-_ ]|//<[\w -]+>|(?://|['\"])(?:my[-_]?bucket|bucket[-_]?name)\b|\bexample[-_]|xxx"
)
REMOTE = Regex(r"(?i)(?:s3|gs|gcs|azure|oss|hdfs|webhdfs)://|\bs3\b|storage\.googleapis|blob\.core\.windows|amazonaws")
