"""scoping/domain-experts: what an expert or a partner contributed."""

import zlib

import pytest

ID = "scoping/domain-experts"


@pytest.mark.parametrize(
    "sentence",
    [
        "The project was done in partnership with the Harbour Hospital of Bergen.",
        "Partner: City of Bergen",
        "We had weekly calls with our partners in the control room.",
        "Each scan was annotated by two radiologists.",
        "Three cardiologists reviewed the predictions of the second model.",
        "We thank Dr. Ann Lee for her clinical advice on the thresholds.",
        "We interviewed local underwriters about what they look for.",
    ],
)
def test_a_part_that_an_expert_took_counts(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n{sentence}\n"})
    assert found.state == "ask"
    assert found.draft == sentence
    assert [(e.path, e.line) for e in found.evidence] == [("README.md", 3)]


def test_a_section_of_partners_counts(infer):
    assert infer(ID, {"README.md": "# Name\n\n## Partners\n\n- Harbour Clinic (HC)\n"}).draft == "Harbour Clinic (HC)"


@pytest.mark.parametrize(
    "sentence",
    [
        "Authors: Ann Lee, Bob Ray.",
        "You should consult a doctor before you use it.",
        "The layer is a mixture of experts with eight experts.",
        "In the future, experts could review the labels.",
        "No domain expert was involved in this project.",
        "Because there are several lawyers on each side, we average the ratings.",
        "It was built in collaboration with Google and NVIDIA.",
    ],
)
def test_authors_advice_and_intentions_do_not(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n{sentence}\n"})
    assert (found.state, found.draft) == ("ask", None)


def test_a_paper_that_tex_has_set_counts(infer):
    page = b"BT (A team of five trained linguists tagged the corpus.)Tj ET"
    found = infer(ID, {"paper.pdf": b"%PDF pdfTeX\nstream\n" + zlib.compress(page) + b"\nendstream"})
    assert found.draft == "A team of five trained linguists tagged the corpus."
    assert [e.place for e in found.evidence] == ["paper.pdf"]
