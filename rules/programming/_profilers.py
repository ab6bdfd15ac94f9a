"""Code optimisation, option "profilers": the time or memory that code takes is measured by a tool, or by benchmarks."""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Regex, calls, evidence_of, imports, keywords, uses

LIBRARIES = imports(
    "cProfile", "pstats", "line_profiler", "memory_profiler", "pyinstrument", "scalene", "yappi", "viztracer", "memray",
    "tracemalloc", "nvtx", "torch.profiler", "torch.autograd.profiler", "torch.utils.bottleneck", "torch.utils.benchmark",
    "torch.cuda.nvtx", "jax.profiler", "tensorflow.profiler", "tensorflow.python.profiler", "tensorflow.python.client.timeline",
    "pytorch_lightning.profiler", "pytorch_lightning.profilers", "lightning.pytorch.profilers", "deepspeed.profiling",
    "mxnet.profiler", "paddle.profiler", "locust", "pytest_benchmark", "perfplot", "profilehooks", "pympler", "guppy", "objgraph", "pyprof",
    note="a profiler",
)  # fmt: skip
CALLS = uses(
    "torch.profiler.*", "torch.autograd.profiler.*", "torch.cuda.profiler.*", "torch.mps.profiler.*", "torch.utils.benchmark.*",
    "jax.profiler.*", "tf.profiler.*", "tensorflow.profiler.*", "tensorflow.compat.v1.profiler.*", "mxnet.profiler.*",
    "torch.cuda.nvtx.*", "FULL_TRACE", "_record_memory_history", note="a profiler",
)  # fmt: skip
SWITCHES = keywords("profiler", "profile_batch", note="a profiler")
TRACES = calls(
    "timeline.Timeline", "ProfilerHook", "AdvancedProfiler", "SimpleProfiler", "PyTorchProfiler", note="a profiler"
)

OFF = Regex(r"\bprofiler\s*=\s*(?:None|False|[\"']{2})|profile_batch\s*=\s*(?:0|None|False)\b")
MAGIC = Regex(r"%%?(?:prun|lprun|memit|mprun|scalene|pyinstrument|snakeviz|heat|filprofile)\b")
COMMAND = (
    r"^(?![ \t]*#).*(?:-m[ \t]+(?:cProfile|memray|scalene|pyinstrument|kernprof|memory_profiler|viztracer)\b"
    r"|-m[ \t]+torch\.utils\.bottleneck\b|\bkernprof[ \t]+-|\bpy-spy[ \t]+(?:record|top)"
    r"|\bscalene[ \t]+\S+\.py|\bmprof[ \t]+run|\bnsys[ \t]+profile|\bnvprof[ \t]|\bncu[ \t]+-|\bperf[ \t]+(?:record|stat)\b"
    r"|\bperf_analyzer[ \t]+-|\bmemray[ \t]+run|\basv[ \t]+(?:run|continuous)|--benchmark-(?:only|json|autosave)"
    r"|\blocust[ \t]+-|\bk6[ \t]+run)"
)
WORDS = (
    "cprofile", "memray", "scalene", "pyinstrument", "kernprof", "py-spy", "mprof", "nsys", "nvprof", "ncu -", "perf record",
    "perf stat", "asv", "--benchmark", "locust", "k6", "memory_profiler", "viztracer", "bottleneck",
)  # fmt: skip
SCRIPTS = ("*akefile*", "*.mk", "justfile", "*.sh", "*.y*ml", "*.bat", "tox.ini")
CONFIGURED = r"^[ \t]*profiler:[ \t]*[\"']?(?:simple|advanced|pytorch|xla)\b"  # of Lightning's trainer
SUITE = Regex(
    r"(?:^|[/_-])(?:bench(?:mark)?s?|benchmarking|(?:load|stress|perf|speed)_?test|(?:speed|latency|throughput|fps))(?=[_.-])[^/]*\.py$"
    r"|(?:^|/)(?:asv_)?bench(?:mark)?s?/.*\.py$"
)
CLOCKS = frozenset({"time", "timeit"})


def profilers(facts: Facts) -> tuple[Evidence, ...]:
    """Places that profile, or that time parts of the project as a benchmark."""
    found = facts.code.find(LIBRARIES, CALLS, SWITCHES, TRACES, tests=True)
    return evidence_of(
        [hit for hit in found if not OFF.search(hit.text)],
        [hit.evidence("a profiler's magic") for hit in facts.code.magics() if MAGIC.match(hit.text)],
        facts.texts.find(COMMAND, *SCRIPTS, words=WORDS),
        facts.texts.find(CONFIGURED, "*.y*ml", words=("profiler:",)),
        [Evidence(path, note="benchmarks over time") for path in facts.find_paths("asv.conf.json")],
        benchmarks(facts),
    )


def benchmarks(facts: Facts) -> list[Evidence]:
    """Files that are named a benchmark and read a clock: one of accuracy reads none. And the fixture of pytest-benchmark."""
    clocked = [
        Evidence(
            path, next(line for name, line in code.imports if name.partition(".")[0] in CLOCKS), note="a benchmark"
        )
        for path, code in facts.code.files.items()
        if SUITE.search(path) and any(name.partition(".")[0] in CLOCKS for name, _ in code.imports)
    ]
    fixtures = [
        Evidence(test.path, test.line, test.cell, note=f"benchmark {test.name}")
        for test in facts.code.definitions()
        if test.kind == "def" and test.test and re.search(r"\bbenchmark\b", test.given)
    ]
    return [*clocked, *fixtures]
