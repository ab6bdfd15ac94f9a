"""data/versioning: what counts and what does not."""

ID = "data/versioning"


def test_a_dvc_file_counts(infer):
    found = infer(ID, {"data/raw.csv.dvc": "outs:\n- md5: 1a2b\n  path: raw.csv\n"})
    assert found.state == "done"
    assert [(e.path, e.line) for e in found.evidence] == [("data/raw.csv.dvc", 3)]


def test_lfs_patterns_count(infer):
    found = infer(ID, {".gitattributes": "*.csv filter=lfs diff=lfs merge=lfs -text\n", "data/a.csv": "x\n1\n"})
    assert found.state == "done"
    assert found.evidence[0].path == ".gitattributes"


def test_data_in_plain_git_does_not(infer):
    assert infer(ID, {"data/raw.csv": "a,b\n1,2\n"}).state == "missing"


def test_dvc_in_the_requirements_alone_does_not(infer):
    assert infer(ID, {"requirements.txt": "dvc==3.5\n"}).state == "missing"
