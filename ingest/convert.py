"""An eval document as the gate takes it: one side of one variant, nothing made up or left out."""

from core.errors import Refused
from core.evals.push import Line, Push, Role, RunMean
from core.quantity import experiment_id, experiment_number
from ingest.canonical import Aggregate, EvalDocument, Result
from ingest.pick import listed

_SOURCE = 200


def role_of(given: str, document: EvalDocument) -> Role:
    """The side that was asked for, or the one the document names. Raises Refused for neither."""
    if given and document.role and given != document.role:
        raise Refused(
            f"The document says {document.role}, the push says {given}.", "Push it as one of them."
        )
    match given or document.role:
        case "candidate":
            return "candidate"
        case "baseline":
            return "baseline"
        case "production":
            return "production"
        case "":
            hint = "Push it with `--role candidate`, `baseline` or `production`."
            raise Refused("Is this the candidate or the baseline?", hint)
        case other:
            hint = "It is candidate, baseline or production."
            raise Refused(f"“{other[:20]}” is no role.", hint)


def check_experiment(document: EvalDocument, number: int) -> None:
    """Raise Refused when the document names another experiment."""
    if document.experiment and experiment_number(document.experiment) != number:
        raise Refused(
            f"The results name {document.experiment}, the push {experiment_id(number)}.",
            "Push them to the experiment they belong to.",
        )


def as_push(document: EvalDocument, role: Role, *, by: str, variant: str = "") -> Push:
    """The document as one side. variant: which one, when the file compares several.

    A run that ended in error counts as missing, whatever it had scored by then. Raises Refused
    when the variant is not named or not there, and when there is nothing to judge.
    """
    chosen = _variant(document, variant)
    is_broken = document.status == "error"
    lines = [_line(r, is_broken=is_broken) for r in document.results if r.variant == chosen]
    means = [_mean(a) for a in document.aggregates if _is_mean(a, chosen) and not is_broken]
    if not lines and not means:
        why = f" ({document.error})" if document.error else ""
        what = f"The evaluation ended in error{why}" if is_broken else "It holds no scores"
        raise Refused(f"{what}: there is nothing to judge.", "Run it again and push that.")
    return Push(
        role,
        tuple(lines),
        tuple(means),
        eval_set_hash=document.eval_set.hash if lines else "",
        source=source_of(document),
        by=by,
    )


def source_of(document: EvalDocument) -> str:
    """Tool, version and files, as people read them."""
    tool = " ".join(part for part in (document.source.tool, document.source.tool_version) if part)
    files = listed([origin.name for origin in document.source.files], limit=2)
    return ", ".join(part for part in (tool, document.model, files) if part)[:_SOURCE]


def _variant(document: EvalDocument, wanted: str) -> str:
    known = document.variants
    if wanted and wanted not in known:
        raise Refused(
            f"It has no variant “{wanted[:60]}”.",
            f"It has {listed([one or 'only one, without a name' for one in known])}.",
        )
    if not wanted and len(known) > 1:
        raise Refused(
            f"It compares {len(known)} variants: {listed(known)}.",
            f"Name one, for instance variant “{known[0]}”.",
        )
    return wanted or (known[0] if known else "")


def _line(result: Result, *, is_broken: bool) -> Line:
    missing = {name: str(gap) for name, gap in result.missing.items()}
    if is_broken:
        missing |= dict.fromkeys(result.scores, "error")
    return Line(
        example=result.example_id,
        run=result.run,
        scores={} if is_broken else dict(result.scores),
        missing=missing,
        cluster=result.cluster_id,
        slices=dict(result.slices),
        latency_ms=result.latency_ms,
        input_hash=result.input_hash,
        label=result.label,
        predicted=result.predicted,
        text=result.text,
    )


def _is_mean(one: Aggregate, variant: str) -> bool:
    return one.variant == variant and one.statistic == "mean"


def _mean(one: Aggregate) -> RunMean:
    return RunMean(one.metric, one.run or "1", one.value)
