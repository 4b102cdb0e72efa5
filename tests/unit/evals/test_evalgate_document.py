from core.evals.document import document_gate, document_metric


def _gate(scores, baseline, threshold=0.85):
    return document_gate([document_metric("m", scores, threshold=threshold, baseline=baseline)])


def test_it_decides_as_the_document_does_where_its_test_exists():
    assert _gate([0.91, 0.89, 0.92, 0.9, 0.93], [0.88, 0.9, 0.87, 0.89, 0.86]).passes is True
    assert _gate([0.80, 0.81, 0.82], [0.9, 0.91, 0.9]).passes is False


def test_it_lets_an_insignificant_drop_pass_as_the_document_does():
    assert _gate([0.9, 0.93, 0.87], [0.95, 0.97, 0.92]).passes is True


def test_it_never_passes_what_it_cannot_compute():
    for scores, baseline in (
        ([0.9], [0.99]),
        ([0.9, 0.91], []),
        ([0.91] * 3, [0.91] * 3),
        ([0.9, None, 0.9], [0.9, 0.91, 0.9]),
        ([], [0.9, 0.9]),
    ):
        found = _gate(scores, baseline)
        assert found.passes is None
        assert "computable" in found.metrics[0].reason or "scores" in found.metrics[0].reason
    assert document_gate([]).passes is None


def test_a_missed_threshold_fails_without_any_test():
    assert _gate([0.5], []).passes is False
