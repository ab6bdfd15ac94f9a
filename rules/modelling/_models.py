"""Names of learners, and of the calls that train, load and run models, for the rules of this section."""

from __future__ import annotations

import re

from mlcoach.rule import Hit, Regex, calls, uses

SIMPLE = uses(
    "LogisticRegression", "LogisticRegressionCV", "LinearRegression", "Ridge", "RidgeCV", "RidgeClassifier", "Lasso",
    "LassoCV", "ElasticNet", "GaussianNB", "MultinomialNB", "BernoulliNB", "ComplementNB", "CategoricalNB",
    "NaiveBayes", "NaiveBayesClassifier", "LinearSVC", "SGDClassifier", "SGDRegressor", "LinearRegressionWithSGD",
    "LogisticRegressionWithLBFGS", "statsmodels.*.OLS", "statsmodels.*.Logit", "statsmodels.*.ols",
    "statsmodels.*.logit", "GLM", "GeneralizedLinearRegression",
    note="a linear model or naive Bayes",
)  # fmt: skip
TABLE_LEARNERS = uses(
    "RandomForest*", "GradientBoosting*", "HistGradientBoosting*", "XGB*Classifier", "XGB*Regressor", "XGBRanker",
    "LGBM*", "CatBoost*", "SVC", "SVR", "NuSVC", "MLPClassifier", "MLPRegressor", "KNeighbors*", "DecisionTree*",
    "ExtraTree*", "AdaBoost*", "GBTClassifier", "GBTRegressor", "xgboost.train", "lightgbm.train", "TabNet*",
    "IsolationForest", "TabularPredictor", "H2OAutoML", "TPOT*", "AutoSklearn*",
    note="a learner of tables",
)  # fmt: skip
NETWORKS = uses(
    "nn.Module", "torch.nn.*", "Sequential", "tensorflow.keras.*", "keras.layers.*", "LightningModule",
    note="a network",
)  # fmt: skip

LOADS = calls(
    "joblib.load", "pickle.load", "cPickle.load", "dill.load", "cloudpickle.load", "load_model", "load_models",
    "torch.load", "jit.load", "load_state_dict", "load_weights", "load_learner", "from_pretrained",
    "load_from_checkpoint", "saved_model.load", "InferenceSession", "tflite.Interpreter", "Interpreter",
    "skops.io.load", "saver.restore", "*saver*.restore", "restore_checkpoint", "import_graph_def",
    "import_meta_graph", "caffe.Net", "readNet*", "spacy.load", "*Model.load", "PPO.load", "A2C.load", "DQN.load",
    "SAC.load", "TD3.load", "DDPG.load", "xgboost.Booster", "lightgbm.Booster", "YOLO", "hub.load", "hub.Module",
    "hub.KerasLayer", "load_checkpoint", "load_pretrained*", "load_trained*", "model_from_json", "unpickle",
    "load_params", "load_network", "load_parameters", "load_pipeline", "load_ckpt", "Llama", "LLM", "easyocr.Reader",
    "whisper.load_model", "tritonclient.*", "import_model", "torch.package.*", "mmdet.apis.init_detector",
    "init_detector", "load_facebook_model", "load_word2vec_format", "read_model", "transformers.pipeline",
    "load_artifact", "download_model", "*ckpt*.restore", "*checkpoint*.restore", "*manager*.restore", "*Predictor.load", "*Learner.load",
    "spark_udf", "create_predictor", "DefaultPredictor", "attempt_load", "DetectMultiBackend", "WhisperModel", "caffe.Classifier",
    "SymbolBlock.imports", "from_checkpoint", "load_variables",
    note="loads a model",
)  # fmt: skip
HOSTED = calls(
    "completions.create", "ChatCompletion.create", "Completion.create", "messages.create", "responses.create",
    "ChatOpenAI", "AzureChatOpenAI", "ChatOllama", "ChatGroq", "ChatAnthropic", "ChatGoogleGenerativeAI",
    "generate_content", "litellm.*", "InferenceClient", "chat_completion", "invoke_model", "ollama.*",
    "HuggingFaceHub", "HuggingFaceEndpoint", "ChatBedrock", "Replicate", "replicate.run", "GenerativeModel",
    "invoke_endpoint", "init_chat_model", "load_chat_model", "create_react_agent",
    note="asks a hosted model",
)  # fmt: skip
FITS = calls(
    "fit", "fit_generator", "partial_fit", "backward", "minimize", "fit_one_cycle", "fine_tune", "train_on_batch",
    "learn", "trainer.train", "xgboost.train", "lightgbm.train", "train_step", "fit_predict", "train_model",
    "train_one_epoch", "apply_gradients", "train_and_evaluate",
    note="trains",
)  # fmt: skip
PREDICTS = calls(
    "predict", "predict_proba", "predict_*", "*_predict", "inference", "infer", "infer_*", "*_inference", "generate",
    "transcribe", "translate", "sess.run", "session.run", "*session*.run", "invoke", "recommend*", "detect",
    "detect_*", "recognize*", "ocr", "classify*", "get_prediction*", "make_prediction*", "stt", "segment",
    "extract_text", "synthesize*", "caption_*", "stylize*", "colorize*", "upscale*", "summarize*", "forecast",
    note="predicts",
)  # fmt: skip
FORWARD = calls(
    "model", "self.model", "net", "self.net", "generator", "forward", "no_grad", "inference_mode", "act", "sample",
    "pipe", "eval",
    note="runs the model",
)  # fmt: skip

MODEL = Regex(
    r"(?i)model|clf|classif|regress|estimator|pipeline|weight|checkpoint|ckpt|predictor|booster|forest|xgb|lgbm|svm"
    r"|net\b"
)
OTHER_PICKLE = Regex(
    r"(?i)cache|index|data|\bdf|frame|dict|vocab|token|feature|list|embed|user|item|label|map|words|corpus|matrix"
    r"|split|result|history"
)


def of_model(hit: Hit) -> bool:
    """A pickle may hold anything: what its line or its function is called tells."""
    if not re.search(r"(?:pickle|joblib|dill)\.load$", hit.name):
        return True
    said = f"{hit.text} {hit.args} {hit.inside}"
    return MODEL.search(said) is not None or not OTHER_PICKLE.search(said)
