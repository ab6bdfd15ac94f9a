"""Sourcing, option "synthetic": code that generates or augments data."""

from __future__ import annotations

import re

from mlcoach.rule import Facts, Hit, TextHit, calls, defines, imports, keywords

OVERSAMPLED = calls(
    "SMOTE", "SMOTENC", "SMOTEN", "BorderlineSMOTE", "SVMSMOTE", "KMeansSMOTE", "SMOTEENN", "SMOTETomek", "ADASYN", "RandomOverSampler", "smoter",
    note="over-sampling",
)  # fmt: skip
LIBRARIES = imports(
    "albumentations", "imgaug", "Augmentor", "nlpaug", "textattack", "textaugment", "augly", "audiomentations", "torch_audiomentations", "torchio",
    "volumentations", "batchgenerators", "solt", "tsaug", "kornia.augmentation", "imblearn.over_sampling", "smogn", "keras_cv.layers.preprocessing",
    "tensorpack.dataflow.imgaug", "nvidia.dali", "randaugment", "autoaugment", "randaug", "specAugment", "spec_augment_pytorch",
    note="data augmentation",
)  # fmt: skip
IMAGES = calls(
    "RandomHorizontalFlip", "RandomVerticalFlip", "RandomCrop", "RandomResizedCrop", "RandomSizedCrop", "RandomRotation", "RandomAffine",
    "RandomPerspective", "RandomErasing", "RandomGrayscale", "RandomApply", "RandomFlip", "RandomZoom", "RandomTranslation", "RandomContrast",
    "RandomBrightness", "RandomBrightnessContrast", "RandomScale", "RandomShear", "RandomCutout", "RandomHeight", "RandomWidth", "RandomInvert",
    "RandomPosterize", "RandomSolarize", "RandomAdjustSharpness", "RandomAutocontrast", "RandomEqualize", "RandomRotate90", "RandomGamma",
    "ColorJitter", "ElasticTransform", "CoarseDropout", "ShiftScaleRotate", "HorizontalFlip", "VerticalFlip", "RandAugment", "AutoAugment",
    "TrivialAugmentWide", "AugMix", "Cutout", "MixUp", "Mixup", "CutMix", "RandomMirror", "PhotometricDistort", "RandomSampleCrop", "RandomGaussianBlur",
    "random_flip_left_right", "random_flip_up_down", "random_brightness", "random_contrast", "random_saturation", "random_hue", "random_crop",
    "sample_distorted_bounding_box", "stateless_random_*", "random_rotation", "random_shift", "random_shear", "random_zoom", "random_horizontal_flip*",
    "random_affine*", "random_flip*", "random_rotat*", "random_erasing", "random_perspective*", "random_distort*", "mixup*", "mix_up*", "cutmix*",
    "cutout*", "aug_transforms", "RandomHorizontalFlipVideo", "create_transform", "RandomPatch*", "RandomMotion", "RandomNoise",
    note="augmentation",
)  # fmt: skip
GENERATOR = keywords(
    "rotation_range", "width_shift_range", "height_shift_range", "zoom_range", "shear_range", "horizontal_flip", "vertical_flip", "brightness_range",
    "do_flip", "max_rotate", note="augmentation",
)  # fmt: skip
SOUND = calls(
    "SpecAugment", "TimeMasking", "FrequencyMasking", "spec_augment*", "time_stretch", "pitch_shift", "TimeStretch", "PitchShift", "time_mask*", "freq_mask*",
    "AddNoise", "AddGaussianNoise", "AddBackgroundNoise", "SpeedPerturb*", note="augmentation of sound",
)  # fmt: skip
OWN_AUGMENTATION = defines(
    "*augment*", "*Augment*", "random_crop*", "random_flip*", "random_horizontal_flip*", "random_rotat*", "random_shift*", "random_erase*", "random_noise*",
    "random_distort*", "random_swap*", "random_deletion*", "random_insertion*", "synonym_replacement*", "back_translat*", "mixup*", "cutmix*", "cutout*",
    "*flipped*", "RandomCrop*", "RandomFlip*", "RandomHorizontalFlip*", "RandomRotat*", "RandomScale*", "RandomHSV", "Mixup*", "MixUp*", "CutMix*",
    "add_noise*", "oversample*", "over_sample*", "upsample_minority*", "jitter*", note="augmentation",
)  # fmt: skip
GENERATORS = imports(
    "sdv", "ctgan", "faker", "mimesis", "gretel_synthetics", "ydata_synthetic", "synthcity", "DataSynthesizer", "be_great", "copulas", "deepecho", "nbsynthetic",
    "trdg", "TimeSynth", "timesynth", "datasynth", "synthpop", "smartnoise", "scikit_learn.datasets.make", "distilabel", "pyod.utils.data",
    note="synthetic data",
)  # fmt: skip
MADE = calls(
    "make_classification", "make_regression", "make_blobs", "make_moons", "make_circles", "make_friedman1", "make_friedman2", "make_friedman3",
    "make_swiss_roll", "make_s_curve", "make_multilabel_classification", "make_gaussian_quantiles", "make_hastie_10_2", "make_sparse_uncorrelated",
    note="synthetic data",
)  # fmt: skip
OWN_GENERATORS = defines(
    "*synthetic*", "*Synthetic*", "*synthes*data*", "generate_data", "generate_dataset*", "generate_fake*", "generate_dummy*", "generate_mock*", "generate_sample*",
    "generate_random_data*", "generate_training_data", "generate_*_data", "create_fake*", "create_dummy_data*", "create_mock_data*", "create_sample_data*",
    "simulate*", "Simulat*", "*_simulat*", "*Simulator", "generate_paths", "generate_examples", "generate_customers", "generate_transactions",
    note="generates data",
)  # fmt: skip
WORLDS = imports(
    "gym", "gymnasium", "pettingzoo", "pybullet", "pybullet_envs", "mujoco", "mujoco_py", "dm_control", "dm_env", "ale_py", "atari_py", "vizdoom", "procgen",
    "gym_minigrid", "minigrid", "highway_env", "retro", "stable_retro", "pyboy", "unityagents", "mlagents_envs", "nle", "minerl", "carla", "airsim", "isaacgym", "brax",
    "gym_super_mario_bros", "nes_py", "simpy", "mesa", "kaggle_environments", "open_spiel", "pyspiel", "smac", "pysc2", "ple", "metadrive", "rlcard", "traci", "sumolib",
    note="a simulator or environment",
)  # fmt: skip

SETTINGS = r"^\s*[-\"']*(?:(?:use_|do_|train_|data_|online_|spec_|img_|image_)?augment(?:ation|ations|er|ers)?|mixup|cutmix|random_flip|use_flipped|specaugment|hflip|fliplr)[\"']?\s*[:=]\s*(?!\s*[\"']?(?:false|none|null|no|off|0(?:\.0*)?|\[\]|\{\})\b)"


def synthetic(facts: Facts) -> list[Hit | TextHit]:
    """Augmentation in use, generators, simulators; then augmentation that the project defines or configures."""
    generators = [hit for hit in facts.code.find(OWN_GENERATORS) if not re.search(r"(?i)report|plot|test", hit.name)]
    ours = facts.code.find(OWN_AUGMENTATION)
    settings = facts.texts.find(SETTINGS, "*.y*ml", "*.json", "*.toml", "*.cfg", "*.ini", "*.gin")
    keras = [hit for hit in facts.code.find(GENERATOR) if not hit.text.rstrip(", )").endswith(("False", "=0", "=0.0"))]
    used = facts.code.find(OVERSAMPLED, IMAGES, SOUND, MADE, GENERATORS, WORLDS)
    return [*used, *keras, *generators, *ours, *facts.code.find(LIBRARIES), *settings]
