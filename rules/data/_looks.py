"""Calls and functions that describe or plot data, and what else stands beside them."""

from __future__ import annotations

from mlcoach.rule import calls, defines, imports

REPORTS = (
    imports(
        "ydata_profiling", "pandas_profiling", "sweetviz", "dtale", "autoviz", "dataprep.eda", "klib", "missingno",
        note="a profiling report",
    ),
    calls("ProfileReport", "TableReport", "AutoViz_Class", note="a profiling report"),
)  # fmt: skip
PLOT = "a plot of the data"
SAMPLES = "a look at samples"
LOOKS = (
    calls("describe", note="summary statistics"),
    calls("value_counts", "countplot", "count_values", note="counts of values"),
    calls("corr", "scatter_matrix", "pairplot", "corrplot", "PairGrid", note="correlations"),
    calls(
        "hist", "histplot", "distplot", "displot", "kdeplot", "hist2d", "plot.hist", "plot.kde", "probplot", "qqplot",
        note="a distribution",
    ),
    calls(
        "boxplot", "violinplot", "boxenplot", "swarmplot", "stripplot", "express.box", "express.violin", "plot.box",
        note="a distribution by group",
    ),
    calls(
        "express.histogram", "express.scatter*", "express.bar", "express.pie", "express.line", "express.choropleth*", "express.density*",
        "iplot", "altair.Chart", "scatterplot", "jointplot", "lmplot", "regplot", "catplot", "factorplot", "FacetGrid", "barplot",
        "plot.bar", "plot.pie", "plot.scatter", "pie", "lineplot", "relplot", "ggplot", "pointplot", note=PLOT,
    ),
    calls("plot_acf", "plot_pacf", "seasonal_decompose", "adfuller", "lag_plot", "autocorrelation_plot", note="a time series"),
    calls(
        "WordCloud", "FreqDist", "folium.Map", "HeatMap", "specshow", "show_batch", "waveplot", "waveshow", "plot_gallery",
        "show_example*", "plot_example*", "show_image*", "plot_image*", "display_image*", "show_sample*", "plot_sample*",
        "display_sample*", "visuali*_sample*", "visuali*_data*", "visuali*_image*", "plot_data*", "plot_class*", "plot_distribution*",
        "show_random*", "plot_random*", "show_dataset*", note=SAMPLES,
    ),
)  # fmt: skip
OWN_LOOKS = defines(
    "plot_*distribution*", "print_*distribution*", "show_*distribution*", "get_class_distribution*", "*class_imbalance",
    "plot_class_balance*", "print_*counts", "show_*counts", "show_*breakdown", "print_*breakdown", "*dataset_stats",
    "*dataset_statistics", "*data_statistics", "describe_data*", "summari*e_data*", "explore_data*", "perform_eda", "run_eda",
    "eda_*", "*correlation_matrix", "plot_correlation*", "visuali*e_data*", "plot_missing*", "analy*e_data*",
    note="a function that looks at the data",
)  # fmt: skip
FIRST_LOOKS = (
    calls("isnull", "isna", "null_count", note="missing values"),
    calls("nunique", "unique", "n_unique", "skew", "kurtosis", "crosstab", "duplicated", note="values of a column"),
    calls("head", "glimpse", "tail", note="a first look"),
)  # fmt: skip
PICTURES = calls(
    "imread", "Image.open", "ImageFolder", "load_img", "read_image", "decode_jpeg", "dcmread", note="reads pictures"
)
MODELS = calls(
    "fit", "predict", "load_model", "load_state_dict", "from_pretrained", "eval", "compile", "backward", "load_weights",
    note="a model",
)  # fmt: skip
CHARTS = calls("heatmap", "scatter", "bar", "barh", "imshow", "matshow", "plot", note="a plot")
READS = calls(
    "read_*", "scan_*", "load_*", "loadmat", "loadtxt", "genfromtxt", "open", "imread", "fetch_*", "ImageFolder", "glob", "rglob",
    "iglob", "listdir", "walk", "get_*data*", "np.load", "numpy.load", "execute", "from_pandas", "*Dataset", "*DataLoader*",
    "spark.table", "from_csv", "from_folder", "*_dataset", "*Reader", note="reads data",
)  # fmt: skip
MARIMO = imports("marimo", note="a marimo notebook")
FIRST = {pattern.note for pattern in FIRST_LOOKS}
