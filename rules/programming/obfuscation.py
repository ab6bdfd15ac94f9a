"""Code is compiled or protected before it is shipped.

What counts
    Cython sources of the project's own or cythonize in its build, Nuitka, PyArmor, mypyc, and other compiled
    extensions of the project's own: C, C++, CUDA or Rust that its build turns into a Python module.

What does not
    Depending on a package that is compiled; a vendored copy of one; a bundle in one file (PyInstaller); code that is
    compiled while it runs (Numba's jit, torch.compile, XLA).

Known problems
    An extension that is built by hand and committed as a binary, without its source, is not seen. A copy of another
    package that lies among the project's own folders counts as the project's.

Next step
    Compile what is worth protecting: `cythonize -i module.py` gives a binary module that imports as before; ship it
    without its source.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Item, calls, done, evidence_of, keywords, missing

ITEM = Item(
    id="programming/obfuscation",
    title="Code obfuscation",
    bullet="Code obfuscation: Serialisation vith Cython",
    stage="production",
    why="Python source that is shipped can be read and changed by whoever gets it; compiled code hides it.",
    how=(
        "`pip install cython`",
        "`cythonize -i package/module.py` (or `ext_modules=cythonize([...])` in setup.py)",
        "build wheels for each platform, without the .py and .c files",
    ),
    references=("https://cython.readthedocs.io", "https://nuitka.net", "https://mypyc.readthedocs.io"),
)

BUILDS = (
    calls("cythonize", "mypycify", note="Python that is compiled"),
    calls(
        "setuptools.Extension", "setuptools.extension.Extension", "distutils.core.Extension", "add_extension",
        "distutils.extension.Extension", "Cython.Distutils.Extension", "Cython.Distutils.extension.Extension",
        note="a compiled extension",
    ),
    calls(
        "CUDAExtension", "CppExtension", "SYCLExtension", "Pybind11Extension", "RustExtension", "CMakeExtension",
        "cpp_extension.load", "cpp_extension.load_inline", "torch.utils.ffi.create_extension", "load_op_library",
        note="a compiled extension",
    ),
    keywords("ext_modules", "rust_extensions", "cffi_modules", note="a compiled extension in the build"),
)  # fmt: skip
COMMAND = (
    r"^(?![ \t]*#).*(?:\bpyarmor[ \t]+(?:gen|obfuscate|pack|build)\b|\bnuitka3?[ \t]+-|-m[ \t]+nuitka\b"
    r"|\bcython(?:ize)?[ \t]+-|\bmypyc[ \t]+\S+\.py|nuitka-action)"
)
BACKEND = r"^[ \t]*build-backend[ \t]*=[ \t]*[\"'](?:maturin|mesonpy|scikit_build_core\.build)\b|^\[tool\.maturin\]"
SCRIPTS = ("*.sh", "*.bat", "*.ps1", "*akefile*", "*ockerfile*", "*.y*ml", "tox.ini", "justfile")
COPIES = frozenset(
    {"pycocotools", "cocoapi", "pywrapfst", "openfst", "darknet", "fasttext", "lapjv", "eigen", "pybind11"}
)


def infer(facts: Facts) -> Finding:
    sources = [Evidence(path, note="Cython source") for path in facts.find_paths("*.pyx") if not is_copy(path)]
    hits = [hit for hit in facts.code.find(*BUILDS) if not is_copy(hit.path)]
    built = sorted(hits, key=lambda hit: hit.kind == "keyword")
    commands = facts.texts.find(COMMAND, *SCRIPTS, words=("pyarmor", "nuitka", "cython", "mypyc"))
    backends = facts.texts.find(BACKEND, "pyproject.toml")
    found = evidence_of(sources[:3], built, commands, backends)
    if found:
        return done(f"{found[0].note}: {found[0].place}", found)
    return missing(
        "no code is compiled or protected", looked=("*.pyx", "setup.py, pyproject.toml", "build scripts and CI")
    )


def is_copy(path: str) -> bool:
    """Under the name of a well-known package: a copy of it."""
    return not COPIES.isdisjoint(path.lower().split("/")[:-1])
