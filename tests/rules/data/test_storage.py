"""data/storage: what counts and what does not, and its options."""

import pytest

ID = "data/storage"


@pytest.mark.parametrize(
    "code",
    [
        "import psycopg2\nconnection = psycopg2.connect(address)\n",
        "import sqlite3\nconnection = sqlite3.connect('rides.db')\n",
        "from sqlalchemy import create_engine\nengine = create_engine(address)\n",
        "import pandas as pd\nframe = pd.read_sql(query, connection)\n",
        "frame.to_sql('rides', connection)\n",
        "import duckdb\n",
        "from google.cloud import bigquery\nclient = bigquery.Client()\n",
        "import snowflake.connector\n",
        "spark.sql(q).write.saveAsTable('rides')\n",
        "class Ride(db.Model):\n    pass\n",
        "from django.db import models\n",
        "from airflow.providers.postgres.hooks.postgres import PostgresHook\n",
        "frame = spark.sql('select * from rides')\n",
        "import boto3\nathena = boto3.client('athena')\n",
    ],
)
def test_a_sql_database_counts(infer, code):
    found = infer(ID, {"store.py": code})
    assert found.state == "done"
    assert set(found.options) == {"sql"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("sql/rides.sql", "CREATE TABLE rides (id int);\n"),
        ("sql/features.sql", "select id, fare\nfrom rides\n"),
        ("conf/base/catalog.yml", "rides:\n  type: pandas.SQLTableDataset\n"),
        ("feature_store.yaml", "offline_store:\n  type: bigquery\n"),
        ("load.R", "connection <- DBI::dbConnect(RPostgres::Postgres())\n"),
        ("dbt_project.yml", "name: rides\nmodel-paths: [models]\n"),
        ("README.md", "The cleaned records are stored in PostgreSQL.\n"),
    ],
)
def test_sql_files_and_docs_count(infer, path, text):
    assert set(infer(ID, {path: text}).options) == {"sql"}


@pytest.mark.parametrize(
    "code",
    [
        "from pymongo import MongoClient\ncollection = MongoClient(address).rides\n",
        "import redis\nstore = redis.Redis()\n",
        "from cassandra.cluster import Cluster\n",
        "from elasticsearch import Elasticsearch\n",
        "import chromadb\n",
        "from langchain_community.vectorstores import Chroma\nstore = Chroma.from_documents(documents)\n",
        "import lmdb\nstore = lmdb.open('images.lmdb')\n",
        "import pandas as pd\nframe = pd.read_csv('s3://rides/raw.csv')\n",
        "import boto3\ns3 = boto3.client('s3')\ns3.download_file(bucket, 'raw/rides.csv', path)\n",
        "import boto3\ns3 = boto3.resource('s3')\ns3.Object(bucket_name, 'matrix.h5').upload_file(path)\n",
        "import boto3\ntable = boto3.resource('dynamodb').Table('rides')\n",
        "from langchain_community.vectorstores import FAISS\nstore = FAISS.from_documents(documents, embeddings)\n",
        "from google.cloud import storage\n",
        "from minio import Minio\n",
    ],
)
def test_a_document_vector_key_value_or_object_store_counts(infer, code):
    found = infer(ID, {"store.py": code})
    assert found.state == "done"
    assert set(found.options) == {"nosql"}


@pytest.mark.parametrize("url", ["s3://rides/dvc", "gs://rides", "azure://rides/dvc"])
def test_a_bucket_as_the_dvc_remote_counts(infer, url):
    found = infer(ID, {".dvc/config": f"[core]\n    remote = store\n['remote \"store\"']\n    url = {url}\n"})
    assert found.state == "done"
    assert [(e.path, e.line) for e in found.options["nosql"]] == [(".dvc/config", 4)]


def test_another_dvc_remote_is_a_declared_store_but_no_bucket(infer):
    found = infer(ID, {".dvc/config": "['remote \"origin\"']\n    url = https://dagshub.com/a/b.dvc\n"})
    assert found.state == "done"
    assert found.options == {}


def test_a_dvc_remote_on_the_same_disk_does_not(infer):
    assert infer(ID, {".dvc/config": "['remote \"disk\"']\n    url = /mnt/dvc\n"}).state == "missing"


def test_a_script_that_syncs_data_with_a_bucket_counts(infer):
    assert infer(ID, {"fetch.sh": "aws s3 sync s3://rides/raw data/raw\n"}).state == "done"


def test_a_notebook_that_copies_data_out_of_a_bucket_counts(infer, notebook):
    found = infer(ID, {"fetch.ipynb": notebook("!gsutil cp gs://rides/raw.csv data/")})
    assert set(found.options) == {"nosql"}


def test_the_key_value_store_of_a_feature_store_counts(infer):
    assert set(infer(ID, {"feature_store.yaml": "online_store:\n  type: redis\n"}).options) == {"nosql"}


def test_a_commented_example_does_not(infer):
    assert infer(ID, {"config.yaml": "# e.g. gs://rides/data\npath: data/rides.zarr\n"}).state == "missing"


def test_the_placeholder_bucket_of_a_template_does_not(infer):
    makefile = (
        "BUCKET = [OPTIONAL] your-bucket-for-syncing-data\nsync_data_to_s3:\n\taws s3 sync data/ s3://$(BUCKET)/data/\n"
    )
    assert infer(ID, {"Makefile": makefile}).state == "missing"


def test_a_bucket_for_models_or_logs_only_does_not(infer):
    files = {
        "upload.sh": "aws s3 cp weights/ s3://bucket/weights --recursive\n",
        "models/fetch.py": "import boto3\ns3 = boto3.client('s3')\ns3.download_file(bucket, 'model.pt', 'model.pt')\n",
    }
    assert infer(ID, files).state == "missing"


def test_a_store_of_the_tracker_or_of_a_study_does_not(infer):
    code = (
        "import mlflow, optuna\nmlflow.set_tracking_uri('sqlite:///mlflow.db')\n"
        "optuna.create_study(storage='sqlite:///study.db')\n"
    )
    compose = "services:\n  tracker:\n    image: postgres:15\n"
    assert infer(ID, {"train.py": code, "docker-compose.yml": compose}).state == "missing"


def test_an_aws_service_that_is_no_store_does_not(infer):
    assert infer(ID, {"mail.py": "import boto3\nses = boto3.client('ses')\n"}).state == "missing"


def test_sql_that_only_creates_a_servers_database_does_not(infer):
    assert infer(ID, {"init.sql": "CREATE DATABASE airflow;\nCREATE USER airflow;\n"}).state == "missing"


def test_local_files_alone_do_not(infer):
    found = infer(ID, {"train.py": "import pandas as pd\npd.read_csv('data/rides.csv')\n", "data/rides.csv": "a\n1\n"})
    assert found.state == "missing"
    assert ".dvc/config" in found.looked


def test_a_container_is_shown_beside_the_code_that_uses_it(infer):
    files = {
        "store.py": "import psycopg2\npsycopg2.connect(address)\n",
        "docker-compose.yml": "services:\n  db:\n    image: postgres:15\n",
    }
    assert {e.path for e in infer(ID, files).options["sql"]} == {"store.py", "docker-compose.yml"}
