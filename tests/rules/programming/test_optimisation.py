"""programming/optimisation: what counts and what does not, option by option."""

import pytest

ID = "programming/optimisation"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".flake8", "[flake8]\nmax-line-length = 100\n"),
        ("pylintrc", "[MASTER]\n"),
        ("mypy.ini", "[mypy]\n"),
        ("pyproject.toml", "[tool.ruff.lint]\nselect = ['E']\n"),
        ("setup.cfg", "[isort]\nprofile = black\n"),
        ("sub/tox.ini", "[flake8]\nmax-complexity = 10\n"),
        (".pre-commit-config.yaml", "repos:\n- repo: https://github.com/psf/black\n  hooks:\n  - id: black\n"),
        (".github/workflows/lint.yml", "jobs:\n  a:\n    steps:\n      - run: ruff check .\n"),
        (".github/workflows/lint.yml", "jobs:\n  a:\n    steps:\n      - uses: psf/black@stable\n"),
        (".gitlab-ci.yml", "lint:\n  script:\n    - pip install flake8 && flake8 src\n"),
        ("Makefile", "lint:\n\tpoetry run mypy src\n"),
        ("scripts/check.sh", "#!/bin/sh\npython -m pylint src\n"),
        ("tox.ini", "[testenv:lint]\ncommands = flake8\n"),
        ("noxfile.py", "@nox.session\ndef lint(session):\n    session.run('black', '--check', '.')\n"),
        ("tasks.py", "@task\ndef lint(c):\n    c.run('ruff check .')\n"),
        ("pyproject.toml", "[tool.poe.tasks]\nlint = 'flake8 src'\n"),
        (".vscode/settings.json", '{"python.linting.mypyEnabled": true}\n'),
    ],
)
def test_a_linter_that_is_set_up_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert set(found.options) == {"refactoring"}
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements-dev.txt", "flake8\nblack\nmypy\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '-q'\n"),
        ("pyproject.toml", '[tool.pyright]\ntypeCheckingMode = "off"\n'),
        (".github/workflows/test.yml", "jobs:\n  a:\n    steps:\n      - run: pip install black flake8\n"),
        (".gitlab-ci.yml", "test:\n  script:\n    - pytest  # black -l 79 would be nice\n"),
        ("Makefile", "# black .\nhelp:\n\techo use black\n"),
        (".pre-commit-config.yaml", "repos:\n- repo: https://github.com/iterative/dvc\n  hooks:\n  - id: dvc-push\n"),
        ("README.md", "Run `black .` before you commit.\n"),
        ("pyproject.toml", "[project]\ndependencies = ['black >=24', 'mypy']\ndescription = 'black box models'\n"),
        (".vscode/settings.json", '{"python.linting.pylintEnabled": false}\n'),
    ],
)
def test_a_linter_that_is_only_named_does_not(infer, path, text):
    assert infer(ID, {path: text}).state == "missing"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("train.py", "import cProfile\n\ncProfile.run('train()')\n"),
        ("bench.py", "import torch\n\nwith torch.profiler.profile() as p:\n    step()\n"),
        ("train.py", "import tensorflow as tf\n\ntf.profiler.experimental.start('logs')\n"),
        ("train.py", "from pytorch_lightning import Trainer\n\nTrainer(profiler='simple')\n"),
        ("fit.py", "import line_profiler\n"),
        ("profile.sh", "py-spy record -o out.svg -- python train.py\n"),
        ("Makefile", "profile:\n\tpython -m cProfile -o out.prof train.py\n"),
        ("tests/load_test.py", "from locust import HttpUser\n\nclass User(HttpUser): pass\n"),
        ("benchmarks/bench_nms.py", "import time\n\nstart = time.perf_counter()\n"),
        ("tests/test_speed.py", "def test_nms(benchmark):\n    benchmark(nms)\n"),
        ("configs/debug/profiler.yaml", "trainer:\n  profiler: simple\n"),
        ("asv.conf.json", "{}"),
        ("benchmarks/attention.py", "import time\n\nstart = time.perf_counter()\n"),
        ("tools/test_speed.py", "import timeit\n\ntimeit.timeit(forward)\n"),
    ],
)
def test_profiling_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert set(found.options) == {"profilers"}
    assert found.evidence[0].path == path


def test_a_profiler_s_magic_counts(infer, notebook):
    found = infer(ID, {"a.ipynb": notebook("import x", "%lprun -f f f(1)")})
    assert [(e.path, e.cell) for e in found.options["profilers"]] == [("a.ipynb", 2)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("train.py", "import time\n\nstart = time.time()\nprint(time.time() - start)\n"),
        ("timer.py", "import time\n\nclass Timer:\n    def tic(self): self.t = time.time()\n"),
        ("benchmark.py", "from sklearn.metrics import accuracy_score\n\nprint(accuracy_score(y, p))\n"),
        ("train.py", "Trainer(profiler=None)\n"),
        ("requirements.txt", "line_profiler\n"),
    ],
)
def test_printed_durations_are_no_profiling(infer, path, text):
    assert infer(ID, {path: text}).state == "missing"


CACHED = [
    "from functools import lru_cache\n\n@lru_cache\ndef f(): pass\n",
    "import functools as ft\n\n@ft.cache\ndef f(): pass\n",
    "from joblib import Memory\n\nmemory = Memory('cache')\n",
    "import streamlit as st\n\n@st.cache_data\ndef load(): pass\n",
    "from diskcache import Cache\n",
    "ds = ds.map(f).cache().batch(8)\n",
    "from sklearn.pipeline import Pipeline\n\nPipeline(steps, memory='cache')\n",
    "cache_file = os.path.join(d, 'roidb.pkl')\n",
    "_cache = {}\n",
    "def load_or_build(path): pass\n",
    "make_features(data, force_recompute=False)\n",
    "def features():\n    if os.path.exists(p):\n        return pd.read_pickle(p)\n    df = make()\n    df.to_pickle(p)\n",
    "def features():\n    if not p.exists():\n        np.save(p, make())\n    return np.load(p)\n",
    "def features(overwrite=False):\n    if p.exists() and not overwrite:\n        return\n    make().save(p)\n",
    "if not force_process and os.path.exists(p):\n    skip()\n",
    "def cached_feature(name): pass\n",
    "def f():\n    if os.path.isfile('x.csv'):\n        return pd.read_csv('x.csv')\n    df = make()\n    df.to_csv('x.csv')\n",
    "def f():\n    if Path(p).exists():\n        with open(p) as f:\n            return json.load(f)\n    x = make()\n"
    "    with open(p, 'w') as f:\n        json.dump(x, f)\n",
    "def f():\n    try:\n        return read_table(Augmented())\n    except Exception:\n        pass\n"
    "    t = augment()\n    write_table(t, Augmented())\n",
    "from numpy import load, save\n\ntry:\n    x = load('x.npy')\nexcept IOError:\n    x = make()\n    save('x.npy', x)\n",
    "np.save('%s/%s.npy' % (cache_dir, name), features)\n",
    "pipe = Pipeline(\n    steps=[('a', A())],\n    memory=CACHE,\n)\n",
    "from pyspark.sql import SparkSession\n\ndf.persist()\n",
    "import redis\n\ndef get_cached(key): pass\n",
    "conv = GCNConv(8, 8, cached=True)\n",
    "parser.add_argument('--cache_features', action='store_true')\n",
    "def f():\n    try:\n        x = pd.read_parquet(p)\n    except FileNotFoundError:\n        x = make()\n        x.to_parquet(p)\n",
]


@pytest.mark.parametrize("text", CACHED)
def test_results_that_are_kept_count(infer, text):
    found = infer(ID, {"a.py": text})
    assert set(found.options) == {"caching"}


def test_a_locked_dvc_pipeline_counts(infer):
    files = {
        "dvc.yaml": "stages:\n  a:\n    cmd: python a.py\n",
        "dvc.lock": "schema: '2.0'\nstages:\n  a:\n    cmd: x\n",
    }
    assert [e.path for e in infer(ID, files).options["caching"]] == ["dvc.lock"]
    assert infer(ID, {"dvc.yaml": files["dvc.yaml"]}).state == "missing"


def test_a_stage_of_old_dvc_counts_and_a_tracked_file_does_not(infer):
    assert "caching" in infer(ID, {"a.dvc": "cmd: python a.py\nouts:\n- path: a\n"}).options
    assert infer(ID, {"a.csv.dvc": "outs:\n- path: a.csv\n"}).state == "missing"


@pytest.mark.parametrize(
    "text",
    [
        "torch.cuda.empty_cache()\nmodel.config.use_cache = False\n",
        "tok = AutoTokenizer.from_pretrained(name, cache_dir='models')\n",
        "model = None\n\ndef get_model():\n    global model\n    model = model or load()\n    return model\n",
        "from sklearn.pipeline import Pipeline\n\nPipeline(steps, memory=None)\n",
        "def train():\n    if os.path.exists(p):\n        os.remove(p)\n    np.save(p, x)\n",
        "def f():\n    if not os.path.exists(d):\n        os.makedirs(d)\n    x = np.load(p)\n    np.save(q, x * 2)\n",
        "def a():\n    if os.path.exists(p):\n        return np.load(p)\n\ndef b():\n    np.save(p, x)\n",
        "if os.path.exists(out) and not args.overwrite_output_dir:\n    raise ValueError\n",
        "if os.path.exists(out) and not args.force:\n    sys.exit(1)\n",
        "self.cos_cached = emb.cos()\n",
        "def f():\n    if not os.path.exists(p):\n        raise FileNotFoundError(p)\n    x = pd.read_parquet(p)\n    x.to_parquet(q)\n",
        "def f():\n    if os.path.exists(p):\n        old = pd.read_csv(p)\n        new = pd.concat([old, new])\n    new.to_csv(p)\n",
        "def f():\n    if not exists(p):\n        x = requests.get(url)\n        save(p, x)\n    return np.load(p)\n",
        "def f():\n    if exists(p):\n        done = open(p).readlines()\n    open(p, 'w').write(done)\n",
        "def f():\n    try:\n        x = pd.read_csv(p)\n    except Exception:\n        return\n    x.to_csv(q)\n",
        "state = torch.load(os.path.join(cache_dir, 'checkpoint.pt'))\n",
        "agent = Agent(memory=Memory())\n",
        "conv = GCNConv(8, 8, cached=False)\n",
        "kv_cache = {}\n",
        "# lru_cache would help here\n",
    ],
)
def test_what_keeps_no_results_does_not(infer, text):
    assert infer(ID, {"a.py": text}).state == "missing"


def test_caches_of_ci_and_images_do_not_count(infer):
    files = {".github/workflows/a.yml": "steps:\n  - uses: actions/cache@v4\n  - uses: docker/build-push-action@v6\n"}
    assert infer(ID, files).state == "missing"
