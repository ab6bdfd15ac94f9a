"""programming/obfuscation: what counts and what does not."""

import pytest

ID = "programming/obfuscation"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/nms.pyx", "def nms(boxes): pass\n"),
        (
            "setup.py",
            "from setuptools import setup\nfrom Cython.Build import cythonize\nsetup(ext_modules=cythonize('a.py'))\n",
        ),
        ("setup.py", "from mypyc.build import mypycify\nmodules = mypycify(['a.py'])\n"),
        ("ops/setup.py", "from distutils.core import setup, Extension\nsetup(ext_modules=[Extension('a', ['a.c'])])\n"),
        ("setup.py", "from torch.utils import cpp_extension as c\next = c.CUDAExtension('ops', ['ops.cu'])\n"),
        ("ops.py", "from torch.utils.cpp_extension import load\nops = load('ops', ['ops.cpp'])\n"),
        ("op.py", "import tensorflow as tf\nop = tf.load_op_library('./op.so')\n"),
        ("build.sh", "python -m nuitka --module predict.py\n"),
        ("Makefile", "dist:\n\tpyarmor gen -O dist src\n"),
        ("Dockerfile", "FROM python\nRUN cythonize -i predict.py\n"),
        (".github/workflows/a.yml", "steps:\n  - uses: Nuitka/Nuitka-Action@main\n"),
        ("pyproject.toml", '[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n'),
    ],
)
def test_compiled_or_protected_code_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "cython==3.0\nnuitka\nnumba\n"),
        (
            "pyproject.toml",
            '[build-system]\nrequires = ["setuptools", "cython"]\nbuild-backend = "setuptools.build_meta"\n',
        ),
        ("train.py", "import torch\nmodel = torch.compile(model)\n"),
        ("fast.py", "from numba import jit\n\n@jit\ndef f(x): return x\n"),
        ("build.sh", "pyinstaller --onefile app.py\n"),
        ("build.sh", "pip install cython nuitka\n# cythonize -i a.py\n"),
        ("third_party/fst/fst.pyx", "cdef int x\n"),
        ("lib/pycocotools/_mask.pyx", "cdef int x\n"),
        ("cpp/Makefile", "all:\n\tg++ -O3 features.cpp -o features\n"),
        ("notes.py", "# Extension('a')\nclass Extension: pass\n"),
    ],
)
def test_what_only_depends_on_compiled_code_does_not(infer, path, text):
    assert infer(ID, {path: text}).state == "missing"
