"""The example of the package's README, as it is there."""

import polars
import quidpro

for finding in quidpro.check("starter.quid"):
    print(finding)

figures = polars.read_csv("starter.csv", infer_schema=False)
invoices = quidpro.invoice("starter.quid", figures)
print(invoices.total("2026-02"))
print(invoices.lines().to_polars())
print(quidpro.explain("starter.quid", figures, "2026-02", line="answer_speed"))
