"""Figures in sentences that the rules themselves write."""


def number(value: float | None, digits: int = 3) -> str:
    """As short as it is honest: `0.83`, `19`, `1,200`; – for None; tiny values as `1.2e-05`."""
    if value is None:
        return "–"
    if float(value).is_integer():
        return f"{value:,.0f}"
    if abs(value) < 10**-digits:
        return f"{value:.2g}"
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """`79 %` for 0.79."""
    return f"{share * 100:.0f} %"
