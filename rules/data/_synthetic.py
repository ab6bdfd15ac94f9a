"""Sourcing, option "synthetic": code that generates or augments data."""

from __future__ import annotations

import re

from mlcoach.rule import Facts, Hit, Regex, TextHit, calls, defines, imports, keywords, strings

OVERSAMPLED = calls(
    "SMOTE", "SMOTENC", "SMOTEN", "BorderlineSMOTE", "SVMSMOTE", "KMeansSMOTE", "SMOTEENN", "SMOTETomek", "ADASYN",
    "RandomOverSampler", "smoter", note="over-sampling",
)  # fmt: skip
LIBRARIES = imports(
    "albumentations", "imgaug", "Augmentor", "nlpaug", "textattack", "textaugment", "augly", "audiomentations", "torchio",
    "torch_audiomentations", "volumentations", "batchgenerators", "solt", "tsaug", "kornia.augmentation", "imblearn.over_sampling",
    "smogn", "keras_cv.layers.preprocessing", "autoaugment", "randaugment", "randaug", "specAugment", note="augmentation",
)  # fmt: skip
IMAGES = calls(
    "RandomHorizontalFlip", "RandomVerticalFlip", "RandomCrop", "RandomResizedCrop", "RandomSizedCrop", "RandomRotation",
    "RandomAffine", "RandomPerspective", "RandomErasing", "RandomGrayscale", "RandomApply", "RandomFlip", "RandomZoom",
    "RandomTranslation", "RandomContrast", "RandomBrightness", "RandomBrightnessContrast", "RandomScale", "RandomShear",
    "RandomInvert", "RandomSolarize", "RandomAdjustSharpness", "RandomAutocontrast", "RandomRotate90", "RandomGamma", "ColorJitter",
    "ElasticTransform", "CoarseDropout", "ShiftScaleRotate", "HorizontalFlip", "VerticalFlip", "RandAugment", "AutoAugment",
    "TrivialAugmentWide", "AugMix", "Cutout", "MixUp", "Mixup", "CutMix", "RandomMirror", "RandomSampleCrop",
    "random_flip_left_right", "random_flip_up_down", "random_brightness", "random_contrast", "random_saturation", "random_hue",
    "random_crop", "sample_distorted_bounding_box", "stateless_random_*", "random_rotation", "random_shift", "random_shear",
    "random_zoom", "random_horizontal_flip*", "random_affine*", "random_flip*", "random_rotat*", "random_erasing",
    "random_perspective*", "random_distort*", "mixup*", "cutmix*", "aug_transforms", "RandomMotion", "RandomNoise",
    "RandomElastic*", "RandFlip*", "RandRotate*", "RandZoom*", "RandAffine*", "RandGaussian*", "Rand*Elastic*", "Mosaic",
    "CopyPaste", "random_shuffle_audio", note="augmentation",
)  # fmt: skip
NAMED = strings(
    "RandomFlip", "RandomCrop", "RandomResize", "RandomAffine", "RandomErasing", "PhotoMetricDistortion", "Mosaic", "MixUp", "Albu",
    note="augmentation by name",
)  # fmt: skip
RESAMPLED = calls("resample", note="over-sampling")
KERAS = keywords(
    "rotation_range", "width_shift_range", "height_shift_range", "zoom_range", "shear_range", "horizontal_flip", "vertical_flip",
    "brightness_range", "do_flip", "max_rotate", note="augmentation",
)  # fmt: skip
SOUND = calls(
    "SpecAugment", "TimeMasking", "FrequencyMasking", "spec_augment*", "time_stretch", "pitch_shift", "TimeStretch", "PitchShift",
    "AddGaussianNoise", "AddBackgroundNoise", "SpeedPerturb*", note="augmentation of sound",
)  # fmt: skip
OWN_AUGMENTATION = defines(
    "*augment*", "*Augment*", "random_crop*", "random_flip*", "random_horizontal_flip*", "random_rotat*", "random_shift*",
    "random_erase*", "random_noise*", "random_distort*", "random_swap*", "random_deletion*", "random_insertion*",
    "synonym_replacement*", "back_translat*", "mixup*", "cutmix*", "*flipped*", "RandomCrop*", "RandomFlip*",
    "RandomHorizontalFlip*", "RandomRotat*", "RandomScale*", "RandomHSV", "Mixup*", "MixUp*", "CutMix*", "oversample*",
    "over_sample*", "upsample_minority*", "get_random_data", note="augmentation",
)  # fmt: skip
GENERATORS = imports(
    "sdv", "ctgan", "faker", "mimesis", "gretel_synthetics", "ydata_synthetic", "synthcity", "DataSynthesizer", "be_great",
    "copulas", "deepecho", "trdg", "timesynth", "distilabel", note="synthetic data",
)  # fmt: skip
MADE = calls(
    "make_classification", "make_regression", "make_blobs", "make_moons", "make_circles", "make_friedman1", "make_friedman2",
    "make_friedman3", "make_swiss_roll", "make_s_curve", "make_multilabel_classification", "make_gaussian_quantiles",
    "make_hastie_10_2", note="synthetic data",
)  # fmt: skip
OWN_GENERATORS = defines(
    "*synthetic*", "*Synthetic*", "*synthesize_data*", "generate_toy*", "generate_random_data*", "create_toy*", "*Simulator",
    "simulate_data*", "simulate_*data", "simulate_customers*", "simulate_users*", "generate_ground_truth*", "generate_questions*",
    "generate_qa*", note="generates data",
)  # fmt: skip
RANDOM_GENERATORS = defines(
    "generate_fake*", "generate_dummy*", "generate_mock*", "create_fake*", "make_fake*", "make_synth*", "synth*", "generate_data*",
    "generate_dataset*", "generate_training_data*", "generate_*_data", "generate_sample*", "generate_customers*", "generate_users*",
    "generate_transactions*", "generate_records*", "create_sample_data*", "create_dummy_data*", "create_mock_data*", "simulate*",
    note="generates data",
)  # fmt: skip
RANDOM = calls(
    "numpy.random.*",
    "random.*",
    "torch.rand*",
    "default_rng",
    "randint",
    "randn",
    "gauss",
    "uniform",
    "lognormal",
    "poisson",
    "choice",
    "choices",
    note="random numbers",
)
WORLDS = imports(
    "gym", "gymnasium", "pettingzoo", "pybullet", "pybullet_envs", "mujoco", "mujoco_py", "dm_control", "dm_env", "ale_py",
    "atari_py", "vizdoom", "procgen", "gym_minigrid", "minigrid", "highway_env", "retro", "stable_retro", "pyboy", "mlagents_envs",
    "unityagents", "nle", "minerl", "carla", "airsim", "isaacgym", "brax", "gym_super_mario_bros", "nes_py", "simpy", "mesa",
    "kaggle_environments", "open_spiel", "pyspiel", "smac", "pysc2", "ple", "metadrive", "rlcard", "traci", "sumolib",
    note="a simulator or an environment",
)  # fmt: skip
RARE = Regex(r"(?i)minor|up_?sampl|over_?sampl|balanc|positive|fraud|churn")
MODELLED = Regex(r"(?i)(?:^|[/_])(?:models?|predict\w*|infer\w*|valid\w*|eval\w*|api|app|web)(?:[/_.]|$)")
SETTING_WORDS = ("augment", "mixup", "cutmix", "flip", "mosaic", "hsv_h")
SETTINGS = (
    r"^[ \t]*[-\"']{0,3}(?:(?:use_|do_|train_|data_|online_|spec_|img_|image_)?augment(?:ation|ations|er|ers)?|mixup|cutmix"
    r"|mosaic|hsv_h|auto_?augment|random_flip|use_flipped|specaugment|hflip|fliplr)"
    r"[\"']?[ \t]*[:=](?![ \t]*[\"']?(?:false|none|null|no|off|0(?:\.0*)?|\[\]|\{\})\b)"
)


def synthetic(facts: Facts) -> list[Hit | TextHit]:
    """Augmentation, generators and simulators in use, then what the project defines or configures of it."""
    random = {(hit.path, hit.inside) for hit in facts.code.find(RANDOM)}
    drawn = [
        hit
        for hit in facts.code.find(RANDOM_GENERATORS)
        if (hit.path, within(hit)) in random and not MODELLED.search(hit.path)
    ]
    generators = [hit for hit in facts.code.find(OWN_GENERATORS) if not re.search(r"(?i)report|plot", hit.name)]
    keras = [hit for hit in facts.code.find(KERAS) if not re.search(r"=\s*(?:False|None|0\.?0?)\b", hit.text)]
    settings = facts.texts.find(SETTINGS, "*.y*ml", "*.json", "*.toml", "*.cfg", "*.ini", "*.gin", words=SETTING_WORDS)
    used = facts.code.find(OVERSAMPLED, IMAGES, SOUND, MADE, GENERATORS, WORLDS)
    used += [hit for hit in facts.code.find(RESAMPLED) if RARE.search(hit.text)]
    used += [hit for hit in facts.code.find(NAMED) if re.search(r"\btype\b", hit.text)]
    return [
        *used,
        *keras,
        *facts.code.find(LIBRARIES),
        *drawn,
        *generators,
        *facts.code.find(OWN_AUGMENTATION),
        *settings,
    ]


def within(hit: Hit) -> str:
    """How a place inside of the function that is defined here calls it."""
    return f"{hit.inside}.{hit.name}" if hit.inside else hit.name
