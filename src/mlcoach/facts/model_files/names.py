"""The names that trained models are made of. Every other name in a pickle is shown to the person."""

from __future__ import annotations

import re

# Functions and classes by name: rebuilding data, nothing else. Whole packages are never let through, because
# pandas.read_csv, joblib.load and torch.utils.collect_env.run live in good company.
_EXACT: dict[str, str] = {
    "builtins": "bool bytearray bytes complex dict float frozenset int list object range set slice str tuple",
    "collections": "OrderedDict defaultdict deque Counter",
    "copyreg": "_reconstructor __newobj__ __newobj_ex__",
    "_codecs": "encode",
    "datetime": "date datetime time timedelta timezone",
    "decimal": "Decimal",
    "fractions": "Fraction",
    "uuid": "UUID",
    "pathlib": "Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath",
    "types": "SimpleNamespace",
    "argparse": "Namespace",
    "numpy": "dtype ndarray matrix bool bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 "
    "float64 longdouble complex64 complex128 str_ bytes_ datetime64 timedelta64 recarray "
    "abs absolute cbrt ceil exp exp2 expm1 floor isnan isfinite log log10 log1p log2 negative reciprocal rint sign "
    "sqrt square tanh",
    "numpy.core.multiarray": "_reconstruct scalar",
    "numpy.core.numeric": "_frombuffer",
    "numpy.ma": "MaskedArray",
    "numpy.ma.core": "MaskedArray _mareconstruct",
    "dill._dill": "_create_array",
    "numpy.random": "RandomState Generator",
    "numpy.random._pickle": "__bit_generator_ctor __generator_ctor __randomstate_ctor",
    "numpy.random.mtrand": "RandomState",
    "numpy.random._mt19937": "MT19937",
    "numpy.random._pcg64": "PCG64 PCG64DXSM",
    "numpy.random._philox": "Philox",
    "numpy.random._sfc64": "SFC64",
    "numpy.random._generator": "Generator",
    "numpy.random.bit_generator": "SeedSequence __pyx_unpickle_SeedSequence",
    "joblib.numpy_pickle": "NumpyArrayWrapper",
    "scipy.sparse._csr": "csr_matrix csr_array",
    "scipy.sparse._csc": "csc_matrix csc_array",
    "scipy.sparse._coo": "coo_matrix coo_array",
    "scipy.sparse.csr": "csr_matrix",
    "scipy.sparse.csc": "csc_matrix",
    "scipy.sparse.coo": "coo_matrix",
    "pandas": "Categorical CategoricalDtype DataFrame DatetimeIndex Index MultiIndex RangeIndex Series StringDtype "
    "Timestamp",
    "pandas.arrays": "ArrowStringArray BooleanArray FloatingArray IntegerArray StringArray",
    "pandas._libs.arrays": "__pyx_unpickle_NDArrayBacked",
    "pandas._libs.internals": "_unpickle_block",
    "pandas._libs.tslibs.timestamps": "_unpickle_timestamp",
    "pandas._libs.tslibs.timedeltas": "_timedelta_unpickle",
    "pandas.core.indexes.base": "Index _new_Index",
    "sklearn.neighbors._kd_tree": "newObj",
    "sklearn.neighbors._ball_tree": "newObj",
    "sklearn.metrics._dist_metrics": "newObj",
    "torch": "Size Tensor device dtype bfloat16 bool complex64 complex128 float float16 float32 float64 half double "
    "int int8 int16 int32 int64 long short uint8 float8_e4m3fn float8_e5m2 strided sparse_coo",
    "torch._utils": "_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter "
    "_rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_tensor _rebuild_device_tensor_from_numpy",
    "torch._tensor": "Tensor _rebuild_from_type_v2",
    "torch.nn.parameter": "Parameter Buffer UninitializedParameter",
    "torch.storage": "TypedStorage UntypedStorage",
    "torch.serialization": "_get_layout",
    "torch.jit._pickle": "build_boollist build_doublelist build_intlist build_tensorlist restore_type_tag",
    "lightgbm.basic": "Booster",
    "xgboost.core": "Booster",
    "catboost.core": "CatBoost CatBoostClassifier CatBoostRanker CatBoostRegressor _CatBoost",
    "_catboost": "_CatBoost",
}

# Packages whose classes (by their CamelCase names) are estimators and their parts.
_CLASSES = re.compile(
    r"(?:sklearn\.(?:_loss|calibration|cluster|compose|covariance|cross_decomposition|decomposition|discriminant_analysis"
    r"|dummy|ensemble|feature_extraction|feature_selection|gaussian_process|impute|isotonic|kernel_approximation"
    r"|kernel_ridge|linear_model|manifold|metrics\._dist_metrics|metrics\._scorer|mixture|model_selection|multiclass"
    r"|multioutput|naive_bayes|neighbors|neural_network|pipeline|preprocessing|random_projection|semi_supervised|svm"
    r"|tree|utils\._bunch|utils\.deprecation|utils\.Bunch)"
    r"|imblearn\.(?:combine|ensemble|over_sampling|pipeline|under_sampling)"
    r"|lightgbm\.sklearn|xgboost\.sklearn"
    r"|pandas\.core\.(?:arrays|dtypes|frame|indexes|internals|series)|pandas\._libs\.(?:tslibs|internals)"
    r"|torch\.nn\.modules|torch\.optim)(?:\.\w+)*"
)
_CAMEL = re.compile(r"_?[A-Z]+[a-z0-9]\w*|[A-Z]{2,}\w*")
_STORAGE = re.compile(r"\w{3,12}Storage")
_CYTHON = re.compile(r"__pyx_unpickle_(?:Cy)?[A-Z]\w*")

_KNOWN = frozenset((module, name) for module, names in _EXACT.items() for name in names.split())


def is_known(module: str, name: str) -> bool:
    """Whether the name is on the list: a class of estimators or data, or a function that rebuilds one."""
    if module in ("__builtin__", "copy_reg"):  # as Python 2 and protocols 0 to 2 spell them
        module = {"__builtin__": "builtins", "copy_reg": "copyreg"}[module]
        name = {"unicode": "str", "long": "int"}.get(name, name)
    module = module.replace("numpy._core", "numpy.core", 1) if module.startswith("numpy._core") else module
    if (module, name) in _KNOWN:
        return True
    if module in ("torch", "torch.cuda", "torch.storage"):
        return _STORAGE.fullmatch(name) is not None
    if module.startswith("__torch__"):  # a type that TorchScript compiles; no Python name
        return True
    return bool(_CLASSES.fullmatch(module) and (_CAMEL.fullmatch(name) or _CYTHON.fullmatch(name)))
