"""Calls, functions and libraries that repair or remove records."""

from __future__ import annotations

from mlcoach.rule import assigns, calls, defines, imports

MISSING_VALUES = calls(
    "dropna", "fillna", "drop_nulls", "fill_null", "fill_nan", "na.drop", "na.fill", "na.replace", "dropmissing", "bfill", "ffill",
    "backfill", "SimpleImputer", "KNNImputer", "IterativeImputer", "Imputer", "MissForest", "MICE", "CategoricalImputer",
    "MeanMedianImputer", "FillMissing", "sklearn.impute.*", "fancyimpute.*", note="missing values",
)  # fmt: skip
DUPLICATES = calls("drop_duplicates", "dropDuplicates", "remove_duplicates", "deduplicate", note="duplicates")
OUTLIERS = calls("winsorize", "Winsorizer", "OutlierTrimmer", note="outliers")
QUARTILES = assigns("IQR", "iqr", note="outliers by quartiles")
VALUES = calls(
    "to_numeric", "to_datetime", "replace", "read_csv", "clip", "nan_to_num", "interpolate", note="invalid values"
)
ROWS = calls(
    "isna", "isnull", "notna", "notnull", "isfinite", "isnan", "duplicated", "isin", "isNotNull", "zscore", "drop",
    note="bad rows are removed",
)  # fmt: skip
FILTERED = assigns(
    "df", "*_df", "df_*", "data", "*_data", "data_*", "dataset", "train", "test", "train_*", "test_*", "frame", "table", "X", "ds",
    note="bad rows are removed",
)  # fmt: skip
TEXT = calls(
    "fix_text", "unidecode", "unicodedata.normalize", "emoji.demojize", "emoji.replace_emoji", "remove_stopwords", "strip_accents",
    "cleantext.clean", "strip_tags", "html.unescape", "contractions.fix", "SpellChecker", "stopwords.words", "simple_preprocess",
    "preprocess_string", "strip_punctuation", "texthero.*", note="text clean-up",
)  # fmt: skip
SUBSTITUTED = calls("re.sub", "regexp_replace", "get_text", "translate", note="text clean-up")
SIGNAL = calls(
    "filtfilt", "sosfilt", "sosfiltfilt", "lfilter", "savgol_filter", "medfilt", "wiener", "reduce_noise", "librosa.effects.trim",
    "librosa.effects.split", "fastNlMeansDenoising*", "denoise_tv*", "denoise_wavelet", "denoise_bilateral", "denoise_nl_means",
    "notch_filter", "iirnotch", "remove_small_objects", "detrend", "remove_silence*", "trim_silence*", "webrtcvad.Vad",
    "get_speech_timestamps", "mne.preprocessing.ICA", "butter_bandpass*", note="signal clean-up",
)  # fmt: skip
LIBRARIES = imports(
    "janitor",
    "missingpy",
    "ftfy",
    "cleantext",
    "noisereduce",
    "imagededup",
    "neattext",
    "dedupe",
    "datasketch",
    "imagehash",
    "fastdup",
    "cleanvision",
    "texthero",
    note="a library for cleaning",
)
FUNCTIONS = defines(
    "clean_*", "*_clean", "*_cleaning", "*cleaner", "*Cleaner", "Clean*", "*Cleaning*", "remove_outlier*", "*outliers*", "*imput*",
    "drop_missing*", "drop_nan*", "drop_null*", "drop_empty*", "remove_nan*", "remove_null*", "remove_missing*", "remove_empty*",
    "handle_missing*", "fill_missing*", "fill_na*", "*dedup*", "*duplicates", "remove_stop*", "remove_punct*", "remove_html*",
    "remove_url*", "remove_emoji*", "remove_noise*", "remove_special*", "remove_invalid*", "remove_bad*", "remove_images_without*",
    "filter_bad*", "filter_invalid*", "filter_empty*", "filter_samples", "filter_data", "filter_rows", "filter_roidb",
    "filter_imgs", "denoise_image*", "denoise_signal*", "denoise_audio*", "denoise_data*", "sanitize_data*", "sanitise_data*",
    "preprocess_text", "normalize_text", "normalise_text", "is_valid_sample*", "*is_valid_image*", "*image_is_valid*",
    "*ImageIsValid", "is_valid_row*", "verify_image*", "is_corrupt*", "remove_corrupt*", "find_corrupt*", "detect_corrupt*",
    "drop_outlier*", "drop_invalid*", "drop_bad*", "filter_outlier*", "filter_nan*", "filter_none", "filter_null*", "filter_noise*",
    "filter_corrupt*", "filter_missing*", "filter_by_length", "filter_by_quality", "filter_low_quality*", "cap_outlier*",
    "clip_outlier*", "remove_low_quality*", "remove_constant*", "remove_silen*", "fix_encoding*", "fix_missing*", "repair_data*",
    "strip_html*", "strip_punct*", note="a function for cleaning",
)  # fmt: skip

ALWAYS = (MISSING_VALUES, DUPLICATES, OUTLIERS, FUNCTIONS, TEXT, SIGNAL, LIBRARIES)
SOMETIMES = (VALUES, ROWS, SUBSTITUTED)  # their arguments tell
