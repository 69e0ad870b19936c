"""Reference cases on the size of an effect: nlme and stats (its), metafor (meta), lme4 (mixed)."""

import re

import numpy as np

from labengines.spc import pooling
from labengines.spc.effects import glm, gls, least_squares, stepped_wedge
from labengines.spc.errors import Unknown
from labengines.spc.inputs import floats
from labtools.cases import formula

METHODS = {"FE": "fixed", "DL": "dersimonian-laird", "PM": "paule-mandel", "REML": "reml"}
SIZES = ("n", "denominator", "exposure", "stdpop", "risk_days", "days", "trials")
RATIOS = ("rr", "rate_ratio", "or", "odds_ratio", "ratio", "exp_estimate")  # names that a ratio goes by
ENDS = {"": "estimate", "_low": "ci_low", "_high": "ci_high", "_ci_low": "ci_low", "_ci_high": "ci_high"}
LEVEL = 0.95


def run_effect(case):
    """The fields of `expected` for its, meta and mixed."""
    charts = {"its": _its, "meta": _meta, "mixed": _mixed}
    if case["chart"] not in charts:
        raise Unknown(field="chart", value=case["chart"], choices=tuple(charts))
    return charts[case["chart"]](case["input"], case["options"] or {}, case)


def _its(columns, options, case):
    """Every coefficient by the normal distribution (ci_) and by Student's t (t_ci_)."""
    words = " ".join([str(part) for part in options.values()] + [case.get("engine", "")]).lower()
    model = formula.read(options["model"])
    data = _complete(columns)
    names, matrix = formula.columns(model, data)
    if "poisson" in words or "binom" in words:
        return _events(model, data, options, words, names, matrix)
    least_squares.expect_determined(matrix, names)
    likeness = None if re.search(r"ar\(?1|gls", words) else 0.0
    fit = gls.fit(matrix, formula.value(model.response, data), rho=likeness)
    own = {"rho": fit.rho, "sigma": fit.sigma, "reml_loglik": fit.reml_loglik}
    return _terms(names, fit.estimate, fit.covariance, fit.df, by_t=True) | own


def _events(model, data, options, words, names, matrix):
    least_squares.expect_determined(matrix, names)
    counts, trials = formula.events(model, data)
    family = glm.Binomial if "binom" in words else glm.Poisson
    size = trials if trials is not None else _size(model, data, options, words)
    fit = glm.fit(matrix, counts, family, size=size)
    quasi = "quasi" in words
    covariance = fit.covariance * (fit.dispersion if quasi else 1)
    found = _terms(names, fit.estimate, covariance, fit.df, by_t=quasi)
    found |= {
        f"{ratio}{end}": np.exp(found[on_logs]).tolist() for ratio in RATIOS for end, on_logs in ENDS.items()
    }
    return found | {
        "dispersion": fit.dispersion if quasi else 1.0,
        "pearson_dispersion": fit.dispersion,
        "deviance": fit.deviance,
        "loglik": fit.loglik,
    }


def _size(model, data, options, words):
    """Exposure or trials: from offset(log(n)) in the formula, options that name it, or a column that is one."""
    if model.offsets:
        return np.exp(sum(formula.value(offset, data) for offset in model.offsets))
    if "offset" in options:
        named = formula.value(options["offset"], data)
        return np.exp(named) if "log" in options["offset"] else named
    for option in ("denominator", "denominators", "exposure", "weights", "trials"):
        if option in options:
            return formula.value(options[option], data)
    unused = [name for name in data if not re.search(rf"\b{name}\b", options["model"])]
    found = next((name for name in SIZES if name in unused), None)
    used = found if "offset" in words or "exposure" in words or "binom" in words else None
    return data[used] if used else np.ones(len(next(iter(data.values()))))


def _complete(columns):
    """The columns as arrays, without the rows that miss anything."""
    data = {re.sub(r"\.", "_", name): floats(column, field=name) for name, column in columns.items()}
    kept = np.isfinite(np.column_stack(list(data.values()))).all(axis=1)
    return {name: column[kept] for name, column in data.items()}


def _terms(names, estimate, covariance, df, *, by_t):
    normal = least_squares.terms(names, estimate, covariance, level=LEVEL)
    student = least_squares.terms(names, estimate, covariance, level=LEVEL, df=df)
    statistics = [term.statistic for term in normal]
    return {
        "term": names,
        "estimate": [term.estimate for term in normal],
        "std_error": [term.standard_error for term in normal],
        "z_value": statistics,
        "t_value": statistics,
        "p_value": [term.p for term in (student if by_t else normal)],
        "p_value_z": [term.p for term in normal],
        "p_value_t": [term.p for term in student],
        "df_t": df,
        "df_residual": df,
        "ci_low": [term.low for term in normal],
        "ci_high": [term.high for term in normal],
        "wald_low": [term.low for term in normal],
        "wald_high": [term.high for term in normal],
        "t_ci_low": [term.low for term in student],
        "t_ci_high": [term.high for term in student],
    }


def _meta(columns, _options, _case):
    """Each method with the normal interval, and (but for FE) that of Hartung and Knapp (HKSJ)."""
    estimates, variances = _estimates(columns)
    found = {}
    for name, method in METHODS.items():
        found[name] = _combined(estimates, variances, method, hartung_knapp=False)
        found[f"{name}_HKSJ"] = _combined(estimates, variances, method, hartung_knapp=True)
    return found


def _estimates(columns):
    """Effects and their variances, or log risk ratios of the counts of dat.bcg (tpos, tneg, cpos, cneg)."""
    if "yi" in columns:
        return columns["yi"], columns["vi"] if "vi" in columns else np.square(columns["sei"])
    a, b, c, d = (floats(columns[name], field=name) for name in ("tpos", "tneg", "cpos", "cneg"))
    return np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def _combined(estimates, variances, method, *, hartung_knapp):
    found = pooling.combine(estimates, variances, method=method, hartung_knapp=hartung_knapp)
    return {
        "estimate": found.estimate,
        "se": found.se,
        "p": found.p,
        "ci_low": found.low,
        "ci_high": found.high,
        "df": found.df,
        "tau2": found.tau2,
        "Q": found.q,
        "Qp": found.q_p,
        "I2": found.i2,
        "pi_low": found.prediction_low,
        "pi_high": found.prediction_high,
    }


def _mixed(columns, options, _case):
    """The effect of treatment in response ~ treatment + factor(period) + (1 | site)."""
    pattern = r"(\w+)\s*~\s*(\w+)\s*\+\s*factor\((\w+)\)\s*\+\s*\(1\s*\|\s*(\w+)\)"
    names = re.match(pattern, options["model"])
    if names is None or re.search("poisson|binom", str(options).lower()):
        raise Unknown(
            field="model", value=options["model"], choices=("y ~ treat + factor(period) + (1|site)",)
        )
    values, treat, period, site = (columns[name] for name in names.groups())
    found = stepped_wedge(values, site=site, period=period, treat=treat)
    return {
        "effect": found.effect.estimate,
        "se": found.effect.standard_error,
        "wald_low": found.effect.low,
        "wald_high": found.effect.high,
        "se_kenward_roger": found.kenward_roger.standard_error,
        "ddf_kenward_roger": found.kenward_roger.df,
        "p_kenward_roger": found.kenward_roger.p,
        "site_sd": found.site_sd,
        "residual_sd": found.residual_sd,
        "reml_loglik": found.reml_loglik,
    }
