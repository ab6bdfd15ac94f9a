"""What the code reader says of one file, pattern by pattern."""

import pytest

from mlcoach.facts.code import read_code
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.rule import Hit, Pattern, assigns, calls, defines, imports, keywords, strings, uses


def hits(text: str, *patterns: Pattern) -> list[Hit]:
    return [hit for _, hit in read_code(text.encode(), Vocabulary(patterns)).hits]


def names(text: str, *patterns: Pattern) -> list[str]:
    return [hit.name for hit in hits(text, *patterns)]


@pytest.mark.parametrize(
    "text",
    [
        "from sklearn.model_selection import KFold\nKFold(5)",
        "from sklearn.model_selection import (\n    KFold as K,\n    other,\n)\nK(5)",
        "import sklearn.model_selection as ms\nms.KFold(5)",
        "from sklearn import model_selection\nmodel_selection.KFold(5)",
        "import sklearn.model_selection\nsklearn.model_selection.KFold(5)",
        "from sklearn.model_selection import *\nKFold(5)",
    ],
)
def test_aliases_are_resolved(text):
    assert hits(text, calls("sklearn.model_selection.KFold"))


@pytest.mark.parametrize(
    "text",
    [
        "from sklearn.impute import SimpleImputer\nSimpleImputer()",
        "from sklearn.impute import SimpleImputer as S\nS()",
        "from sklearn import impute as i\ni.KNNImputer()",
        "import sklearn\nsklearn.impute.KNNImputer()",
        "import sklearn.impute\nsklearn.impute.KNNImputer()",
    ],
)
def test_anything_of_a_package(text):
    (hit,) = hits(text, calls("sklearn.impute.*"))
    assert hit.name.startswith("sklearn.impute.")
    assert not hits(text, calls("sklearn.impute_other.*"), calls("impute.nothing.*"))


@pytest.mark.parametrize(
    "text",
    [
        "# KFold(5)",
        '"""KFold(5)"""',
        "print('KFold(5)')",
        "from sklearn.model_selection import KFold",
        "from mine import KFold\nKFold(5)",
        "MyKFold(5)",
    ],
)
def test_what_is_no_use_of_it(text):
    assert not hits(text, calls("sklearn.model_selection.KFold"))


def test_a_method_is_found_whatever_it_is_called_on():
    text = "df = (\n    pd.read_csv(p)\n    .dropna(subset=['a'])\n)\ndf.dropna()"
    assert names(text, calls("dropna")) == [".dropna", "df.dropna"]


def test_arguments_loops_and_surroundings_are_told():
    text = "class A:\n    def run(self):\n        for i in x:\n            fit(a, key='v (')\n"
    (hit,) = hits(text, calls("fit"))
    assert (hit.args, hit.loops, hit.inside, hit.line) == ("a, key='v ('", 1, "A.run", 4)


@pytest.mark.parametrize(
    ("text", "inside", "loops"),
    [
        ("def f():\n    pass\n\nif x:\n    fit(a)\n", "", 0),
        ("for i in x:\n    pass\nif x:\n    fit(a)\n", "", 0),
        ("class A:\n\tdef f(self):\n\t\tpass\n\tif x:\n\t\tfit(a)\n", "A", 0),
        ("def f(\n    a,\n):\n    if a:\n        fit(a)\n", "f", 0),
        ('def f():\n    t = """\na\n"""\n    if t:\n# note\n        fit(a)\n', "f", 0),
    ],
)
def test_a_block_ends_where_the_indentation_does(text, inside, loops):
    (hit,) = hits(text, calls("fit"))
    assert (hit.inside, hit.loops) == (inside, loops)


def test_a_definition_under_a_condition_is_not_inside_the_one_above():
    code = read_code(b"def f():\n    pass\n\nif x:\n    def g(): pass\n", Vocabulary([]))
    assert [name for _, name, *_ in code.defined] == ["f", "g"]


def test_uses_sees_decorators_bases_and_passed_functions():
    text = "@lru_cache\ndef f(): pass\nclass D(Dataset): pass\nrun(metric=accuracy_score)"
    assert names(text, uses("lru_cache", "Dataset", "accuracy_score")) == ["lru_cache", "Dataset", "accuracy_score"]


def test_definitions_are_not_calls():
    text = "def clean_text(x):\n    return x\n"
    assert names(text, defines("clean_*")) == ["clean_text"]
    assert not hits(text, calls("clean_text"))


def test_private_definitions_are_found_too():
    text = "def _clean_text(line): ...\nclass _Cleaner: ...\n"
    assert names(text, defines("clean_*")) == ["_clean_text"]
    assert names(text, defines("Cleaner")) == ["_Cleaner"]
    assert names(text, defines("*_text")) == ["_clean_text"]


@pytest.mark.parametrize("text", ["X, y = load()", "y = 1", "y: int = 1", "(X, y) = load()", "X = y = 3"])
def test_assignments(text):
    assert names(text, assigns("y")) == ["y"]


@pytest.mark.parametrize(
    "text",
    [
        "y == 1",
        "f(y=1)",
        "f(y)",
        "def f(a, y=1): pass",
        "x = y",
        "f(\n    y=1,\n)",
        "def f(a, y, b=1): pass",
        "f(a, y, b=1)",
    ],
)
def test_what_is_no_assignment(text):
    assert not hits(text, assigns("y"))


def test_keywords():
    text = "f(shuffle=True)\nf(\n    a,\n    shuffle = True,\n)\nshuffle = 1"
    assert [hit.line for hit in hits(text, keywords("shuffle"))] == [1, 4]


def test_strings_are_compared_whole_and_docstrings_are_none():
    text = '"""cuda"""\nm.to("cuda")\nprint("cuda is here")'
    assert [hit.line for hit in hits(text, strings("cuda"))] == [2]


@pytest.mark.parametrize(
    ("glob", "name", "found"),
    [
        ("resize", "Resize", True),
        ("Resize", "resize", False),
        ("*_score", "f1_score", True),
        ("*accuracy*", "topAccuracy", True),
    ],
)
def test_smart_case(glob, name, found):
    assert bool(hits(f"{name}(1)", calls(glob))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import optuna", True),
        ("import optuna.samplers as s", True),
        ("from optuna import create_study", True),
        ("try:\n    import optuna\nexcept ImportError: pass", True),
        ("from .optuna import x", False),
        ("import optunahub", False),
    ],
)
def test_imports(text, found):
    assert bool(hits(text, imports("optuna"))) is found


def test_python_2_and_broken_code_are_read():
    assert names("print 'x'\nexec code\nKFold(5)\ndef (:", calls("KFold")) == ["KFold"]


def test_a_pattern_of_wildcards_alone_is_refused():
    with pytest.raises(ValueError, match="nothing to look for"):
        Vocabulary([calls("*")])


def test_columns_and_definitions():
    code = read_code(
        b"df['ratio'] = df.a / df.b\nclass Net(nn.Module):\n    def forward(self, x): pass", Vocabulary([])
    )
    assert [(hit.name, hit.args) for hit in code.columns] == [("ratio", "df.a / df.b")]
    assert [(kind, name, given) for kind, name, _, _, given in code.defined] == [
        ("class", "Net", "nn.Module"),
        ("def", "Net.forward", "self, x"),
    ]


@pytest.mark.parametrize(
    ("call", "first"),
    [
        ("dump(model, f)", "model"),
        ("dump(obj=model)", "model"),
        ("dump(make(a, (b, c)), f)", "make(a, (b, c))"),
        ("dump({'a': 1, 'b': 2}, f)", "{'a': 1, 'b': 2}"),
        ("dump()", ""),
    ],
)
def test_the_first_argument_is_told_as_written(call, first):
    (hit,) = hits(call, calls("dump"))
    assert hit.first_argument == first
