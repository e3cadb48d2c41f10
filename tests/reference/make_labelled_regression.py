"""Make the reference values of regression on labels: ``ppi-python`` 0.2.3 and R's ``dsl`` 0.1.0.

    python tests/reference/make_labelled_regression.py FOLDER_OF_DSL_SOURCE

Needs numpy, ppi-python and R with Matrix; the folder holds the R files of naoki-egami/dsl
(``R/helper_moment.R``, ``R/helper_dsl_general.R``). Writes ``labelled_regression.json`` beside
itself. ``dsl`` minimises a squared moment by a few steps of a general optimiser and with a small
penalty; here its own moment, Meat and Jacobian are taken at the root that its optimiser approaches
when it is let run on, without the penalty, so that digits can be compared.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from ppi_py import (
    ppi_logistic_ci,
    ppi_logistic_pointestimate,
    ppi_mean_ci,
    ppi_mean_pointestimate,
    ppi_ols_ci,
    ppi_ols_pointestimate,
)

R_SCRIPT = """
suppressMessages(library(Matrix))
arguments <- commandArgs(trailingOnly = TRUE)
for (file in c("helper_moment.R", "helper_dsl_general.R")) {
  path <- file.path(arguments[1], "R", file)
  if (file.exists(path)) source(path)
}
data <- read.csv(arguments[2])
X <- cbind(1, data$x, data$z)
for (model in c("lm", "logit")) {
  Y <- if (model == "lm") data$y_linear else data$y_binary
  Y[data$labelled == 0] <- 0
  g <- if (model == "lm") data$g_linear else data$g_binary
  par <- rep(0, 3)
  for (again in 1:60) {
    par <- optim(par, dsl_general_moment, labeled_ind = data$labelled,
                 sample_prob_use = data$pi, Y_orig = Y, X_orig = X, Y_pred = g, X_pred = X,
                 fe_Y = NULL, fe_X = NULL, lambda = 0, model = model, method = "BFGS",
                 control = list(maxit = 5000, reltol = 1e-30, ndeps = rep(1e-7, 3)))$par
  }
  for (clustered in c(FALSE, TRUE)) {
    parts <- dsl_general_moment_base_decomp(par, data$labelled, data$pi, Y, X, g, X, model,
                                            clustered, data$cluster)
    J <- dsl_general_Jacobian(par, data$labelled, data$pi, Y, X, g, X, model)
    V <- solve(J) %*% (parts$main_1 + parts$main_23) %*% t(solve(J)) / nrow(X)
    cat(model, clustered, sprintf("%.12g", par), sprintf("%.12g", sqrt(diag(as.matrix(V)))), "\\n")
  }
}
"""


def data() -> dict[str, np.ndarray]:
    """Composed units: two predictors, an instrument that errs, unequal chances of being coded."""
    rng = np.random.default_rng(20230613)
    n = 400
    x, z = rng.normal(size=n), rng.integers(0, 2, n).astype(float)
    cluster = rng.integers(0, 25, n)
    pull = rng.normal(0, 0.4, 25)[cluster]
    linear = 0.5 + 0.8 * x - 0.6 * z + pull
    y_linear = linear + rng.normal(0, 1, n)
    y_binary = (rng.random(n) < 1 / (1 + np.exp(-linear))).astype(float)
    g_linear = y_linear + rng.normal(0.3, 0.7, n)
    g_binary = np.where(rng.random(n) < 0.85, y_binary, 1 - y_binary)
    pi = np.where(g_binary > 0, 0.5, 0.25)
    labelled = (rng.random(n) < pi).astype(float)
    values = {
        "x": x,
        "z": z,
        "cluster": cluster,
        "y_linear": y_linear,
        "y_binary": y_binary,
        "g_linear": g_linear,
        "g_binary": g_binary,
        "pi": pi,
        "labelled": labelled,
    }
    return {name: np.round(column, 6) for name, column in values.items()}


def dsl(table: dict[str, np.ndarray], source: str) -> dict[str, dict[str, list[float]]]:
    with tempfile.TemporaryDirectory() as folder:
        script, path = Path(folder, "dsl.R"), Path(folder, "data.csv")
        script.write_text(R_SCRIPT)
        np.savetxt(
            path,
            np.column_stack(list(table.values())),
            delimiter=",",
            header=",".join(table),
            comments="",
            fmt="%.6f",
        )
        out = subprocess.run(
            ["Rscript", str(script), source, str(path)], check=True, capture_output=True, text=True
        ).stdout
    answer = {}
    for line in out.splitlines():
        model, clustered, *numbers = line.split()
        values = [float(number) for number in numbers]
        name = {"lm": "linear", "logit": "logistic"}[model]
        kind = f"{name}, clusters" if clustered == "TRUE" else name
        answer[kind] = {"coef": values[:3], "se": values[3:]}
    return answer


def ppi(table: dict[str, np.ndarray]) -> dict[str, dict[str, list[float]]]:
    X = np.column_stack([np.ones(len(table["x"])), table["x"], table["z"]])
    here = np.arange(len(X)) < 120
    answer = {}
    for name, point, interval in (
        ("linear", ppi_ols_pointestimate, ppi_ols_ci),
        ("logistic", ppi_logistic_pointestimate, ppi_logistic_ci),
    ):
        kind = "linear" if name == "linear" else "binary"
        y, g = table[f"y_{kind}"], table[f"g_{kind}"]
        parts = X[here], y[here], g[here], X[~here], g[~here]
        for label, lam in (("tuned", None), ("1", 1), ("0", 0)):
            low, high = interval(*parts, alpha=0.05, lam=lam)
            answer[f"{name}, lambda {label}"] = {
                "coef": point(*parts, lam=lam).tolist(),
                "low": np.asarray(low).tolist(),
                "high": np.asarray(high).tolist(),
            }
    y, g = table["y_binary"], table["g_binary"]
    low, high = ppi_mean_ci(y[here], g[here], g[~here], alpha=0.05)
    answer["mean, lambda tuned"] = {
        "coef": ppi_mean_pointestimate(y[here], g[here], g[~here]).tolist(),
        "low": np.ravel(low).tolist(),
        "high": np.ravel(high).tolist(),
    }
    return answer


def main() -> None:
    table = data()
    made = {
        "data": {name: column.tolist() for name, column in table.items()},
        "ppi_labelled": 120,
        "ppi": ppi(table),
        "dsl": dsl(table, sys.argv[1]),
    }
    path = Path(__file__).with_name("labelled_regression.json")
    path.write_text(json.dumps(made, indent=None, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
